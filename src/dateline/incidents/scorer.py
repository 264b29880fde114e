"""How likely two documents' strands are one happening, in log-odds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy

from dateline.incidents.geography import fit
from dateline.incidents.knots import apart, clash
from dateline.incidents.similarity import TEXT_FEATURES
from dateline.incidents.strands import Strand
from dateline.knowledge.linker_weights import linker_weights

STRAND_FEATURES = (
    "same_days", "a_day_apart", "two_days_apart", "more_days_apart", "same_place", "other_place",
    "other_places", "place_and_day", "shared_parties", "other_actors", "same_count",
    "other_dead", "clash", "background",
)  # fmt: skip
_MOST_PARTIES = 3
_BESIDE = (-1.0, -0.5, 0.0)
"""Added where none, one or both of the strands are what their document is about."""


class Scorer:
    """Scores pairs by the weights."""

    __slots__ = ("_constant", "_strands", "_texts")

    def __init__(self, weights: Mapping[str, float] | None = None) -> None:
        weights = weights or linker_weights()
        self._texts: Any = numpy.array([weights[name] for name in TEXT_FEATURES])
        self._constant = weights["constant"]
        self._strands = tuple(weights[name] for name in STRAND_FEATURES)

    def texts(self, features: Any) -> Any:
        """The share of the log-odds that the texts give, one number a row of ``text_features``."""
        return features @ self._texts + self._constant

    def strands(self, a: Strand, b: Strand, mains: int) -> float | None:
        """The share that the strands give; None where they cannot be one happening.

        A telling that sums up ("85 this month") never fits one that reports; words fit only words of the
        same speaker. ``mains``: how many of the two are what their document is about.
        """
        if a.wide != b.wide:
            return None
        if a.speech and b.speech and a.actors.isdisjoint(b.actors) and a.agents.isdisjoint(b.agents):
            return None
        values = strand_features(a, b)
        return _BESIDE[mains] + sum(
            weight * value for weight, value in zip(self._strands, values, strict=True) if value
        )


def told_alike(a: Strand, b: Strand) -> bool:
    """Whether one day, one town, a named party and a figure are told by both: then their words matter no more."""
    if a.counts.isdisjoint(b.counts) or a.parties.isdisjoint(b.parties):
        return False
    values = dict(zip(STRAND_FEATURES, strand_features(a, b), strict=True))
    return bool(values["place_and_day"] and not values["clash"])


def strand_features(a: Strand, b: Strand) -> tuple[float, ...]:
    """The ``STRAND_FEATURES`` of two strands; the same either way round."""
    days = apart(a.first, a.last, b.first, b.last)
    told = bool(a.places and b.places)
    meet = told and any(fit(p, q) for p in a.places for q in b.places)
    exact = told and a.located and b.located
    same_days = a.dated and b.dated and not days
    return (
        same_days,
        days == 1,
        days == 2,
        days > 2,
        meet and exact,
        told and not meet,
        told and not meet and exact and min(a.placed, b.placed) > 1,
        same_days and meet and exact,
        min(_MOST_PARTIES, len(a.parties & b.parties)),
        bool(a.actors and b.actors) and a.actors.isdisjoint(b.actors),
        not a.counts.isdisjoint(b.counts),
        bool(a.dead and b.dead) and a.dead.isdisjoint(b.dead),
        clash(a.families, b.families),
        a.background != b.background,
    )
