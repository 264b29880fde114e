"""Incidents as tidy claims in CSV (RFC 4180): one row a claim, each with its voice and its words.

A claim is a figure, a party, a disputed value, or (``field`` is ``telling``) that it happened at
all. Left out: the text around the quoted words, labels, aliases, open questions of linking.

A cell taken from a text that begins with ``=``, ``+``, ``-``, ``@`` or a tab gets an apostrophe
before it, because spreadsheets would run it as a formula; ``start`` and ``end`` still point to the
words as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.core import Claim, Incident, Reading, Span, Telling
from dateline.exports.cells import Cell, line
from dateline.exports.phrases import chain, clean
from dateline.exports.tally import claim_words, figures, words_at

COLUMNS = (
    "incident_id",
    "incident_type",
    "incident_mode",
    "incident_earliest",
    "incident_latest",
    "date_precision",
    "place",
    "admin1",
    "country",
    "latitude",
    "longitude",
    "radius_km",
    "field",
    "value",
    "value_low",
    "value_high",
    "chosen_low",
    "chosen_best",
    "chosen_high",
    "rule",
    "disputed",
    "superseded",
    "entity",
    "voice_chain",
    "origin",
    "document",
    "reported",
    "quote",
    "start",
    "end",
)


@dataclass(frozen=True, slots=True)
class _Row:
    """What one row says beside what it says of the incident; ``span`` None where the words are not known."""

    field: str
    value: str
    low: int | None
    high: int | None
    voice: tuple[str, ...]
    origin: str
    document: str
    span: Span | None
    reported: str | None
    superseded: bool = False
    entity: str = ""


def write_csv(incidents: Sequence[Incident], readings: Mapping[str, Reading]) -> Iterator[str]:
    """A header line, then the claims incident by incident; quotes come from ``readings`` where they are at hand."""
    yield line(COLUMNS)
    for row in claim_rows(incidents, readings):
        yield line(row)


def claim_rows(incidents: Sequence[Incident], readings: Mapping[str, Reading]) -> Iterator[list[Cell]]:
    """The cells of each claim in the order of ``COLUMNS``, as they are told."""
    for incident in incidents:
        shared = _shared(incident)
        for row in _rows(incident, readings):
            yield [*shared, *_cells(incident, row, readings)]


def _rows(incident: Incident, readings: Mapping[str, Reading]) -> Iterator[_Row]:
    for telling in incident.events:
        yield _telling(telling, readings)
    told: set[tuple[str, Claim]] = set()
    for what, count in incident.counts.items():
        for claim in count.claims:
            told.add((what, claim))
            yield _claim(what, claim)
    for party in incident.parties:
        for claim in party.claims:
            told.add((party.role, claim))
            yield _claim(party.role, claim, party.entity)
    for disagreement in incident.disagreements:
        for claim in disagreement.values:
            if (disagreement.field, claim) not in told:
                yield _claim(disagreement.field, claim)


def _claim(field: str, claim: Claim, entity: str = "") -> _Row:
    return _Row(
        field,
        claim_words(claim),
        *figures(claim),
        claim.voice,
        claim.origin,
        claim.document,
        claim.span,
        claim.reported,
        claim.superseded,
        entity,
    )


def _telling(telling: Telling, readings: Mapping[str, Reading]) -> _Row:
    """That it happened (or was denied, planned …): the event's status as a claim."""
    reading = readings.get(telling.document)
    events = reading.events if reading else ()
    event = next((event for event in events if event.id == telling.event), None)
    return _Row(
        field="telling",
        value=event.status if event else "",
        low=None,
        high=None,
        voice=telling.voice,
        origin=telling.voice[-1] if telling.voice else "",
        document=telling.document,
        span=next((s for s in event.evidence if s.holds(event.trigger)), event.trigger) if event else None,
        reported=reading.document.published if reading else None,
    )


def _shared(incident: Incident) -> list[Cell]:
    time, place = incident.time, incident.place
    return [
        incident.id,
        incident.type,
        incident.mode,
        *((time.earliest, time.latest, time.precision) if time else (None, None, None)),
        *((place.name, place.admin1, place.country, place.lat, place.lon, place.radius_km) if place else (None,) * 6),
    ]


def _cells(incident: Incident, row: _Row, readings: Mapping[str, Reading]) -> list[Cell]:
    chosen = incident.counts.get(row.field)
    disputed = any(each.field == row.field for each in incident.disagreements)
    return [
        row.field,
        row.value,
        row.low,
        row.high,
        *((chosen.low, chosen.best, chosen.high, chosen.rule) if chosen else (None,) * 4),
        str(disputed).lower(),
        str(row.superseded).lower(),
        row.entity,
        chain(row.voice),
        clean(row.origin),
        row.document,
        row.reported,
        words_at(readings, row.document, row.span, 1000) if row.span else "",
        row.span.start if row.span else None,
        row.span.end if row.span else None,
    ]
