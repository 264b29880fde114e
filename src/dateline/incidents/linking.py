"""Strands of many documents gathered into incidents, and gathered on as documents come and go."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dateline.incidents.candidates import Neighbours
from dateline.incidents.cards import Card
from dateline.incidents.clusters import Cut, Pair, clustered
from dateline.incidents.comparing import Comparer
from dateline.incidents.rulings import Settled
from dateline.incidents.strands import Strand

_BATCH = 2_000


class Gathering:
    """Documents compared and clustered so far; more can be added, and some taken out, at any time.

    What is gathered depends on the documents alone, not on their order or on how many came at once: a pair's
    score needs no other document, and only strands that a change reaches are clustered again, when they are asked
    for: what comes in many parts is clustered once. A document has the number of its coming; a strand's number is its
    document's first one and its place among the document's.
    """

    __slots__ = ("_bonds", "_comparer", "_copies", "_cut", "_groups", "_home", "_near", "_owner", "_ruled", "_start",
                 "_touched", "cards", "changed")  # fmt: skip

    def __init__(self, cut: Cut | None = None) -> None:
        self.cards: list[Card | None] = []
        self._copies: defaultdict[int, set[int]] = defaultdict(set)
        self.changed: set[int] = set()
        """The documents whose ties or, once ``settle`` ran, groups are not as they were when this was last emptied."""
        self._cut = cut or Cut()
        self._comparer = Comparer(self._cut)
        self._near = Neighbours()
        self._start = array("Q", [0])
        self._owner = array("I")
        self._bonds: dict[int, dict[int, float]] = {}
        self._ruled = Settled()
        self._home: dict[int, int] = {}
        self._groups: dict[int, list[int]] = {}
        self._touched: set[int] = set()

    def add(self, cards: Sequence[Card]) -> None:
        """Take in documents, no two alike and none known."""
        for at in range(0, len(cards), _BATCH):
            self._touched |= self._take_in(cards[at : at + _BATCH])

    def drop(self, numbers: Iterable[int]) -> None:
        """Take documents out again."""
        gone = [number for number in numbers if self.cards[number] is not None]
        gained = self._near.drop(gone)
        for number in gone:
            self._copies.pop(number, None)
        for number, earlier in self._copies.items():
            if not earlier.isdisjoint(gone):
                earlier.difference_update(gone)
                self.changed.add(number)
        touched: set[int] = set()
        lost = {strand for number in gone for strand in self.strands(number)}
        for strand in lost:
            for other in self._bonds.pop(strand, {}):
                self._bonds[other].pop(strand, None)
                touched.add(other)
                self.changed.add(self._owner[other])
            home = self._home.pop(strand, None)
            touched.update(self._groups.pop(home, ()) if home is not None else ())
        for number in gone:
            self.cards[number] = None
        self._ruled = self._ruled.without(lost)
        self._touched = (self._touched | touched | self._compare(sorted(gained))) - lost

    def rule(self, ruled: Settled) -> None:
        """Put people's decisions in the place of earlier ones, and cluster anew what differs."""
        touched = self._ruled.differing(ruled)
        self._ruled = ruled
        self._touched |= {strand for strand in touched if self.cards[self._owner[strand]] is not None}

    def settle(self) -> None:
        """Cluster what came or changed since this was last done."""
        if self._touched:
            touched, self._touched = self._touched, set()
            self._cluster(touched)

    def groups(self) -> list[list[int]]:
        """The strands of each incident, by number, in the order of the documents' names."""
        self.settle()
        return sorted(self._groups.values(), key=lambda group: self._rank(group[0]))

    def strands(self, number: int) -> range:
        """The numbers of a document's strands."""
        return range(self._start[number], self._start[number + 1])

    def strand(self, number: int) -> Strand:
        """A strand by its number."""
        owner = self._owner[number]
        return self.card(owner).told()[number - self._start[owner]]

    def owner(self, strand: int) -> int:
        """The document that tells a strand."""
        return self._owner[strand]

    def card(self, number: int) -> Card:
        """A document by its number. KeyError where it was taken out."""
        card = self.cards[number]
        if card is None:
            raise KeyError(number)
        return card

    # Kept and brought back ----------------------------------------------------------------------------

    def copies_of(self, number: int) -> list[int]:
        """Of the documents that came before one, those that it is a copy of or that are copies of it."""
        return sorted(self._copies.get(number, ()))

    def copies(self) -> Iterator[Pair]:
        """The pairs of documents that are copies of one text, the earlier comer first."""
        return ((left, right) for right, row in self._copies.items() for left in row)

    def ties(self, number: int) -> Iterator[tuple[int, int, int, float]]:
        """A document's ties to itself and to those that came before it: place of its strand, other, place, bond."""
        for strand in self.strands(number):
            for other, bond in self._bonds.get(strand, {}).items():
                if other < strand:
                    owner = self._owner[other]
                    yield strand - self._start[number], owner, other - self._start[owner], bond

    def homes(self, number: int) -> list[tuple[int, int]]:
        """For each strand of a document the document and place of its group's first strand."""
        self.settle()
        found = [self._home[strand] for strand in self.strands(number)]
        return [(self._owner[home], home - self._start[self._owner[home]]) for home in found]

    def bring_back(self, card: Card | None) -> None:
        """A document as it was; None in the place of one that was taken out. All of them in order, then their ties."""
        number = len(self.cards)
        self._number(card)
        if card is not None:
            self._near.add([(number, card.keys())])

    def tie_back(
        self,
        number: int,
        ties: Iterable[tuple[int, int, int, float]],
        homes: Iterable[tuple[int, int]],
        copies: Iterable[int],
    ) -> None:
        """The ties and homes of a document that was brought back, and the earlier copies of its text."""
        if earlier := set(copies):
            self._copies[number] = earlier
        for place, other, its, bond in ties:
            self._tie(self._start[number] + place, self._start[other] + its, bond)
        for strand, (owner, place) in zip(self.strands(number), homes, strict=True):
            home = self._start[owner] + place
            self._home[strand] = home
            self._groups.setdefault(home, []).append(strand)

    def laid(self, cards: Sequence[Card], groups: Iterable[Sequence[Pair]], copies: Iterable[Pair]) -> None:
        """Documents whose strands are grouped already (a strand is a document and a place); no more can be added."""
        for card in cards:
            self._number(card)
        for group in groups:
            mine = sorted((self._start[number] + place for number, place in group), key=self._rank)
            self._groups[mine[0]] = mine
        for a, b in copies:
            self._copies[max(a, b)].add(min(a, b))

    def ready(self, ruled: Settled) -> None:
        """All is brought back, as it stood under these decisions."""
        self._ruled = ruled
        for home, group in self._groups.items():
            self._groups[home] = sorted(group, key=self._rank)
        self.changed.clear()

    # Parts ---------------------------------------------------------------------------------------------

    def _number(self, card: Card | None) -> range:
        number, at = len(self.cards), len(self._owner)
        count = len(card.told()) if card else 0
        self.cards.append(card)
        self._owner.extend([number] * count)
        self._start.append(at + count)
        return range(at, at + count)

    def _take_in(self, cards: Sequence[Card]) -> set[int]:
        touched: set[int] = set()
        first = len(self.cards)
        for card in cards:
            number = len(self.cards)
            mine = self._number(card)
            self.changed.add(number)
            touched.update(mine)
            for a, b, bond in self._comparer.inside(card):
                self._tie(mine[a], mine[b], bond)
        rows = [(number, self.card(number).keys()) for number in range(first, len(self.cards))]
        gained, lost = self._near.add(rows, self._tied)
        return touched | self._untie(lost) | self._compare(sorted(gained))

    def _tied(self, left: int, right: int) -> bool:
        theirs = self.strands(right)
        tied = any(b in theirs for a in self.strands(left) for b in self._bonds.get(a, ()))
        return tied or left in self._copies.get(right, ())

    def _untie(self, lost: Iterable[Pair]) -> set[int]:
        touched: set[int] = set()
        for left, right in lost:
            if left in self._copies.get(right, ()):
                self._copies[right].discard(left)
                self.changed.add(right)
            for a in self.strands(left):
                theirs = self.strands(right)
                for b in [b for b in self._bonds.get(a, ()) if b in theirs]:
                    del self._bonds[a][b], self._bonds[b][a]
                    touched |= {a, b}
                    self.changed.add(right)
        return touched

    def _rank(self, strand: int) -> tuple[tuple[str, str], int]:
        return self.card(self._owner[strand]).name, strand

    def _compare(self, pairs: Sequence[Pair]) -> set[int]:
        """Tie the strands of these pairs of documents; those that were tied."""
        touched: set[int] = set()
        for each in self._comparer.across(pairs, self.card, self._near.firmly):
            if each.copies:
                self._copy(each.left, each.right)
            starts = self._start[each.left], self._start[each.right]
            for i, j, bond in each.bonds:
                self._tie(starts[0] + i, starts[1] + j, bond)
                touched |= {starts[0] + i, starts[1] + j}
        return touched

    def _copy(self, left: int, right: int) -> None:
        self._copies[right].add(left)
        self.changed.add(right)

    def _tie(self, a: int, b: int, bond: float) -> None:
        self._bonds.setdefault(a, {})[b] = bond
        self._bonds.setdefault(b, {})[a] = bond
        self.changed.add(self._owner[max(a, b)])

    def _cluster(self, touched: set[int]) -> None:
        """Cluster the strands again that hang together with those touched, and those of the groups that this breaks."""
        seen: set[int] = set()
        parts: list[set[int]] = []
        rest = sorted(touched)
        while rest:
            strand = rest.pop()
            if strand not in seen:
                parts.append(self._part(strand))
                seen |= parts[-1]
                for home in {self._home[n] for n in parts[-1] if n in self._home}:
                    rest += self._groups.pop(home, ())
        for part in parts:
            members = sorted(part, key=self._rank)
            for group in clustered(members, *self._within(members, part), self._cut):
                self._groups[group[0]] = group
                for n in group:
                    if self._home.get(n) != group[0]:
                        self._home[n] = group[0]
                        self.changed.add(self._owner[n])

    def _part(self, strand: int) -> set[int]:
        """The strands that bonds that can join, or decisions, lead to from one."""
        part, rest = {strand}, [strand]
        while rest:
            n = rest.pop()
            tied = [m for m, bond in self._bonds.get(n, {}).items() if bond >= self._cut.enough]
            for m in (*tied, *self._ruled.must.get(n, ())):
                if m not in part:
                    part.add(m)
                    rest.append(m)
        return part

    def _within(self, members: Sequence[int], part: set[int]) -> tuple[Mapping[Pair, float], list[Pair], list[Pair]]:
        bonds = {(a, b): bond for a in members for b, bond in self._bonds.get(a, {}).items() if a < b and b in part}
        must, cannot = (
            [(a, b) for a in members for b in table.get(a, ()) if a < b and b in part]
            for table in (self._ruled.must, self._ruled.cannot)
        )
        return bonds, must, cannot
