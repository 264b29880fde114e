"""The stamps of live threads and chronologies: "14:32 GMT", "Tue 3 Mar 2020 22.10 CET", "5h ago"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dateline.core import Span
from dateline.language.dates import find_dates, read_date
from dateline.passages.drafts import Draft

_ZONE = (
    r"\(?(?:GMT|UTC|BST|WAT|CAT|EAT|CES?T|EES?T|WES?T|[ECMP][SD]?T|AES?T|AEDT|IST|PKT|MSK|TRT|JST|KST|HKT|SGT|local(?:\stime)?"
    r"|hrs?)(?:[ ]?[+-]\d{1,2}(?::\d{2})?)?\)?"
)
_HALF = r"[ap]\.?m\b\.?"
_CLOCK = rf"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?(?P<half>\s?(?i:{_HALF}))?(?P<zone>\s?{_ZONE}(?!\w))?"
_ALONE = re.compile(rf"[\[(]?{_CLOCK}[\])]?[:.]?")
_LEADING = re.compile(rf"[\[(]?{_CLOCK}[\])]?[ \t]*(?:[–—|:•·]|--?)[ \t]+(?=\S)")
_AGO = re.compile(
    r"(?:just now|(?:\d{1,2}|an?)\s?(?:s|secs?|m|mins?|minutes?|h|hrs?|hours?|d|days?)\sago)\.?", re.IGNORECASE
)
_DATED = re.compile(r"[\[(]?(?:\d|(?i:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))")
_BEHIND = re.compile(rf"(?:[ \t]*(?:,|at|[-–|·])?[ \t]*{_CLOCK})?[ \t]*(?:[–—|:•·]|--?)[ \t]+(?=\S)")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where a stamp ends, and the day it tells; None where it tells only a time of day."""

    end: int
    day: str | None = None


def read_stamp(text: str, paragraph: Span, published: str | None) -> Stamp | None:
    """The stamp that is all of a paragraph or of its first line, or stands before a dash; None where there is none.

    A bare time of day before a dash is no stamp (it may be a score); with a zone or a half of the
    day it is. A date without a year is of the document's year, or of the year before where it
    would lie ahead.

    >>> text = "14:32 GMT – Rockets hit the port."
    >>> text[: read_stamp(text, Span(0, len(text)), None).end]
    '14:32 GMT – '
    """
    first = text[paragraph.start]
    if not (first.isalnum() or first in "[("):
        return None
    end = text.find("\n", paragraph.start, min(paragraph.end, paragraph.start + _LONGEST))
    if end < 0:
        end = paragraph.end
    if end - paragraph.start <= _LONGEST:
        line = text[paragraph.start : end].rstrip()
        if _ALONE.fullmatch(line) or _AGO.fullmatch(line):
            return Stamp(end)
        day = day_of(line, published) if _DATED.match(line) else None
        if day:
            return Stamp(end, day)
    clock = _LEADING.match(text, paragraph.start, paragraph.end)
    if clock:
        return Stamp(clock.end()) if clock["half"] or clock["zone"] else None
    if not _DATED.match(text, paragraph.start, paragraph.end):
        return None
    for date, day in find_dates(text, paragraph.start, min(paragraph.end, paragraph.start + _LONGEST)):
        behind = _BEHIND.match(text, date.end, paragraph.end)
        clock_told = "T" in day or (behind is not None and any(ch.isdigit() for ch in behind.group()))
        if date.start <= paragraph.start + 1 and behind and clock_told:
            return Stamp(behind.end(), day[:10])
        break
    return None


def day_of(words: str, published: str | None) -> str | None:
    """The ISO day of a string that is one date; its year may be left to the date of publication."""
    bare = words.strip("[]() \t.:·|")
    day = read_date(bare)
    if day or not published:
        return day[:10] if day else None
    year = int(published[:4])
    for each in (year, year - 1):
        day = read_date(bare, default_year=each)
        if day and day[:10] <= published[:10]:
            return day[:10]
    return None


def stamped(drafts: list[Draft], day: str | None = None) -> list[Draft]:
    """The drafts with the day of the last dated stamp as the anchor of what the outlet tells below it.

    ``day`` is what a stamp above them told; it counts only where there are more stamps below.
    """
    if not any(draft.role == "header" and draft.anchor for draft in drafts):
        return drafts
    found = []
    for draft in drafts:
        if draft.role == "header":
            day = draft.anchor or day
        told = draft.role != "header" and draft.speaker is None and draft.anchor is None
        found.append(replace(draft, anchor=day) if told and day else draft)
    return found
