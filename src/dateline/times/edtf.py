"""The Extended Date/Time Format (ISO 8601-2:2019, levels 1 and 2) of what an expression commits to."""

from __future__ import annotations

import re

from dateline.core import TimexType
from dateline.times.periods import Interval, interval

_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
_QUARTERS = {"Q1": "33", "Q2": "34", "Q3": "35", "Q4": "36", "H1": "40", "H2": "41"}
_PARTS = {**_SEASONS, **_QUARTERS}
_OPEN = ".."
_BEFORE_CHRIST = re.compile(
    r"BC(?:(?P<year>[0-9]{4})(?:-(?P<part>SP|SU|FA|WI)|-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
    r"|(?P<span>[0-9]{2,3}))"
)
_NO_YEAR = re.compile(r"XXXX-(?:0[1-9]|1[0-2])(?:-[0-3][0-9])?")


def edtf(kind: TimexType, value: str, told: Interval) -> str | None:
    """The EDTF string of an expression, None where it commits to nothing (durations, sets, open references).

    ``value`` is the TIMEX3 value, ``told`` the interval. Where the interval is all that the value covers, the
    string is as short as the value: a month, a season (21 spring to 24 winter), a quarter (33 to 36), a half
    year (40, 41), a decade ("199X"). Else it is the interval with its ends, ".." for an open one. Years before
    Christ are astronomical (480 BC is -0479). A date without its year keeps X for the digits that are not known.

    >>> edtf("DATE", "2024-03", interval("2024-03")), edtf("DATE", "2024-SP", interval("2024-SP"))
    ('2024-03', '2024-21')
    >>> edtf("DATE", "PAST_REF", Interval(None, "2024-03-05", "unknown")), edtf("DATE", "199", interval("199"))
    ('../2024-03-05', '199X')
    >>> edtf("DATE", "BC0480-08", Interval(None, None, "unknown")), edtf("SET", "P1D", Interval(None, None, "unknown"))
    ('-0479-08', None)
    """
    if kind == "SET":
        return None
    if told.earliest is None and told.latest is None:
        return _before_christ(value) or (value if _NO_YEAR.fullmatch(value) else None)
    if told == interval(value):
        short = _short(value)
        if short:
            return short
    first, last = _end(told.earliest), _end(told.latest)
    return first if first == last else f"{first}/{last}"


def _short(value: str) -> str | None:
    """A value that covers its interval, as short as EDTF can say it."""
    if value.isdigit():
        return value.ljust(4, "X")
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}", value):
        return value
    year, _, part = value.partition("-")
    return f"{year}-{_PARTS[part]}" if part in _PARTS else None


def _end(stamp: str | None) -> str:
    """A day or, with its seconds, a moment."""
    if stamp is None:
        return _OPEN
    day, mark, time = stamp.partition("T")
    return f"{day}T{(time + ':00:00')[:8]}" if mark else day


def _before_christ(value: str) -> str | None:
    match = _BEFORE_CHRIST.fullmatch(value)
    if match is None:
        return None
    if match["span"]:
        years = 10 ** (4 - len(match["span"]))
        first = int(match["span"]) * years
        return f"{_astronomical(first + years - (years == 10))}/{_astronomical(max(1, first + (years == 100)))}"
    tail = _SEASONS[match["part"]] if match["part"] else "-".join(filter(None, (match["month"], match["day"])))
    return _astronomical(int(match["year"])) + (f"-{tail}" if tail else "")


def _astronomical(year: int) -> str:
    """A year before Christ as ISO counts: 1 BC is the year 0."""
    return f"-{year - 1:04d}" if year > 1 else "0000"
