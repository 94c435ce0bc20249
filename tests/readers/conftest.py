"""Reading what a test writes."""

import pytest

from citegraph.readers import read_papers


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Write a file into an empty folder and read its papers there."""
    monkeypatch.chdir(tmp_path)

    def read(name, content, **options):
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
        return list(read_papers([name], **options))

    return read
