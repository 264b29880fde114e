"""A reading's text laid out for a page: passages, paragraphs, runs in one voice, marked pieces."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dateline.core import Attribution, Passage, Span, Voice
from dateline.core.hearing import Hearing
from dateline.core.segments import Mark, Segment, segments
from dateline.exports.phrases import day, shown
from dateline.exports.view import ReadingView
from dateline.language import paragraphs


@dataclass(frozen=True, slots=True)
class Sign:
    """How a voice is shown: a letter, and classes for its colour and the style of its line.

    The outlet's own voice is plain text and has no letter.
    """

    voice: Voice
    name: str
    letter: str
    classes: str
    chain: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment of text with its classes, the keys of what it marks and what it is resolved to."""

    words: str
    classes: str
    keys: str
    link: str
    anchor: str
    hint: str


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces in one voice; ``sign`` is None where the passage's own voice speaks on."""

    sign: Sign | None
    opens: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A passage: its role, who speaks, what "yesterday" is counted from, and its paragraphs."""

    passage: Passage
    sign: Sign | None
    note: str
    paragraphs: tuple[tuple[Run, ...], ...]


def span_key(prefix: str, span: Span) -> str:
    """The key of the words at a span, in the reading with this prefix."""
    return f"{prefix}s{span.start}-{span.end}"


def text_blocks(view: ReadingView, prefix: str, signs: Mapping[str, Sign]) -> tuple[Block, ...]:
    """The passages of a reading with every mark of its text; ``signs`` by voice id."""
    document = view.reading.document
    hearing = Hearing(view.reading.passages, view.reading.attributions)
    passages = [(passage, paragraphs(document.text, passage.span)) for passage in view.reading.passages]
    stretches = [span for _, spans in passages for span in spans]
    shared = _shared_out(stretches, _marks(view, prefix))
    blocks = []
    for passage, spans in passages:
        own = signs.get(passage.voice)
        marked = tuple(tuple(_runs(view, span, shared.get(span, []), hearing, signs, own)) for span in spans)
        moved = passage.anchor and passage.anchor[:10] != (document.published or "")[:10]
        note = f"days counted from {day(passage.anchor)}" if moved else ""
        if marked:
            blocks.append(Block(passage, own, note, marked))
    return tuple(blocks)


def _shared_out(stretches: list[Span], marks: Iterable[Mark]) -> dict[Span, list[Mark]]:
    """The marks by the stretch of text they touch; each mark is looked up once."""
    starts = [span.start for span in stretches]
    shared: dict[Span, list[Mark]] = {}
    for mark in marks:
        k = max(0, bisect.bisect_right(starts, mark.span.start) - 1)
        while k < len(stretches) and stretches[k].start < mark.span.end:
            shared.setdefault(stretches[k], []).append(mark)
            k += 1
    return shared


def _marks(view: ReadingView, prefix: str) -> Iterator[Mark]:
    reading = view.reading
    used = {argument.mention for event in reading.events for argument in event.arguments}
    for card in view.events:
        key = f"{prefix}e{card.number}"
        yield Mark(card.event.trigger, "trigger", key)
        for span in card.evidence:
            yield Mark(span, "evidence", key)
        for count in card.counts:
            yield Mark(count.span, "count", span_key(prefix, count.span))
        if card.where:
            for span in card.where.spans:
                yield Mark(span, "place", span_key(prefix, span))
    for mention in reading.mentions:
        if mention.id in used or mention.level == "name":
            yield Mark(mention.span, "actor", span_key(prefix, mention.span))
    for toponym in reading.toponyms:
        yield Mark(toponym.span, "place", span_key(prefix, toponym.span))
    for timex in reading.timexes:
        yield Mark(timex.span, "time", span_key(prefix, timex.span))
    for attribution in reading.attributions:
        yield from _said(attribution, prefix)
    for framing in view.framings():
        yield Mark(framing.span, "label", span_key(prefix, framing.span))
    for medium in reading.media:
        yield Mark(medium.span, "medium", span_key(prefix, medium.span))


def _said(attribution: Attribution, prefix: str) -> Iterator[Mark]:
    for span in attribution.content:
        yield Mark(span, "said", attribution.voice)
    if attribution.cue:
        yield Mark(attribution.cue, "cue", span_key(prefix, attribution.cue))
    if attribution.source:
        yield Mark(attribution.source, "source", span_key(prefix, attribution.source))


def _runs(
    view: ReadingView, span: Span, marks: list[Mark], hearing: Hearing, signs: Mapping[str, Sign], own: Sign | None
) -> Iterator[Run]:
    sign: Sign | None = None
    opens = False
    pieces: list[Piece] = []
    for segment in segments(span, marks):
        voice = hearing.attribution(segment.span)
        heard = signs.get(voice.voice) if voice else None
        heard = None if heard == own else heard
        if heard != sign and pieces:
            yield Run(sign, opens, tuple(pieces))
            pieces = []
        if heard != sign or not pieces:
            sign, opens = heard, heard is not None
        pieces.append(_piece(view, segment))
    if pieces:
        yield Run(sign, opens, tuple(pieces))


def _piece(view: ReadingView, segment: Segment) -> Piece:
    marks = [mark for mark in segment.marks if mark.layer != "said"]
    layers = dict.fromkeys(mark.layer for mark in marks)
    trigger = next((mark.key for mark in marks if mark.layer == "trigger"), "")
    starts = next((mark.key for mark in segment.opens if mark.layer == "trigger"), "")
    return Piece(
        words=shown(segment.span.of(view.reading.document.text)),
        classes=" ".join(layers),
        keys=" ".join(dict.fromkeys(mark.key for mark in marks)),
        link=trigger,
        anchor=f"{starts}t" if starts else "",
        hint="; ".join(filter(None, (_hint(view, mark) for mark in marks))),
    )


def _hint(view: ReadingView, mark: Mark) -> str:
    if mark.layer in ("time", "place"):
        return view.resolved(mark.span)
    return ""
