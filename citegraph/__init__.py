"""citegraph: a typed knowledge graph of methods, datasets and benchmarks from paper abstracts."""

__all__ = ["__version__"]

__version__ = "0.1.0"
