"""Incidents picked by time, place, type, actor, words, disagreement and grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.core import Incident, Reading
from dateline.knowledge.country_codes import country_codes
from dateline.knowledge.folding import fold

ANY = "any"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What incidents must meet, all of it; None asks for nothing.

    ``since`` and ``until`` are ISO dates: the incident may have lasted into or begun in that stretch; one without a day
    meets neither. ``type`` is a type or ``TYPE/mode``. ``place``, ``actor`` and ``text`` are words in any form of case
    and accent. ``disagreement`` is a field, or ``ANY`` of them.

    >>> Wanted(type="ASSAULT/firearms", since="2024-03-01").until is None
    True
    """

    since: str | None = None
    until: str | None = None
    place: str | None = None
    type: str | None = None
    actor: str | None = None
    text: str | None = None
    disagreement: str | None = None
    grade: str | None = None


def selected(incidents: Sequence[Incident], readings: Mapping[str, Reading], wanted: Wanted) -> tuple[Incident, ...]:
    """The incidents that meet all that is wanted, in their order; ``readings`` by document id give the words.

    >>> import dateline
    >>> readings = [dateline.read("Protesters marched in Lima on 5 March 2024.")]
    >>> incidents = dateline.link(readings)
    >>> told = {reading.document.id: reading for reading in readings}
    >>> len(selected(incidents, told, Wanted(place="Lima"))), len(selected(incidents, told, Wanted(place="Goma")))
    (1, 0)
    """
    return tuple(each for each in incidents if _meets(each, wanted) and _says(each, readings, wanted.text))


def named(incidents: Sequence[Incident], name: str) -> Incident:
    """The incident that is meant by its id, the beginning of one, or its number in the list, counted from 1.

    Raises ValueError that says why none or more than one is meant.

    >>> import dateline
    >>> incidents = dateline.link([dateline.read("Protesters marched in Lima on 5 March 2024.")])
    >>> named(incidents, "1") == named(incidents, incidents[0].id[:6])
    True
    """
    if name.isdecimal() and 1 <= int(name) <= len(incidents):
        return incidents[int(name) - 1]
    found = [each for each in incidents if name and each.id.startswith(name)]
    if len(found) == 1 or (found and found[0].id == name):
        return found[0]
    raise ValueError(f"{len(found)} incidents begin so" if found else "no such incident")


def _meets(incident: Incident, wanted: Wanted) -> bool:
    return (
        _in_time(incident, wanted)
        and (wanted.type is None or _of_type(incident, wanted.type))
        and (wanted.place is None or fold(wanted.place) in fold(" | ".join(_where(incident))))
        and (wanted.actor is None or _acted(incident, fold(wanted.actor)))
        and (wanted.disagreement is None or _disputed(incident, wanted.disagreement))
        and (wanted.grade is None or (incident.grade is not None and incident.grade.name == wanted.grade))
    )


def _in_time(incident: Incident, wanted: Wanted) -> bool:
    if wanted.since is None and wanted.until is None:
        return True
    if incident.time is None:
        return False
    first, last = (incident.time.earliest or "")[:10], (incident.time.latest or "")[:10]
    if not (first or last):
        return False
    ends, begins = last or "9999", first or "0000"
    return (wanted.since is None or ends >= wanted.since[:10]) and (wanted.until is None or begins <= wanted.until[:10])


def _of_type(incident: Incident, asked: str) -> bool:
    kind, _, mode = asked.partition("/")
    return incident.type.lower() == kind.lower() and (not mode or (incident.mode or "").lower() == mode.lower())


def _where(incident: Incident) -> Iterator[str]:
    place = incident.place
    if place:
        codes = country_codes(place.country)
        yield from (place.name, place.admin1 or "", place.country or "", codes.name if codes else "")


def _acted(incident: Incident, words: str) -> bool:
    names = [p for p in incident.parties if p.role == "actor"]
    return any(words in fold(f"{p.name} | {p.entity.replace('-', ' ')}") for p in names)


def _disputed(incident: Incident, field: str) -> bool:
    return any(field in (ANY, each.field) for each in incident.disagreements)


def _says(incident: Incident, readings: Mapping[str, Reading], text: str | None) -> bool:
    """Whether each word stands in the summary, the parties, the labels, a title or the evidence of a telling."""
    missing = set(fold(text or "").split())
    for piece in _pieces(incident, readings) if missing else ():
        folded = fold(piece)
        missing = {word for word in missing if word not in folded}
        if not missing:
            break
    return not missing


def _pieces(incident: Incident, readings: Mapping[str, Reading]) -> Iterator[str]:
    yield incident.summary
    yield from (party.name for party in incident.parties)
    yield from (label.text for label in incident.labels)
    for name in incident.documents:
        reading = readings.get(name)
        if reading:
            yield reading.document.title or ""
            mine = {telling.event for telling in incident.events if telling.document == name}
            for event in reading.events:
                if event.id in mine:
                    yield from (span.of(reading.document.text) for span in event.evidence)
