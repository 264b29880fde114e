"""Places worked out from other places: so far away, a part, the middle between two, a border; with honest radii."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from dateline.core import Place, PlaceKind, content_id
from dateline.knowledge.place_phrases import Border, Extent

_EARTH = 6371.0
_DEGREE = 111.2
_NARROW = frozenset(("city", "town", "district", "facility"))
_LEAST_NEAR = 10.0
_FARTHEST = 1000.0
_MIDDLE = 0.5
_PART = 1 / math.sqrt(2)


def named(place: Place, name: str) -> Place:
    """A place that was worked out, under the words that told it and with an id of its own.

    >>> named(Place("g1", "Hit", "town", 33.6, 42.8, "IQ"), "10 km north of Hit").id[0]
    'l'
    """
    name = " ".join(name.split())
    own = content_id("l", name, place.kind, f"{place.lat:.4f}", f"{place.lon:.4f}", f"{place.radius_km:.1f}")
    return replace(
        place, id=own, name=name, lat=round(place.lat, 4), lon=round(place.lon, 4), geonames=None,
        radius_km=round(place.radius_km, 1),
    )  # fmt: skip


def narrow(place: Place) -> bool:
    """Whether a place is a town or smaller, so that words like "near" tell something."""
    return place.kind in _NARROW


def away(place: Place, km: float, spread: float, bearing: float | None) -> Place:
    """So far from a place. Without a bearing all of the disc around it; with one the point, half a quarter wide.

    ``spread`` is how far off the distance may be ("20 to 30 km": 5).
    """
    if bearing is None:
        return replace(place, kind="area", radius_km=km + spread + place.radius_km / 2)
    lat, lon = moved(place.lat, place.lon, km, bearing)
    radius = max(3.0, 0.3 * km + spread + place.radius_km / 2)
    return replace(place, kind="area", lat=lat, lon=lon, radius_km=radius, admin1=place.admin1 if km < 100 else None)


def beside(place: Place, bearing: float) -> Place:
    """ "North of" a town, nobody says how far: from its edge on, as far again and ten kilometres more."""
    km = place.radius_km + 10
    lat, lon = moved(place.lat, place.lon, km, bearing)
    return replace(place, kind="area", lat=lat, lon=lon, radius_km=km)


def around(place: Place) -> Place:
    """ "Near" a town: the town and what lies about it, ten kilometres at least."""
    return replace(place, kind="area", radius_km=max(_LEAST_NEAR, 1.5 * place.radius_km))


def part(place: Place, bearing: float | None, extents: Mapping[str, Extent]) -> Place:
    """The northern (…, central) part of a country, region or town: the middle and the size of that half or quarter.

    Countries are taken as the box that holds their largest polygon, all else as a square of their area.
    """
    kind: PlaceKind = "district" if narrow(place) else "region"
    box = extents.get(place.country or "") if place.kind == "country" else None
    if box is not None:
        lat, lon = (box.south + box.north) / 2, (box.west + box.east) / 2
        high, wide = (box.north - box.south) / 2 * _DEGREE, (box.east - box.west) / 2 * _DEGREE * _shrink(lat)
    else:
        lat, lon = place.lat, place.lon
        high = wide = place.radius_km * math.sqrt(math.pi) / 2
    whole = math.sqrt(4 * high * wide / math.pi)
    if bearing is None:
        return replace(place, kind=kind, radius_km=whole * _PART)
    up, right = _sign(math.cos(math.radians(bearing))), _sign(math.sin(math.radians(bearing)))
    lat = lat + up * high / 2 / _DEGREE
    lon = lon + right * wide / 2 / _DEGREE / _shrink(lat)
    share = _MIDDLE if up and right else _PART
    return replace(place, kind=kind, lat=max(-90.0, min(90.0, lat)), lon=_turned(lon), radius_km=whole * share)


def midway(one: Place, other: Place) -> Place | None:
    """Somewhere between two places: the middle, and half the distance as radius; None where they are far apart."""
    km = distance(one, other)
    if not 1 <= km <= _FARTHEST:
        return None
    # The middle of the chord, put back on the sphere.
    points = [_vector(place) for place in (one, other)]
    x, y, z = (a + b for a, b in zip(*points, strict=True))
    lat, lon = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
    country = one.country if one.country == other.country else None
    admin1 = one.admin1 if one.admin1 == other.admin1 and country else None
    return replace(
        one, kind="area", lat=lat, lon=lon, radius_km=max(_LEAST_NEAR, km / 2), country=country, admin1=admin1
    )


def on_border(one: Place, border: Border) -> Place:
    """The border of two countries, of which ``one`` is one."""
    return replace(
        one, kind="area", lat=border.lat, lon=border.lon, radius_km=border.radius_km, country=None, admin1=None
    )


def inside(place: Place, kind: PlaceKind) -> Place:
    """Something that lies in a place, nobody knows where: the place's own point and radius."""
    return replace(place, kind=kind)


def county(place: Place) -> Place:
    """ "Hit district": the second-order unit of a town's name, a good deal wider than the town."""
    return replace(place, kind="admin2", radius_km=max(25.0, place.radius_km))


def distance(one: Place, other: Place) -> float:
    """Great-circle distance in km.

    >>> round(distance(Place("a", "", "city", 0, 0, None), Place("b", "", "city", 0, 90, None)))
    10008
    """
    a, b = math.radians(one.lat), math.radians(other.lat)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(h)))


def moved(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """The point so far from another in a direction (degrees from north).

    >>> [round(value, 2) for value in moved(0.0, 179.5, 111.2, 90)]
    [0.0, -179.5]
    """
    turn, angle, start = km / _EARTH, math.radians(bearing), math.radians(lat)
    end = math.asin(math.sin(start) * math.cos(turn) + math.cos(start) * math.sin(turn) * math.cos(angle))
    step = math.atan2(
        math.sin(angle) * math.sin(turn) * math.cos(start), math.cos(turn) - math.sin(start) * math.sin(end)
    )
    return math.degrees(end), _turned(lon + math.degrees(step))


def _vector(place: Place) -> tuple[float, float, float]:
    lat, lon = math.radians(place.lat), math.radians(place.lon)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def _turned(lon: float) -> float:
    return (lon + 180) % 360 - 180


def _shrink(lat: float) -> float:
    return max(0.1, math.cos(math.radians(lat)))


def _sign(value: float) -> int:
    return 0 if abs(value) < 0.1 else 1 if value > 0 else -1
