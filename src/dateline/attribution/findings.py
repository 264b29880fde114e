"""An attribution before its voice is known, and the arithmetic of its content."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.core import CueClass, Span
from dateline.language import Sentence


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence names a source; ``head`` is the number of the word that is meant ("officials" for "who")."""

    sentence: Sentence
    head: int
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """A source, its cue and the content, as stretches of text in order.

    ``clausal``: the content is a clause or a quotation, no mere phrase. ``through``: the cue of the
    finding through which this one is heard, where its own cue does not stand in that one's content.
    """

    sentence: Sentence
    kind: CueClass
    cue: Span
    source: Source | None
    content: tuple[Span, ...]
    clausal: bool = False
    through: Span | None = None


def runs(sentence: Sentence, numbers: tuple[int, ...] | list[int] | set[int]) -> tuple[Span, ...]:
    """The stretches of text that these tokens cover; tokens at their edges that are marks alone are left out.

    A single missing comma does not divide a stretch.
    """
    found: list[list[int]] = []
    for i in sorted(numbers):
        gap = i - found[-1][-1] if found else 0
        if gap == 1 or (gap == 2 and sentence[i - 1].pos == "PUNCT"):
            found[-1].append(i)
        else:
            found.append([i])
    spans = []
    for run in found:
        while run and sentence[run[0]].pos in ("PUNCT", "SPACE"):
            run.pop(0)
        while run and sentence[run[-1]].pos in ("PUNCT", "SPACE", "CCONJ") and not _closes(sentence, run):
            run.pop()
        if run:
            spans.append(Span(sentence[run[0]].start, sentence[run[-1]].end))
    return tuple(spans)


def _closes(sentence: Sentence, run: list[int]) -> bool:
    """Whether the last token closes a bracket that the stretch opens."""
    return sentence[run[-1]].text in (")", "]") and any(sentence[i].text in ("(", "[") for i in run)


def united(spans: tuple[Span, ...] | list[Span]) -> tuple[Span, ...]:
    """The spans in order, those that overlap made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def without(spans: tuple[Span, ...], cut: Span) -> tuple[Span, ...]:
    """The spans with a stretch taken out.

    >>> without((Span(0, 9),), Span(3, 5))
    (Span(start=0, end=3), Span(start=5, end=9))
    """
    found = []
    for span in spans:
        if not span.overlaps(cut):
            found.append(span)
            continue
        if span.start < cut.start:
            found.append(Span(span.start, cut.start))
        if cut.end < span.end:
            found.append(Span(cut.end, span.end))
    return tuple(found)
