"""People's decisions on which tellings are of one happening, and which of two that cannot both hold stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Mention = tuple[str, str]
"""A document's id and the id of one of its events."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Two tellings that a person holds to be of one happening (``same``), or not to be."""

    left: Mention
    right: Mention
    same: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """Decisions as strands that must stand together or apart; ``overruled`` are those that a later one contradicts."""

    must: Mapping[int, frozenset[int]] = field(default_factory=dict)
    cannot: Mapping[int, frozenset[int]] = field(default_factory=dict)
    overruled: tuple[Ruling, ...] = ()

    def differing(self, other: Settled) -> set[int]:
        """The strands about which two sets of decisions differ."""
        found: set[int] = set()
        for mine, theirs in ((self.must, other.must), (self.cannot, other.cannot)):
            found |= {n for n in {*mine, *theirs} if mine.get(n) != theirs.get(n)}
        return found

    def without(self, gone: set[int]) -> Settled:
        """The decisions on strands that are still there."""
        if gone.isdisjoint(self.must) and gone.isdisjoint(self.cannot):
            return self
        must, cannot = (
            {n: others - gone for n, others in table.items() if n not in gone} for table in (self.must, self.cannot)
        )
        return Settled(must, cannot, self.overruled)


def settled(rulings: Sequence[Ruling], strand: Callable[[Mention], int | None]) -> Settled:
    """The decisions, given in the order in which they were taken, in terms of strands (None: not known, passed over).

    Of decisions that contradict each other, also by way of others, the later stands.

    >>> rows = [Ruling(("a", "x"), ("b", "x"), True), Ruling(("a", "x"), ("b", "x"), False)]
    >>> settled(rows, lambda mention: {"a": 1, "b": 2}[mention[0]]).overruled == (rows[0],)
    True
    """
    home: dict[int, int] = {}
    must: dict[int, set[int]] = {}
    cannot: dict[int, set[int]] = {}
    overruled: list[Ruling] = []
    for ruling in reversed(rulings):
        a, b = strand(ruling.left), strand(ruling.right)
        if a is None or b is None:
            continue
        left, right = _root(home, a), _root(home, b)
        if ruling.same and left != right:
            if any({_root(home, n), _root(home, m)} == {left, right} for n, m in _pairs(cannot)):
                overruled.append(ruling)
                continue
            home[left] = right
        if not ruling.same and left == right:
            if a != b:
                overruled.append(ruling)
            continue
        if a != b:
            table = must if ruling.same else cannot
            table.setdefault(a, set()).add(b)
            table.setdefault(b, set()).add(a)
    return Settled(_frozen(must), _frozen(cannot), tuple(reversed(overruled)))


def _root(home: Mapping[int, int], strand: int) -> int:
    while strand in home:
        strand = home[strand]
    return strand


def _pairs(table: Mapping[int, Iterable[int]]) -> Iterable[tuple[int, int]]:
    return ((a, b) for a, others in table.items() for b in others if a < b)


def _frozen(table: Mapping[int, Iterable[int]]) -> dict[int, frozenset[int]]:
    return {n: frozenset(others) for n, others in table.items()}
