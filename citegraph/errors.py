"""The errors that citegraph raises; the command line turns each into one line and exit status 1."""

__all__ = [
    "CitegraphError",
    "ExtractionError",
    "InputError",
    "NotFoundError",
    "QueryError",
    "SchemaError",
    "StoreError",
]


class CitegraphError(Exception):
    """Root of all errors that a user can cause; its text says what, where and what to do."""


class InputError(CitegraphError):
    """A source file cannot be read, or one of its records is broken."""


class ExtractionError(CitegraphError):
    """An extractor's data or settings are wrong."""


class SchemaError(CitegraphError):
    """A node, relationship or record does not fit the graph's schema."""


class StoreError(CitegraphError):
    """A store cannot be opened, read or written."""


class QueryError(CitegraphError):
    """A query is unknown, lacks a parameter, or is refused by the engine."""


class NotFoundError(CitegraphError):
    """Nothing in the graph has the name that was asked for; the text offers near names."""
