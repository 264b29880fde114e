"""Dates that stand in a document's own furniture: behind a label, alone on a line, or in a news dateline."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from dateline.core import Span
from dateline.knowledge.calendar import calendar
from dateline.language.dates import find_dates, read_date

_CLOCK_BEFORE = re.compile(
    r"[\s:|–—-]*(?:[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?"
    r"\s?(?:[ap]\.?m\.?)?\s?(?:\(?[A-Z]{2,5}\)?)?,?\s+(?:on\s+)?)?",
    re.IGNORECASE,
)
_CLOCK_BEHIND = re.compile(
    r"(?:[T,]?\s{0,3}(?:at\s|[|·•–—-]\s)?)[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?:\s?(?i:[ap]\.?m)\b\.?)?"
    r"(?:\s?(?:Z\b|[+-][0-9]{2}:?[0-9]{2}|\(?(?:[A-Z]{3,4}|ET|PT|CT|MT)\b\)?))?"
)
_SEAM = re.compile(r"\s+[|•·–—-]{1,2}\s+|\s{4,}|\t+")
_OPENING = re.compile(
    r"\s*(?:\[[A-Za-z ]{2,12}\]\s*)?(?P<head>[^\n()]{3,90}?(?:\([^()\n]{2,40}\),[^\n()]{3,40}?)?)\s*"
    r"(?P<agency>\([^()\n]{2,50}\)\s*)?(?P<dash>--|[—–]|-(?=\s)|:(?=\s))"
)
_CREDITED = re.compile(r"\s*(?P<head>[^\n()]{3,90}?)\s*\((?P<agency>[A-Z][^()\n]{1,50})\)\s+(?=\S)")
_SMALL = frozenset(("of", "the", "and", "de", "la", "el", "al", "del", "near", "in", "al-", "on", "aboard"))


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """The words of a date and its ISO value; None where day and month cannot be told apart."""

    span: Span
    iso: str | None


def date_behind(text: str, label: Span, end: int) -> WrittenDate | None:
    """The date that directly follows a label (before ``end``), with the label and the time of day.

    >>> found = date_behind("Updated 10:30 GMT, 5 March 2024 - Lima", Span(0, 7), 38)
    >>> (found.span, found.iso) if found else None
    (Span(start=0, end=31), '2024-03-05')
    """
    found = next(find_dates(text, label.end, min(end, label.end + 80)), None)
    if found is None or not _CLOCK_BEFORE.fullmatch(text, label.end, found[0].start):
        return None
    span, iso = _with_clock(text, found[0], found[1], end)
    return WrittenDate(Span(label.start, span.end), iso)


def date_alone(text: str, start: int, end: int) -> WrittenDate | None:
    """A date that fills one part of a line (parts are divided by ``|``, ``•``, dashes, wide gaps), or its end.

    >>> found = date_alone("By Ana Ruiz, March 5, 2024", 0, 26)
    >>> (found.span, found.iso) if found else None
    (Span(start=13, end=26), '2024-03-05')
    """
    if end - start > 140:
        return None
    at = start
    for seam in [*_SEAM.finditer(text, start, end), None]:
        stop = seam.start() if seam else end
        found = next(find_dates(text, at, stop), None)
        if found is not None:
            span, iso = _with_clock(text, *found, stop)
            before, behind = text[at : span.start].rstrip(" ,\t("), text[span.end : stop].strip(" .,)\t")
            if not behind and (not before or (_is_names(before) and text[span.start - 2 : span.start] == ", ")):
                return WrittenDate(span, iso)
        at = seam.end() if seam else end
    return None


def news_dateline(text: str, start: int, end: int, year: int | None) -> WrittenDate | None:
    """The date of a news dateline ("LIMA, Peru, Aug 4 (Agency) -") at ``start``; ``year`` where it tells none.

    The value is None where the dateline tells no year and ``year`` is None.

    >>> line = "LIMA, Peru, Aug 4 (Example Press) - Three miners died."
    >>> found = news_dateline(line, 0, len(line), 2019)
    >>> (found.span.of(line), found.iso) if found else None
    ('Aug 4', '2019-08-04')
    """
    stop = min(end, start + 180)
    opening = _OPENING.match(text, start, stop) or _CREDITED.match(text, start, stop)
    if opening is None:
        return None
    at, to = opening.span("head")
    while to > at and text[to - 1] in " ,":
        to -= 1
    for word in re.finditer(r"[^\s(]+", text[at:to]):
        first = at + word.start()
        if first == at or not _is_place(text[at:first]):
            continue
        iso = read_date(text[first:to], default_year=year or 2000)
        if iso:
            told = year is not None or read_date(text[first:to]) is not None
            return WrittenDate(Span(first, to), iso[:10] if told else None)
    return None


def _is_place(words: str) -> bool:
    """Whether words before a date can be a dateline's place: short, and every one with a capital."""
    parts = re.sub(r"[,/()]", " ", words).split()
    return (
        0 < len(parts) <= 8
        and all(part[0].isupper() or part.lower() in _SMALL for part in parts)
        and (parts[0][0].isupper() and parts[-1].lower() not in _SMALL)
    )


def _is_names(words: str) -> bool:
    parts = words.replace(",", " ").split()
    return 0 < len(parts) <= 12 and all(part[0].isupper() or part.lower() in ("by", *_SMALL) for part in parts)


def _with_clock(text: str, span: Span, iso: str, end: int) -> tuple[Span, str | None]:
    """The date with the time of day behind it; no value where 04/05/2024 may be April or May."""
    words = span.of(text)
    if read_date(words, day_first=True) != read_date(words, day_first=False):
        return span, None
    clock = _CLOCK_BEHIND.match(text, span.end, end)
    if clock and "T" not in iso:
        whole = read_date(text[span.start : clock.end()]) or read_date(
            f"{words} {clock[0].lstrip(' ,T|·•–—-').removeprefix('at ')}"
        )
        if whole and whole[:10] == iso[:10]:
            return Span(span.start, clock.end()), whole
    return span, iso


@functools.cache
def days_and_months() -> frozenset[str]:
    """Words that no byline consists of."""
    words = calendar()
    return frozenset((*words.months, *words.weekdays))
