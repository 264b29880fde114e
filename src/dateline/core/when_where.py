"""Time expressions and place names, resolved or abstained from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.core.span import Span

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
"""TIMEX3's types."""

Precision = Literal["minute", "hour", "day", "week", "month", "season", "quarter", "year", "decade", "unknown"]
"""How exactly a time is told."""

PlaceKind = Literal[
    "country",
    "region",
    "admin1",
    "admin2",
    "city",
    "town",
    "district",
    "facility",
    "water",
    "area",
]
"""What a place is; an area is worked out from the words around a name."""


@dataclass(frozen=True, slots=True)
class Timex:
    """A TIMEX3 expression and the interval that the system commits to.

    ``earliest`` and ``latest`` are ISO dates or date-times, both inclusive, None where the text
    does not say; ``value`` is the TIMEX3 value. ``edtf`` is the same commitment as one string of the
    Extended Date/Time Format (ISO 8601-2, levels 1 and 2): ``2024-03-05``, ``2024-03``, ``2024-21`` (spring),
    ``199X``, ``2024-03-05/2024-03-07``, ``../2024-03-05``; None where nothing is committed to.

    Source: TimeML's TIMEX3 for ``type`` and ``value``.

    >>> march = Timex("t1", Span(3, 13), "DATE", "2024-03", "2024-03-01", "2024-03-31", "month", edtf="2024-03")
    >>> (march.earliest, march.latest)
    ('2024-03-01', '2024-03-31')
    """

    id: str
    span: Span
    type: TimexType
    value: str
    earliest: str | None
    latest: str | None
    precision: Precision
    edtf: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the map: WGS 84 degrees, ISO 3166-1 alpha-2 country, radius of honesty in km.

    ``id`` is ``g`` and the GeoNames number, or made of the words where a place is worked out; ``admin1`` the name of
    the first-order unit.

    >>> baghdad = Place("g98182", "Baghdad", "city", 33.34, 44.4, "IQ", geonames=98182, radius_km=20.0)
    >>> baghdad.country
    'IQ'
    """

    id: str
    name: str
    kind: PlaceKind
    lat: float
    lon: float
    country: str | None
    admin1: str | None = None
    geonames: int | None = None
    radius_km: float = 10.0


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name in the text; ``place`` is None where it was seen but could not be told.

    ``metonym``: it stands for a government ("Baghdad condemned …"), not for where something is. ``area`` is the
    place that the words around the name make of it ("20 km north of Kirkuk"), ``phrase`` those words with the name.

    >>> Toponym("l1", Span(0, 10), None).place is None   # seen, not told
    True
    """

    id: str
    span: Span
    place: str | None
    metonym: bool = False
    area: str | None = None
    phrase: Span | None = None
