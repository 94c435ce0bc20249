"""The query library and the stores that run it."""
