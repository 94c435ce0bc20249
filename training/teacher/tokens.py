"""Word pieces of a paper with exact offsets into its fields, and the shape of each, which an uncased encoder loses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from citegraph.errors import InputError
from training.teacher.labels import FIELDS, Record, Span, tag_of
from training.teacher.lexicon import KnownName, find_names, read_lexicon

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["MAX_LENGTH", "PIECE_SHAPES", "WORD_SHAPES", "PieceEncoder", "Pieces", "encode", "load_pieces", "tags_of"]

MAX_LENGTH = 512
PIECE_SHAPES = 9
WORD_SHAPES = 7
_START, _END = "<s>", "</s>"


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of one paper: `<s> title </s> abstract </s>`, all sequences of equal length.

    `names` tells the classes of the known name that a piece lies in, and whether it starts it; 0 where there is none.
    `places` holds (field, start, end) in code points, end exclusive, and None for the three marks; `continued` tells
    that a piece goes on with the word of the piece before it.
    """

    ids: tuple[int, ...]
    places: tuple[tuple[str, int, int] | None, ...]
    continued: tuple[bool, ...]
    piece_shapes: tuple[int, ...]
    word_shapes: tuple[int, ...]
    names: tuple[int, ...]

    def __len__(self) -> int:
        """Return the number of pieces, marks included."""
        return len(self.ids)


Row = tuple[int, tuple[str, int, int] | None, bool, int, int, int]


@dataclass(frozen=True, slots=True)
class PieceEncoder:
    """The encoder's tokenizer, and the names that are known beforehand."""

    tokenizer: Tokenizer
    names: Mapping[str, KnownName]


def load_pieces(folder: Path, lexicon: Path) -> PieceEncoder:
    """Load the encoder's own tokenizer from `folder`, without truncation or padding, and the names of `lexicon`."""
    from tokenizers import Tokenizer

    path = folder / "tokenizer.json"
    if not path.is_file():
        raise InputError(f"{path}: no tokenizer; run `python -m training.teacher encoder` first")
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return PieceEncoder(tokenizer, read_lexicon(lexicon))


def piece_shape(text: str) -> int:
    """Return the shape of one piece as written, from 1 to 8; 0 is left to marks.

    >>> [piece_shape(text) for text in ("net", "Res", "CLR", "fooBar", "50", "2D", "-")]
    [1, 2, 3, 4, 5, 6, 8]
    """
    letters = any(character.isalpha() for character in text)
    if any(character.isdigit() for character in text):
        return (7 if text.islower() else 6) if letters else 5
    if not letters:
        return 8
    if text.islower() or not any(character.isupper() for character in text):
        return 1
    if text.isupper() and len(text) > 1:
        return 3
    return 2 if text[1:].islower() or len(text) == 1 else 4


def word_shape(word: str) -> int:
    """Return the shape of a word between blanks, from 1 to 6: no capital, one at its start, more; with digits or not.

    >>> [word_shape(word) for word in ("of", "Adam", "SimCLR", "14x", "Llama2", "(ResNet-50)")]
    [1, 2, 3, 4, 5, 6]
    """
    capitals = sum(character.isupper() for character in word)
    cased = 0 if capitals == 0 else 1 if capitals == 1 and word[0].isupper() else 2
    return 1 + cased + 3 * any(character.isdigit() for character in word)


def _word_at(text: str, start: int, end: int) -> str:
    """Return the stretch without blanks around `text[start:end]`."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end]


def _field_rows(field: str, text: str, encoder: PieceEncoder) -> Iterator[Row]:
    encoding = encoder.tokenizer.encode(text, add_special_tokens=False)
    known: dict[int, int] = {}
    for first, last, classes in find_names(text, encoder.names):
        known |= {place: 2 * classes - (place == first) for place in range(first, last)}
    for number, piece, (start, end) in zip(encoding.ids, encoding.tokens, encoding.offsets, strict=True):
        shape, word = piece_shape(text[start:end]), word_shape(_word_at(text, start, end))
        yield number, (field, start, end), piece.startswith("##"), shape, word, known.get(start, 0)


def encode(paper: Record, encoder: PieceEncoder) -> Pieces:
    """Split title and abstract of `paper` into word pieces, at most `MAX_LENGTH`; what is longer is cut at the end."""
    start, end = (encoder.tokenizer.token_to_id(mark) for mark in (_START, _END))
    rows: list[Row] = [(start, None, False, 0, 0, 0)]
    for field in FIELDS:
        rows.extend(_field_rows(field, paper[field], encoder))
        del rows[MAX_LENGTH - 1 :]
        rows.append((end, None, False, 0, 0, 0))
    return Pieces(*zip(*rows[:MAX_LENGTH], strict=True))


def pieces_in(span: Span, places: Sequence[tuple[str, int, int] | None]) -> list[int]:
    """Return the indexes of the pieces that lie wholly inside `span`."""
    return [
        index
        for index, place in enumerate(places)
        if place is not None and place[0] == span.field and place[1] >= span.start and place[2] <= span.end
    ]


def tags_of(spans: Sequence[Span], pieces: Pieces) -> tuple[list[int], list[tuple[int, int, Span]]]:
    """Return the tag of each piece, and each core span with its first piece and the piece after its last.

    Optional spans count as outside: trained so, precision rises by more than recall falls.
    """
    tags = [0] * len(pieces)
    placed = []
    for span in spans:
        inside = pieces_in(span, pieces.places) if span.core else []
        for index in inside:
            tags[index] = tag_of(span.type, index != inside[0])
        if inside:
            placed.append((inside[0], inside[-1] + 1, span))
    return tags, placed
