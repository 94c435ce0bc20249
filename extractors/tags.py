"""The labels of a word: outside, or the first or a further word of a mention with its type and its part."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

__all__ = ["NO_ROLE", "OUTSIDE", "ROLES_OF_TYPE", "TAGS", "Tags", "columns"]

Tags = npt.NDArray[np.float32]
"""The probability of each of `TAGS` for each word: words by tags, each row with the sum 1."""

OUTSIDE = "O"
NO_ROLE = "none"

ROLES_OF_TYPE: Mapping[str, tuple[str, ...]] = {
    "Dataset": (NO_ROLE, "INTRODUCES", "EVALUATED_ON", "TRAINED_ON"),
    "Benchmark": (NO_ROLE, "INTRODUCES", "EVALUATED_ON", "TRAINED_ON"),
    "Method": (NO_ROLE, "PROPOSES", "USES", "OUTPERFORMS", "COMPARED_WITH"),
    "Task": (NO_ROLE, "INTRODUCES", "ADDRESSES"),
    "Metric": (NO_ROLE, "INTRODUCES"),
}
"""The parts that an entity of each type may play in its paper, for the paper or for what it proposes."""

TAGS: tuple[str, ...] = (
    OUTSIDE,
    *(f"{place}-{type_}:{role}" for place in "BI" for type_, roles in ROLES_OF_TYPE.items() for role in roles),
)
"""The labels, as "B-Method:USES": B at the first word of a mention, I at the others."""


def columns(place: str = "", type_: str = "", role: str = "") -> list[int]:
    """Give the columns of the labels with this place (B or I), type and role; what is empty may be any.

    >>> [TAGS[column] for column in columns("B", "Metric")]
    ['B-Metric:none', 'B-Metric:INTRODUCES']
    """
    found = []
    for column, tag in enumerate(TAGS[1:], 1):
        tag_place, _, kind = tag.partition("-")
        tag_type, _, tag_role = kind.partition(":")
        if place in ("", tag_place) and type_ in ("", tag_type) and role in ("", tag_role):
            found.append(column)
    return found
