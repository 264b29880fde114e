"""An incident's claims put in words and grouped: what the incident reports for people share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.core import Claim, CountOf, Incident, Party, Reading, Span
from dateline.exports.phrases import clean, day, figure, kind_of, passage, quote, short, when

COUNT_ORDER: tuple[CountOf, ...] = (
    "killed",
    "injured",
    "missing",
    "abducted",
    "detained",
    "displaced",
    "evacuated",
    "participants",
    "targets",
    "munitions",
)


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim in words. ``low`` and ``high`` are None where the claim is no figure or is open."""

    value: str
    low: int | None
    high: int | None
    origin: str
    chain: tuple[str, ...]
    document: str
    outlet: str
    quote: str
    reported: str
    superseded: bool


@dataclass(frozen=True, slots=True)
class CountView:
    """One count of an incident: the chosen figure, the rule, and the claims by origin."""

    what: str
    figure: str
    low: int
    best: int | None
    high: int | None
    rule: str
    claims: tuple[ClaimView, ...]
    disputed: bool


@dataclass(frozen=True, slots=True)
class TellingView:
    """Who tells the incident in which document, and the words."""

    chain: tuple[str, ...]
    document: str
    title: str
    published: str
    quote: tuple[tuple[str, bool], ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident put in words; ``number`` is its place in the report, counted from 1."""

    number: int
    incident: Incident
    kind: str
    when: str
    where: str
    parties: tuple[tuple[str, tuple[Party, ...]], ...]
    counts: tuple[CountView, ...]
    tellings: tuple[TellingView, ...]
    disagreements: tuple[tuple[str, tuple[ClaimView, ...]], ...]
    labels: tuple[tuple[str, str, tuple[str, ...]], ...]

    @property
    def heading(self) -> str:
        """Its summary, or its kind and place."""
        words = clean(self.incident.summary)
        return short(words, 160) if words else " · ".join(part for part in (self.kind, self.where) if part)


def incident_views(incidents: Sequence[Incident], readings: Mapping[str, Reading]) -> tuple[IncidentView, ...]:
    """The incidents in words, in the order given; ``readings`` are keyed by document id."""
    return tuple(_view(number, incident, readings) for number, incident in enumerate(incidents, 1))


def claim_words(claim: Claim) -> str:
    """A claim's value: a figure for a pair of numbers, else its words."""
    low, high = figures(claim)
    if low is not None:
        return figure(low, None, high)
    return ", ".join(clean(str(part)) for part in claim.value if part is not None) or "?"


def figures(claim: Claim) -> tuple[int | None, int | None]:
    """The claim's low and high where it is a pair of numbers (an open high is None), else two Nones."""
    if len(claim.value) == 2:
        low, high = claim.value
        if isinstance(low, int) and (high is None or isinstance(high, int)):
            return low, high
    return None, None


def words_at(readings: Mapping[str, Reading], document: str, span: Span, limit: int = 160) -> str:
    """The words of a span of a document; empty where the document is not at hand."""
    reading = readings.get(document)
    return quote(reading.document.text, span, limit) if reading else ""


def place_name(incident: Incident) -> str:
    """Where an incident happened, in words; empty where that is not known."""
    place = incident.place
    if place is None:
        return ""
    parts = [clean(place.name)]
    if place.admin1 and clean(place.admin1) != parts[0]:
        parts.append(clean(place.admin1))
    if place.country and place.precision != "country":
        parts.append(place.country)
    return ", ".join(parts)


def _view(number: int, incident: Incident, readings: Mapping[str, Reading]) -> IncidentView:
    disputed = {each.field for each in incident.disagreements}
    names = {party.entity: clean(party.name) for party in incident.parties}
    roles = dict.fromkeys(party.role for party in incident.parties)
    return IncidentView(
        number=number,
        incident=incident,
        kind=kind_of(incident.type, incident.mode),
        when=when(incident.time),
        where=place_name(incident),
        parties=tuple((role, tuple(p for p in incident.parties if p.role == role)) for role in roles),
        counts=tuple(_count(what, incident, readings, what in disputed) for what in _ordered(incident)),
        tellings=tuple(
            _telling(document, event, voice, readings)
            for document, event, voice in ((t.document, t.event, t.voice) for t in incident.events)
        ),
        disagreements=tuple(
            (each.field, tuple(_claim(claim, readings) for claim in each.values)) for each in incident.disagreements
        ),
        labels=tuple(
            (names.get(label.entity, label.entity), clean(label.text), label.voice) for label in incident.labels
        ),
    )


def _ordered(incident: Incident) -> list[str]:
    known = [what for what in COUNT_ORDER if what in incident.counts]
    return [*known, *sorted(set(incident.counts) - set(COUNT_ORDER))]


def _count(what: str, incident: Incident, readings: Mapping[str, Reading], disputed: bool) -> CountView:
    count = incident.counts[what]
    claims = sorted(count.claims, key=lambda c: (c.superseded, c.origin, c.reported or "", c.document, c.span))
    return CountView(
        what=what,
        figure=figure(count.low, count.best, count.high),
        low=count.low,
        best=count.best,
        high=count.high,
        rule=clean(count.rule),
        claims=tuple(_claim(claim, readings) for claim in claims),
        disputed=disputed,
    )


def _claim(claim: Claim, readings: Mapping[str, Reading]) -> ClaimView:
    low, high = figures(claim)
    reading = readings.get(claim.document)
    outlet = reading.document.outlet if reading else None
    return ClaimView(
        value=claim_words(claim),
        low=low,
        high=high,
        origin=clean(claim.origin),
        chain=tuple(clean(name) for name in claim.voice),
        document=clean(claim.document),
        outlet=clean(outlet or ""),
        quote=words_at(readings, claim.document, claim.span),
        reported=day(claim.reported),
        superseded=claim.superseded,
    )


def _telling(document: str, event_id: str, voice: tuple[str, ...], readings: Mapping[str, Reading]) -> TellingView:
    reading = readings.get(document)
    found = [event for event in reading.events if event.id == event_id] if reading else []
    pieces: tuple[tuple[str, bool], ...] = ()
    flags: tuple[str, ...] = ()
    if reading and found:
        event = found[0]
        pieces = passage(reading.document.text, event.evidence, event.trigger, 240)
        flags = tuple(f for f, plain in ((event.status, "asserted"), (event.certainty, "certain")) if f != plain)
    return TellingView(
        chain=tuple(clean(name) for name in voice),
        document=clean(document),
        title=short(clean(reading.document.title or ""), 100) if reading else "",
        published=day(reading.document.published) if reading else "",
        quote=pieces,
        flags=flags,
    )
