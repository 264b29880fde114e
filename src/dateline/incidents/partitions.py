"""Linking in parts: what a part must know of the rest, so that the parts' incidents are those of the whole.

Three facts make it exact. Which documents are near each other follows from their footings alone (``near_pairs``).
What two documents have in common follows from those two (``tied``). And documents that hang together by no chain of
ties share no incident (``linked`` of each such set).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
import scipy.sparse

from dateline.core import Incident, Reading
from dateline.incidents.candidates import BESIDE, CLOSE, FIRM, WINDOW, Keys
from dateline.incidents.cards import Card, card_of
from dateline.incidents.geography import specific
from dateline.incidents.linkage import Linkage, incident_order
from dateline.incidents.linking import Gathering
from dateline.incidents.strands import Strand

_DEGREES = 10
_STRETCH = 200_000
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Footing:
    """Where a document stands among all: its ``day`` (an ordinal, 0 for none) and the ``keys`` it is looked up under.

    ``cell`` is a square of ten degrees or nothing, ``outlet`` the outlet's folded name or nothing.
    """

    document: str
    sha256: str
    day: int
    keys: tuple[int, ...]
    cell: str
    outlet: str

    @property
    def name(self) -> str:
        """What a document is known by: its id and its text's hash."""
        return f"{self.document} {self.sha256}"

    @property
    def partition(self) -> str:
        """The week and the cell.

        >>> Footing("d1", "", 738_000, (), "N3E4", "").partition
        '105428 N3E4'
        """
        return f"{self.day // 7} {self.cell}"


def footing(reading: Reading) -> Footing:
    """The footing of one document; nothing in it depends on other documents."""
    card = card_of(reading)
    told = card.keys()
    keys = tuple(sorted(told.keys))
    return Footing(card.document, card.sha256, told.day or 0, keys, _cell(card.told()), card.outlet)


def near_pairs(days: Sequence[int], keys: Any, owners: Any, window: int = WINDOW) -> Any:
    """Which documents are near each other, as an array of pairs (lesser number, greater number), ascending.

    Documents are numbered in the order of their names; ``days`` has one a document, ``keys`` and ``owners`` (document
    numbers) one a key of a document, of all documents at once. The same pairs as ``Neighbours`` finds.

    >>> near_pairs([3, 1, 2], numpy.array([7, 7, 9, 9]), numpy.array([0, 1, 1, 2])).tolist()
    [[0, 1], [1, 2]]
    """
    size, day = len(days), numpy.asarray(days, numpy.int64)
    keys, owners = numpy.asarray(keys), numpy.asarray(owners, numpy.int64)
    if not size:
        return numpy.zeros((0, 2), numpy.int64)
    order = numpy.lexsort((owners, day[owners], keys))
    row, owner = keys[order], owners[order]
    found, firm, beside = [], [], []
    for step in range(1, window + 1):
        left, right = owner[:-step], owner[step:]
        same = (row[:-step] == row[step:]) & (left != right)
        found.append(numpy.minimum(left, right)[same] * size + numpy.maximum(left, right)[same])
        firm.append(row[:-step][same] >= FIRM)
        if step <= BESIDE:
            beside.append(found[-1])
    codes, place = numpy.unique(numpy.concatenate(found), return_inverse=True)
    twice = numpy.bincount(place, weights=1 + numpy.concatenate(firm), minlength=len(codes)) > 1
    pairs = numpy.stack([codes // size, codes % size], axis=1)
    close = abs(day[pairs[:, 0]] - day[pairs[:, 1]]) <= CLOSE
    alone = numpy.flatnonzero(~twice & close & numpy.isin(codes, numpy.concatenate(beside)))
    twice[alone[_shared(pairs[alone], keys, owners, size) == 1]] = True
    return pairs[twice]


def _shared(pairs: Any, keys: Any, owners: Any, size: int) -> Any:
    """How many keys each pair shares; a firm one counts twice."""
    names, columns = numpy.unique(keys, return_inverse=True)
    weights = numpy.where(names >= FIRM, 2, 1)
    table = scipy.sparse.csr_matrix((numpy.ones(len(keys)), (owners, columns)), (size, len(names)))
    made = [numpy.zeros(0)]
    for at in range(0, len(pairs), _STRETCH):
        some = pairs[at : at + _STRETCH]
        made.append(table[some[:, 0]].multiply(table[some[:, 1]]).dot(weights))
    return numpy.concatenate(made)


Prepared = Card
"""What of one document is compared with others: much smaller than its reading."""


def prepared(reading: Reading) -> Prepared:
    """One document ready for ``tied``."""
    return card_of(reading)


def tied(documents: Sequence[Prepared], pairs: Iterable[Pair]) -> set[Pair]:
    """Those of the near pairs (by place in ``documents``) that hang together: by tellings or by copied words."""
    state = Gathering(near=_Given(pairs))
    state.add(documents)
    return state.hanging()


def linked(readings: Sequence[Reading], pairs: Iterable[Pair], outlets: Iterable[str]) -> tuple[Incident, ...]:
    """The incidents of documents that no tie leads out of, as linking all at once would give them.

    ``pairs``: the near pairs among them, by place in ``readings``; ``outlets``: the folded names of all outlets.
    """
    state = Linkage(near=_Given(pairs), outlets=outlets)
    state.add(readings)
    return state.incidents()


def ordered(incidents: Iterable[Incident]) -> list[Incident]:
    """Incidents in the order of ``link``."""
    return sorted(incidents, key=incident_order)


def closed(size: int, ties: Iterable[Pair]) -> list[list[int]]:
    """The numbers up to ``size`` in sets that no tie leads out of, by their least member.

    >>> closed(4, [(0, 3), (1, 3)])
    [[0, 1, 3], [2]]
    """
    home = list(range(size))

    def root(n: int) -> int:
        while home[n] != n:
            home[n] = home[home[n]]
            n = home[n]
        return n

    for a, b in ties:
        low, high = sorted((root(a), root(b)))
        home[high] = low
    sets: defaultdict[int, list[int]] = defaultdict(list)
    for n in range(size):
        sets[root(n)].append(n)
    return [sets[n] for n in sorted(sets)]


class _Given:
    """Neighbours that are known beforehand."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._later: defaultdict[int, list[int]] = defaultdict(list)
        for a, b in pairs:
            self._later[max(int(a), int(b))].append(min(int(a), int(b)))
        self._keys: dict[int, Keys] = {}

    def add(
        self, documents: Sequence[tuple[int, Keys]], tied: Callable[[int, int], bool] | None = None
    ) -> tuple[set[Pair], set[Pair]]:
        self._keys.update(documents)
        found = {(other, number) for number, _ in documents for other in self._later[number]}
        return found, set()

    def drop(self, numbers: Iterable[int]) -> set[Pair]:
        raise NotImplementedError("linking in parts takes nothing out")

    def firmly(self, left: int, right: int) -> bool:
        return any(key >= FIRM for key in {*self._keys[left].keys} & {*self._keys[right].keys})


def _cell(strands: Sequence[Strand]) -> str:
    """The square of the place that the document's weightiest placed telling names."""
    placed = [(each.weight, -n, place) for n, each in enumerate(strands) for place in each.places if specific(place)]
    if not placed:
        return ""
    place = max(placed, key=lambda each: each[:2])[2]
    return f"N{int(place.lat // _DEGREES)}E{int(place.lon // _DEGREES)}"
