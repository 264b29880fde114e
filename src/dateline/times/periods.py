"""Arithmetic on TIMEX3 values: from a value to its interval, and from a day to coarser values."""

from __future__ import annotations

import calendar as gregorian
import datetime
import re
from dataclasses import dataclass

from dateline.core import Precision

Date = datetime.date
_ONE = datetime.timedelta(days=1)
_VALUE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:W(?P<week>[0-9]{2})(?P<weekend>-WE)?|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<season>SP|SU|FA|WI)|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?))?(?:T(?P<time>[0-9]{2}(?::[0-9]{2})?|[A-Z]{2}))?"
)
_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@dataclass(frozen=True, slots=True)
class Interval:
    """Inclusive ISO bounds, None where they are not known, and how fine they are."""

    earliest: str | None
    latest: str | None
    precision: Precision


UNKNOWN = Interval(None, None, "unknown")


def interval(value: str) -> Interval:
    """The days that a TIMEX3 value covers; weeks reach from Sunday to Sunday, as both habits count them.

    >>> interval("2019-02"), interval("1998-08-07T10:35").precision, interval("PAST_REF").earliest
    (Interval(earliest='2019-02-01', latest='2019-02-28', precision='month'), 'minute', None)
    """
    if re.fullmatch(r"[0-9]{2,3}", value):
        years = 10 ** (4 - len(value))
        first = int(value) * years
        return _days(day(first, 1, 1), day(first + years - 1, 12, 31), "decade")
    match = _VALUE.fullmatch(value)
    if match is None:
        return UNKNOWN
    year = int(match["year"])
    if match["week"]:
        return _week(year, int(match["week"]), bool(match["weekend"]))
    if match["quarter"]:
        return _months(year, 3 * int(match["quarter"]) - 2, 3, "quarter")
    if match["half"]:
        return _months(year, 6 * int(match["half"]) - 5, 6, "year")
    if match["season"]:
        return _months(year, _SEASON_START[match["season"]], 3, "season")
    if match["day"]:
        return _moment(day(year, int(match["month"]), int(match["day"])), match["time"])
    if match["month"]:
        return _months(year, int(match["month"]), 1, "month")
    return _months(year, 1, 12, "year")


def narrowed(whole: Interval, mod: str, anchor: Date | None) -> Interval:
    """The part of an interval that "early", "mid", "late", "earlier" or "later" leaves.

    >>> narrowed(interval("2019-03"), "MID", None).earliest
    '2019-03-11'
    """
    if whole.earliest is None or whole.latest is None or whole.precision in ("day", "minute", "hour"):
        return whole
    first, last = Date.fromisoformat(whole.earliest), Date.fromisoformat(whole.latest)
    third = (last - first + _ONE) // 3
    if mod == "START":
        last = first + third - _ONE
    elif mod == "MID":
        first, last = first + third, last - third
    elif mod == "END":
        first = last - third + _ONE
    elif mod == "BEFORE" and anchor and first <= anchor <= last:
        last = anchor
    elif mod == "AFTER" and anchor and first <= anchor <= last:
        first = anchor
    return _days(first, last, whole.precision)


def between(first: Date | None, last: Date | None, precision: Precision) -> Interval:
    """The interval between two days in whichever order; unknown where one is missing."""
    if first and last and last < first:
        first, last = last, first
    return _days(first, last, precision)


def year_value(year: int) -> str:
    """The TIMEX3 value of a year; negative years are years before Christ.

    >>> year_value(1984), year_value(-480)
    ('1984', 'BC0480')
    """
    return f"{year:04d}" if year >= 0 else f"BC{-year:04d}"


def day(year: int, month: int, number: int) -> Date | None:
    """The day, or None where there is none such."""
    try:
        return Date(year, month, number)
    except ValueError:
        return None


def shifted(start: Date, unit: str, count: int) -> Date | None:
    """The day so many units on; a month's last day stands in where the day is missing; None beyond the calendar.

    >>> shifted(Date(2020, 3, 31), "M", -1)
    datetime.date(2020, 2, 29)
    """
    days = {"D": 1, "W": 7, "F": 14, "NI": 1, "WE": 7}.get(unit)
    months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}.get(unit)
    try:
        if days:
            return start + datetime.timedelta(days=days * count)
        if months:
            year, month = divmod(start.year * 12 + start.month - 1 + months * count, 12)
            return Date(year, month + 1, min(start.day, gregorian.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError, gregorian.IllegalMonthError):
        return None
    return start


def coarse(date: Date, unit: str) -> str:
    """The TIMEX3 value of the unit that holds a day. A Sunday opens the week, as news style has it.

    >>> coarse(Date(1998, 3, 1), "W"), coarse(Date(1998, 3, 1), "Q"), coarse(Date(1998, 3, 1), "DE")
    ('1998-W10', '1998-Q1', '199')
    """
    if unit in ("W", "F", "WE"):
        iso = (date + _ONE if unit != "WE" else date).isocalendar()
        return f"{iso.year}-W{iso.week:02d}" + ("-WE" if unit == "WE" else "")
    values = {
        "M": f"{date.year:04d}-{date.month:02d}",
        "Q": f"{date.year:04d}-Q{(date.month + 2) // 3}",
        "Y": f"{date.year:04d}",
        "DE": f"{date.year // 10:03d}",
        "CE": f"{date.year // 100:02d}",
    }
    return values.get(unit, date.isoformat())


def easter(year: int) -> Date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus of 1876).

    >>> easter(2019)
    datetime.date(2019, 4, 21)
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return Date(year, f // 31, f % 31 + 1)


def _days(first: Date | None, last: Date | None, precision: Precision) -> Interval:
    return Interval(first.isoformat() if first else None, last.isoformat() if last else None, precision)


def _months(year: int, month: int, count: int, precision: Precision) -> Interval:
    first = day(year, month, 1)
    after = shifted(first, "M", count) if first else None
    return _days(first, after - _ONE, precision) if after else UNKNOWN


def _week(year: int, week: int, weekend: bool) -> Interval:
    try:
        monday = Date.fromisocalendar(year, week, 1)
    except ValueError:
        return UNKNOWN
    sunday = monday + 6 * _ONE
    return _days(sunday - _ONE if weekend else monday - _ONE, sunday, "week")


def _moment(date: Date | None, time: str | None) -> Interval:
    if date is None:
        return UNKNOWN
    if time is None or time.isalpha():
        return _days(date, date, "day")
    if time.startswith("24"):
        date, time = date + _ONE, "00:00"
    stamp = f"{date.isoformat()}T{time}"
    return Interval(stamp, stamp, "minute" if ":" in time and not time.endswith(":00") else "hour")
