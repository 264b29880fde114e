"""A text cut into segments, so that marks may overlap freely and the page stays a plain sequence."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.core.span import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text, the layer it belongs to (``trigger``, ``place`` …) and the key of what it marks."""

    span: Span
    layer: str
    key: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch over which the same marks hold; ``opens`` are those that start with it."""

    span: Span
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]


def segments(span: Span, marks: Iterable[Mark]) -> Iterator[Segment]:
    """The span cut at every border of a mark; marks reach as far as they lie in the span.

    >>> marks = [Mark(Span(0, 9), "actor", "m1"), Mark(Span(4, 12), "place", "l1")]
    >>> [(s.span.start, s.span.end, [m.key for m in s.marks]) for s in segments(Span(0, 15), marks)]
    [(0, 4, ['m1']), (4, 9, ['m1', 'l1']), (9, 12, ['l1']), (12, 15, [])]
    """
    inside = sorted((mark for mark in marks if mark.span.overlaps(span)), key=_longest_first)
    borders = sorted({span.start, span.end, *_borders(span, inside)})
    waiting = 0
    active: list[Mark] = []
    for start, end in itertools.pairwise(borders):
        active = [mark for mark in active if mark.span.end > start]
        opens: list[Mark] = []
        while waiting < len(inside) and inside[waiting].span.start <= start:
            opens.append(inside[waiting])
            waiting += 1
        active += opens
        yield Segment(Span(start, end), tuple(active), tuple(m for m in opens if m.span.start == start))


def _borders(span: Span, marks: list[Mark]) -> Iterator[int]:
    for mark in marks:
        yield max(mark.span.start, span.start)
        yield min(mark.span.end, span.end)


def _longest_first(mark: Mark) -> tuple[int, int, str, str]:
    return mark.span.start, -mark.span.end, mark.layer, mark.key
