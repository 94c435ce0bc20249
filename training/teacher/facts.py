"""From scored mentions to the facts of a paper: spellings and abbreviations joined, type and role by vote."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from training.teacher.abbreviations import defined_by
from training.teacher.decode import TaggedSpan
from training.teacher.labels import ROLES, ROLES_OF_TYPE, TYPES, Record
from training.teacher.rules import Rules

__all__ = ["ScoredMention", "facts_of", "group_mentions"]

_BY = "teacher"
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class ScoredMention:
    """A mention with its text and the logit of each of `ROLES`."""

    span: TaggedSpan
    text: str
    roles: tuple[float, ...]


def surface_key(text: str) -> str:
    """Return the form under which two spellings of one name are the same.

    >>> surface_key("Vision-Transformers") == surface_key("vision transformer"), surface_key("GANs")
    (True, 'gan')
    """
    folded = re.sub(r"[^\w+@. ]", "", re.sub(r"[\s\-_‐-―/]+", " ", text.casefold())).strip()
    return folded[:-1] if len(folded) > 3 and folded.endswith("s") and not folded.endswith("ss") else folded


def group_mentions(paper: Record, mentions: Sequence[ScoredMention]) -> list[list[ScoredMention]]:
    """Return the mentions of each entity: same spelling, or a short form that the paper defines for a long one."""
    long_of: dict[str, str] = {}
    for mention in mentions:
        short = defined_by(paper[mention.span.field], mention.span.end, mention.text)
        if short is not None:
            long_of.setdefault(surface_key(short), surface_key(mention.text))
    groups: dict[str, list[ScoredMention]] = defaultdict(list)
    for mention in mentions:
        key = surface_key(mention.text)
        groups[long_of.get(key, key)].append(mention)
    return list(groups.values())


def _softmax(logits: Sequence[float]) -> list[float]:
    values = np.exp(np.array(logits) - max(logits))
    return [float(value) for value in values / values.sum()]


def entity_type(group: Sequence[ScoredMention], rules: Rules) -> tuple[str, float]:
    """Return the type that the mentions agree on best, and the probability of its class.

    The class is chosen first, Dataset and Benchmark being one, then which of these two it is.
    """
    mean = np.array([mention.span.types for mention in group]).mean(0)[1:]
    dataset, benchmark, *others = mean
    joined = np.array([dataset + benchmark, *others])
    best = int((np.log(joined + _TINY) + rules.type_shifts()[1:]).argmax())
    if best > 0:
        return TYPES[best + 1], float(joined[best])
    is_benchmark = np.log(benchmark + _TINY) + rules.benchmark >= np.log(dataset + _TINY)
    return "Benchmark" if is_benchmark else "Dataset", float(joined[0])


def role_probabilities(logits: Sequence[float], type_name: str, no_role: float = 0.0) -> list[float]:
    """Return the probability of each of `ROLES`, those that `type_name` cannot have at 0."""
    allowed = ROLES_OF_TYPE[type_name]
    shifted = [
        value + (no_role if role == "none" else 0.0) if role in allowed else -1e9
        for role, value in zip(ROLES, logits, strict=True)
    ]
    return _softmax(shifted)


def entity_role(group: Sequence[ScoredMention], type_name: str, no_role: float = 0.0) -> tuple[str, float]:
    """Return the role that the mentions agree on best, and its probability."""
    rows = [role_probabilities(mention.roles, type_name, no_role) for mention in group]
    mean = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    best = max(range(len(ROLES)), key=mean.__getitem__)
    return ROLES[best], mean[best]


def _mention_row(mention: ScoredMention, confidence: float) -> dict[str, Any]:
    span = mention.span
    place = {"field": span.field, "start": span.start, "end": span.end, "text": mention.text}
    return {**place, "confidence": round(confidence, 4), "by": _BY}


def facts_of(paper: Record, mentions: Sequence[ScoredMention], rules: Rules) -> dict[str, Any]:
    """Return the facts of a paper in the project's interchange format, each relation with the paper as its head."""
    entities: list[dict[str, Any]] = []
    relations: list[dict[str, Any]] = []
    for group in group_mentions(paper, mentions):
        type_name, sure = entity_type(group, rules)
        if sure < rules.least:
            continue
        number = f"e{len(entities) + 1}"
        name = Counter(mention.text for mention in group).most_common(1)[0][0]
        rows = [_mention_row(mention, sure) for mention in group]
        entities.append({"id": number, "type": type_name, "name": name, "mentions": rows})
        role, share = entity_role(group, type_name, rules.no_role)
        if role != "none":
            span = group[0].span
            place = {"field": span.field, "start": span.start, "end": span.end}
            relation = {"head": "PAPER", "type": role, "tail": number, "evidence": place}
            relations.append({**relation, "confidence": round(share * sure, 4), "by": _BY})
    return {**_head(paper), "entities": entities, "relations": relations, "results": []}


def _head(paper: Mapping[str, Any]) -> dict[str, Any]:
    return {name: paper[name] for name in ("id", "title", "abstract", "year") if name in paper}
