"""The tags that an annotation gives to the words of a paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from citegraph.extractors.draft import Draft
from citegraph.extractors.tags import OUTSIDE, ROLES_OF_TYPE, TAGS, Tags
from training.teacher.labels import gold_spans

__all__ = ["gold_tags", "one_hot"]


def gold_tags(paper: Mapping[str, Any], draft: Draft) -> list[int]:
    """Give the index in `TAGS` of each word of ``draft``; optional mentions are outside.

    A part that an entity of its type cannot play counts as none.
    """
    words = draft.words
    tags = [TAGS.index(OUTSIDE)] * len(words.starts)
    for span in gold_spans(paper):
        if span.core:
            offset = draft.body_start if span.field == "abstract" else 0
            first, after = words.at(span.start + offset), words.at(span.end + offset)
            role = span.role if span.role in ROLES_OF_TYPE[span.type] else "none"
            for index in range(first, after):
                tags[index] = TAGS.index(f"{'B' if index == first else 'I'}-{span.type}:{role}")
    return tags


def one_hot(tags: list[int]) -> Tags:
    """Give tags as probabilities."""
    table = np.zeros((len(tags), len(TAGS)), np.float32)
    table[np.arange(len(tags)), tags] = 1
    return table
