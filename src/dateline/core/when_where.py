"""Time expressions and place names, resolved or abstained from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.core.span import Span

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Precision = Literal["minute", "hour", "day", "week", "month", "season", "quarter", "year", "decade", "unknown"]
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


@dataclass(frozen=True, slots=True)
class Timex:
    """A TIMEX3 expression and the interval that the system commits to.

    ``earliest`` and ``latest`` are ISO dates or date-times, both inclusive, None where the text
    does not say; ``value`` is the TIMEX3 value. ``edtf`` is the same commitment as one string of the
    Extended Date/Time Format (ISO 8601-2, levels 1 and 2): ``2024-03-05``, ``2024-03``, ``2024-21`` (spring),
    ``199X``, ``2024-03-05/2024-03-07``, ``../2024-03-05``; None where nothing is committed to.
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
    """A place on the map: WGS 84 degrees, ISO 3166-1 alpha-2 country, radius of honesty in km."""

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
    """

    id: str
    span: Span
    place: str | None
    metonym: bool = False
    area: str | None = None
    phrase: Span | None = None
