"""Silver labels: the teacher's facts of a paper, with the probabilities behind each mention."""

from collections.abc import Iterator, Sequence
from typing import Any

from tokenizers import Tokenizer

from training.teacher.facts import Rules, ScoredMention, facts_of, role_probabilities
from training.teacher.labels import Record
from training.teacher.model import Teacher
from training.teacher.predict import encode_papers, scored_mentions

__all__ = ["silver_labels", "with_probabilities"]

_DIGITS = 3


def with_probabilities(facts: dict[str, Any], mentions: Sequence[ScoredMention]) -> dict[str, Any]:
    """Add to each mention of `facts` `types`, outside first and then `TYPES`, and `roles`, in the order of `ROLES`.

    The roles are those of the mention alone, given its entity's type.
    """
    scored = {(mention.span.field, mention.span.start): mention for mention in mentions}
    entities = []
    for entity in facts["entities"]:
        rows = []
        for row in entity["mentions"]:
            mention = scored[row["field"], row["start"]]
            roles = role_probabilities(mention.roles, entity["type"])
            types = [round(value, _DIGITS) for value in mention.span.types]
            rows.append({**row, "types": types, "roles": [round(value, _DIGITS) for value in roles]})
        entities.append({**entity, "mentions": rows})
    return {**facts, "entities": entities}


def silver_labels(
    teacher: Teacher, tokenizer: Tokenizer, papers: Sequence[Record], rules: Rules
) -> Iterator[dict[str, Any]]:
    """Yield the labelled papers, those of like length together."""
    for encoded in encode_papers(teacher, tokenizer, papers):
        mentions = scored_mentions(teacher, encoded, rules.outside)
        yield with_probabilities(facts_of(encoded.paper, mentions, rules), mentions)
