"""Readings in, incidents out."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.core import Incident, Reading
from dateline.incidents.claims import Told, told_of
from dateline.incidents.copies import copies
from dateline.incidents.knots import Knot, knots_of
from dateline.incidents.linking import gather
from dateline.incidents.merge import merged
from dateline.incidents.similarity import near_pairs
from dateline.incidents.tales import tales_of
from dateline.incidents.voices import Speakers, speakers_of
from dateline.knowledge.count_rules import count_rules
from dateline.knowledge.families import families

PRODUCER = "rules-incidents@1"
_FORCE = ("ASSAULT", "PROTEST")


def link(readings: Sequence[Reading], *, rule: str = "ucdp") -> tuple[Incident, ...]:
    """The incidents that the readings tell: those of most documents first, force before words and paper.

    The result does not depend on the order of the readings; a reading given twice counts once.
    ``rule`` names the way in which one figure is chosen among many (``lexicons/count_profiles.yaml``);
    KeyError where there is no such rule. Time and memory grow with the number of readings times
    those published within a month of each.

    >>> link([])
    ()
    """
    choice = count_rules()[rule]
    unique = {(reading.document.id, reading.document.sha256): reading for reading in readings}
    ordered = [unique[key] for key in sorted(unique)]
    if not ordered:
        return ()
    documents = [reading.document for reading in ordered]
    likeness = near_pairs(documents)
    speakers = speakers_of(ordered, copies(documents, likeness))
    knots = [knot for number, reading in enumerate(ordered) for knot in knots_of(tales_of(reading, number, families()))]
    groups = gather(knots, likeness)
    made = [
        merged(_told([knots[n] for n in group], ordered, speakers), choice) for group in groups if _founds(knots, group)
    ]
    return tuple(sorted(made, key=_order))


def _founds(knots: Sequence[Knot], group: Sequence[int]) -> bool:
    """Whether someone says that it happened, and it is more than an unplaced, undated piece of history."""
    mine = [knots[n] for n in group]
    if not any(knot.founds for knot in mine):
        return False
    return any(not knot.background or knot.first is not None or knot.places for knot in mine)


def _told(knots: Sequence[Knot], readings: Sequence[Reading], speakers: Sequence[Speakers]) -> tuple[Told, ...]:
    tales = [tale for knot in knots for tale in knot.tales]
    tales.sort(key=lambda tale: (tale.reading, tale.event.trigger, tale.event.id))
    return told_of(tales, readings, speakers)


def _order(incident: Incident) -> tuple[int, bool, int, str, str]:
    day = (incident.time.earliest or incident.time.latest or "") if incident.time else ""
    return (-len(incident.documents), incident.type not in _FORCE, -len(incident.events), day, incident.id)
