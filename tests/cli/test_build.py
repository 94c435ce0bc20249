import json
import re
from hashlib import sha256

PAPERS = '{"title": "ZzNet", "abstract": "We propose ZzNet."}\n'


def test_reads_371_entries_of_the_sample_pages_and_stores_342_papers(sample_store, run):
    path, printed = sample_store
    assert "371 entries read: 371 extracted, 0 broken; 342 different papers stored" in printed
    stats = json.loads(run("stats", "--store", path, "--format", "json").stdout)
    assert stats["nodes"]["Paper"] == 342


def test_a_second_build_changes_nothing(sample_store, samples, run):
    path, _ = sample_store
    result = run("build", *sorted(samples.glob("*.txt")), "--store", path)
    assert (
        "papers: 0 created, 0 changed; nodes: 0 created, 0 changed, 0 deleted; "
        "relationships: 0 created, 0 changed, 0 deleted"
    ) in result.stdout


def test_other_order_batches_and_processes_give_the_same_graph(sample_store, samples, run, tmp_path):
    path, _ = sample_store
    pages = sorted(samples.glob("*.txt"), reverse=True)
    assert run("build", *pages, "--store", tmp_path / "s", "--batch-size", 50, "-j", 2).exit_code == 0
    for store, name in ((path, "first"), (tmp_path / "s", "second")):
        run("export", "--store", store, "--to", "jsonl", "-o", tmp_path / name)
    first, second = (sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("first", "second"))
    assert first == second


def test_names_broken_records_and_goes_on(run, tmp_path):
    source = tmp_path / "papers.jsonl"
    source.write_text(PAPERS + '{"title": "half\n' + '{"title": "Other", "abstract": "A."}\n')
    result = run("build", source, "--store", tmp_path / "store")
    assert result.exit_code == 0
    assert re.match(r"skipped .*papers\.jsonl:2: ", result.stderr)
    assert "3 entries read: 2 extracted, 1 broken; 2 different papers stored" in result.stdout


def test_strict_stops_at_the_first_broken_record(run, tmp_path):
    source = tmp_path / "papers.jsonl"
    source.write_text(PAPERS + '{"title": "half\n')
    result = run("build", source, "--store", tmp_path / "store", "--strict")
    assert result.exit_code == 1
    assert "papers.jsonl:2: " in result.stderr


def test_reads_standard_input(run, tmp_path):
    result = run("build", "-", "--store", tmp_path / "store", stdin=PAPERS)
    assert "1 entries read: 1 extracted, 0 broken; 1 different papers stored" in result.stdout


def test_takes_names_of_columns(run, tmp_path):
    source = tmp_path / "papers.csv"
    source.write_text("Titel,Zusammenfassung\nZzNet,We propose ZzNet.\n")
    options = ("--from", "csv", "--column", "title=Titel", "--column", "abstract=Zusammenfassung")
    result = run("build", source, "--store", tmp_path / "store", *options)
    assert "1 different papers stored" in result.stdout


def test_a_column_without_equals_sign_is_wrong_usage(run, tmp_path):
    result = run("build", "x.csv", "--store", tmp_path / "store", "--column", "title")
    assert result.exit_code == 2
    assert "'title' is not NAME=VALUE" in result.stderr


def test_a_missing_file_is_one_clear_line_and_makes_no_store(run, tmp_path):
    result = run("build", tmp_path / "none.jsonl", "--store", tmp_path / "store")
    assert result.exit_code == 1
    assert result.stderr.startswith("citegraph: ")
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "store").exists()
