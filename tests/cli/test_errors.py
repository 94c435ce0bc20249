"""What a user can get wrong: one clear line on standard error and the right exit status, from a real process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-c", "from citegraph.cli import main; main()"]


def citegraph(*arguments, **options):
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **options)


def one_line(result, status=1):
    assert result.returncode == status, result.stderr
    assert result.stderr.startswith("citegraph: ")
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr
    return result.stderr.strip().removeprefix("citegraph: ")


def test_version_and_help():
    assert citegraph("--version").stdout.startswith("citegraph, version 0.")
    assert "build    Read papers" in citegraph("--help").stdout


def test_unknown_command_is_status_2():
    assert citegraph("fly").returncode == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.jsonl", b""),
        ("binary.bin", bytes(range(256)) * 8),
        ("latin.csv", "title,abstract\nna\xefve,x\n".encode("latin-1")),
        ("page.txt", b"new\n\nGet trending papers in your email inbox!\n\nSubscribe\n"),
        ("cut.jsonl.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03cut"),
    ],
)
def test_a_file_with_no_papers_is_named(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    message = one_line(citegraph("build", tmp_path / name, "--store", tmp_path / "store"))
    assert str(tmp_path / name) in message


def test_a_folder_as_input(tmp_path):
    assert str(tmp_path) in one_line(citegraph("extract", tmp_path))


def test_no_store_there(tmp_path):
    assert "citegraph build" in one_line(citegraph("stats", "--store", tmp_path / "none"))


def test_a_folder_that_is_no_store_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    message = one_line(citegraph("build", "-", "--store", tmp_path, input='{"title": "T", "abstract": "A."}\n'))
    assert str(tmp_path) in message
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_server_that_is_down():
    assert "127.0.0.1:1" in one_line(citegraph("stats", "--store", "bolt://127.0.0.1:1"))


def test_an_output_that_cannot_be_written(samples):
    page = samples / "000_1af8fd3480a2917c.txt"
    assert "/nonexistent/facts.jsonl" in one_line(citegraph("extract", page, "-o", "/nonexistent/facts.jsonl"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk(samples):
    page = samples / "000_1af8fd3480a2917c.txt"
    result = citegraph("extract", page, "-o", "/dev/full")
    assert result.returncode == 1
    assert "No space left on device" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_closed_pipe_ends_quietly(samples):
    pages = [str(path) for path in samples.glob("*.txt")]
    with subprocess.Popen([*COMMAND, "extract", *pages], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(60) == 1
        assert process.stderr.read() == b""


@pytest.mark.parametrize("processes", ["1", "2"])
def test_ctrl_c_is_status_130_and_the_store_stays_whole(tmp_path, processes):
    rows = '{"title": "Paper %d", "abstract": "We propose ZzNet, which is evaluated on ZzBench."}\n'
    (tmp_path / "papers.jsonl").write_text("".join(rows % number for number in range(200_000)))
    arguments = [
        "build",
        tmp_path / "papers.jsonl",
        "--store",
        tmp_path / "store",
        "--batch-size",
        "200",
        "-j",
        processes,
    ]
    command = [*COMMAND, *map(str, arguments)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        deadline = time.monotonic() + 60
        while len(list(tmp_path.glob("store/facts/*.jsonl.gz"))) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        errors = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert errors.strip() == (
        "citegraph: interrupted; what was committed stays whole, run the same command again to go on"
    )
    stats = citegraph("stats", "--store", tmp_path / "store", "--format", "csv")
    assert stats.returncode == 0
    papers = int(stats.stdout.splitlines()[1].split(",")[2])
    assert papers >= 200
    assert papers % 200 == 0
