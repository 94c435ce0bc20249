"""Source formats: bytes in, Paper records out."""

from citegraph.readers.format import Format, RecordError
from citegraph.readers.read import FORMATS, read_papers
from citegraph.readers.source import total_bytes

__all__ = ["FORMATS", "Format", "RecordError", "read_papers", "total_bytes"]
