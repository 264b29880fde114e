"""What each voice claims of an incident, field by field."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.core import Claim, Count, Event, Reading, Span
from dateline.core.event import Part
from dateline.incidents.tales import Tale
from dateline.incidents.tellers import teller
from dateline.incidents.voices import Origin, Speakers, settled
from dateline.knowledge.folding import fold
from dateline.knowledge.numbers import read_number

_HARM = frozenset({"killed", "injured"})
_NEW = frozenset({"a", "an", "another"})


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

    def claim(
        self, value: tuple[int | str | None, ...], span: Span, of: str | None = None, best: int | None = None
    ) -> Claim:
        """A claim of this telling's voice; ``of``: for whom a count is, ``best``: its likeliest figure."""
        return Claim(
            value=value,
            voice=self.voice,
            origin=self.origin.name,
            document=self.reading.document.id,
            span=span,
            reported=self.speakers.spoken(span),
            of=of,
            best=best,
            kind=self.origin.kind,
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """A claimed count: ``low`` ≤ ``best``; ``high`` None where open above.

    ``whole`` is False for a part of the figure that the same voice gives in the same document;
    ``print`` is the same number for all copies of one text; ``one`` tells that no number was said
    but one person spoken of ("the guard", "a guard" is ``"new"``). ``clock``: the time of day of its report, in UTC
    where the zone is known; "" where the report tells none.
    """

    claim: Claim
    origin: Origin
    low: int
    best: int
    high: int | None
    whole: bool = True
    print: int = -1
    one: Literal["", "known", "new"] = ""
    clock: str = ""


def told_of(tales: Sequence[Tale], readings: Sequence[Reading], speakers: Sequence[Speakers]) -> tuple[Told, ...]:
    """The tellings with their origins settled: a source that goes by a shorter name counts as its fuller one.

    What an outlet or agency tells in its own voice counts as its source's where the same document (or
    the text that it is a copy of) gives the same figure to a source.
    """
    tellers = [teller(readings[tale.reading], speakers[tale.reading], tale.event) for tale in tales]
    first = [
        found or speakers[tale.reading].origin(tale.event.voice) for found, tale in zip(tellers, tales, strict=True)
    ]
    settle = settled(first)
    rows = [
        Told(
            tale,
            readings[tale.reading],
            speakers[tale.reading],
            _chain(speakers[tale.reading], tale, found),
            settle[o.key],
        )
        for tale, o, found in zip(tales, first, tellers, strict=True)
    ]
    sources = _sources_of_figures(rows)
    return tuple(dataclasses.replace(row, origin=_borrowed(row, sources)) for row in rows)


def _chain(speakers: Speakers, tale: Tale, found: Origin | None) -> tuple[str, ...]:
    chain = speakers.chain(tale.event.voice)
    return (*chain, found.name) if found else chain


def figures(rows: Sequence[Told]) -> Mapping[str, tuple[Figure, ...]]:
    """The claims for each kind of count, replaced and partial ones marked, by document and place in the text."""
    found: dict[str, list[Figure]] = {}
    for row in rows:
        if row.event.status in ("asserted", "attempted"):
            for what in {count.what for count in row.event.counts}:
                if row.event.status == "asserted" or what not in _HARM:
                    mine = [count for count in row.event.counts if count.what == what]
                    found.setdefault(what, []).extend(_figures(row, mine))
    return {what: _superseded(_parts(each)) for what, each in sorted(found.items())}


def _figures(row: Told, counts: Sequence[Count]) -> Iterator[Figure]:
    """Each count of one kind that an event tells, their sum where there are several, and the parts of each."""
    for count in counts:
        yield _figure(row, count)
        for part in count.parts:
            yield dataclasses.replace(_figure(row, part), whole=False)
    whole = unnamed(counts)
    if len(whole) > 1:
        span = Span(min(c.span.start for c in whole), max(c.span.end for c in whole))
        high = None if any(c.high is None for c in whole) else sum(c.high or 0 for c in whole)
        low, best = sum(c.low for c in whole), sum(c.low if c.best is None else c.best for c in whole)
        claim = row.claim((low, high), span, best=best)
        yield Figure(claim, row.origin, low, best, high, print=row.speakers.print, clock=_clock(row, claim))


def unnamed(counts: Sequence[Count]) -> list[Count]:
    """The counts that add up: not the people named behind a number of them ("two men, Ali Kaya and Omar Kaya")."""
    names = [c for c in counts if c.best == 1 and c.of is not None and c.of[:1].isupper()]
    others = [c for c in counts if c not in names]
    if names and any(c.best is not None and c.best >= len(names) for c in others):
        return others
    return list(counts)


def _figure(row: Told, count: Count | Part) -> Figure:
    best = count.best if count.best is not None else count.low
    claim = row.claim((count.low, count.high), count.span, count.of, best)
    return Figure(
        claim,
        row.origin,
        count.low,
        best,
        count.high,
        print=row.speakers.print,
        one=_one(row, count),
        clock=_clock(row, claim),
    )


def _clock(row: Told, claim: Claim) -> str:
    """When in the day a claim was published, comparable among those that know their zone and those that do not."""
    published = row.reading.document.published or ""
    if len(published) <= 10 or published[:10] != claim.reported:
        return ""
    try:
        told = datetime.datetime.fromisoformat(published)
    except ValueError:
        return ""
    return "Z" + told.astimezone(datetime.UTC).isoformat() if told.tzinfo else "local " + told.isoformat()


def _one(row: Told, count: Count | Part) -> Literal["", "known", "new"]:
    text = row.reading.document.text
    words = count.span.of(text).lower()
    if words == "one" and text[count.span.end : count.span.end + 4] == " of ":
        return "known"
    if count.best != 1 or count.high != 1 or read_number([words]) == (1, 1, 1):
        return "new" if words in _NEW else ""
    return "known"


def _parts(row: Sequence[Figure]) -> list[Figure]:
    """Of one origin's figures in one document the greatest is the whole; lesser ones are parts of it.

    One person who is spoken of ("the guard was shot, police said") is a part of a greater figure that anyone
    gives in the same document, and one who is introduced ("a guard") of one that the document itself gives.
    """
    greatest: dict[tuple[str, str], int] = {}
    own: dict[str, int] = {}
    for figure in row:
        if figure.whole:
            document = figure.claim.document
            for key in ((figure.origin.key, document), ("", document)):
                greatest[key] = max(greatest.get(key, 0), figure.best)
            if figure.origin.reports:
                own[document] = max(own.get(document, 0), figure.best)
    made = []
    for figure in row:
        document = figure.claim.document
        most = greatest.get((figure.origin.key, document), 0)
        if figure.one == "known":
            most = greatest.get(("", document), most)
        elif figure.one == "new":
            most = max(most, own.get(document, 0))
        whole = figure.whole and figure.best == most
        made.append(dataclasses.replace(figure, whole=whole, claim=dataclasses.replace(figure.claim, part=not whole)))
    return made


def _superseded(row: Sequence[Figure]) -> tuple[Figure, ...]:
    """A later figure by the same origin replaces its earlier others; a reprint is no later than its first print.

    A figure of a part is replaced only by a later one for the same noun.
    """
    first: dict[tuple[object, ...], _Moment] = {}
    for figure in row:
        key, moment = (_line(figure), figure.low, figure.high, figure.print), _Moment.of(figure)
        if key not in first or first[key].after(moment):
            first[key] = moment
    last: dict[tuple[str, str], dict[tuple[int, int | None], _Moment]] = {}
    for figure in row:
        moment = first[_line(figure), figure.low, figure.high, figure.print]
        told = last.setdefault(_line(figure), {})
        value = (figure.low, figure.high)
        if value not in told or moment.after(told[value]):
            told[value] = moment
    made = []
    for figure in row:
        told = last[_line(figure)]
        old = any(moment.after(told[figure.low, figure.high]) for moment in told.values())
        made.append(dataclasses.replace(figure, claim=dataclasses.replace(figure.claim, superseded=old)))
    return tuple(sorted(made, key=lambda f: (f.claim.document, f.claim.span, f.claim.voice)))


def _line(figure: Figure) -> tuple[str, str]:
    """What a later figure must share to replace this one: its origin, and the noun of a part."""
    return (figure.origin.key, "" if figure.whole else "of " + fold(figure.claim.of or ""))


@dataclass(frozen=True, slots=True)
class _Moment:
    day: str
    clock: str

    @classmethod
    def of(cls, figure: Figure) -> _Moment:
        return cls(figure.claim.reported or "", figure.clock)

    def after(self, other: _Moment) -> bool:
        """Whether it is surely later: on a later day, or later on the same day by clocks that can be compared."""
        if self.day != other.day or not (self.clock and other.clock):
            return "" < other.day < self.day
        return self.clock[:1] == other.clock[:1] and other.clock < self.clock


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
