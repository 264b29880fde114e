"""Knots of many documents gathered into incidents, and gathered on as documents come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Protocol

from dateline.incidents.candidates import Neighbours
from dateline.incidents.clusters import Cut, Pair, clustered
from dateline.incidents.geography import fit, specific
from dateline.incidents.knots import Knot, apart, kinds
from dateline.incidents.scorer import knot_score, text_scores, told_alike
from dateline.incidents.similarity import text_features
from dateline.incidents.sketches import Sketch, word_id

_PER_DOCUMENT = 12
_SAME_DOCUMENT = -3.0
_DIGITS = 5
_TOLD_ALIKE = 1.0
_ALIKE = 0.3


class Near(Protocol):
    """Tells which documents are compared: see ``Neighbours``."""

    def add(self, documents: Sequence[tuple[int | None, str, Iterable[int]]]) -> tuple[set[Pair], ...]: ...


class Gathering:
    """Documents compared and clustered so far; more can be added at any time.

    What is gathered depends on the documents alone, not on their order or on how many came at once: a pair's
    score needs no other document, and only knots that new documents reach are clustered again.
    ``enough`` and the like: see ``Cut``. ``must`` and ``cannot`` (pairs of (document number, event id)
    are turned into pairs of knots by ``decide``.
    """

    __slots__ = ("_bonds", "_cannot", "_cut", "_groups", "_home", "_must", "_names", "_near", "_of", "_ranked",
                 "_sketches", "alike", "knots")  # fmt: skip

    def __init__(self, cut: Cut | None = None, near: Near | None = None) -> None:
        self.knots: list[Knot] = []
        self.alike: set[Pair] = set()
        """Pairs of documents that share much of their words: copies are among them."""
        self._cut = cut or Cut()
        self._near = near or Neighbours()
        self._names: list[tuple[str, str]] = []
        self._sketches: list[Sketch] = []
        self._of: list[list[int]] = []
        self._ranked: list[list[int]] = []
        self._bonds: defaultdict[int, dict[int, float]] = defaultdict(dict)
        self._must: defaultdict[int, set[int]] = defaultdict(set)
        self._cannot: defaultdict[int, set[int]] = defaultdict(set)
        self._home: dict[int, int] = {}
        self._groups: dict[int, list[int]] = {}

    def add(self, rows: Sequence[tuple[tuple[str, str], Sketch, Sequence[Knot]]]) -> None:
        """Take in documents: their names (no two alike), sketches and knots; knots bear the documents' numbers."""
        touched: set[int] = set()
        for name, sketch, knots in rows:
            mine = list(range(len(self.knots), len(self.knots) + len(knots)))
            self.knots += knots
            self._names.append(name)
            self._sketches.append(sketch)
            self._of.append(mine)
            self._ranked.append(sorted(mine, key=lambda n: (-self.knots[n].weight, n))[:_PER_DOCUMENT])
            touched.update(mine)
            for a, b in combinations(mine, 2):
                if _contrary(self.knots[a], self.knots[b]):
                    self._tie(a, b, _SAME_DOCUMENT)
        gained, lost = self._near.add([(s.day, " ".join(name), (*s.keys, *spots(knots))) for name, s, knots in rows])
        for left, right in lost:
            self.alike.discard((left, right))
            for a in self._of[left]:
                for b in self._of[right]:
                    if self._bonds[a].pop(b, None) is not None:
                        del self._bonds[b][a]
                        touched |= {a, b}
        touched |= self._compare(sorted(gained))
        self._cluster(touched)

    def decide(self, must: Iterable[Pair], cannot: Iterable[Pair]) -> None:
        """Add people's decisions on pairs of knots (by number) and cluster anew what they touch."""
        touched = set()
        for table, pairs in ((self._must, must), (self._cannot, cannot)):
            for a, b in pairs:
                table[a].add(b)
                table[b].add(a)
                touched |= {a, b}
        self._cluster(touched)

    def groups(self) -> list[list[int]]:
        """The knots of each incident, by number, in the order of the documents' names."""
        return sorted(self._groups.values(), key=lambda group: self._rank(group[0]))

    def ties(self) -> set[Pair]:
        """The pairs of documents (lesser number first) that hang together: alike, or with a bond that can join."""
        owner = {knot: number for number, mine in enumerate(self._of) for knot in mine}
        homes = {
            (owner[a], owner[b])
            for a, row in self._bonds.items()
            for b, bond in row.items()
            if a < b and bond >= self._cut.enough
        }
        return {(min(pair), max(pair)) for pair in homes if pair[0] != pair[1]} | self.alike

    def _rank(self, knot: int) -> tuple[tuple[str, str], int]:
        return self._names[self.knots[knot].reading], knot

    def _compare(self, pairs: Sequence[Pair]) -> set[int]:
        """Score these pairs of documents; the knots that were tied."""
        touched: set[int] = set()
        features = text_features(self._sketches, [a for a, _ in pairs], [b for _, b in pairs])
        for (left, right), row, text in zip(pairs, features, text_scores(features), strict=True):
            if row[0] >= _ALIKE:
                self.alike.add((left, right))
            mains = self._ranked[left][:1] + self._ranked[right][:1]
            for a in self._ranked[left]:
                for b in self._ranked[right]:
                    if kinds(self.knots[a].families).isdisjoint(kinds(self.knots[b].families)):
                        continue
                    score = knot_score(self.knots[a], self.knots[b], (a in mains) + (b in mains))
                    if score is None:
                        continue
                    bond = round(float(text + score), _DIGITS)
                    if bond < _TOLD_ALIKE and told_alike(self.knots[a], self.knots[b]):
                        bond = _TOLD_ALIKE
                    if bond > self._cut.missing:
                        self._tie(a, b, bond)
                        touched |= {a, b}
        return touched

    def _tie(self, a: int, b: int, bond: float) -> None:
        self._bonds[a][b] = self._bonds[b][a] = bond

    def _cluster(self, touched: set[int]) -> None:
        """Cluster the knots again that hang together with those touched."""
        seen: set[int] = set()
        for knot in sorted(touched):
            if knot not in seen:
                part = self._part(knot)
                seen |= part
                members = sorted(part, key=self._rank)
                for old in {self._home[n] for n in members if n in self._home}:
                    self._groups.pop(old, None)
                for group in clustered(members, *self._within(members, part), self._cut):
                    self._groups[group[0]] = group
                    self._home.update(dict.fromkeys(group, group[0]))

    def _part(self, knot: int) -> set[int]:
        """The knots that bonds that can join, or decisions, lead to from one."""
        part, rest = {knot}, [knot]
        while rest:
            n = rest.pop()
            tied = [m for m, bond in self._bonds.get(n, {}).items() if bond >= self._cut.enough]
            for m in (*tied, *self._must.get(n, ())):
                if m not in part:
                    part.add(m)
                    rest.append(m)
        return part

    def _within(self, members: Sequence[int], part: set[int]) -> tuple[Mapping[Pair, float], list[Pair], list[Pair]]:
        bonds = {(a, b): bond for a in members for b, bond in self._bonds.get(a, {}).items() if a < b and b in part}
        must, cannot = (
            [(a, b) for a in members for b in table.get(a, ()) if a < b and b in part]
            for table in (self._must, self._cannot)
        )
        return bonds, must, cannot


def spots(knots: Sequence[Knot]) -> set[int]:
    """A key for each deed's family, day and town, so that its reports meet whatever their words."""
    return {
        word_id(f"{family.name} {knot.first} {place.id}\n")
        for knot in knots
        if knot.dated and knot.first == knot.last
        for family in knot.families
        if not family.speech
        for place in knot.places
        if specific(place)
    }


def _contrary(a: Knot, b: Knot) -> bool:
    """Whether a document gives its two knots other days, other places or another span."""
    misfit = a.places and b.places and not any(fit(p, q) for p in a.places for q in b.places)
    return bool(misfit) or a.wide != b.wide or apart(a.first, a.last, b.first, b.last) > 0
