"""Bytes in: files, standard input, gzip, encodings, progress."""

import gzip
import io
import os
import socket
import sys
import threading
from types import SimpleNamespace

import pytest

from citegraph.errors import InputError
from citegraph.readers import read_papers, total_bytes

LINES = "".join(f'{{"title": "Title é {number}", "abstract": "We count."}}\n' for number in range(3000))


def message(read, name, content):
    with pytest.raises(InputError) as raised:
        read(name, content)
    return str(raised.value)


def test_gzip_is_seen_in_the_content(read):
    assert len(read("x.jsonl", gzip.compress(LINES.encode()))) == 3000


def test_gzip_of_several_members_is_one_file(read):
    packed = gzip.compress(LINES.encode()) + gzip.compress(LINES.encode())
    assert len(read("x.jsonl.gz", packed)) == 6000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_and_without_a_mark_give_the_same_papers(read, encoding):
    papers = read("x.jsonl", LINES.encode(encoding))
    assert (papers[0].title, papers[-1].title) == ("Title é 0", "Title é 2999")


def test_other_encoding_is_an_error_with_its_byte(read):
    content = LINES.encode() + "Title è".encode("latin-1") + b"\n"
    at = len(content) - 2
    assert message(read, "x.jsonl", content) == (
        f"x.jsonl: is not UTF-8 text (byte 0xe8 at byte {at}); save it as UTF-8"
    )


def test_text_that_ends_inside_a_character_is_an_error(read):
    content = LINES.encode() + "é".encode()[:1]
    assert message(read, "x.jsonl", content).startswith("x.jsonl: is not UTF-8 text (byte 0xc3 at byte ")


def test_byte_order_mark_counts_as_bytes(read):
    assert message(read, "x.jsonl", b"\xef\xbb\xbfab\xff") == (
        "x.jsonl: is not UTF-8 text (byte 0xff at byte 5); save it as UTF-8"
    )


def test_binary_file_is_an_error(read):
    assert message(read, "x.bin", b"title,\0abstract") == (
        "x.bin: is binary, not text (a NUL at byte 6); give UTF-8 text"
    )


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n", "a PDF file, not text; give a file of titles and abstracts"),
        (b"PK\x03\x04....", "a zip archive or an office document; unpack it, or export it as CSV"),
        (b"BZh91AY", "compressed with bzip2; unpack it, or use gzip"),
    ],
)
def test_known_binary_file_is_named(read, content, what):
    assert message(read, "x", content) == f"x: is {what}"


@pytest.mark.parametrize("content", [b"", b" \n\n", gzip.compress(b""), b"\xef\xbb\xbf"])
def test_empty_file_is_an_error(read, content):
    assert message(read, "x.jsonl", content) == "x.jsonl: is empty; give a file with papers"


def test_gzip_that_is_cut_off_is_an_error_after_its_papers(tmp_path):
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(gzip.compress(os.urandom(200_000).hex().join(['{"title": "A', '"}\n']).encode() * 3)[:-1000])
    papers = read_papers([path])
    assert next(papers).title.startswith("A")
    with pytest.raises(InputError, match=r"x.jsonl.gz: is damaged or cut off gzip \(.+\); get the file again$"):
        list(papers)


def test_damaged_gzip_is_an_error(read):
    packed = bytearray(gzip.compress(LINES.encode()))
    packed[-6] ^= 0xFF
    assert message(read, "x.jsonl.gz", bytes(packed)).startswith("x.jsonl.gz: is damaged or cut off gzip (CRC check")


def test_missing_file_is_an_error(tmp_path):
    with pytest.raises(InputError, match=r"none.jsonl: no such file; check the path$"):
        list(read_papers([tmp_path / "none.jsonl"]))


def test_folder_is_an_error(tmp_path):
    with pytest.raises(InputError, match=r": is a folder; name the files in it, for example .*\*$"):
        list(read_papers([tmp_path]))


def test_file_that_cannot_be_opened_is_an_error(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("x.jsonl")
        with pytest.raises(InputError, match=r"^x.jsonl: cannot be read: .+; check the file and its permissions$"):
            list(read_papers(["x.jsonl"]))


def test_impossible_path_is_an_error():
    with pytest.raises(InputError, match=r"^x{5000}: cannot be read: File name too long; check the file and its perm"):
        list(read_papers(["x" * 5000]))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a file of Linux that opens and fails to read")
def test_file_that_cannot_be_read_is_an_error():
    with pytest.raises(InputError, match=r"^/proc/self/mem: cannot be read: Input/output error; check the file and it"):
        list(read_papers(["/proc/self/mem"]))


def test_standard_input_is_read_for_a_hyphen(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(gzip.compress(LINES.encode()))))
    papers = list(read_papers(["-"]))
    assert (len(papers), papers[0].source) == (3000, "stdin")


def test_empty_standard_input_is_an_error(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO()))
    with pytest.raises(InputError, match=r"^stdin: is empty; give a file with papers$"):
        list(read_papers(["-"]))


def test_pipe_is_read_like_a_file(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=(LINES,), kwargs={"encoding": "utf-8"})
    writer.start()
    assert len(list(read_papers([path]))) == 3000
    writer.join()
    assert total_bytes([path]) is None


def test_progress_counts_the_bytes_of_the_files(tmp_path):
    plain, packed = tmp_path / "x.jsonl", tmp_path / "y.jsonl.gz"
    plain.write_text(LINES, encoding="utf-8")
    packed.write_bytes(gzip.compress(LINES.encode()))
    steps = []
    assert len(list(read_papers([plain, packed], on_bytes=steps.append))) == 6000
    assert sum(steps) == total_bytes([plain, packed]) == plain.stat().st_size + packed.stat().st_size
    assert len(steps) > 2


def test_progress_follows_the_reading(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text(LINES * 20, encoding="utf-8")
    steps = []
    papers = read_papers([path], on_bytes=steps.append)
    next(papers)
    assert 0 < sum(steps) < path.stat().st_size / 2


def test_size_with_standard_input_is_unknown(tmp_path):
    assert total_bytes(["-"]) is None


def test_size_of_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        total_bytes([tmp_path / "none.jsonl"])
