import pytest

from citegraph.extractors.chains import find_chains
from citegraph.extractors.comparisons import find_comparisons
from citegraph.extractors.cues import cues_of, load_cues
from citegraph.extractors.items import OWN
from citegraph.extractors.statements import find_denied, find_open, find_statements

CUES = load_cues()


@pytest.fixture(scope="module")
def compared(named):
    """Give a draft with its comparisons, and the numbers of "Ours", which is the paper's own."""

    def read(text):
        draft = named(text)
        own = [number for number, found in enumerate(draft.found) if found.entity.id == "Ours"]
        draft.comparisons = tuple(find_comparisons(draft, cues_of(draft, CUES), CUES, own))
        return draft, own

    return read


@pytest.fixture(scope="module")
def statements(compared):
    def read(text):
        draft, own = compared(text)
        return draft, list(find_statements(draft, cues_of(draft, CUES), CUES, find_chains(draft), own))

    return read


@pytest.fixture(scope="module")
def stated(statements):
    """Give head, relation, tail and form of each statement of a text."""

    def read(text):
        draft, found = statements(text)
        names = {OWN: "own"} | {number: found.entity.id for number, found in enumerate(draft.found)}
        return [(names[s.head], s.type, names[s.tail], s.form) for s in found]

    return read


@pytest.fixture(scope="module")
def denied(named):
    def read(text):
        draft = named(text)
        numbers = find_denied(draft, cues_of(draft, CUES), CUES, find_chains(draft))
        return [found.entity.id for number, found in enumerate(draft.found) if number in numbers]

    return read


@pytest.fixture(scope="module")
def opened(compared):
    def read(text):
        draft, _ = compared(text)
        return [draft.found[number].entity.id for number in sorted(find_open(draft))]

    return read


@pytest.mark.parametrize(
    ("text", "head", "tail", "form"),
    [
        ("Alpha outperforms Beta.", "Alpha", "Beta", "win other"),
        ("Ours outperforms Beta.", "own", "Beta", "win own"),
        ("Our method outperforms Beta.", "own", "Beta", "win own"),
        ("Ours is new. Alpha outperforms Beta.", "Alpha", "Beta", "win other beside own"),
        ("Alpha is outperformed by Beta.", "Beta", "Alpha", "inverse win other"),
        ("Alpha is outperformed by Ours.", "own", "Alpha", "inverse win own"),
        ("Alpha lags behind Beta.", "Beta", "Alpha", "inverse win other"),
        ("Alpha is worse than our method.", "own", "Alpha", "inverse win own"),
        ("Alpha is faster than Beta.", "Alpha", "Beta", "than other"),
        ("Alpha improves over Beta.", "Alpha", "Beta", "over other"),
        ("Compared to Alpha, Ours is faster.", "own", "Alpha", "compared gain own"),
    ],
)
def test_who_beats_whom(stated, text, head, tail, form):
    assert stated(text) == [(head, "OUTPERFORMS", tail, form)]


@pytest.mark.parametrize(
    ("text", "head", "tail", "form"),
    [
        ("Alpha is comparable to Beta.", "Alpha", "Beta", "parity other"),
        ("Ours matches Beta.", "own", "Beta", "parity own"),
        ("Alpha does not outperform Beta.", "Alpha", "Beta", "denied parity other"),
        ("Ours is not better than Beta.", "own", "Beta", "denied parity own"),
        ("Alpha is not outperformed by Beta.", "Alpha", "Beta", "denied inverse parity other"),
        ("Compared to Alpha, our method is new.", "own", "Alpha", "compared own"),
        ("We compare with Alpha.", "own", "Alpha", "compare own"),
    ],
)
def test_who_is_compared_with_whom_without_a_winner(stated, text, head, tail, form):
    assert stated(text) == [(head, "COMPARED_WITH", tail, form)]


def test_each_of_one_side_beats_each_of_the_other(stated):
    assert [said[:3] for said in stated("Alpha and Beta outperform Gamma and Delta.")] == [
        ("Alpha", "OUTPERFORMS", "Gamma"),
        ("Alpha", "OUTPERFORMS", "Delta"),
        ("Beta", "OUTPERFORMS", "Gamma"),
        ("Beta", "OUTPERFORMS", "Delta"),
    ]


@pytest.mark.parametrize("text", ["Alpha outperforms Ours.", "Alpha beats our method.", "Ours lags behind our model."])
def test_nothing_is_stated_against_the_papers_own(stated, text):
    assert stated(text) == []


@pytest.mark.parametrize("text", ["", "Alpha.", "Alpha and Beta.", "Alpha outperforms all others.", "We use Photos."])
def test_other_texts_state_nothing(stated, text):
    assert stated(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "We ask whether Alpha outperforms Beta.",
        "Does Alpha outperform Beta?",
        "Ours could beat Alpha.",
        "If Alpha is trained on Photos, it works.",
        "Is Alpha trained on Photos?",
    ],
)
def test_what_is_open_is_not_stated(stated, text):
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "head", "tail", "form"),
    [
        ("Ours is trained on Photos.", "own", "Photos", "TRAINED_ON Dataset own"),
        ("Our model is pre-trained on GLUE.", "own", "GLUE", "TRAINED_ON Benchmark own"),
        ("Networks trained on Photos fail.", "own", "Photos", "TRAINED_ON Dataset own"),
        ("Alpha is trained on Photos.", "Alpha", "Photos", "TRAINED_ON Dataset other"),
        ("Alpha was fine-tuned on the GLUE.", "Alpha", "GLUE", "TRAINED_ON Benchmark other"),
        ("Ours is new. Alpha is trained on GLUE.", "Alpha", "GLUE", "TRAINED_ON Benchmark other beside own"),
        ("We use the training set of Photos.", "own", "Photos", "TRAINED_ON Dataset own"),
    ],
)
def test_what_is_trained_on_what(stated, text, head, tail, form):
    assert stated(text) == [(head, "TRAINED_ON", tail, form)]


def test_each_of_a_list_is_trained_on(stated):
    assert [said[:3] for said in stated("Alpha is trained on Photos, Corpora and GLUE.")] == [
        ("Alpha", "TRAINED_ON", "Photos"),
        ("Alpha", "TRAINED_ON", "Corpora"),
        ("Alpha", "TRAINED_ON", "GLUE"),
    ]


def test_each_of_several_subjects_is_trained(stated):
    assert [said[:3] for said in stated("Alpha and Beta are trained on Photos.")] == [
        ("Alpha", "TRAINED_ON", "Photos"),
        ("Beta", "TRAINED_ON", "Photos"),
    ]


def test_what_follows_which_is_the_subject(stated):
    assert [said[:3] for said in stated("Ours beats Alpha, which is trained on Photos.")] == [
        ("own", "OUTPERFORMS", "Alpha"),
        ("Alpha", "TRAINED_ON", "Photos"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Alpha is not trained on Photos.",
        "Alpha is evaluated on Photos.",
        "Alpha is trained on Beta.",
        "Alpha is trained on a very large Photos.",
    ],
)
def test_what_is_not_trained_on(stated, text):
    assert stated(text) == []


def test_what_stands_behind_another_cue_is_not_trained_on(stated):
    assert [said[2] for said in stated("Alpha is trained on Photos and evaluated on GLUE.")] == ["Photos"]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Alpha is outperformed by Beta.", "outperformed by"),
        ("Alpha does not outperform Beta.", "outperform"),
        ("Alpha is pre-trained on Photos.", "pre-trained on"),
    ],
)
def test_a_statement_has_the_words_that_say_so(statements, text, cue):
    draft, (statement,) = statements(text)
    starts, ends = draft.words.starts, draft.words.ends
    assert draft.text[starts[statement.cue.start] : ends[statement.cue.end - 1]] == cue


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We solve it without using Alpha.", ["Alpha"]),
        ("We solve it without Alpha.", ["Alpha"]),
        ("We solve it without the Alpha.", ["Alpha"]),
        ("Ours does not use Alpha or Beta.", ["Alpha", "Beta"]),
        ("Ours needs no Alpha.", ["Alpha"]),
        ("We use Beta rather than Alpha.", ["Alpha"]),
        ("We use Beta instead of Alpha and Gamma.", ["Alpha", "Gamma"]),
        ("We use Alpha, not Beta.", ["Beta"]),
        ("Alpha is not trained on Photos.", ["Photos"]),
        ("We do not evaluate on Photos or GLUE.", ["Photos", "GLUE"]),
    ],
)
def test_what_is_denied(denied, text, names):
    assert denied(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We use Alpha.",
        "We work without Alpha. We use Alpha.",
        "We use Alpha. We also work without Alpha.",
        "Alpha does not outperform Beta.",
        "Alpha is not better than Beta.",
        "It is not only based on Alpha.",
        "It does not fail; we use Alpha.",
        "Unlike Alpha, ours is fast.",
    ],
)
def test_what_is_not_denied(denied, text):
    assert denied(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We ask whether Alpha outperforms Beta.", ["Alpha", "Beta"]),
        ("Does Alpha outperform Beta?", ["Alpha", "Beta"]),
        ("Could Ours beat Alpha?", ["Alpha"]),
        ("Does Alpha outperform Beta? Alpha beats Gamma.", ["Beta"]),
        ("Alpha beats Beta. Does Alpha outperform Beta?", []),
        ("Alpha outperforms Beta.", []),
        ("Do we use Alpha?", []),
        ("", []),
    ],
)
def test_who_is_compared_in_open_questions_alone(opened, text, names):
    assert opened(text) == names
