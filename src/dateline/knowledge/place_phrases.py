"""Words that make another place of a name's: directions, distances, sites; borders; names that mean a government."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from dateline.core import PlaceKind
from dateline.knowledge.tables import Row, read_table

_FORMS = ("noun", "adjective", "both")
_USES = ("subject", "object", "noun", "partner", "seat")


@dataclass(frozen=True, slots=True)
class Direction:
    """A word for a direction: degrees from north (None: the middle); how it stands beside a name."""

    bearing: float | None
    noun: bool
    adjective: bool


@dataclass(frozen=True, slots=True)
class Border:
    """A point on the border of two countries and the radius in km that covers the border."""

    lat: float
    lon: float
    radius_km: float


@dataclass(frozen=True, slots=True)
class Extent:
    """The degrees that a country's largest polygon lies between."""

    south: float
    north: float
    west: float
    east: float


@functools.cache
def directions() -> Mapping[str, Direction]:
    """Directions by lower-case word.

    >>> directions()["north-east"].bearing, directions()["central"].bearing, directions()["northern"].noun
    (45.0, None, False)
    """
    found = {}
    for row in read_table("places/directions.tsv", ("word", "bearing", "form")):
        if row["form"] not in _FORMS:
            raise row.error(f"form {row['form']!r}")
        bearing = _number(row, "bearing") if row["bearing"] else None
        found[row["word"]] = Direction(bearing, row["form"] != "adjective", row["form"] != "noun")
    return MappingProxyType(found)


@functools.cache
def lengths() -> Mapping[str, float]:
    """Units of distance in kilometres.

    >>> lengths()["miles"]
    1.609344
    """
    return MappingProxyType(
        {row["unit"]: _number(row, "km") for row in read_table("places/lengths.tsv", ("unit", "km"))}
    )


@dataclass(frozen=True, slots=True)
class Site:
    """What words name that lies at a place; ``abroad``: a country's name before it tells whose it is, not where."""

    kind: PlaceKind
    abroad: bool


@functools.cache
def sites() -> Mapping[str, Site]:
    """What lies in or at named places, by lower-case words.

    >>> sites()["refugee camp"], sites()["embassy"].abroad
    (Site(kind='facility', abroad=False), True)
    """
    found: dict[str, Site] = {}
    for row in read_table("places/sites.tsv", ("words", "kind", "where")):
        if row["kind"] not in ("facility", "district") or row["where"] not in ("there", "abroad"):
            raise row.error(f"kind {row['kind']!r}, where {row['where']!r}")
        found[row["words"]] = Site(cast(PlaceKind, row["kind"]), row["where"] == "abroad")
    return MappingProxyType(found)


@functools.cache
def borders() -> Mapping[tuple[str, str], Border]:
    """Common borders by the two countries' codes, in either order.

    >>> borders()["KH", "TH"] == borders()["TH", "KH"], ("IQ", "TH") in borders()
    (True, False)
    """
    found = {}
    for row in read_table("places/borders.tsv", ("one", "other", "lat", "lon", "radius_km")):
        border = Border(_number(row, "lat"), _number(row, "lon"), _number(row, "radius_km"))
        found[row["one"], row["other"]] = found[row["other"], row["one"]] = border
    return MappingProxyType(found)


@functools.cache
def extents() -> Mapping[str, Extent]:
    """How far countries reach, by code; very small ones are missing.

    >>> extents()["IQ"].north > 37
    True
    """
    columns = ("country", "south", "north", "west", "east")
    rows = read_table("places/extents.tsv", columns)
    return MappingProxyType({row["country"]: Extent(*(_number(row, side) for side in columns[1:])) for row in rows})


@functools.cache
def metonym_words(use: Literal["subject", "object", "noun", "partner", "seat"]) -> frozenset[str]:
    """The words beside which a name stands for a government, by their use.

    >>> "recall" in metonym_words("subject"), "kremlin" in metonym_words("seat")
    (True, True)
    """
    found: set[str] = set()
    for row in read_table("places/metonyms.tsv", ("use", "words")):
        if row["use"] not in _USES:
            raise row.error(f"use {row['use']!r}")
        found |= set(row.list("words")) if row["use"] == use else set()
    return frozenset(found)


def _number(row: Row, column: str) -> float:
    try:
        return float(row[column])
    except ValueError as error:
        raise row.error(f"{column} {row[column]!r} is no number") from error
