"""Source formats: bytes in, Paper records out."""
