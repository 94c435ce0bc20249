from benchmarks import rates, speed
from benchmarks.gold_sets import papers_of
from citegraph.errors import ExtractionError
from tests.benchmarks.papers import GOLD

PAPERS = papers_of([GOLD]) * 3


def test_each_method_is_timed_beside_the_tokenizer(monkeypatch):
    read = []
    monkeypatch.setattr(rates, "runnable", lambda: {"all": lambda papers: map(read.append, papers)})
    found = rates.rates(PAPERS)
    assert list(found) == ["all"]
    assert found["all"].words > 0
    assert found["all"].blank > 0
    assert len(read) == 4


def test_a_method_that_is_not_installed_is_left_out(monkeypatch):
    def missing(papers):
        raise ExtractionError("not installed")

    monkeypatch.setattr(rates, "runnable", lambda: {"gone": missing})
    assert rates.rates(PAPERS) == {}


def test_words_are_runs_of_other_characters_than_spaces():
    assert speed.words_in(PAPERS[:1]) == 12


def test_a_slow_method_reads_no_more_than_its_time_allows(monkeypatch):
    monkeypatch.setattr(speed, "_CHUNK", 1)
    assert speed.compare(PAPERS, iter, most_seconds=-1.0)[2] == 12
    assert speed.compare(PAPERS, iter)[2] == 36
