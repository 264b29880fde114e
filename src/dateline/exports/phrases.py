"""Dates, figures, quotes and chains put in the few words that reports for people use."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from dateline.core import EventTime, Span

ARROW = " ← "
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_GAPS = re.compile(r"\s+")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BIDI = _TURNING | frozenset("\u200e\u200f\u061c")


def clean(words: str) -> str:
    """Words on one line, without control characters or marks that turn the direction of writing.

    A report is shown in terminals, where a stray escape sequence would be obeyed.

    >>> clean("shots\\n were\\x1b[2J  heard")
    'shots were[2J heard'
    """
    return _one_line(words).strip()


def shown(words: str) -> str:
    """A text's own words for a page: white space kept, control characters and turned writing dropped."""
    if words.isprintable():
        return words
    return "".join(
        ch for ch in words if ch.isspace() or (ch not in _TURNING and unicodedata.category(ch) not in ("Cc", "Cs"))
    )


def short(words: str, limit: int) -> str:
    """Words cut at a blank where they are longer than ``limit``, with a mark of the cut.

    >>> short("a crowd of several thousand", 16)
    'a crowd of…'
    """
    if len(words) <= limit:
        return words
    kept = words[: limit - 1]
    head, gap, _ = kept.rpartition(" ")
    return (head if gap and len(head) > limit // 2 else kept).rstrip(" ,;:") + "…"


def quote(text: str, span: Span, limit: int = 400) -> str:
    """The words of a span, cleaned and cut."""
    return short(clean(span.of(text)), limit)


def around(text: str, span: Span, before: int = 30, after: int = 40) -> str:
    """The words around a span on one line, cut at blanks, with marks of the cuts; never out of its paragraph.

    >>> around("On Monday the army said that rebels had fired.", Span(29, 35), 14, 8)
    '…said that rebels had…'
    """
    start, stop = max(0, span.start - before), min(len(text), span.end + after)
    edge, end = text.rfind("\n\n", start, span.start), text.find("\n\n", span.end, stop)
    cut_left, cut_right = start > 0 and edge < 0, stop < len(text) and end < 0
    if cut_left:
        gap = text.find(" ", start, span.start)
        start = gap + 1 if gap >= 0 else span.start
    elif edge >= 0:
        start = edge
    if cut_right:
        gap = text.rfind(" ", span.end, stop)
        stop = gap if gap >= 0 else span.end
    elif end >= 0:
        stop = end
    words = clean(text[start:stop])
    return ("…" if cut_left else "") + words + ("…" if cut_right else "")


def passage(text: str, spans: tuple[Span, ...], trigger: Span, limit: int = 360) -> tuple[tuple[str, bool], ...]:
    """The words of the evidence in pieces, each with whether it is the trigger.

    Pieces join without a blank. What lies farther than ``limit`` code points from the trigger is cut.

    >>> passage("Rebels shelled the town.", (Span(0, 24),), Span(7, 14))
    (('Rebels ', False), ('shelled', True), (' the town.', False))
    """
    parts = sorted({span for span in spans if not trigger.holds(span)})
    home = next((span for span in parts if span.holds(trigger)), trigger)
    first, last = max(home.start, trigger.start - limit // 2), min(home.end, trigger.end + limit)
    before, after = _one_line(text[first : trigger.start]), _one_line(text[trigger.end : last])
    pieces = [
        (("…" if first > home.start else "") + before.lstrip(), False),
        (_one_line(trigger.of(text)), True),
        (after.rstrip() + ("…" if last < home.end else ""), False),
    ]
    others = [quote(text, span, limit // 2) for span in parts if not span.overlaps(home)]
    pieces += [(" … " + words, False) for words in others[:2] if words]
    return tuple((words, hit) for words, hit in pieces if words)


def chain(names: tuple[str, ...]) -> str:
    """A chain of voices, the outlet first: ``outlet ← Reuters ← police``."""
    return ARROW.join(clean(name) for name in names)


def day(iso: str | None) -> str:
    """An ISO date or date-time as people write it; odd text is handed back as it is.

    >>> day("2019-12-31"), day("2019-12-31T14:30:00"), day(None)
    ('31 Dec 2019', '31 Dec 2019, 14:30', '')
    """
    if not iso:
        return ""
    try:
        told = date.fromisoformat(iso[:10])
    except ValueError:
        return clean(iso)
    clock = iso[11:16] if re.match(r"T\d\d:\d\d", iso[10:]) else ""
    return f"{told.day} {_MONTHS[told.month - 1]} {told.year}" + (f", {clock}" if clock and clock != "00:00" else "")


def interval(earliest: str | None, latest: str | None) -> str:
    """Two inclusive ISO bounds in words; an open bound is said.

    >>> interval("2019-12-29", "2019-12-31"), interval("2018-09-01", "2018-09-30"), interval(None, "2019-12-29")
    ('29–31 Dec 2019', 'Sep 2018', 'by 29 Dec 2019')
    """
    if not earliest or not latest:
        return f"from {day(earliest)}" if earliest else f"by {day(latest)}" if latest else ""
    try:
        first, last = date.fromisoformat(earliest[:10]), date.fromisoformat(latest[:10])
    except ValueError:
        return f"{clean(earliest)} – {clean(latest)}"
    if first == last:
        return day(earliest)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    month = _MONTHS[first.month - 1]
    if (first.year, first.month) == (last.year, last.month):
        whole = first.day == 1 and (last.month, last.day) in _month_ends(last.year)
        return f"{month} {first.year}" if whole else f"{first.day}–{last.day} {month} {first.year}"
    if first.year == last.year:
        return f"{first.day} {month} – {day(latest)}"
    return f"{day(earliest)} – {day(latest)}"


def when(time: EventTime | None) -> str:
    """The time of an event in words; empty where it is not told."""
    return interval(time.earliest, time.latest) if time else ""


def figure(low: int, best: int | None, high: int | None) -> str:
    """A number as low–best–high, shorter where they agree.

    >>> figure(5, 5, 5), figure(24, 30, 99), figure(1000, None, 9999), figure(12, None, None)
    ('5', '24–30–99', '1,000–9,999', '12 or more')
    """
    if high is None:
        return f"{low:,} or more" + (f", best {best:,}" if best not in (None, low) else "")
    if low == high:
        return f"{low:,}"
    return "–".join(f"{n:,}" for n in (low, best, high) if n is not None)


def kind_of(type: str, mode: str | None) -> str:
    """Type and mode in one string: ``ASSAULT · aerial``."""
    return f"{type} · {mode}" if mode else type


def _one_line(words: str) -> str:
    plain = _GAPS.sub(" ", words)
    if plain.isprintable():
        return plain
    return "".join(ch for ch in plain if ch not in _BIDI and unicodedata.category(ch) not in ("Cc", "Cs"))


def _month_ends(year: int) -> tuple[tuple[int, int], ...]:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    lengths = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return tuple(enumerate(lengths, 1))
