"""Where a text's paragraphs are, in hard-wrapped and in one-line-a-paragraph texts alike."""

from __future__ import annotations

import re

from dateline.core import Span

_BLANK = re.compile(r"\r?\n[ \t\u00a0]*(?:\r?\n[ \t\u00a0]*)+")
_LINE = re.compile(r"[^\r\n]+")
_WRAPPED = 100


def paragraphs(text: str, span: Span | None = None) -> tuple[Span, ...]:
    r"""The paragraphs of a text (or of a stretch of it), white space at the edges left out.

    A blank line always divides. A single line break divides only where the text is not
    hard-wrapped: where some line of its block is longer than 100 characters.

    >>> [s.of("One.\n\nTwo\nthree.") for s in paragraphs("One.\n\nTwo\nthree.")]
    ['One.', 'Two\nthree.']
    """
    start, end = (span.start, span.end) if span else (0, len(text))
    blocks: list[tuple[int, int]] = []
    at = start
    for gap in _BLANK.finditer(text, start, end):
        blocks.append((at, gap.start()))
        at = gap.end()
    blocks.append((at, end))
    found: list[Span] = []
    for first, last in blocks:
        lines = [m.span() for m in _LINE.finditer(text, first, last)]
        if len(lines) > 1 and all(b - a <= _WRAPPED for a, b in lines):
            lines = [(first, last)]
        found += [trimmed for a, b in lines if (trimmed := trim(text, a, b))]
    return tuple(found)


def trim(text: str, start: int, end: int) -> Span | None:
    """The span without white space at its edges, or None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
