"""Where the accurate model is: a package of its own, `citegraph-accurate`, that need not be installed."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable

from citegraph.errors import ExtractionError

__all__ = ["ModelPackage", "find_package"]

_GROUP = "citegraph_models"


@dataclass(frozen=True, slots=True)
class ModelPackage:
    """An installed model: the spaCy component that tags words, and the file with the log-odds fitted with its tags.

    The component stands in the pipeline after the one that finds known names.
    """

    component: str
    weights: Traversable


def find_package(model: str = "accurate") -> ModelPackage:
    """Find the installed package of a model by its entry point, without loading the network.

    Raises:
        ExtractionError: it is not installed, or only a part of it.

    """
    found = _entry_point(model)
    try:
        package = None if found is None else found.load()
    except ImportError:
        package = None
    if found is None or package is None:
        raise ExtractionError(
            f"the {model} model is a package of its own: pip install citegraph-{model}, "
            f"or from a checkout pip install ./models/{model}"
        )
    return ModelPackage(package.COMPONENT, files(found.module).joinpath(package.WEIGHTS))


def _entry_point(model: str) -> EntryPoint | None:
    return next(iter(entry_points(group=_GROUP, name=model)), None)
