"""citegraph: a typed knowledge graph of methods, datasets and benchmarks from paper abstracts.

>>> import citegraph
>>> citegraph.__version__
'0.1.0'
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citegraph.extractors import load
    from citegraph.pipeline import StoredGraph, build

__all__ = ["StoredGraph", "__version__", "build", "load"]

__version__ = "0.1.0"

_HOMES = {"build": "citegraph.pipeline", "StoredGraph": "citegraph.pipeline", "load": "citegraph.extractors"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    """Import the public names when they are first used, so that `import citegraph` stays light."""
    if name not in _HOMES:
        raise AttributeError(f"module 'citegraph' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
