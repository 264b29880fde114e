"""Linking in parts: what a part must know of the rest, so that the parts' incidents are those of the whole.

Four facts make it exact. Which documents are near each other follows from their footings alone (``near_pairs``). What
binds the strands of two documents follows from those two (``compared``). Strands that hang together by no chain of
bonds that can join are in no incident together, so each part that does is clustered alone (``parted``, ``clusters``).
And an incident's record follows from the documents that tell it, the copies of their texts, and the names of all
outlets (``gathered``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
import scipy.sparse
import scipy.sparse.csgraph

from dateline.core import Incident, Reading
from dateline.incidents.candidates import FIRM
from dateline.incidents.cards import Card
from dateline.incidents.clusters import FINE, Cut, clustered
from dateline.incidents.comparing import Comparer
from dateline.incidents.geography import specific
from dateline.incidents.large_clusters import Rows
from dateline.incidents.linkage import Linkage
from dateline.incidents.ordering import incident_order
from dateline.incidents.strands import Strand, unpacked

_DEGREES = 10
_LARGE = 20_000
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Footing:
    """Where a document stands among all: its ``day`` (an ordinal, 0 for none) and the ``keys`` it is looked up under.

    ``cell`` is a square of ten degrees or nothing, ``outlet`` the outlet's folded name or nothing, ``strands`` how many
    happenings it tells.
    """

    document: str
    sha256: str
    day: int
    keys: tuple[int, ...]
    cell: str
    outlet: str
    strands: int = 0

    @property
    def name(self) -> tuple[str, str]:
        """What a document is known by: its id and its text's hash."""
        return self.document, self.sha256

    @property
    def partition(self) -> str:
        """The week and the cell.

        >>> Footing("d1", "", 738_000, (), "N3E4", "").partition
        '105428 N3E4'
        """
        return f"{self.day // 7} {self.cell}"


def footing(card: Card) -> Footing:
    """The footing of one document; nothing in it depends on other documents."""
    strands = unpacked(card.strands)  # not card.told(), which remembers them
    told = card.keys(strands)
    keys = tuple(sorted(told.keys))
    return Footing(card.document, card.sha256, told.day or 0, keys, _cell(strands), card.outlet, len(strands))


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing some documents gave, as arrays of whole numbers.

    ``bonds`` has five columns: a document's place among those that were given, the place of one of its strands, the
    same of the other strand, and the bond in hundred-thousandths; the first strand comes before the other. ``copies``
    has two: the places of two documents that are copies of one text.
    """

    bonds: Any
    copies: Any


def compared(cards: Sequence[Card], pairs: Iterable[Pair]) -> Compared:
    """The bonds of the near ``pairs`` (by place in ``cards``), and those inside each document.

    >>> compared([], []).bonds.shape
    (0, 5)
    """
    comparer = Comparer(Cut())
    firm = [frozenset(key for key in card.keys().keys if key >= FIRM) for card in cards]
    rows = [(n, i, n, j, bond) for n, card in enumerate(cards) for i, j, bond in comparer.inside(card)]
    copies = []
    near = sorted((min(pair), max(pair)) for pair in pairs)
    for each in comparer.across(near, cards.__getitem__, lambda a, b: not firm[a].isdisjoint(firm[b])):
        rows += [(each.left, i, each.right, j, bond) for i, j, bond in each.bonds]
        copies += [(each.left, each.right)] if each.copies else []
    bonds = numpy.array([(*ends, round(bond * FINE)) for *ends, bond in rows], numpy.int32).reshape(-1, 5)
    return Compared(bonds, numpy.array(copies, numpy.int32).reshape(-1, 2))


def parted(strands: int, bonds: Any) -> tuple[Any, Any]:
    """The bonds inside parts of the strands that no bond that can join leads out of, part by part, and where each ends.

    ``bonds`` has three columns: the numbers of two strands (below ``strands``), the bond in hundred-thousandths.

    >>> bonds, ends = parted(5, numpy.array([[3, 4, 100_000], [0, 2, 200_000], [0, 3, -100_000]]))
    >>> bonds.tolist(), ends.tolist()
    ([[0, 2, 200000], [3, 4, 100000]], [1, 2])
    """
    joins = bonds[bonds[:, 2] >= round(Cut().enough * FINE)]
    table = scipy.sparse.coo_matrix((numpy.ones(len(joins), numpy.int8), (joins[:, 0], joins[:, 1])), (strands,) * 2)
    _, labels = scipy.sparse.csgraph.connected_components(table, directed=False)
    inside = bonds[labels[bonds[:, 0]] == labels[bonds[:, 1]]]
    part = labels[inside[:, 0]]
    order = numpy.lexsort((inside[:, 1], inside[:, 0], part))
    part = part[order]
    ends = numpy.flatnonzero(numpy.append(part[1:] != part[:-1], True)) + 1 if len(part) else numpy.zeros(0, int)
    return inside[order], ends


def clusters(bonds: Any) -> list[list[int]]:
    """The strands of whole parts, which ``parted`` gave one after another, in clusters: their numbers, the first first.

    >>> clusters(numpy.array([[0, 2, 200_000], [3, 4, 100_000]]))
    [[0, 2], [3, 4]]
    """
    _, ends = parted(int(bonds[:, :2].max()) + 1 if len(bonds) else 0, bonds)
    found, at = [], 0
    for end in ends.tolist():
        found += _large(bonds[at:end]) if end - at > _LARGE else _small(bonds[at:end])
        at = end
    return found


def _small(bonds: Any) -> list[list[int]]:
    mine = {(a, b): bond / FINE for a, b, bond in bonds.tolist()}
    return clustered(sorted({strand for pair in mine for strand in pair}), mine)


def _large(bonds: Any) -> list[list[int]]:
    strands, places = numpy.unique(bonds[:, :2], return_inverse=True)
    rows = Rows(len(strands), places.reshape(-1, 2).astype(numpy.int32), bonds[:, 2], *Cut().fine())
    return sorted(strands[numpy.sort(group)].tolist() for group in rows.run())


def gathered(
    cards: Sequence[Card],
    groups: Iterable[Sequence[tuple[int, int]]],
    copies: Iterable[Pair],
    outlets: Iterable[str],
    source: Mapping[str, Reading],
) -> list[Incident]:
    """The incidents of groups of strands, as linking all at once would give them, in the order of ``link``.

    A strand is given as its document's place in ``cards`` and its place there. The cards hold the documents of the
    groups and all copies of their texts, ``copies`` (two places each) tells which those are; ``outlets`` are the folded
    names of all outlets, ``source`` gives readings by document id.
    """
    return list(Linkage.gathered(cards, groups, copies, outlets, source).incidents())


def ordered(incidents: Iterable[Incident]) -> list[Incident]:
    """Incidents in the order of ``link``."""
    return sorted(incidents, key=incident_order)


def _cell(strands: Sequence[Strand]) -> str:
    """The square of the place that the document's weightiest placed telling names."""
    placed = [(each.weight, -n, place) for n, each in enumerate(strands) for place in each.places if specific(place)]
    if not placed:
        return ""
    place = max(placed, key=lambda each: each[:2])[2]
    return f"N{int(place.lat // _DEGREES)}E{int(place.lon // _DEGREES)}"
