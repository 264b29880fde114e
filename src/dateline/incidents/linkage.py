"""The state of linking: readings in, a few or all at once, incidents out."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence

from dateline.core import Incident, Reading
from dateline.incidents.claims import Told, told_of
from dateline.incidents.copies import copies
from dateline.incidents.knots import Knot, knots_of, parted
from dateline.incidents.linking import Gathering, Near
from dateline.incidents.merge import merged
from dateline.incidents.sketches import sketch_of
from dateline.incidents.tales import tales_of
from dateline.incidents.voices import speakers_of
from dateline.knowledge.count_rules import count_rules
from dateline.knowledge.families import families
from dateline.knowledge.folding import fold

_FORCE = ("ASSAULT", "PROTEST")
Mention = tuple[str, str]
"""A document's id and the id of one of its events."""
Decision = tuple[Mention, Mention]


class Linkage:
    """Readings linked so far. More can be added; the incidents are those of all readings linked at once.

    ``must_link`` and ``cannot_link`` are people's decisions: pairs of tellings (document id, event id) that are
    of one happening, and that are not. They hold for readings that come later, too; tellings that are not
    known, or not of anything that happened, are passed over. ValueError (from ``add``) where they
    contradict each other. ``near`` and ``outlets`` are for linking in parts (``partitions``): which documents are
    compared, and the folded names of outlets beyond those of the readings.

    >>> Linkage().incidents()
    ()
    """

    __slots__ = ("_apart", "_cannot", "_gathering", "_knot", "_known", "_made", "_must", "_outlets", "_readings")

    def __init__(
        self,
        must_link: Iterable[Decision] = (),
        cannot_link: Iterable[Decision] = (),
        *,
        near: Near | None = None,
        outlets: Iterable[str] = (),
    ) -> None:
        self._must = tuple(must_link)
        self._cannot = tuple(cannot_link)
        self._apart: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for (document, one), (other, two) in self._cannot:
            if document == other:
                self._apart[document].append((one, two))
        self._gathering = Gathering(near=near)
        self._known: dict[tuple[str, str], int] = {}
        self._readings: list[Reading] = []
        self._knot: dict[Mention, int] = {}
        self._outlets: frozenset[str] = frozenset(outlets)
        self._made: dict[tuple[object, ...], Incident] = {}

    def add(self, readings: Iterable[Reading]) -> None:
        """Link more readings; one that is known already counts once."""
        rows, fresh = [], set()
        for reading in readings:
            name = (reading.document.id, reading.document.sha256)
            if name in self._known:
                continue
            number = self._known[name] = len(self._readings)
            self._readings.append(reading)
            knots = parted(knots_of(tales_of(reading, number, families())), self._apart[reading.document.id])
            rows.append((name, sketch_of(reading.document), knots))
            fresh.add(reading.document.id)
            self._outlets |= {fold(reading.document.outlet)} if reading.document.outlet else frozenset()
        at = len(self._gathering.knots)
        self._gathering.add(rows)
        for number in range(at, len(self._gathering.knots)):
            knot = self._gathering.knots[number]
            for tale in knot.tales:
                self._knot[self._readings[knot.reading].document.id, tale.event.id] = number
        self._gathering.decide(self._pairs(self._must, fresh), self._pairs(self._cannot, fresh))

    def incidents(self, rule: str = "ucdp") -> tuple[Incident, ...]:
        """The incidents: those of most documents first, force before words and paper.

        KeyError where no rule has that name. Those whose tellings and sources are as they were are not made anew.
        """
        choice = count_rules()[rule]
        documents = [reading.document for reading in self._readings]
        first = copies(documents, sorted(self._gathering.alike))
        prints: defaultdict[int, list[int]] = defaultdict(list)
        for number, original in enumerate(first):
            prints[original].append(number)
        made: list[Incident] = []
        kept: dict[tuple[object, ...], Incident] = {}
        for group in self._gathering.groups():
            knots = [self._gathering.knots[n] for n in group]
            if founds(knots):
                numbers = sorted({n for k in knots for n in prints[first[k.reading]]}, key=self._name)
                key: tuple[object, ...] = (rule, tuple(group), tuple(numbers), self._heard(numbers))
                kept[key] = self._made.get(key) or merged(self._told(knots, numbers, first), choice)
                made.append(kept[key])
        self._made = kept
        return tuple(sorted(made, key=incident_order))

    def _name(self, number: int) -> tuple[str, str]:
        document = self._readings[number].document
        return document.id, document.sha256

    def _pairs(self, decisions: Iterable[Decision], fresh: set[str]) -> list[tuple[int, int]]:
        """The pairs of knots that decisions on fresh documents are about."""
        known = [
            (self._knot[one], self._knot[two])
            for one, two in decisions
            if one in self._knot and two in self._knot and (one[0] in fresh or two[0] in fresh)
        ]
        return [(a, b) for a, b in known if a != b]

    def _heard(self, numbers: Sequence[int]) -> frozenset[str]:
        """The outlets among the voices of these readings: they pass on what others say."""
        return frozenset(fold(voice.name) for n in numbers for voice in self._readings[n].voices) & self._outlets

    def _told(self, knots: Sequence[Knot], numbers: Sequence[int], first: Sequence[int]) -> tuple[Told, ...]:
        place = {number: n for n, number in enumerate(numbers)}
        readings = [self._readings[number] for number in numbers]
        heard = speakers_of(readings, [place[first[number]] for number in numbers], self._outlets)
        tales = [dataclasses.replace(tale, reading=place[tale.reading]) for knot in knots for tale in knot.tales]
        tales.sort(key=lambda tale: (tale.reading, tale.event.trigger, tale.event.id))
        return told_of(tales, readings, heard)


def founds(knots: Sequence[Knot]) -> bool:
    """Whether someone says that it happened, and it is more than an unplaced, undated piece of history."""
    if not any(knot.founds for knot in knots):
        return False
    return any(not knot.background or knot.first is not None or knot.places for knot in knots)


def incident_order(incident: Incident) -> tuple[int, bool, int, str, str]:
    """What incidents are sorted by: those of most documents first, force before words and paper."""
    day = (incident.time.earliest or incident.time.latest or "") if incident.time else ""
    return (-len(incident.documents), incident.type not in _FORCE, -len(incident.events), day, incident.id)
