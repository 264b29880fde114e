"""An incident's claims put in words and grouped: what the incident reports for people share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.core import Claim, CountOf, Disagreement, Incident, Party, Reading, Span
from dateline.exports.phrases import clean, day, figure, interval, kind_of, passage, quote, short, when

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
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
    """What one voice claims, in words, told in ``documents`` ``times`` times.

    ``low`` and ``high`` are None where the claim is no figure or is open; ``reported`` is the first day.
    """

    value: str
    low: int | None
    high: int | None
    origin: str
    chain: tuple[str, ...]
    documents: tuple[str, ...]
    quotes: tuple[str, ...]
    reported: str
    superseded: bool
    times: int


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A field on which voices differ: each value with the origins that stand for it."""

    field: str
    sides: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class LabelView:
    """What an entity is called: each label with the chains of the voices that use it."""

    entity: str
    texts: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


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
    disputes: tuple[DisputeView, ...]
    labels: tuple[LabelView, ...]

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
    words = [clean(str(part)) for part in claim.value if part is not None]
    if len(words) == 2 and all(_DAY.match(word) for word in words):
        return interval(*words)
    return ", ".join(words) or "?"


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
        disputes=tuple(_dispute(each) for each in incident.disagreements),
        labels=_labels(incident),
    )


def _dispute(disagreement: Disagreement) -> DisputeView:
    sides: dict[str, dict[str, None]] = {}
    for claim in disagreement.values:
        sides.setdefault(claim_words(claim), {})[clean(claim.origin)] = None
    return DisputeView(clean(disagreement.field), tuple((value, tuple(origins)) for value, origins in sides.items()))


def _labels(incident: Incident) -> tuple[LabelView, ...]:
    names = {party.entity: clean(party.name) for party in incident.parties}
    found: dict[str, dict[str, dict[tuple[str, ...], None]]] = {}
    for label in incident.labels:
        texts = found.setdefault(names.get(label.entity, clean(label.entity)), {})
        texts.setdefault(clean(label.text), {})[tuple(clean(name) for name in label.voice)] = None
    return tuple(
        LabelView(name, tuple((text, tuple(chains)) for text, chains in texts.items())) for name, texts in found.items()
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
        claims=_claims(claims, readings),
        disputed=disputed,
    )


def _claims(claims: Sequence[Claim], readings: Mapping[str, Reading]) -> tuple[ClaimView, ...]:
    """The claims, those that one voice repeats told once, in the order of their first telling."""
    same: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        same.setdefault((claim.value, claim.origin, claim.voice, claim.superseded), []).append(claim)
    return tuple(_claim(each, readings) for each in same.values())


def _claim(same: list[Claim], readings: Mapping[str, Reading]) -> ClaimView:
    claim = same[0]
    low, high = figures(claim)
    quotes = dict.fromkeys(words_at(readings, each.document, each.span) for each in same)
    return ClaimView(
        value=claim_words(claim),
        low=low,
        high=high,
        origin=clean(claim.origin),
        chain=tuple(clean(name) for name in claim.voice),
        documents=tuple(dict.fromkeys(clean(each.document) for each in same)),
        quotes=tuple(words for words in quotes if words),
        reported=day(min((each.reported for each in same if each.reported), default=None)),
        superseded=claim.superseded,
        times=len(same),
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
