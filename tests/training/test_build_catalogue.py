import pytest

from training.build_catalogue import LEXICON, OUTPUT, TRAIN, build, is_short_form, read_rows, write

PAPERS = [
    {
        "title": f"Paper {number}",
        "abstract": "We train a convolutional neural network (CNN) on FooSet. Our method gains focus.",
        "entities": [
            {
                "name": "convolutional neural network",
                "type": "Method",
                "surfaces": ["convolutional neural network", "CNN"],
                "core": True,
            },
            {"name": "FooSet", "type": "Dataset", "surfaces": ["FooSet"], "core": True},
        ],
    }
    for number in range(4)
]


def row(name, type_="DATASET/BENCHMARK", aliases=(), benchmark=True, sources=2):
    return {"name": name, "type": type_, "aliases": list(aliases), "is_benchmark": benchmark, "n_sources": sources}


def names(lexicon, papers=PAPERS):
    return {entry["name"]: entry for entry in build(lexicon, papers)}


def test_annotated_names_are_added_with_their_short_form():
    assert names([])["convolutional neural network"]["aliases"] == ["CNN"]


def test_a_name_that_the_texts_have_and_never_annotate_is_dropped():
    assert "focus" not in names([row("focus"), row("gains focus")])


def test_an_unseen_proper_name_is_kept():
    assert names([row("BarBench")])["BarBench"]["type"] == "Benchmark"


def test_an_unseen_metric_is_dropped():
    assert "FooScore" not in names([row("FooScore", "METRIC")])


@pytest.mark.parametrize("name", ["dataset", "12", "X", "III", "with a\nline end", "A" * 81])
def test_what_is_no_name_is_dropped(name):
    assert name not in names([row(name)])


def test_the_lexicon_may_promote_a_dataset_to_a_benchmark():
    assert names([row("FooSet")])["FooSet"]["type"] == "Benchmark"


def test_aliases_of_different_things_are_not_taken_over():
    entry = names([row("CIFAR-10", aliases=["CIFAR-100", "CIFAR10"])])["CIFAR-10"]
    assert entry["aliases"] == ["CIFAR10"]


def test_a_short_form_of_two_things_belongs_to_neither():
    rows = [row("Graph Fusion Network", "METHOD", ["GFN"]), row("Gated Flow Network", "METHOD", ["GFN"])]
    assert [entry["aliases"] for entry in names(rows, []).values()] == [[], []]


@pytest.mark.parametrize(
    ("short", "long", "truth"),
    [
        ("MoE", "Mixture of Experts", True),
        ("BERT", "BART", False),
        ("CIFAR-10", "CIFAR-100", False),
        ("AB", "ab", False),
    ],
)
def test_short_forms_are_initials(short, long, truth):
    assert is_short_form(short, long) is truth


def test_equal_inputs_give_equal_bytes(tmp_path):
    lexicon = [row("BarBench"), row("CIFAR-10", aliases=["CIFAR10"])]
    for number, papers in enumerate((PAPERS, PAPERS[::-1])):
        write(build(lexicon[:: 1 - 2 * number], papers), tmp_path / str(number))
    assert (tmp_path / "0").read_bytes() == (tmp_path / "1").read_bytes()


def test_the_catalogue_that_ships_is_the_one_that_is_built(tmp_path):
    write(build(read_rows(LEXICON), list(read_rows(TRAIN))), tmp_path / "built")
    assert (tmp_path / "built").read_bytes() == OUTPUT.read_bytes()
