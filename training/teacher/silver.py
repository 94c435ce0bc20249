"""Silver labels: the teacher's facts of a paper, with the probabilities behind each mention."""

from collections.abc import Iterator, Sequence
from typing import Any

from training.teacher.facts import facts_of, with_probabilities
from training.teacher.labels import Record
from training.teacher.model import Teacher
from training.teacher.predict import encode_papers, scored_mentions
from training.teacher.rules import Rules
from training.teacher.tokens import PieceEncoder

__all__ = ["silver_labels"]


def silver_labels(
    teacher: Teacher, encoder: PieceEncoder, papers: Sequence[Record], rules: Rules
) -> Iterator[dict[str, Any]]:
    """Yield the labelled papers, those of like length together."""
    for encoded in encode_papers(teacher, encoder, papers):
        mentions = scored_mentions(teacher, encoded, rules)
        yield with_probabilities(facts_of(encoded.paper, mentions, rules), mentions)
