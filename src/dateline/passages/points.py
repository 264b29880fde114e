"""The points of a statement: which paragraph is one, and what number it has."""

from __future__ import annotations

import re

from dateline.core import Span
from dateline.knowledge.numbers import cardinals
from dateline.language.dates import find_dates

_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_CARDINALS = cardinals(10)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_POINT = re.compile(
    r"(?:[•·▪●○◦*–—-]\s+|\(?(?P<digits>\d{1,2})\s?[.)\-–:]\s?(?=[^\d\s])|\(?(?P<roman>[ivx]{1,4}|[IVX]{1,4})[.)]\s"
    r"|\(?[a-z][.)]\s|(?P<circled>[①-⑳])"
    rf"|(?P<word>(?i:{'|'.join(_WORDS)}))(?:ly,|\s?:|\spoint\b)\s?|(?i:last|final)(?:ly,|\s?:)\s"
    rf"|(?i:article|point|clause|item|paragraph)\s(?P<named>\d{{1,2}}|(?i:{'|'.join(_CARDINALS)}))\b\s?[.:)–-]?)"
)
_WHERE_WHEN = re.compile(r"(?:[^\W\d_][\w'’-]*\.?[ ,–:]+){0,12}")
_SMALL = frozenset({"in", "at", "on", "of", "for", "the", "and", "dated", "issued", "signed", "al", "de", "la"})
_LONGEST = 100


def is_point(text: str, paragraph: Span) -> bool:
    """Whether a paragraph begins as a point of a list does."""
    return _POINT.match(text, paragraph.start, paragraph.end) is not None


def number_of(text: str, paragraph: Span) -> int | None:
    """The number of a point, or None where it has none.

    >>> [number_of(line, Span(0, len(line))) for line in ("2. Buses stop.", "Third: we go.", "iv) Fires.", "- We.")]
    [2, 3, 4, None]
    """
    found = _POINT.match(text, paragraph.start, paragraph.end)
    if not found:
        return None
    if found["digits"]:
        return int(found["digits"])
    if found["roman"] and found["roman"].lower() in _ROMAN:
        return _ROMAN.index(found["roman"].lower()) + 1
    if found["circled"]:
        return ord(found["circled"]) - ord("①") + 1
    if found["word"]:
        return _WORDS.index(found["word"].lower()) + 1
    if found["named"]:
        named = found["named"].lower()
        return int(named) if named.isdigit() else _CARDINALS[named]
    return None


def signed_day(text: str, paragraph: Span) -> str | None:
    """The ISO day of a line that only says where and when, or who and when, or None.

    >>> signed_day("Tamsk, 2 March 2020", Span(0, 19)), signed_day("It rained on 2 March 2020.", Span(0, 26))
    ('2020-03-02', None)
    """
    if paragraph.end - paragraph.start > _LONGEST:
        return None
    for date, day in find_dates(text, paragraph.start, paragraph.end):
        before = _WHERE_WHEN.fullmatch(text, paragraph.start, date.start)
        small = [w for w in text[paragraph.start : date.start].split() if w[:1].islower()]
        plain = all(w.strip(",:") in _SMALL for w in small)
        return day[:10] if before and plain and not text[date.end : paragraph.end].strip(" .)") else None
    return None
