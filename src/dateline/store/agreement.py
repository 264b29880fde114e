"""How far two reviewers agree on what both decided: the raw share and Cohen's kappa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from dateline.core import Verdict
from dateline.store.overlay import standing

_VOTE = {"accept": "review", "reject": "review"}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers on one field: decided by both, decided alike; None where a figure is not defined."""

    first: str
    second: str
    field: str
    both: int
    agree: int
    raw: float | None
    kappa: float | None


def agreements(verdicts: Sequence[Verdict]) -> tuple[Agreement, ...]:
    """For every two reviewers and every field (review, link, or an edited field) the figures over what both decided.

    What a decision is about is told by the words that it stands for, so that it holds after a new run. Of one
    reviewer's decisions about one thing the last standing one counts.
    """
    told: dict[str, dict[str, dict[object, str]]] = {}
    for verdict in standing(verdicts):
        field, answer = _answer(verdict)
        if field:
            about = told.setdefault(field, {}).setdefault(verdict.reviewer, {})
            about[_about(verdict)] = answer
    out = []
    for field in sorted(told):
        for first, second in combinations(sorted(told[field]), 2):
            mine, yours = told[field][first], told[field][second]
            pairs = [(mine[about], yours[about]) for about in mine if about in yours]
            if pairs:
                out.append(_figures(first, second, field, pairs))
    return tuple(out)


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two people's answers; None where chance alone would have them agree.

    >>> kappa([("accept", "accept"), ("reject", "reject"), ("accept", "reject"), ("reject", "reject")])
    0.5
    >>> kappa([("accept", "accept")]) is None
    True
    """
    size = len(pairs)
    if not size:
        return None
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[name] * right[name] for name in left) / size**2
    if chance == 1:
        return None
    return (sum(a == b for a, b in pairs) / size - chance) / (1 - chance)


def _figures(first: str, second: str, field: str, pairs: Sequence[tuple[str, str]]) -> Agreement:
    agree = sum(a == b for a, b in pairs)
    return Agreement(first, second, field, len(pairs), agree, agree / len(pairs), kappa(pairs))


def _answer(verdict: Verdict) -> tuple[str, str]:
    if verdict.decision in _VOTE:
        return _VOTE[verdict.decision], verdict.decision
    if verdict.decision == "edit":
        return verdict.field or "", repr(sorted(verdict.value.items()))
    if verdict.decision == "link" and verdict.value.get("answer") != "unsure":
        return "link", str(verdict.value.get("answer"))
    return "", ""


def _about(verdict: Verdict) -> object:
    sides = [
        tuple(sorted((anchor.sha256, anchor.span, anchor.type) for anchor in side))
        for side in (verdict.anchors, verdict.others)
    ]
    return tuple(sorted(sides)) if any(sides) else verdict.subject
