"""A reading laid out for its page: passages, paragraphs and runs in one voice, with each event beside its paragraph."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from dateline.core import Passage, Reading, Span, Voice
from dateline.core.hearing import Hearing
from dateline.core.segments import Mark, Segment, segments
from dateline.review.cards import Card, cards_of
from dateline.review.models import EventState

_HUES = 7
_LINES = ("solid", "dashed", "dotted", "double", "wavy")
_GAP = re.compile(r"\s*\n\s*")
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INSTEAD = "\ufffd"


@dataclass(frozen=True, slots=True)
class Sign:
    """How a voice is shown: a letter and classes for its colour and line; the outlet's own has no letter."""

    voice: Voice
    letter: str
    classes: str
    chain: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with its marks: ``start`` counts code points, ``event`` is what its trigger opens."""

    words: str
    start: int
    classes: str
    event: str


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces in one voice; ``sign`` None: the passage's own voice speaks on.

    ``opens``: it is another voice than the last one in the paragraph, so its letter is shown.
    """

    sign: Sign | None
    opens: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and the events whose triggers stand in it."""

    runs: tuple[Run, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A passage: who speaks in it and its paragraphs."""

    passage: Passage
    sign: Sign | None
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that the page draws of a reading; ``bare``: the paragraphs of a text of which nothing was read."""

    title: str
    signs: tuple[Sign, ...]
    blocks: tuple[Block, ...]
    cards: tuple[Card, ...]
    bare: tuple[Piece, ...]


def laid_out(reading: Reading, states: Sequence[EventState]) -> Layout:
    """The layout of a reading whose events stand as told; events that people added are among the states."""
    text, signs = reading.document.text, signs_of(reading.voices)
    cards = cards_of(reading, states)
    hearing = Hearing(reading.passages, reading.attributions)
    passages = [(passage, tuple(paragraphs(text, passage.span))) for passage in reading.passages]
    shared = _shared([span for _, spans in passages for span in spans], _marks(reading, cards))
    blocks = []
    for passage, spans in passages:
        own = signs.get(passage.voice)
        made = [
            Paragraph(
                tuple(_runs(text, span, shared.get(span, []), hearing, signs, own)),
                tuple(card for card in cards if span.start <= card.trigger.start < span.end),
            )
            for span in spans
        ]
        if made:
            blocks.append(Block(passage, own, tuple(made)))
    bare: tuple[Piece, ...] = ()
    if not blocks:
        bare = tuple(Piece(seen(s.of(text)), s.start, "", "") for s in paragraphs(text, Span(0, max(1, len(text)))))
    title = reading.document.title or next((p.span.of(text) for p in reading.passages if p.role == "headline"), "")
    return Layout(seen(title.strip()) or reading.document.id, tuple(signs.values()), tuple(blocks), cards, bare)


def signs_of(voices: Sequence[Voice]) -> dict[str, Sign]:
    """A sign for each voice by its id: letters A, B …; colours and lines repeat at different lengths."""
    names = {voice.id: voice.name for voice in voices}
    signs: dict[str, Sign] = {}
    number = 0
    for voice in voices:
        outlet = voice.kind == "outlet" or voice is voices[0]
        letter = "" if outlet else letter_of(number)
        classes = "v0" if outlet else f"v{number % _HUES + 1} {_LINES[number % len(_LINES)]}"
        number += not outlet
        chain = " ← ".join(seen(names.get(id, id)) for id in reversed(voice.chain or (voice.id,)))
        signs[voice.id] = Sign(voice, letter, classes, chain)
    return signs


def letter_of(number: int) -> str:
    """The letter of a voice.

    >>> letter_of(0), letter_of(27)
    ('A', 'AB')
    """
    first, second = divmod(number, 26)
    return (ascii_uppercase[(first - 1) % 26] if first else "") + ascii_uppercase[second]


def seen(words: str) -> str:
    """Words for a page, code point for code point: what cannot be seen or turns writing round stands as a box.

    >>> seen("a\\u202eb")
    'a\ufffdb'
    """
    if words.isprintable():
        return words
    return "".join(
        INSTEAD if ch in _TURNING or (unicodedata.category(ch) in ("Cc", "Cs") and not ch.isspace()) else ch
        for ch in words
    )


def paragraphs(text: str, span: Span) -> Iterator[Span]:
    """The stretches between line breaks, without white space at their ends.

    >>> list(paragraphs("One.\\n\\nTwo. ", Span(0, 11)))
    [Span(start=0, end=4), Span(start=6, end=10)]
    """
    start = span.start
    for gap in (*_GAP.finditer(text, span.start, span.end), None):
        end = gap.start() if gap else span.end
        held = text[start:end]
        bare = held.strip()
        if bare:
            first = start + held.index(bare)
            yield Span(first, first + len(bare))
        start = gap.end() if gap else end


def _shared(stretches: Sequence[Span], marks: Iterable[Mark]) -> dict[Span, list[Mark]]:
    """The marks by the stretch of text that they touch; each mark is looked up once."""
    starts = [span.start for span in stretches]
    shared: dict[Span, list[Mark]] = {}
    for mark in marks:
        k = max(0, bisect.bisect_right(starts, mark.span.start) - 1)
        while k < len(stretches) and stretches[k].start < mark.span.end:
            shared.setdefault(stretches[k], []).append(mark)
            k += 1
    return shared


def _marks(reading: Reading, cards: Sequence[Card]) -> Iterator[Mark]:
    """The quiet marks of the text; ``role`` marks only cut it where a card's words begin and end."""
    for card in cards:
        yield Mark(card.trigger, "trigger", card.id)
        for start, end, _ in card.roles:
            yield Mark(Span(start, end), "role", card.id)
    for toponym in reading.toponyms:
        yield Mark(toponym.span, "place", toponym.id)
    for timex in reading.timexes:
        yield Mark(timex.span, "time", timex.id)
    for attribution in reading.attributions:
        for span in attribution.content:
            yield Mark(span, "said", attribution.voice)
        if attribution.cue:
            yield Mark(attribution.cue, "cue", attribution.id)


def _runs(
    text: str, span: Span, marks: list[Mark], hearing: Hearing, signs: Mapping[str, Sign], own: Sign | None
) -> Iterator[Run]:
    sign: Sign | None = None
    last: Sign | None = None
    opens = False
    pieces: list[Piece] = []
    for segment in segments(span, marks):
        told = hearing.attribution(segment.span)
        heard = signs.get(told.voice) if told else None
        heard = None if heard == own else heard
        if heard != sign and pieces:
            yield Run(sign, opens, tuple(pieces))
            pieces = []
        if heard != sign or not pieces:
            sign, opens = heard, heard is not None and heard != last
            last = heard or last
        pieces.append(_piece(text, segment))
    if pieces:
        yield Run(sign, opens, tuple(pieces))


def _piece(text: str, segment: Segment) -> Piece:
    layers = dict.fromkeys(mark.layer for mark in segment.marks if mark.layer not in ("said", "role"))
    event = next((mark.key for mark in segment.marks if mark.layer == "trigger"), "")
    return Piece(seen(segment.span.of(text)), segment.span.start, " ".join(layers), event)
