"""The accurate model of citegraph: a small encoder that tags each word, and log-odds fitted with its tags."""

__all__ = ["COMPONENT", "WEIGHTS", "__version__"]

__version__ = "1.0.0"

COMPONENT = "citegraph_encoder_v1"
"""The spaCy component that tags words; it stands after the one that finds known names."""

WEIGHTS = "weights.json.gz"
"""The file of this package that holds the log-odds."""
