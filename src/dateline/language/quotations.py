"""Where words stand between quotation marks, in every convention, balanced or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.core import Span

_MARK = re.compile(r"[“”„‟«»\"＂]|''|``|‘‘|’’|(?<!\w)[‘‚](?=\w)|(?<=[.,!?…])[’'](?!\w)|(?<!\w)'(?=[^\W\d_])")
_WORD = re.compile(r"\w")
_SENTENCE_END = re.compile(r"[.!?…](?=\s+[A-Z\"“«„]|\s*$)")
_FAMILY = {
    "“": "curly",
    "”": "curly",
    "„": "curly",
    "‟": "curly",
    "«": "angle",
    "»": "angle",
    "''": "twin",
    "``": "twin",
    "‘‘": "twin",
    "’’": "twin",
    "‘": "single",
    "‚": "single",
    "’": "single",
    "'": "single",
}
_OPEN_AFTER = frozenset(" \t\r\n\u00a0\u202f([{—–-/:")
_LONGEST_SINGLE = 1500
_LONGEST_OPEN = 600


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks; ``closed`` is False where only its opening mark was found."""

    span: Span
    closed: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    sign: str
    start: int
    end: int
    family: str
    opens: bool
    closes: bool


def quotations(text: str, paragraph: Span, *, goes_on: bool = False) -> tuple[Quotation, ...]:
    """The outermost quotations of a paragraph, in order.

    A mark that opens again before the first was closed leaves the first one out, so that no span
    runs away. A quotation that is never closed reaches to the paragraph's end where it opens the
    paragraph or ``goes_on`` tells that the next paragraph continues it, else to its sentence's end.
    Linear in the paragraph's length.

    >>> text = "“No,” he said. \\"Never!\\" 'Why?' asked I."
    >>> [q.span.of(text) for q in quotations(text, Span(0, len(text)))]
    ['“No,”', '"Never!"', "'Why?'"]
    """
    marks = [mark for found in _MARK.finditer(text, paragraph.start, paragraph.end) if (mark := _mark(text, found))]
    found: list[Quotation] = []
    opened: _Mark | None = None
    inner = ""
    last = {mark.family: mark.start for mark in marks if mark.closes}
    singles = _singles_ahead(marks)
    for k, mark in enumerate(marks):
        if opened is None:
            opened = (
                mark
                if mark.opens and (mark.family != "single" or 0 <= singles[k] - mark.end < _LONGEST_SINGLE)
                else None
            )
            inner = ""
        elif mark.family == opened.family or _closes_for(opened, mark, inner, last):
            if mark.closes and (mark.sign != "“" or opened.sign == "„"):
                if _WORD.search(text, opened.end, mark.start):
                    found.append(Quotation(Span(opened.start, mark.end), True))
                opened = None
            elif mark.opens and mark.family != "single":
                opened, inner = mark, ""
        elif mark.family != "single":
            inner = mark.family if mark.opens else ""
    if opened is not None and opened.family != "single":
        end = _unclosed_end(text, opened, paragraph, goes_on)
        if _WORD.search(text, opened.end, end):
            found.append(Quotation(Span(opened.start, end), False))
    return tuple(found)


def opens_quotation(text: str, paragraph: Span) -> bool:
    """Whether a paragraph begins with an opening quotation mark (single ones left out)."""
    found = _MARK.match(text, paragraph.start, paragraph.end)
    mark = _mark(text, found) if found else None
    return mark is not None and mark.opens and mark.family != "single"


def _mark(text: str, found: re.Match[str]) -> _Mark | None:
    """The mark with its directions by sign and by neighbours; None where it measures ("6'2\\"")."""
    sign, start, end = found.group(), found.start(), found.end()
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    family = _FAMILY.get(sign, "straight")
    loose, tight = before in _OPEN_AFTER, not after.isspace()
    if sign in ("“", "„", "‟", "``", "‘‘", "‘", "‚"):
        # “ closes what „ has opened, in German and Czech texts
        return _Mark(sign, start, end, family, True, sign == "“" and not loose)
    if sign in ("”", "’’"):
        return _Mark(sign, start, end, family, loose and tight, True)
    if sign == "’":
        return _Mark(sign, start, end, family, False, True)
    if sign in ("«", "»"):
        return _Mark(sign, start, end, family, sign == "«" or loose, True)
    if sign == "'":
        return _Mark(sign, start, end, family, loose and tight, before in ".,!?…")
    if before.isdigit() and not (after.isspace() or after in ".,;:)"):
        return None
    if loose and not tight:
        return _Mark(sign, start, end, family, True, True)
    return _Mark(sign, start, end, family, loose or before in "\"“'‘", not loose)


def _closes_for(opened: _Mark, mark: _Mark, inner: str, last: dict[str, int]) -> bool:
    """Whether a mark of another family stands for the closing one: it can only close, or no own one follows.

    ``last`` has the last closing mark of each family.
    """
    if mark.family in ("single", inner) or opened.family == "single":
        return False
    return not mark.opens or last.get(opened.family, -1) <= mark.start


def _singles_ahead(marks: list[_Mark]) -> list[int]:
    """For each mark the start of the next single closing mark behind it; -1 where none follows."""
    ahead: list[int] = []
    nearest = -1
    for mark in reversed(marks):
        ahead.append(nearest)
        if mark.closes and mark.family == "single":
            nearest = mark.start
    return ahead[::-1]


def _unclosed_end(text: str, opened: _Mark, paragraph: Span, goes_on: bool) -> int:
    if goes_on or opened.start == paragraph.start:
        return paragraph.end
    end = min(paragraph.end, opened.end + _LONGEST_OPEN)
    stop = _SENTENCE_END.search(text, opened.end, end)
    return stop.end() if stop else end
