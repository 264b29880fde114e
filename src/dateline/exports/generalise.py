"""Incidents made coarser for the safety of people on the ground, before any format writes them.

The place becomes its first-order unit, its second-order unit, or a half-degree cell of PRIO-GRID (55 km from north to
south and from west to east 55 km at the equator, 39 km at 45 degrees, 28 km at 60). Words that could tell a finer
place are taken out: quotes, titles, addresses on the web, the texts themselves, the names of documents, and every
name that is not surely harmless. What remains: dates, figures, the kinds of parties, the names of registered actors
and known outlets that do not hold the place's name, ids (hashes), and the positions of words in texts that are not in
the file. Who holds the public report can still find the place: this protects a list or a map, it does not undo a
publication.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal, cast, get_args

from dateline.core import (
    Claim,
    Disagreement,
    Document,
    Incident,
    IncidentLabel,
    IncidentPlace,
    Party,
    Reading,
    Telling,
)
from dateline.core.ids import content_id
from dateline.exports.tally import place_name
from dateline.exports.ucdp import priogrid
from dateline.knowledge.actors import registry
from dateline.knowledge.common_words import is_common
from dateline.knowledge.folding import fold
from dateline.knowledge.gazetteer import GazetteerEntry, gazetteer
from dateline.knowledge.outlets import publishers

Level = Literal["adm1", "adm2", "grid"]
LEVELS: tuple[str, ...] = get_args(Level)
WITHHELD = "withheld"
CELL_DEGREES = 0.5
_KM_PER_DEGREE = 111.32
_SITES = ("facility", "vehicle", "thing")
_UNITS = ("admin1", "admin2")
_REGION_KM = 100.0
_WORD = re.compile(r"[^\W_]+")
_POSITION = re.compile(r"\d\W+\d|\d{5}|[°′″]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.+Z-]*)?")


def level_of(name: str) -> Level:
    """A level by its name. Raises ValueError that lists them where it is none.

    >>> level_of("grid")
    'grid'
    """
    if name not in LEVELS:
        raise ValueError(f"--generalise {name}: choose {', '.join(LEVELS)}")
    return cast(Level, name)


def generalised(incident: Incident, level: Level) -> Incident:
    """The incident with a coarser place and no words that could tell a finer one.

    A place already as coarse as the level stays; one whose unit is not known rises to the next wider one that is.
    """
    place = coarser(incident.place, level) if incident.place else None
    words = _Words(incident.place, place)
    made = replace(
        incident,
        documents=tuple(hidden(name) for name in incident.documents),
        events=tuple(Telling(hidden(t.document), t.event, words.chain(t.voice)) for t in incident.events),
        place=place,
        parties=tuple(words.party(party) for party in incident.parties),
        counts={
            what: replace(count, claims=tuple(words.claim(claim) for claim in count.claims))
            for what, count in incident.counts.items()
        },
        disagreements=tuple(
            Disagreement(each.field, tuple(words.claim(claim) for claim in each.values))
            for each in incident.disagreements
            if each.field != "place"
        ),
        labels=tuple(
            IncidentLabel(words.entity(each.entity), words(each.text), words.chain(each.voice))
            for each in incident.labels
        ),
        summary="",
    )
    return replace(made, summary=_summary(made))


class GeneralisedReadings(Mapping[str, Reading]):
    """Of each document only the day and, where it is a known one, the outlet, under the hidden name."""

    def __init__(self, readings: Mapping[str, Reading]) -> None:
        self._readings = readings
        self._names = {hidden(name): name for name in readings}

    def __getitem__(self, name: str) -> Reading:
        return _bare(name, self._readings[self._names[name]].document)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def hidden(document: str) -> str:
    """The name under which a document goes: a hash, for its own name may tell the place.

    >>> hidden("kirkuk-market.txt") == hidden("kirkuk-market.txt"), "kirkuk" in hidden("kirkuk-market.txt")
    (True, False)
    """
    return content_id("d", document)


def coarser(place: IncidentPlace, level: Level) -> IncidentPlace | None:
    """The place at a level; None where not even its country is known and it is finer than the level.

    >>> tarsa = IncidentPlace("Samarra", 34.2, 43.87, "IQ", "Salah ad Din", 5.0, "city")
    >>> cell = coarser(tarsa, "grid")
    >>> cell.name, cell.lat, cell.lon, cell.radius_km
    ('PRIO-GRID cell 179008', 34.25, 43.75, 37.0)
    """
    if place.precision == "country" or (place.precision == "region" and place.radius_km >= _REGION_KM):
        return place
    if level == "grid":
        cell = _cell(place)
        return place if place.precision in _UNITS and place.radius_km >= cell.radius_km else cell
    if place.precision == "admin1" or (level == "adm2" and place.precision == "admin2"):
        return place
    return _unit(place) or _country(place)


def _cell(place: IncidentPlace) -> IncidentPlace:
    lat = min((math.floor(place.lat / CELL_DEGREES) + 0.5) * CELL_DEGREES, 90 - CELL_DEGREES / 2)
    lon = (math.floor(((place.lon + 180) % 360) / CELL_DEGREES) + 0.5) * CELL_DEGREES - 180
    half = CELL_DEGREES / 2 * _KM_PER_DEGREE
    radius = float(math.ceil(math.hypot(half, half * math.cos(math.radians(abs(lat) - CELL_DEGREES / 2)))))
    if place.precision not in _UNITS and place.radius_km >= radius:
        radius = round(place.radius_km + radius, 1)
    name = f"PRIO-GRID cell {priogrid(place.lat, place.lon)}"
    return replace(place, name=name, lat=lat, lon=lon, admin1=None, radius_km=radius, precision="area")


def _unit(place: IncidentPlace) -> IncidentPlace | None:
    """The first-order unit that the place names, by the gazetteer."""
    found = gazetteer().candidates(place.admin1) if place.admin1 and place.country else ()
    unit = next((e for e in found if e.kind == "admin1" and e.country == place.country), None)
    if unit is None:
        return None
    return _at(place, unit, "admin1")


def _country(place: IncidentPlace) -> IncidentPlace | None:
    entry = gazetteer().country(place.country) if place.country else None
    return _at(place, entry, "country") if entry else None


def _at(place: IncidentPlace, entry: GazetteerEntry, precision: str) -> IncidentPlace:
    return replace(
        place,
        name=entry.name,
        lat=entry.lat,
        lon=entry.lon,
        admin1=entry.name if precision == "admin1" else None,
        radius_km=max(entry.radius_km, place.radius_km),
        precision=precision,
    )


class _Words:
    """Which words may stay: ordinary ones in lower case, countries, registered actors, known outlets."""

    def __init__(self, place: IncidentPlace | None, coarse: IncidentPlace | None) -> None:
        names = {place.name, place.admin1 or ""} if place else set()
        kept = {coarse.name, coarse.admin1 or ""} if coarse else set()
        self._secret = {fold(name) for name in names - kept if name}

    def __call__(self, words: str) -> str:
        """The words where they are surely harmless, else ``withheld``."""
        return words if not self._told_by(words) and (_ordinary(words) or _named(words)) else WITHHELD

    def chain(self, voice: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self(name) for name in voice)

    def claim(self, claim: Claim) -> Claim:
        value = tuple(self(part) if isinstance(part, str) else part for part in claim.value)
        return replace(
            claim,
            value=value,
            voice=self.chain(claim.voice),
            origin=self(claim.origin),
            document=hidden(claim.document),
        )

    def party(self, party: Party) -> Party:
        entity = self.entity(party.entity)
        actor = registry().get(entity)
        name = actor.name if actor else self(party.name)
        claims = tuple(self.claim(claim) for claim in party.claims)
        if actor is None and (party.kind in _SITES or (party.kind is None and party.role == "target")):
            name = WITHHELD  # "the mill by the river" is a place in plain words
            claims = tuple(replace(claim, value=(WITHHELD,)) for claim in claims)
        return replace(party, name=(party.kind or name) if name == WITHHELD else name, entity=entity, claims=claims)

    def entity(self, key: str) -> str:
        """A registry key, hashed where it or its name tells the place; a hash stays as it is."""
        actor = registry().get(key)
        tells = actor is not None and (self._told_by(actor.name) or self._told_by(key.replace("-", " ")))
        return content_id("n", key) if tells else key

    def _told_by(self, words: str) -> bool:
        folded = f" {fold(words)} "
        return any(f" {name} " in folded for name in self._secret)


def _ordinary(words: str) -> bool:
    """Whether each word is a number, a country or its people, or an ordinary word in lower case."""
    if _DAY.fullmatch(words):
        return True
    if _POSITION.search(words):
        return False
    parts = _WORD.findall(words)
    return all(part.isdecimal() or _country_word(part) or (part.islower() and is_common(part)) for part in parts)


def _country_word(part: str) -> bool:
    if not part[:1].isupper():
        return False
    named = gazetteer().candidates(part)
    return gazetteer().demonym(part) is not None or any(e.kind == "country" and not e.alternate for e in named)


def _named(words: str) -> bool:
    return publishers().find(words) is not None or bool(registry().find(words))


def _bare(name: str, document: Document) -> Reading:
    outlet = document.outlet if document.outlet and publishers().find(document.outlet) else None
    bare = Document.of("", id=name, published=document.published, outlet=outlet, language=document.language)
    return Reading(bare, (), (), (), (), (), (), (), (), (), ())


def _summary(incident: Incident) -> str:
    """What, where, when and how many, from the coarse record alone."""
    head = f"{incident.type}/{incident.mode}" if incident.mode else incident.type
    where, time = place_name(incident), incident.time
    day = (time.earliest or time.latest or "")[:10] if time else ""
    toll = [f"{count.best} {what}" for what, count in incident.counts.items() if count.best]
    told = ", ".join(part for part in (f"{head} in {where}" if where else head, day) if part)
    return told + (f": {', '.join(toll)}" if toll else "")
