"""Where a report is set, and the day of the deed that it looks back on, for happenings whose own words tell neither."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dateline.core import Event, EventTime, Hearing, Place, Reading
from dateline.incidents.claims import Told
from dateline.incidents.geography import fit
from dateline.knowledge.families import families
from dateline.knowledge.named_towns import named_places

_ENOUGH = 2.0


def stage(rows: Sequence[Told], within: Place | None) -> Place | None:
    """The town that the reports of an incident are set in, where its tellings name none.

    Only reports whose leading happening of the kind is this incident speak. The town must be named twice (a dateline
    counts twice, the title once), more often than any that lies apart, and in ``within``, the region that was told;
    else None.
    """
    scores: defaultdict[Place, float] = defaultdict(float)
    for reading in _led(rows):
        for place, score in named_towns(reading).items():
            if within is None or fit(place, within):
                scores[place] += score
    if not scores:
        return None
    best = max(scores, key=lambda place: (scores[place], -place.radius_km, place.id))
    rivals = (score for place, score in scores.items() if not fit(place, best))
    return best if scores[best] >= _ENOUGH and scores[best] > max(rivals, default=0.0) else None


def named_towns(reading: Reading) -> Mapping[Place, float]:
    """How much a report speaks of each town: one a name, more for its dateline and its title; streets apart."""
    return named_places(reading.document, Hearing(reading.passages), reading.toponyms, reading.places)


def spoken_of(readings: Iterable[Reading], places: Iterable[Place]) -> Mapping[str, float]:
    """How much some reports speak of places or of towns that may be the same spot, by the places' ids."""
    towns: defaultdict[Place, float] = defaultdict(float)
    for reading in readings:
        for town, score in named_towns(reading).items():
            towns[town] += score
    return {place.id: sum(score for town, score in towns.items() if fit(place, town)) for place in places}


def _led(rows: Sequence[Told]) -> list[Reading]:
    """The readings whose first new happening of a type is among the tellings; what is only said leads nothing."""
    mine = {(row.reading.document.id, row.event.id) for row in rows}
    led: dict[str, Reading] = {}
    for row in rows:
        kind, reading = row.event.type, row.reading
        if reading.document.id in led or row.tale.family.speech:
            continue
        new = (e for e in reading.events if e.type == kind and e.status == "asserted" and not e.background)
        first = min(new, key=lambda e: (e.trigger, e.id), default=None)
        if first is not None and (reading.document.id, first.id) in mine:
            led[reading.document.id] = reading
    return list(led.values())


def past_deed(rows: Sequence[Told]) -> EventTime | None:
    """The one day that reports led by arrests and trials give for deeds of the incident's type; None where they differ.

    Such reports tell the deed beside the arrest without a date ("charged after he shot a clerk") and date it where
    they look back on it.
    """
    days: dict[tuple[str, str], EventTime] = {}
    mine = {(row.reading.document.id, row.event.id) for row in rows}
    kinds = {row.event.type for row in rows}
    for reading in _led(rows):
        own = [e for e in reading.events if (reading.document.id, e.id) in mine]
        if not _law_first(reading, min(own, key=lambda e: e.trigger)):
            continue
        for event in reading.events:
            time = event.time
            if event.type in kinds and event.status == "asserted" and time and time.timex and not event.aggregate:
                first, last = (time.earliest or "")[:10], (time.latest or "")[:10]
                if first and first == last:
                    days[first, last] = time
    return next(iter(days.values())) if len(days) == 1 else None


def _law_first(reading: Reading, deed: Event) -> bool:
    """Whether an arrest, a trial or an inquiry is told before a deed or in the clause around it."""
    for event in reading.events:
        family = families().of(event.type, event.mode)
        near = event.trigger < deed.trigger or any(part.holds(deed.trigger) for part in event.evidence)
        if near and family.part == "follow" and not family.speech:
            return True
    return False
