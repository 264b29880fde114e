"""How likely two documents' knots are one happening, in log-odds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy

from dateline.incidents.geography import fit
from dateline.incidents.knots import Knot, apart, clash
from dateline.incidents.similarity import TEXT_FEATURES
from dateline.knowledge.linker_weights import linker_weights

KNOT_FEATURES = (
    "same_days", "a_day_apart", "two_days_apart", "more_days_apart", "same_place", "other_place",
    "other_places", "place_and_day", "shared_parties", "other_actors", "same_count",
    "other_dead", "clash", "background",
)  # fmt: skip
_BESIDE = (-1.0, -0.5, 0.0)
"""Added where none, one or both of the knots are what their document is about."""


def text_scores(features: Any, weights: Mapping[str, float] | None = None) -> Any:
    """The share of the log-odds that the texts give, one number a row of ``text_features``."""
    weights = weights or linker_weights()
    return features @ numpy.array([weights[name] for name in TEXT_FEATURES]) + weights["constant"]


def knot_score(a: Knot, b: Knot, mains: int, weights: Mapping[str, float] | None = None) -> float | None:
    """The share that the knots give; None where they cannot be one happening.

    A telling that sums up ("85 this month") never fits one that reports; words fit only words of the
    same speaker.
    """
    if a.wide != b.wide:
        return None
    speech = all(family.speech for family in a.families | b.families)
    if speech and not (a.actors & b.actors or a.agents & b.agents):
        return None
    weights = weights or linker_weights()
    return _BESIDE[mains] + sum(weights[name] * value for name, value in knot_features(a, b).items() if value)


def told_alike(a: Knot, b: Knot) -> bool:
    """Whether one day, one town, a named party and a figure are told by both: then their words matter no more."""
    values = knot_features(a, b)
    return all(values[name] for name in ("place_and_day", "shared_parties", "same_count")) and not values["clash"]


def knot_features(a: Knot, b: Knot) -> dict[str, float]:
    """The ``KNOT_FEATURES`` of two knots; the same either way round."""
    days = apart(a.first, a.last, b.first, b.last)
    told = bool(a.places and b.places)
    meet = told and any(fit(p, q) for p in a.places for q in b.places)
    exact = a.located and b.located
    often = told and min(sum(1 for tale in knot.tales if tale.place) for knot in (a, b)) > 1
    same_days = a.dated and b.dated and not days
    dead = [{value for what, value in knot.counts if what == "killed"} for knot in (a, b)]
    values = (
        same_days,
        days == 1,
        days == 2,
        days > 2,
        meet and exact,
        told and not meet,
        told and not meet and exact and often,
        same_days and meet and exact,
        min(3, len((a.actors | a.others) & (b.actors | b.others))),
        bool(a.actors and b.actors and not a.actors & b.actors),
        bool(a.counts & b.counts),
        bool(dead[0] and dead[1] and not dead[0] & dead[1]),
        clash(a.families, b.families),
        a.background != b.background,
    )
    return {name: float(value) for name, value in zip(KNOT_FEATURES, values, strict=True)}
