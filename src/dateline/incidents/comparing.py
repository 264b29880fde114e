"""Pairs of documents compared: which of their strands are one happening, how likely, and whether one is a copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from dateline.incidents.cards import Card
from dateline.incidents.clusters import Cut, Pair
from dateline.incidents.copies import copied
from dateline.incidents.geography import fit
from dateline.incidents.knots import apart
from dateline.incidents.scorer import Scorer, told_alike
from dateline.incidents.similarity import text_features
from dateline.incidents.strands import Strand

_DIGITS = 5
_PER_DOCUMENT = 12
_SAME_DOCUMENT = -3.0
_TOLD_ALIKE = 1.0
_UNLIKE = -6.0
"""Texts that score less are not compared any further: nothing in their strands could tie them."""
_ALIKE = 0.3
_BATCH = 20_000
Bond = tuple[int, int, float]
"""The places of two strands in their documents, and the log-odds that they are one happening."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two documents have in common."""

    left: int
    right: int
    copies: bool
    bonds: tuple[Bond, ...]


class Comparer:
    """Compares documents; what it finds of a pair needs no other document."""

    def __init__(self, cut: Cut) -> None:
        self._score = Scorer()
        self._least = cut.missing

    def inside(self, card: Card) -> Iterator[Bond]:
        """The bonds of strands of one document that contradict each other."""
        told = card.told()
        for a, b in combinations(range(len(told)), 2):
            if _contrary(told[a], told[b]):
                yield a, b, _SAME_DOCUMENT

    def across(
        self, pairs: Sequence[Pair], card: Callable[[int], Card], firmly: Callable[[int, int], bool]
    ) -> Iterator[Likeness]:
        """What these pairs of documents have in common.

        ``card`` gives a document by its number; ``firmly`` tells whether two share a firm key.
        """
        for at in range(0, len(pairs), _BATCH):
            some = pairs[at : at + _BATCH]
            numbers = sorted({number for pair in some for number in pair})
            place = {number: n for n, number in enumerate(numbers)}
            cards = [card(number) for number in numbers]
            ranked = [_ranked(each.told()) for each in cards]
            rows = [[place[a] for a, _ in some], [place[b] for _, b in some]]
            features = text_features([each.sketch for each in cards], *rows)
            texts = self._score.texts(features)
            for left, right, alike, text in zip(*rows, features[:, 0].tolist(), texts.tolist(), strict=True):
                a, b = numbers[left], numbers[right]
                same = alike >= _ALIKE and copied(cards[left].fingerprint, cards[right].fingerprint)
                told = text >= _UNLIKE or firmly(a, b)
                bonds = tuple(self._bonds(ranked[left], ranked[right], text)) if told else ()
                yield Likeness(a, b, same, bonds)

    def _bonds(
        self, left: Sequence[tuple[int, Strand]], right: Sequence[tuple[int, Strand]], text: float
    ) -> Iterator[Bond]:
        for m, (i, a) in enumerate(left):
            for n, (j, b) in enumerate(right):
                if a.kinds.isdisjoint(b.kinds):
                    continue
                score = self._score.strands(a, b, (m == 0) + (n == 0))
                if score is None:
                    continue
                bond = round(text + score, _DIGITS)
                if bond < _TOLD_ALIKE and told_alike(a, b):
                    bond = _TOLD_ALIKE
                if bond > self._least:
                    yield i, j, bond


def _ranked(strands: Sequence[Strand]) -> list[tuple[int, Strand]]:
    """The weightiest strands with their places."""
    return sorted(enumerate(strands), key=lambda pair: (-pair[1].weight, pair[0]))[:_PER_DOCUMENT]


def _contrary(a: Strand, b: Strand) -> bool:
    """Whether a document gives two strands other days, other places or another span."""
    misfit = a.places and b.places and not any(fit(p, q) for p in a.places for q in b.places)
    return bool(misfit) or a.wide != b.wide or apart(a.first, a.last, b.first, b.last) > 0
