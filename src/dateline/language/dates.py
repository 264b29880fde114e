"""The one reader of written calendar dates: pages, headers, datelines and running text alike."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator

from dateline.core import Span
from dateline.knowledge.calendar import calendar

FIRST_YEAR, LAST_YEAR = 1500, 2200
_LONGEST = 100
_PIVOT = 50


def read_date(text: str, *, day_first: bool = True, default_year: int | None = None) -> str | None:
    """The ISO date (or date-time, where a time of day is told) of a string that is one date.

    Reads what pages, feeds and datelines write: ISO 8601, RFC 2822, "31 December 2019",
    "Dec. 31, 2019 5:04 p.m. EST", "04 FEB 90", "12/31/2019", "20191231". ``day_first`` decides
    07/02/14 where both orders are dates; ``default_year`` is the year of a date that tells none.
    None where the string is no full date, is impossible (31 February) or lies outside 1500 to 2200.

    >>> read_date("Dec. 31, 2019"), read_date("31st of December", default_year=2019)
    ('2019-12-31', '2019-12-31')
    >>> read_date("Tue, 31 Dec 2019 10:15:00 +0300"), read_date("31 February 2019"), read_date("May 2019")
    ('2019-12-31T10:15:00+03:00', None, None)
    """
    if len(text) > _LONGEST:
        text = text.strip()[: _LONGEST + 1]
    words = text.strip(" \t\r\n\u00a0,;()[]")
    if not words or len(words) > _LONGEST:
        return None
    match = _whole().fullmatch(words)
    return _iso(match, day_first, default_year) if match else None


def find_dates(
    text: str, start: int = 0, end: int | None = None, *, day_first: bool = True
) -> Iterator[tuple[Span, str]]:
    """The dates with day, month and year in running text, in order, each with its ISO date.

    A weekday before the date belongs to it. A time of day belongs to it in ISO 8601 date-times only
    (there the value is a date-time).

    >>> [(s.start, iso) for s, iso in find_dates("On Tuesday, 31 December 2019, and on 1/2/2020.")]
    [(3, '2019-12-31'), (37, '2020-02-01')]
    """
    for match in _running().finditer(text, start, len(text) if end is None else end):
        iso = _iso(match, day_first, None)
        if iso:
            yield Span(*match.span()), iso


def _names(names: Iterator[str] | list[str]) -> str:
    return "|".join(sorted(names, key=lambda name: (-len(name), name)))


def _dates(short_year: str, brief: str) -> str:
    """The pattern of all written orders of day, month and year; groups are named by order.

    ``short_year`` is one more form of the year behind a month's name (it begins with ``|``), ``brief`` a
    condition on two-digit years in dates that are all figures.
    """
    words = calendar()
    gap = r"[ \t\u00a0]{1,3}|[ \t]?\r?\n"
    month = rf"(?:{_names(list(words.months))})"
    weekday = rf"(?:(?:{_names(list(words.weekdays))})\.?(?:,?(?:{gap})(?:the{gap})?))?"
    day, year = r"(?:0?[1-9]|[12][0-9]|3[01])", rf"(?:[0-9]{{4}}|'[0-9]{{2}}|’[0-9]{{2}}{short_year})(?![0-9])"
    ordinal = rf"{day}(?:(?:{gap})?(?:st|nd|rd|th))?(?![0-9])"
    clock = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    return "|".join(
        (
            r"(?P<iso_y>[0-9]{4})-(?P<iso_m>[0-9]{1,2})-(?P<iso_d>[0-9]{1,2})(?![0-9-])"
            r"(?:[Tt ](?P<iso_t>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]{1,9})?[ ]?"
            r"(?P<iso_z>[Zz]\b|[+-][0-9]{2}:?[0-9]{2})?)?",
            r"(?P<sla_y>[0-9]{4})(?P<sla>[/.])(?P<sla_m>[0-9]{1,2})(?P=sla)(?P<sla_d>[0-9]{1,2})(?![0-9/])",
            r"(?P<run_y>(?:19|20)[0-9]{2})(?P<run_m>0[1-9]|1[0-2])(?P<run_d>[0-3][0-9])(?![0-9])"
            r"(?:T(?P<run_t>[0-9]{6})(?P<run_z>Z|[+-][0-9]{4})?)?",
            rf"(?P<num_a>[0-9]{{1,2}})(?P<num>[/.-])(?P<num_b>[0-9]{{1,2}})(?P=num)"
            rf"(?P<num_y>[0-9]{{4}}|{brief}[0-9]{{2}})(?![0-9/-])",
            rf"{weekday}(?P<dmy_d>{ordinal})(?:{gap}|[-./])(?:(?:day{gap})?of(?:{gap}))?"
            rf"(?P<dmy_m>{month})(?![a-z])\.?,?(?:{gap}|[-/])?(?P<dmy_y>{year})",
            rf"(?P<ymd_y>[0-9]{{4}})(?:{gap}|-)(?P<ymd_m>{month})(?![a-z])\.?(?:{gap}|-)(?P<ymd_d>{day})(?![0-9])",
            rf"{weekday}(?P<mdy_m>{month})(?![a-z])\.?(?:{gap}|[-/])(?:the{gap})?(?P<mdy_d>{ordinal})"
            rf"(?:,?(?:{gap})|,|[-/])(?:(?P<mdy_t>{clock})[ ](?:(?P<mdy_z>[A-Z]{{1,4}}|[+-][0-9]{{4}})[ ])?)?"
            rf"(?P<mdy_y>{year})",
        )
    )


@functools.cache
def _running() -> re.Pattern[str]:
    """Dates in running text: two-digit years only behind an apostrophe, or in telex style (04 FEB 90)."""
    telex = r"|(?-i:(?<=[A-Z][ .-])[0-9]{2})(?!\w|[.,:][0-9]|[ ]+[A-Za-z%])|(?<=-[a-z]{3}-)[0-9]{2}(?!\w)"
    return re.compile(rf"(?=[0-9ADFJMNOSTW])(?<![\w$£€])(?<![0-9][.,/:-])(?:{_dates(telex, '(?<=/)')})", re.IGNORECASE)


@functools.cache
def _whole() -> re.Pattern[str]:
    """A string that is one date, with or without a year, a time of day before or behind it."""
    words = calendar()
    month, zones = _names(list(words.months)), _names([*words.zones, "ist", "aest", "sgt", "hkt", "jst", "kst", "pkt"])
    weekday = rf"(?:(?:{_names(list(words.weekdays))})\.?,?\s{{1,3}}(?:the\s)?)?"
    ordinal = r"(?:0?[1-9]|[12][0-9]|3[01])(?:\s?(?:st|nd|rd|th))?"
    clock = r"[0-9]{1,2}(?:[:.][0-9]{2}(?::[0-9]{2})?)?\s?(?:[ap]\.?m\b\.?)?"
    zone = rf"(?:{zones}|[+-][0-9]{{2}}:?[0-9]{{2}}|(?:UTC|GMT)[+-][0-9]{{1,4}})"
    front = rf"(?:(?P<front_t>{clock})\s?\(?(?P<front_z>{zone})?\)?,?\s{{1,3}}(?:on\s)?)?"
    back = rf"(?:,?\s{{1,3}}(?:at\s|-\s|–\s|\|\s)?(?P<back_t>{clock})\s?\(?(?P<back_z>{zone})?\)?"
    back += r"(?:\s\([A-Z]{2,5}\)?)?)?"
    day_month = rf"(?P<dm_d>{ordinal})[\s.-](?:of\s)?(?P<dm_m>{month})"
    lone = rf"(?:{weekday}(?:{day_month}|(?P<md_m>{month})\.?[\s-](?P<md_d>{ordinal}))\.?)"
    return re.compile(rf"(?:on\s)?(?:the\s)?{front}(?:{_dates('|[0-9]{2}', '')}|{lone})\.?{back}", re.IGNORECASE)


_FORMS = ("iso", "sla", "run", "dmy", "mdy", "ymd", "dm", "md")


def _iso(match: re.Match[str], day_first: bool, default_year: int | None) -> str | None:
    """The ISO date of a match, or None where it is no date."""
    told = {name: value for name, value in match.groupdict().items() if value}
    year: int | None
    if "num_y" in told:
        first, second = int(told["num_a"]), int(told["num_b"])
        orders = ((second, first), (first, second))
        year = _year(told["num_y"])
        both = [made for month, day in (orders if day_first else orders[::-1]) if (made := _date(year, month, day))]
        made = both[0] if both else None
    else:
        form = next(form for form in _FORMS if f"{form}_m" in told)
        year = _year(told[f"{form}_y"]) if f"{form}_y" in told else default_year
        made = _date(year, _month(told[f"{form}_m"]), int(re.sub(r"[^0-9]", "", told[f"{form}_d"])))
    if made is None:
        return None
    where = next((kind for kind in ("iso", "run", "mdy", "back", "front") if f"{kind}_t" in told), None)
    time = _clock(told[f"{where}_t"], told.get(f"{where}_z")) if where else ""
    return None if time is None else made.isoformat() + time


def _year(text: str) -> int:
    digits = text.lstrip("'’")
    if len(digits) == 2:
        return int(digits) + (1900 if int(digits) >= _PIVOT else 2000)
    return int(digits)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else calendar().months[text.lower()]


def _date(year: int | None, month: int, day: int) -> datetime.date | None:
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _clock(text: str, zone: str | None) -> str | None:
    """``THH:MM:SS`` and the zone's offset; "" where the number is no time of day, None where it is impossible."""
    half = re.search(r"([ap])\.?m\b", text, re.IGNORECASE)
    if text.isdigit() and len(text) == 6:
        numbers = [int(text[k : k + 2]) for k in (0, 2, 4)]
    else:
        numbers = [int(part) for part in re.findall(r"[0-9]+", text)]
        if len(numbers) == 1 and not half:
            return None
    hour, minute, second = (*numbers, 0, 0)[:3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[1].lower() == "p" else 0)
    if hour > 23 or minute > 59 or second > 60:
        return None
    return f"T{hour:02d}:{minute:02d}:{min(second, 59):02d}{_offset(zone)}"


def _offset(zone: str | None) -> str:
    """An offset as ISO writes it; "" where the zone is not told or not known."""
    if not zone:
        return ""
    signed = re.fullmatch(r"(?:utc|gmt)?([+-])([0-9]{1,2}):?([0-9]{2})?", zone, re.IGNORECASE)
    if signed:
        hours, minutes = int(signed[2]), int(signed[3] or 0)
        return f"{signed[1]}{hours:02d}:{minutes:02d}" if hours <= 14 and minutes < 60 else ""
    east = calendar().zones.get(zone.lower())
    if east is None:
        return ""
    return f"{'-' if east < 0 else '+'}{abs(east) // 60:02d}:{abs(east) % 60:02d}"
