"""Which place a name stands for: one choice a name and document, from evidence that is added up."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.knowledge.gazetteer import GazetteerEntry
from dateline.places.evidence import near, within

MOST = 60
_CROWD = 50  # more neighbours than these in a cell tell no more, and would cost time by the square
_SEAT = 200_000
_TOWNS = ("city", "town", "district", "facility")


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling with all its standings in a document that ask for the same place.

    ``units`` are the entries of the containers told beside it ("…, Texas"); ``kinds`` the words for its
    kind told beside it ("… province"); ``count`` how often it stands. ``loose``: the entries are spelled otherwise.
    ``governs``: somewhere it stands where governments act ("Baghdad condemned …").
    """

    key: str
    entries: tuple[GazetteerEntry, ...]
    units: tuple[GazetteerEntry, ...]
    kinds: frozenset[str]
    count: int
    loose: bool = False
    governs: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What the document tells about where it plays: countries by weight, units by name, the outlet's country."""

    countries: Mapping[str, float]
    units: frozenset[int]
    outlet: str | None


def candidates(name: Name, scene: Scene) -> tuple[GazetteerEntry, ...]:
    """The places that come into question: those inside the containers told, where there are any.

    Of a name that acts as governments do only capitals and countries, if a capital has the name. Where the
    document names the country of a capital of that name, only places in countries that it names.
    Places that are only spelled alike must lie in a country that the document names.
    """
    entries = name.entries
    if name.loose:
        entries = tuple(e for e in entries if e.country in scene.countries)
    if name.units:
        inside = tuple(e for e in entries if any(within(e, unit) for unit in name.units))
        if inside:
            return inside[:MOST]
    if name.governs and not name.kinds:
        powers = tuple(e for e in entries if e.kind == "country" or (e.capital and e.population >= _SEAT))
        if any(e.capital for e in powers):
            return powers
    if any(e.capital and e.population >= _SEAT and e.country in scene.countries for e in entries):
        entries = tuple(e for e in entries if e.kind == "country" or e.country in scene.countries)
    return entries[:MOST]


def first_features(name: Name, entry: GazetteerEntry, scene: Scene, votes: Votes) -> list[tuple[str, float]]:
    """Features of a candidate that need no other name's choice."""
    people = math.log10(entry.population + 10)
    found = [(f"kind={entry.kind}", 1.0), ("people", people)]
    if entry.kind in _TOWNS:
        found.append(("town-people", people))
    if entry.capital:
        found.append(("capital", 1.0))
        if name.governs:
            found.append(("governing-capital", 1.0))
    if entry.alternate:
        found.append(("alternate", 1.0))
    country = scene.countries.get(entry.country or "", 0.0) if entry.kind != "country" else 0.0
    if country:
        found += [("country-named", 1.0), ("country-weight", country)]
    if entry.kind != "country" and scene.outlet is not None:
        found.append(("outlet-country" if entry.country == scene.outlet else "not-outlet-country", 1.0))
    if entry.admin1_number >= 0 and entry.admin1_number in scene.units and entry.kind != "admin1":
        found.append(("unit-named", 1.0))
    if name.units and any(within(entry, unit) for unit in name.units):
        found.append(("contained", 1.0))
    if name.kinds:
        found += _kind_features(name, entry)
    elif entry.kind in ("admin1", "admin2") and _has_seat(name, entry):
        found.append(("has-seat", 1.0))
    others = votes.unit_votes(name, entry)
    if others:
        found.append(("unit-votes", min(3.0, others)))
    others = votes.country_votes(name, entry)
    if others:
        found.append(("country-votes", min(3.0, others)))
    return found


def _has_seat(name: Name, unit: GazetteerEntry) -> bool:
    """Whether a town of the unit's own name lies in it: then the bare name more often means the town."""
    return any(
        e.kind in ("city", "town") and e.country == unit.country and near(e, unit, unit.radius_km + 60)
        for e in name.entries[:MOST]
    )


def _kind_features(name: Name, entry: GazetteerEntry) -> list[tuple[str, float]]:
    same = entry.kind in name.kinds or (entry.kind == "town" and "city" in name.kinds)
    return [("kind-told" if same else "kind-told-other", 1.0)]


def second_features(name: Name, entry: GazetteerEntry, chosen: Chosen) -> list[tuple[str, float]]:
    """Features of a candidate by what was chosen for the other names."""
    if entry.kind in ("country", "region", "water"):
        return []
    found = []
    close, wide = chosen.near(name, entry)
    if close:
        found += [("near-60", 1.0), ("near-60-many", min(3.0, math.log2(close + 1)))]
    if wide:
        found += [("near-200", 1.0), ("near-200-many", min(3.0, math.log2(wide + 1)))]
    same = chosen.in_unit(name, entry)
    if same:
        found += [("unit-chosen", 1.0), ("unit-share", same)]
    same = chosen.in_country(name, entry)
    if same:
        found += [("country-chosen", 1.0), ("country-share", same)]
    return found


class Votes:
    """How much the other names of a document could lie in a unit or a country, before anything is chosen."""

    def __init__(self, names: Sequence[Name], scene: Scene) -> None:
        self._units: dict[int, float] = {}
        self._countries: dict[str, float] = {}
        self._own: dict[str, tuple[dict[int, float], dict[str, float]]] = {}
        for name in names:
            units: dict[int, float] = {}
            countries: dict[str, float] = {}
            pool = candidates(name, scene)
            share = 1 / max(1, len(pool))
            for entry in pool:
                if entry.kind == "country":
                    continue
                if entry.admin1_number >= 0:
                    units[entry.admin1_number] = units.get(entry.admin1_number, 0.0) + share
                if entry.country:
                    countries[entry.country] = countries.get(entry.country, 0.0) + share
            self._own[name.key] = units, countries
            for number, share in units.items():
                self._units[number] = self._units.get(number, 0.0) + share
            for country, share in countries.items():
                self._countries[country] = self._countries.get(country, 0.0) + share

    def unit_votes(self, name: Name, entry: GazetteerEntry) -> float:
        return self._units.get(entry.admin1_number, 0.0) - self._own[name.key][0].get(entry.admin1_number, 0.0)

    def country_votes(self, name: Name, entry: GazetteerEntry) -> float:
        if entry.kind == "country" or not entry.country:
            return 0.0
        return self._countries.get(entry.country, 0.0) - self._own[name.key][1].get(entry.country, 0.0)


class Chosen:
    """The places chosen in the first round, by cell of a grid, unit and country."""

    def __init__(self, picks: Mapping[str, GazetteerEntry]) -> None:
        self._picks = picks
        self._cells: dict[tuple[int, int], list[tuple[str, GazetteerEntry]]] = {}
        self._units: Counter[int] = Counter()
        self._countries: Counter[str] = Counter()
        self._total = 0
        for key, entry in picks.items():
            if entry.kind in ("country", "region", "water"):
                continue
            self._total += 1
            self._units[entry.admin1_number] += 1
            self._countries[entry.country or ""] += 1
            cell = self._cells.setdefault(self._cell(entry), [])
            if entry.kind not in ("admin1", "area") and len(cell) < _CROWD:
                cell.append((key, entry))

    @staticmethod
    def _cell(entry: GazetteerEntry) -> tuple[int, int]:
        return int(entry.lat // 2), int(entry.lon // 3)

    def near(self, name: Name, entry: GazetteerEntry) -> tuple[int, int]:
        """How many other names were placed within 60 km and within 200 km."""
        close = wide = 0
        y, x = self._cell(entry)
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                for key, other in self._cells.get((y + dy, x + dx), ()):
                    if key != name.key and near(entry, other, 200):
                        wide += 1
                        close += near(entry, other, 60)
        return close, wide

    def in_unit(self, name: Name, entry: GazetteerEntry) -> float:
        """The share of the other names that were placed in the candidate's first-order unit."""
        own = self._picks.get(name.key)
        if entry.admin1_number < 0:
            return 0.0
        mine = (
            own is not None
            and own.admin1_number == entry.admin1_number
            and own.kind not in ("country", "region", "water")
        )
        return (self._units[entry.admin1_number] - mine) / max(1, self._total - (own is not None))

    def in_country(self, name: Name, entry: GazetteerEntry) -> float:
        """The share of the other names that were placed in the candidate's country."""
        own = self._picks.get(name.key)
        mine = own is not None and own.country == entry.country and own.kind not in ("country", "region", "water")
        return (self._countries[entry.country or ""] - mine) / max(1, self._total - (own is not None))


def scored(pairs: Sequence[tuple[str, float]], weights: Mapping[str, float]) -> float:
    """The sum of value × weight; a feature without a weight counts nothing."""
    return sum(value * weights.get(feature, 0.0) for feature, value in pairs)


def choose(
    names: Sequence[Name], scene: Scene, first: Mapping[str, float], second: Mapping[str, float], margin: float
) -> dict[str, GazetteerEntry | None]:
    """A place for each name, or None where two far apart come out nearly equal.

    Two rounds: each name by itself and the document, then again with what was chosen for the others.
    """
    votes = Votes(names, scene)
    pools = {name.key: candidates(name, scene) for name in names}
    told = {name.key: [first_features(name, entry, scene, votes) for entry in pools[name.key]] for name in names}
    picks: dict[str, GazetteerEntry] = {}
    for name in names:
        scores = [scored(pairs, first) for pairs in told[name.key]]
        if scores:
            picks[name.key] = pools[name.key][scores.index(max(scores))]
    chosen = Chosen(picks)
    result: dict[str, GazetteerEntry | None] = {}
    for name in names:
        pool = pools[name.key]
        scores = [
            scored(pairs, second) + scored(second_features(name, entry, chosen), second)
            for pairs, entry in zip(told[name.key], pool, strict=True)
        ]
        result[name.key] = _settled(pool, scores, margin)
    return result


def _settled(pool: Sequence[GazetteerEntry], scores: Sequence[float], margin: float) -> GazetteerEntry | None:
    if not pool:
        return None
    best = scores.index(max(scores))
    for entry, score in zip(pool, scores, strict=True):
        if entry is not pool[best] and scores[best] - score < margin and not near(entry, pool[best], 161):
            return None
    return pool[best]
