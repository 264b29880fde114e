"""Precision codes: what UCDP and ACLED would write for a place and a time."""

from __future__ import annotations

import pytest

from dateline.core import EventTime, Place
from dateline.knowledge.precision import date_prec, geo_precision, time_precision, where_prec


def _place(kind, radius: float, country: str | None = "XA") -> Place:
    return Place("g1", "Somewhere", kind, 1.0, 2.0, country, radius_km=radius)


@pytest.mark.parametrize(
    ("kind", "radius", "country", "near", "ucdp", "acled"),
    [
        ("town", 5, "XA", False, 1, 1),
        ("district", 5, "XA", False, 1, 1),
        ("facility", 3, "XA", False, 1, 1),
        ("city", 20, "XA", True, 2, 2),
        ("city", 60, "XA", False, 2, 2),
        ("admin2", 40, "XA", False, 3, 2),
        ("admin2", 180, "XA", False, 3, 3),
        ("admin1", 90, "XA", False, 4, 3),
        ("area", 60, "XA", False, 5, 2),
        ("region", 400, "XA", False, 5, 3),
        ("water", 50, "XA", False, 5, 2),
        ("water", 900, None, False, 7, None),
        ("country", 500, "XA", False, 6, None),
    ],
)
def test_precision_of_places(kind, radius, country, near, ucdp, acled) -> None:
    place = _place(kind, radius, country)
    assert where_prec(place, near=near) == ucdp
    assert geo_precision(place, near=near) == acled


@pytest.mark.parametrize(
    ("earliest", "latest", "ucdp", "acled"),
    [
        ("2024-03-04", "2024-03-04", 1, 1),
        ("2024-03-04T10:00", "2024-03-04T11:00", 1, 1),
        ("2024-03-04", "2024-03-09", 2, 2),
        ("2024-03-04", "2024-03-10", 3, 2),
        ("2024-03-01", "2024-03-31", 4, 3),
        ("2024-01-01", "2024-12-31", 5, None),
        ("2020-01-01", "2024-12-31", None, None),
        (None, "2024-03-04", None, None),
        ("2024-03-10", "2024-03-04", None, None),
        ("someday", "2024-03-04", None, None),
    ],
)
def test_precision_of_times(earliest, latest, ucdp, acled) -> None:
    time = EventTime(earliest, latest, "day")
    assert date_prec(time) == ucdp
    assert time_precision(time) == acled


def test_precision_of_nothing() -> None:
    assert where_prec(None) is None
    assert geo_precision(None) is None
    assert date_prec(None) is None
    assert time_precision(None) is None
