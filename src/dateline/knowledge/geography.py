"""Whether two places can be the same spot."""

from __future__ import annotations

import math

from dateline.core import Place

_EARTH_KM = 6371.0
_SLACK_KM = 25.0
_SPECIFIC_KM = 40.0
_COUNTRY = ("country",)
_REGION = ("admin1", "region")


def kilometres(a: Place, b: Place) -> float:
    """The great-circle distance of two places' points."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half = math.radians(b.lon - a.lon) / 2
    part = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(part)))


def specific(place: Place | None) -> bool:
    """Whether a place is exact enough to tell one town from the next."""
    return place is not None and place.kind not in (*_COUNTRY, *_REGION) and place.radius_km <= _SPECIFIC_KM


def fit(a: Place, b: Place) -> bool:
    """Whether one happening can be at both: one holds the other, or their circles lie within 25 km.

    >>> town = Place("g1", "Ahfir", "town", 34.95, -2.1, "MA", radius_km=5)
    >>> fit(town, Place("g2", "Morocco", "country", 32.0, -6.0, "MA", radius_km=800))
    True
    >>> fit(town, Place("g3", "Rabat", "city", 34.01, -6.83, "MA", radius_km=10))
    False
    """
    if a.id == b.id:
        return True
    if a.kind in _COUNTRY or b.kind in _COUNTRY:
        return a.country == b.country or a.country is None or b.country is None
    if a.kind == b.kind == "admin1":
        return (a.country, a.admin1 or a.name) == (b.country, b.admin1 or b.name)
    if "admin1" in (a.kind, b.kind) and a.admin1 and a.admin1 == b.admin1 and a.country == b.country:
        return True
    return kilometres(a, b) <= a.radius_km + b.radius_km + _SLACK_KM
