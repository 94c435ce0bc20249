import pytest

from citegraph.errors import InputError
from citegraph.facts import facts_files, read_facts, write_facts
from citegraph.graph.example import example_facts


@pytest.mark.parametrize("name", ["facts.jsonl", "facts.jsonl.gz"])
def test_facts_are_read_as_written(tmp_path, name):
    write_facts(example_facts(), str(tmp_path / name))
    assert tuple(read_facts([str(tmp_path / name)])) == example_facts()


def test_compressed_files_have_the_same_bytes_each_time(tmp_path):
    for name in ("a.gz", "b.gz"):
        write_facts(example_facts(), str(tmp_path / name))
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_a_broken_line_is_handed_over_and_the_rest_read(tmp_path):
    path = tmp_path / "facts.jsonl"
    path.write_text("{\n\n" + example_facts()[0].to_json() + "\n")
    broken = []
    assert list(read_facts([str(path)], on_error=broken.append)) == [example_facts()[0]]
    assert [(error.source, error.line) for error in broken] == [(str(path), 1)]


def test_a_broken_line_raises_where_nobody_takes_it(tmp_path):
    path = tmp_path / "facts.jsonl"
    path.write_text("[]\n")
    with pytest.raises(InputError, match=r"facts\.jsonl:1: "):
        list(read_facts([str(path)]))


def test_a_folder_stands_for_the_facts_files_in_it(tmp_path):
    for name in ("b.jsonl", "a.jsonl.gz", "notes.txt"):
        (tmp_path / name).touch()
    assert facts_files(["-", str(tmp_path)]) == ["-", f"{tmp_path}/a.jsonl.gz", f"{tmp_path}/b.jsonl"]


def test_a_folder_without_facts_files_is_named(tmp_path):
    with pytest.raises(InputError, match=r": holds no \.jsonl or \.jsonl\.gz file"):
        facts_files([str(tmp_path)])
