"""A reading as annotation tools see it: marked words, events with arguments, links between marks.

brat and Label Studio share this form; each writes it and reads it back. Left out, here and therefore in both: passages,
voices but for their names in notes, chosen intervals and coordinates of times and places, labels, media, attributions
without a cue word, and what marks white space alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dateline.core import Attribution, Event, Reading, Span
from dateline.core.ids import sha256
from dateline.exports.phrases import chain, clean

PLACE, COUNT, SOURCE, CONTENT, ATTRIBUTION, SAME = "Place", "Count", "Source", "Content", "Attribution", "Coreference"
TIME = "Time"
_NAME = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Words with a label; several spans where a person marked words that do not stand together."""

    spans: tuple[Span, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Happening:
    """A trigger with a label; ``arguments`` are roles with places in ``Annotated.marks``.

    ``attributes`` are names and values; the value "" is a yes. ``note`` is for people.
    """

    label: str
    trigger: tuple[Span, ...]
    arguments: tuple[tuple[str, int], ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A relation from one mark to another, by their places in ``Annotated.marks``."""

    label: str
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Annotated:
    """One document's annotations. Spans count code points of ``text``, which is as long as the document's own.

    ``sha256`` is of the document's own text.
    """

    document: str
    sha256: str
    text: str
    marks: tuple[Mark, ...]
    happenings: tuple[Happening, ...]
    links: tuple[Link, ...]


def annotated(reading: Reading) -> Annotated:
    """What a reading marks, in the order of the text."""
    return _Projection(reading).made()


def even(text: str) -> str:
    """A text that every tool counts alike, of the same length: no carriage return, no half of a surrogate pair.

    >>> even("Two died.\\r\\nThe rest fled.")
    'Two died. \\nThe rest fled.'
    """
    return text.replace("\r", " ").encode("utf-8", "replace").decode("utf-8")


def token(words: str) -> str:
    """A name that may stand in the files' lines: letters, digits, hyphens and underlines.

    >>> token("heavy-weapons"), token('x" /><b>')
    ('heavy-weapons', 'x_b_')
    """
    return _NAME.sub("_", words) or "_"


def trimmed(span: Span, text: str) -> Span | None:
    """The span without white space at its edges; None where nothing is left."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    end = span.start + len(words.rstrip())
    return Span(start, end) if start < end else None


class _Projection:
    """The marks of a reading, each once, and what refers to them."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = even(reading.document.text)
        self._marks: dict[Mark, int] = {}
        self._mentions = {m.id: n for m in reading.mentions if (n := self._mark(m.span, m.kind)) is not None}
        self._times = {t.id: n for t in reading.timexes if (n := self._mark(t.span, TIME)) is not None}
        for toponym in reading.toponyms:
            self._mark(toponym.span, PLACE)

    def made(self) -> Annotated:
        document = self._reading.document
        told = [self._event(event) for event in self._reading.events]
        said = [self._attribution(attribution) for attribution in self._reading.attributions]
        links = self._same()
        order = sorted(self._marks)
        place = {self._marks[mark]: number for number, mark in enumerate(order)}
        happenings = sorted((each for each in (*told, *said) if each), key=lambda h: (h.trigger, h.label))
        return Annotated(
            document.id,
            sha256(document.text),
            self._text,
            tuple(order),
            tuple(_renumbered(each, place) for each in happenings),
            tuple(Link(each.label, place[each.source], place[each.target]) for each in links),
        )

    def _mark(self, span: Span | None, label: str) -> int | None:
        kept = trimmed(span, self._text) if span else None
        return self._marks.setdefault(Mark((kept,), token(label)), len(self._marks)) if kept else None

    def _event(self, event: Event) -> Happening | None:
        trigger = trimmed(event.trigger, self._text)
        if trigger is None:
            return None
        found: list[tuple[str, int | None]] = [(a.role, self._mentions.get(a.mention)) for a in event.arguments]
        found.append((PLACE, self._mark(event.place.span, PLACE) if event.place else None))
        found.append((TIME, self._times.get(event.time.timex or "") if event.time else None))
        found += [(COUNT, self._mark(count.span, f"{COUNT}-{count.what}")) for count in event.counts]
        attributes = [("Mode", token(event.mode or "")), ("Status", event.status), ("Certainty", event.certainty)]
        arguments = tuple(dict.fromkeys((role, mark) for role, mark in found if mark is not None))
        told = tuple((name, value) for name, value in attributes if value != "_")
        yes = (("Background", ""),) if event.background else ()
        return Happening(token(event.type), (trigger,), arguments, told + yes, self._voice(event.voice))

    def _attribution(self, said: Attribution) -> Happening | None:
        cue = trimmed(said.cue, self._text) if said.cue else None
        if cue is None:
            return None
        found = [(SOURCE, self._mark(said.source, SOURCE))]
        found += [(CONTENT, self._mark(part, CONTENT)) for part in said.content]
        arguments = tuple(dict.fromkeys((role, mark) for role, mark in found if mark is not None))
        attributes = (("Directness", said.directness),)
        return Happening(ATTRIBUTION, (cue,), arguments, attributes, self._voice(said.voice))

    def _voice(self, id: str) -> str:
        names = {voice.id: voice.name for voice in self._reading.voices}
        chained = next((voice.chain for voice in self._reading.voices if voice.id == id), ())
        return clean(chain(tuple(names.get(each, each) for each in chained)))

    def _same(self) -> tuple[Link, ...]:
        """Each mention of an entity with the one before it."""
        last: dict[str, int] = {}
        links: dict[Link, None] = {}
        for mention in sorted(self._reading.mentions, key=lambda m: (m.span, m.id)):
            here = self._mentions.get(mention.id)
            if here is None or mention.entity is None:
                continue
            before = last.get(mention.entity, here)
            if before != here:
                links[Link(SAME, here, before)] = None
            last[mention.entity] = here
        return tuple(links)


def _renumbered(happening: Happening, place: dict[int, int]) -> Happening:
    return replace(happening, arguments=tuple((role, place[mark]) for role, mark in happening.arguments))
