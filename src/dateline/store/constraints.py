"""Which tellings people hold to be of one happening, and which of two: for the linker of the next run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.core import Anchor, Verdict
from dateline.store.overlay import standing


@dataclass(frozen=True, slots=True)
class Constraint:
    """Two tellings, by content, that must stand in one incident ("same") or must not ("different")."""

    answer: Literal["same", "different"]
    left: Anchor
    right: Anchor
    verdict: str


def constraints(verdicts: Sequence[Verdict]) -> tuple[Constraint, ...]:
    """The pairs that standing merges, splits and links amount to; the latest word on a pair counts.

    A merge or a link of incidents gives one pair of each side's first telling, and each side held together; a split
    or "different" parts every telling of the one side from every one of the other.
    """
    found: dict[tuple[Anchor, Anchor], Constraint] = {}
    for verdict in standing(verdicts):
        for each in _of(verdict):
            left, right = sorted((each.left, each.right), key=lambda a: (a.sha256, a.span, a.type))
            found.pop((left, right), None)
            found[left, right] = Constraint(each.answer, left, right, each.verdict)
    return tuple(found.values())


def _of(verdict: Verdict) -> Iterator[Constraint]:
    answer = verdict.value.get("answer")
    gone = set(verdict.others)
    rest = [anchor for anchor in verdict.anchors if anchor not in gone]
    if verdict.decision == "merge" or answer == "same":
        for left in rest[:1]:
            for right in (*rest[1:], *verdict.others):
                yield Constraint("same", left, right, verdict.id)
    elif verdict.decision == "split" or answer == "different":
        for left in rest:
            for right in verdict.others:
                yield Constraint("different", left, right, verdict.id)
