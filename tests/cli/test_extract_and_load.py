import gzip
import json

import pytest


def test_extract_writes_one_facts_object_a_line(run, samples, tmp_path):
    result = run("extract", samples / "000_1af8fd3480a2917c.txt", "-o", tmp_path / "facts.jsonl")
    assert result.exit_code == 0
    assert result.stderr.startswith("27 papers, ")
    lines = [json.loads(line) for line in (tmp_path / "facts.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == 27
    assert set(lines[0]) >= {"id", "title", "abstract", "year", "extractor", "entities", "relations", "results"}
    for paper in lines:
        for entity in paper["entities"]:
            for mention in entity["mentions"]:
                assert paper[mention["field"]][mention["start"] : mention["end"]] == mention["text"]


def test_extract_gives_the_same_bytes_with_two_processes(run, samples, tmp_path):
    page = samples / "002_60c8ab470e82c054.txt"
    run("extract", page, "-o", tmp_path / "one")
    run("extract", page, "-o", tmp_path / "two", "--processes", 2)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_facts_name_the_model_and_its_version(run, samples, tmp_path):
    page = samples / "000_1af8fd3480a2917c.txt"
    versions = []
    for arguments in ((), ("--model", "fast"), ("--model", "accurate")):
        assert run("extract", page, "-o", tmp_path / "facts.jsonl", *arguments).exit_code == 0
        lines = (tmp_path / "facts.jsonl").read_text("utf-8").splitlines()
        versions.append({json.loads(line)["extractor"] for line in lines})
    assert versions == [{"standard-3.2"}, {"fast-3.1"}, {"accurate-3.3"}]


def test_an_unknown_model_is_wrong_usage(run, samples):
    result = run("extract", samples / "000_1af8fd3480a2917c.txt", "--model", "huge")
    assert result.exit_code == 2
    assert "'huge' is not one of 'fast', 'standard', 'accurate'" in result.stderr


@pytest.mark.parametrize("order", [("fast", "standard"), ("standard", "fast")])
def test_the_facts_of_the_more_accurate_model_count_in_any_order(run, samples, tmp_path, order):
    for model in order:
        build = ("build", samples / "000_1af8fd3480a2917c.txt", "--model", model, "--store", tmp_path / "store")
        assert run(*build).exit_code == 0
    stats = run("stats", "--coverage", "--store", tmp_path / "store", "--format", "json")
    assert json.loads(stats.stdout)["extractors"] == {"standard-3.2": 27}


def test_extract_compresses_where_the_name_ends_in_gz(run, samples, tmp_path):
    run("extract", samples / "000_1af8fd3480a2917c.txt", "-o", tmp_path / "facts.jsonl.gz")
    with gzip.open(tmp_path / "facts.jsonl.gz", "rt", encoding="utf-8") as lines:
        assert sum(1 for _ in lines) == 27


def test_extract_then_load_gives_the_graph_that_build_gives(run, samples, sample_store, tmp_path):
    run("extract", *sorted(samples.glob("*.txt")), "-o", tmp_path / "facts.jsonl.gz")
    assert run("load", tmp_path / "facts.jsonl.gz", "--store", tmp_path / "store").exit_code == 0
    for store, name in ((sample_store[0], "built"), (tmp_path / "store", "loaded")):
        run("export", "--store", store, "--to", "jsonl", "-o", tmp_path / name)
    assert (tmp_path / "built").read_bytes() == (tmp_path / "loaded").read_bytes()


def test_a_store_is_rebuilt_from_its_own_facts(run, store, tmp_path):
    result = run("load", store / "facts", "--store", tmp_path / "again")
    assert "3 entries read: 3 extracted, 0 broken; 3 different papers stored" in result.stdout


def test_load_names_broken_lines_and_goes_on(run, facts_file, tmp_path):
    broken = tmp_path / "broken.jsonl"
    broken.write_text(facts_file.read_text("utf-8") + '{"id": 1}\n')
    result = run("load", broken, "--store", tmp_path / "store")
    assert result.exit_code == 0
    assert f"skipped {broken}:4: " in result.stderr
    assert "4 entries read: 3 extracted, 1 broken; 3 different papers stored" in result.stdout


def test_load_strict_stops_at_a_broken_line(run, tmp_path):
    (tmp_path / "broken.jsonl").write_text("[]\n")
    result = run("load", tmp_path / "broken.jsonl", "--store", tmp_path / "store", "--strict")
    assert result.exit_code == 1
    assert f"{tmp_path}/broken.jsonl:1: " in result.stderr


def test_extract_leaves_an_older_file_when_the_input_is_bad(run, tmp_path):
    (tmp_path / "facts.jsonl").write_text("old")
    result = run("extract", tmp_path / "none.bib", "-o", tmp_path / "facts.jsonl")
    assert result.exit_code == 1
    assert (tmp_path / "facts.jsonl").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["facts.jsonl"]
