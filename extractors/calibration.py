"""From probabilities to confidences: of what has 0.8, eight in ten should be right."""

from __future__ import annotations

import math
from typing import TypeAlias

__all__ = ["UNCALIBRATED", "Calibration", "confidence_of"]

Calibration: TypeAlias = tuple[float, float]
"""The slope and the shift of the log-odds with which they give the share that is right (Platt)."""

UNCALIBRATED: Calibration = (1.0, 0.0)

_TINY = 1e-4
_LEAST_ODDS = -50.0


def confidence_of(probability: float, calibration: Calibration) -> float:
    """Give the confidence of what was found with this probability.

    >>> confidence_of(0.9, (1.0, 0.0)), confidence_of(0.9, (0.5, 0.0)), confidence_of(1.0, (0.5, 0.0))
    (0.9, 0.75, 0.99)
    """
    chance = min(max(probability, _TINY), 1 - _TINY)
    odds = calibration[0] * math.log(chance / (1 - chance)) + calibration[1]
    return round(1 / (1 + math.exp(-max(odds, _LEAST_ODDS))), 3)
