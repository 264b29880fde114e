"""What each voice claims of an incident, field by field."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.core import Claim, Count, Event, Reading, Span
from dateline.incidents.tales import Tale
from dateline.incidents.voices import Origin, Speakers, settled


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of the incident with its reading, its chain of voices and its origin."""

    tale: Tale
    reading: Reading
    speakers: Speakers
    voice: tuple[str, ...]
    origin: Origin

    @property
    def event(self) -> Event:
        """The event that tells it."""
        return self.tale.event

    def claim(self, value: tuple[int | str | None, ...], span: Span) -> Claim:
        """A claim of this telling's voice."""
        return Claim(
            value=value,
            voice=self.voice,
            origin=self.origin.name,
            document=self.reading.document.id,
            span=span,
            reported=self.speakers.spoken(span),
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """A claimed count: ``low`` ≤ ``best``; ``high`` None where open above.

    ``whole`` is False for a part of the figure that the same voice gives in the same document;
    ``print`` is the same number for all copies of one text.
    """

    claim: Claim
    origin: Origin
    low: int
    best: int
    high: int | None
    whole: bool = True
    print: int = -1

    def allows(self, value: int) -> bool:
        """Whether the claim speaks for a figure; one that is open above ("at least 12") up to twice its own."""
        return self.low <= value <= (2 * self.best if self.high is None else self.high)


def told_of(tales: Sequence[Tale], readings: Sequence[Reading], speakers: Sequence[Speakers]) -> tuple[Told, ...]:
    """The tellings with their origins settled: a source that goes by a shorter name counts as its fuller one.

    What an outlet or agency tells in its own voice counts as its source's where the same document (or
    the text that it is a copy of) gives the same figure to a source.
    """
    first = [speakers[tale.reading].origin(tale.event.voice) for tale in tales]
    settle = settled(first)
    rows = [
        Told(
            tale,
            readings[tale.reading],
            speakers[tale.reading],
            speakers[tale.reading].chain(tale.event.voice),
            settle[o.key],
        )
        for tale, o in zip(tales, first, strict=True)
    ]
    sources = _sources_of_figures(rows)
    return tuple(dataclasses.replace(row, origin=_borrowed(row, sources)) for row in rows)


def figures(rows: Sequence[Told]) -> Mapping[str, tuple[Figure, ...]]:
    """The claims for each kind of count, replaced and partial ones marked, by document and place in the text."""
    found: dict[str, list[Figure]] = {}
    for row in rows:
        if row.event.status in ("asserted", "attempted"):
            for count in row.event.counts:
                found.setdefault(count.what, []).append(_figure(row, count))
    return {what: _superseded(_parts(each)) for what, each in sorted(found.items())}


def _figure(row: Told, count: Count) -> Figure:
    best = count.best if count.best is not None else count.low
    claim = row.claim((count.low, count.high), count.span)
    return Figure(claim, row.origin, count.low, best, count.high, print=row.speakers.print)


def _parts(row: Sequence[Figure]) -> list[Figure]:
    """Of one origin's figures in one document the greatest is the whole; lesser ones are parts of it."""
    greatest: dict[tuple[str, str], int] = {}
    for figure in row:
        key = (figure.origin.key, figure.claim.document)
        greatest[key] = max(greatest.get(key, 0), figure.best)
    return [dataclasses.replace(f, whole=f.best == greatest[f.origin.key, f.claim.document]) for f in row]


def _superseded(row: Sequence[Figure]) -> tuple[Figure, ...]:
    """A later day's figure by the same origin replaces its earlier ones; a reprint is no later than its first print."""
    first: dict[tuple[str, int, int], str] = {}
    for figure in row:
        day, key = figure.claim.reported or "", (figure.origin.key, figure.best, figure.print)
        first[key] = min(first.get(key, day), day)
    latest: dict[str, str] = {}
    for (origin, _, _), day in first.items():
        latest[origin] = max(latest.get(origin, ""), day)
    made = []
    for figure in row:
        old = "" < first[figure.origin.key, figure.best, figure.print] < latest[figure.origin.key]
        made.append(dataclasses.replace(figure, claim=dataclasses.replace(figure.claim, superseded=old)))
    return tuple(sorted(made, key=lambda f: (f.claim.document, f.claim.span, f.claim.voice)))


def _sources_of_figures(rows: Sequence[Told]) -> Mapping[tuple[int, str, int, int], Origin]:
    found: dict[tuple[int, str, int, int], Origin] = {}
    for row in rows:
        if not row.origin.reports:
            for count in row.event.counts:
                found.setdefault(_same(row, count), row.origin)
    return found


def _borrowed(row: Told, sources: Mapping[tuple[int, str, int, int], Origin]) -> Origin:
    if row.origin.reports:
        for count in row.event.counts:
            if _same(row, count) in sources:
                return sources[_same(row, count)]
    return row.origin


def _same(row: Told, count: Count) -> tuple[int, str, int, int]:
    return (row.speakers.print, count.what, count.low, count.best if count.best is not None else count.low)
