"""Lines of a user's files as places: the 19 columns of a GeoNames dump, and lists with a header."""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections.abc import Callable
from typing import cast, get_args

from dateline.core import PlaceKind
from dateline.knowledge.feature_codes import feature_codes, town_radius
from dateline.knowledge.user_gazetteer import UserPlace

COLUMNS = 19
NEEDED = ("name", "lat", "lon")
OPTIONAL = ("country", "kind", "admin1", "population", "aliases", "radius_km")
_CITY = 50_000
_NOMINAL = 200_000
_COUNTRY = re.compile(r"[A-Z]{2}")
_LARGEST = 0xFFFFFFFE
_RADII = {"country": 500.0, "region": 300.0, "admin1": 100.0, "admin2": 35.0, "district": 5.0, "facility": 3.0}
_WIDE_RADIUS = 30.0

Parser = Callable[[str], "UserPlace | None"]


class BrokenLineError(ValueError):
    """A line that is no place; the message says why."""


def parser_of(first: str) -> tuple[Parser, bool]:
    """How the lines of a file are read, by its first line; and whether that line is a header.

    Raises BrokenLineError where the first line is neither a header nor a line of a dump.
    """
    if first.count("\t") == COLUMNS - 1:
        return of_dump, False
    mark = "\t" if "\t" in first else ";" if first.count(";") > first.count(",") else ","
    names = [cell.strip().lower() for cell in _cells(first, mark)]
    if not set(NEEDED) <= set(names):
        raise BrokenLineError(f"neither a GeoNames dump ({COLUMNS} columns) nor a header with name, lat, lon")
    strange = set(names) - {*NEEDED, *OPTIONAL}
    if strange or len(set(names)) != len(names):
        raise BrokenLineError(f"columns may be {', '.join((*NEEDED, *OPTIONAL))}, each once")
    return lambda line: of_list(dict(_paired(names, _cells(line, mark)))), True


def of_dump(line: str) -> UserPlace | None:
    """The place of a line of a GeoNames dump; None for a feature that is not taken.

    Raises BrokenLineError.
    """
    cells = line.split("\t")
    if len(cells) != COLUMNS:
        raise BrokenLineError(f"{len(cells)} columns, not {COLUMNS}")
    geonames, name, ascii_name, others, lat, lon, _, code, country = cells[:9]
    feature = feature_codes().get(code)
    if feature is None:
        return None
    name = _name(name if latin(name) else ascii_name or name)
    people = _whole(cells[14] or "0", "population")
    kind, radius = feature.kind, feature.radius_km
    if kind == "town":
        capital = code == "PPLC"
        kind = "city" if people >= _CITY or capital else "town"
        radius = max(radius, town_radius(people))
    number = _whole(geonames, "geonameid")
    if not number:
        raise BrokenLineError("geonameid 0")
    return UserPlace(
        name=name,
        kind=kind,
        lat=_degrees(lat, 90, "latitude"),
        lon=_degrees(lon, 180, "longitude"),
        country=_country(country),
        code=cells[10] or None,
        geonames=number,
        population=people,
        radius_km=radius,
        capital=code == "PPLC",
        aliases=tuple(other for other in (ascii_name, *others.split(",")) if _wanted(other)),
    )


def of_list(row: dict[str, str]) -> UserPlace:
    """The place of a line of a list; aliases are parted by ``|``.

    A place without a population counts as one of 200,000 people, so that a user's own list is not
    outweighed by towns of its names elsewhere. Raises BrokenLineError.

    >>> of_list({"name": "Camp Seven", "lat": "33.1", "lon": "44.2", "kind": "facility"}).radius_km
    3.0
    """
    people = _whole(row.get("population") or str(_NOMINAL), "population")
    told = row.get("kind") or ("city" if row.get("population") and people >= _CITY else "town")
    if told not in get_args(PlaceKind):
        raise BrokenLineError(f"kind {told!r} (there are {', '.join(get_args(PlaceKind))})")
    kind = cast(PlaceKind, told)
    usual = town_radius(people if row.get("population") else 0) if kind in ("city", "town") else None
    radius = row.get("radius_km") or str(usual or _RADII.get(kind, _WIDE_RADIUS))
    return UserPlace(
        name=_name(row["name"]),
        kind=kind,
        lat=_degrees(row["lat"], 90, "lat"),
        lon=_degrees(row["lon"], 180, "lon"),
        country=_country(row.get("country", "")),
        admin1=row.get("admin1") or None,
        population=people,
        radius_km=_radius(radius),
        aliases=tuple(part.strip() for part in row.get("aliases", "").split("|") if part.strip()),
    )


def latin(name: str) -> bool:
    """Whether every letter is a Latin one and the name starts with a capital.

    >>> latin("Şanlıurfa"), latin("الموصل"), latin("de facto")
    (True, False, False)
    """
    letters = [ch for ch in unicodedata.normalize("NFKD", name) if ch.isalpha() and ch not in "ʼʻʿʾ"]
    return bool(letters) and all(ch < "\u0250" for ch in letters) and letters[0].isupper()


def _wanted(name: str) -> bool:
    """Whether an alternate name is one that English news might print: no code, no sentence, Latin letters."""
    shouted = name.isupper() and len(name) < 6
    return 4 <= len(name) <= 60 and not shouted and name.count(" ") < 4 and name.isprintable() and (
        not any(ch.isdigit() for ch in name) and latin(name)
    )  # fmt: skip


def _cells(line: str, mark: str) -> list[str]:
    try:
        return next(iter(csv.reader([line], delimiter=mark, strict=True)), [])
    except csv.Error as error:
        raise BrokenLineError(str(error)) from error


def _paired(names: list[str], cells: list[str]) -> list[tuple[str, str]]:
    if len(names) != len(cells):
        raise BrokenLineError(f"{len(cells)} cells, not {len(names)}")
    return [(name, cell.strip()) for name, cell in zip(names, cells, strict=True)]


def _name(name: str) -> str:
    if not name.strip() or len(name) > 200 or not name.isprintable():
        raise BrokenLineError("no name" if not name.strip() else "odd name")
    return name.strip()


def _degrees(cell: str, most: int, what: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not abs(value) <= most:
        raise BrokenLineError(f"{what} {cell[:40]!r}")
    return value


def _radius(cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not 0 < value <= 20_000:
        raise BrokenLineError(f"radius_km {cell[:40]!r}")
    return value


def _whole(cell: str, what: str) -> int:
    if not (cell.isascii() and cell.isdigit()) or len(cell) > 12:
        raise BrokenLineError(f"{what} {cell[:40]!r}")
    return min(int(cell), _LARGEST)


def _country(cell: str) -> str | None:
    if cell and not _COUNTRY.fullmatch(cell.upper()):
        raise BrokenLineError(f"country {cell[:40]!r} is not two letters")
    return cell.upper() or None
