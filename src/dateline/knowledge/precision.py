"""How exact a place and a time are, in the codes of UCDP GED (where_prec, date_prec) and ACLED (geo_, time_precision).

The codes are derived from the place's kind and radius of honesty and from the interval of the time, never stored:
the two schemes cut the same facts differently (see docs/precision.md).
"""

from __future__ import annotations

import datetime

from dateline.core import EventTime, Place

_TOWNS = ("city", "town", "district", "facility")
_POINT_KM = 25.0
_UNIT_KM = 100.0
_DAY, _WEEK_SPAN, _WEEK, _MONTH, _YEAR = 1, 6, 7, 31, 366


def where_prec(place: Place | None, *, near: bool = False) -> int | None:
    """UCDP's where_prec, 1 to 7, None where no place is told.

    1 the known point, 2 within about 25 km of it (``near``: the words say "near", "outside", "30 km north of"),
    3 a second-order unit, 4 a first-order unit, 5 a fuzzy or linear area, 6 the country, 7 international waters.

    >>> where_prec(Place("g1", "Ahfir", "town", 34.95, -2.1, "MA", radius_km=5))
    1
    >>> where_prec(Place("g2", "Red Sea", "water", 20.0, 38.5, None, radius_km=900))
    7
    """
    if place is None:
        return None
    if place.kind == "country":
        return 6
    if place.kind == "water":
        return 7 if place.country is None else 5
    if place.kind == "admin1":
        return 4
    if place.kind == "admin2":
        return 3
    if place.kind not in _TOWNS:
        return 5
    return 2 if near or place.radius_km > _POINT_KM else 1


def geo_precision(place: Place | None, *, near: bool = False) -> int | None:
    """ACLED's geo_precision, 1 to 3, None where ACLED codes no event: no place, only a country, open sea.

    1 a named town, district or site, 2 near one or a small part of a region, 3 a larger region.

    >>> geo_precision(Place("g1", "Ahfir", "town", 34.95, -2.1, "MA", radius_km=5), near=True)
    2
    >>> geo_precision(Place("g3", "Morocco", "country", 32.0, -6.0, "MA", radius_km=800)) is None
    True
    """
    code = where_prec(place, near=near)
    if place is None or code is None or code in (6, 7):
        return None
    if code <= 2:
        return code
    small = code == 3 or (code == 5 and place.radius_km <= _UNIT_KM)
    return 2 if small and place.radius_km <= _UNIT_KM else 3


def date_prec(time: EventTime | None) -> int | None:
    """UCDP's date_prec, 1 to 5, None where a bound is open or the interval is longer than a year.

    1 the day, 2 a span of two to six days, 3 a week, 4 up to a month, 5 up to a year.

    >>> date_prec(EventTime("2024-03-04", "2024-03-05", "day"))
    2
    >>> date_prec(EventTime(None, "2024-03-05", "unknown")) is None
    True
    """
    days = days_of(time)
    if days is None or days > _YEAR:
        return None
    limits = ((_DAY, 1), (_WEEK_SPAN, 2), (_WEEK, 3), (_MONTH, 4))
    return next((code for most, code in limits if days <= most), 5)


def time_precision(time: EventTime | None) -> int | None:
    """ACLED's time_precision, 1 to 3, None where the time is coarser than a month (ACLED codes no such event).

    1 the day, 2 some day of up to a week, 3 some day of a month.

    >>> time_precision(EventTime("2024-03-01", "2024-03-31", "month"))
    3
    """
    days = days_of(time)
    if days is None or days > _MONTH:
        return None
    return 1 if days <= _DAY else 2 if days <= _WEEK else 3


def days_of(time: EventTime | None) -> int | None:
    """How many days the interval of a time holds, both ends counted; None where an end is open or no date.

    >>> days_of(EventTime("2024-02-28", "2024-03-01", "day"))
    3
    """
    if time is None or not time.earliest or not time.latest:
        return None
    try:
        first, last = datetime.date.fromisoformat(time.earliest[:10]), datetime.date.fromisoformat(time.latest[:10])
    except ValueError:
        return None
    return (last - first).days + 1 if first <= last else None
