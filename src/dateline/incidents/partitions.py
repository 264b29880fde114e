"""Linking in parts: what a part must know of the rest, so that the parts' incidents are those of the whole.

Three facts make it exact. Which documents are near each other follows from their footings alone (``near_pairs``).
What two documents have in common follows from those two (``tied``). And documents that hang together by no chain of
ties share no incident (``linked`` of each such set).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy

from dateline.core import Incident, Reading
from dateline.incidents.candidates import WINDOW
from dateline.incidents.geography import specific
from dateline.incidents.knots import Knot, knots_of
from dateline.incidents.linkage import Linkage, incident_order
from dateline.incidents.linking import Gathering, spots
from dateline.incidents.sketches import Sketch, sketch_of
from dateline.incidents.tales import tales_of
from dateline.knowledge.families import families
from dateline.knowledge.folding import fold

_DEGREES = 10
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
    document = reading.document
    sketch, knots = sketch_of(document), _knots(reading, 0)
    outlet = fold(document.outlet) if document.outlet else ""
    keys = tuple(sorted({*sketch.keys, *spots(knots)}))
    return Footing(document.id, document.sha256, sketch.day or 0, keys, _cell(knots), outlet)


def near_pairs(days: Sequence[int], keys: Any, owners: Any, window: int = WINDOW) -> Any:
    """Which documents are near each other, as an array of pairs (lesser number, greater number), ascending.

    Documents are numbered in the order of their names; ``days`` has one a document, ``keys`` and ``owners`` (document
    numbers) one a key of a document. The same pairs as ``Neighbours`` finds, for any share of the keys.

    >>> near_pairs([3, 1, 2], numpy.array([7, 7, 7]), numpy.array([0, 1, 2]), window=1).tolist()
    [[0, 2], [1, 2]]
    """
    order = numpy.lexsort((owners, numpy.asarray(days, numpy.int64)[owners], keys))
    row, owner = numpy.asarray(keys)[order], numpy.asarray(owners, numpy.int64)[order]
    found = [numpy.zeros(0, numpy.int64)]
    size = len(days)
    for step in range(1, window + 1):
        left, right = owner[:-step], owner[step:]
        same = (row[:-step] == row[step:]) & (left != right)
        low, high = numpy.minimum(left, right)[same], numpy.maximum(left, right)[same]
        found.append(numpy.unique(low * size + high))
    codes = numpy.unique(numpy.concatenate(found))
    return numpy.stack([codes // max(1, size), codes % max(1, size)], axis=1)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What of one document is compared with others: much smaller than its reading."""

    name: tuple[str, str]
    sketch: Sketch
    knots: tuple[Knot, ...]


def prepared(reading: Reading) -> Prepared:
    """One document ready for ``tied``."""
    return Prepared(_name(reading), sketch_of(reading.document), tuple(_knots(reading, 0)))


def tied(documents: Sequence[Prepared], pairs: Iterable[Pair]) -> set[Pair]:
    """Those of the near pairs (by place in ``documents``) that hang together: by tellings or by copied words."""
    state = Gathering(near=_Given(pairs))
    state.add([(each.name, each.sketch, each.knots) for each in documents])
    return state.ties()


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
    """Neighbours that are known beforehand; documents come all at once."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._pairs = {(int(a), int(b)) for a, b in pairs}

    def add(self, documents: Sequence[tuple[int | None, str, Iterable[int]]]) -> tuple[set[Pair], set[Pair]]:
        pairs, self._pairs = self._pairs, set()
        return pairs, set()


def _name(reading: Reading) -> tuple[str, str]:
    return reading.document.id, reading.document.sha256


def _knots(reading: Reading, number: int) -> list[Knot]:
    return knots_of(tales_of(reading, number, families()))


def _cell(knots: Sequence[Knot]) -> str:
    """The square of the place that the document's weightiest placed telling names."""
    placed = [(knot.weight, -n, place) for n, knot in enumerate(knots) for place in knot.places if specific(place)]
    if not placed:
        return ""
    place = max(placed, key=lambda each: each[:2])[2]
    return f"N{int(place.lat // _DEGREES)}E{int(place.lon // _DEGREES)}"
