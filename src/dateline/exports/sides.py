"""The sides of an incident as the coded datasets cut them: forces of states, other armed actors, civilians."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dateline.core import Incident, Party, Place, Reading
from dateline.exports.phrases import clean
from dateline.knowledge.actors import registry
from dateline.knowledge.agents import agents
from dateline.knowledge.near_words import says_near

Standing = Literal["state", "rebel", "militia", "armed", "demonstrator", "civilian", "other"]
_NEAR_KM = 50.0
_NUMBER = re.compile(r"#(\d+)")
ORGANISED = ("state", "rebel", "militia", "armed")
_SECTORS: dict[str, Standing] = {
    "GOV": "state",
    "MIL": "state",
    "COP": "state",
    "SPY": "state",
    "JUD": "state",
    "LEG": "state",
    "REB": "rebel",
    "PRM": "militia",
    "UAF": "armed",
    "CRM": "armed",
}
_KINDS: dict[str, Standing] = {
    "government": "state",
    "force": "state",
    "group": "armed",
    "person": "civilian",
    "people": "civilian",
}
_AFFECTED = ("recipient", "victim", "target")


@dataclass(frozen=True, slots=True)
class Side:
    """A party with its standing, the country of its registry entry, and its number in UCDP's list of actors.

    None where it has none; of several numbers that one name has there, none is chosen.
    """

    name: str
    standing: Standing
    country: str | None
    ucdp: int | None = None


@dataclass(frozen=True, slots=True)
class Sides:
    """Who acts and who is acted upon, each once, things and weapons left out, in the incident's order."""

    actors: tuple[Side, ...]
    others: tuple[Side, ...]


def sides(incident: Incident) -> Sides:
    """The sides of an incident; one that acts is not among the others again."""
    acting = _of(incident, ("actor",))
    names = {side.name for side in acting}
    return Sides(acting, tuple(side for side in _of(incident, _AFFECTED) if side.name not in names))


def coded_place(incident: Incident, near: bool) -> Place | None:
    """The incident's place as the precision codes ask for it; the area "near" a point is that point."""
    place = incident.place
    if place is None:
        return None
    kind: object = "town" if near and place.precision == "area" and place.radius_km <= _NEAR_KM else place.precision
    return Place("", place.name, kind, place.lat, place.lon, place.country, place.admin1, None, place.radius_km)  # type: ignore[arg-type]


def told_near(incident: Incident, readings: dict[str, Reading]) -> bool:
    """Whether every telling whose words are at hand puts it near the named place, none in it."""
    found: list[bool] = []
    for telling in incident.events:
        reading = readings.get(telling.document)
        event = next((e for e in reading.events if e.id == telling.event), None) if reading else None
        if reading and event and event.place and event.place.span:
            found.append(says_near(reading.document.text, event.place.span.start))
    return bool(found) and all(found)


def told_together(incident: Incident, readings: dict[str, Reading]) -> bool:
    """Whether a telling sums up several happenings."""
    events = {(t.document, t.event) for t in incident.events}
    return any(e.aggregate for name, r in readings.items() for e in r.events if (name, e.id) in events)


def _of(incident: Incident, roles: tuple[str, ...]) -> tuple[Side, ...]:
    found: dict[str, Side] = {}
    for party in incident.parties:
        if party.role in roles and (name := clean(party.name)) and _takes_part(party):
            actor = registry().get(party.entity)
            country, number = (actor.country, _ucdp(actor.source)) if actor else (None, None)
            found.setdefault(name, Side(name, _standing(party), country, number))
    return tuple(found.values())


def _ucdp(source: str) -> int | None:
    """The number of an actor in the UCDP Actor Dataset, as the registry's sources tell it."""
    _, named, numbers = source.partition("UCDP Actor Dataset")
    found = _NUMBER.findall(numbers) if named else []
    return int(found[0]) if len(found) == 1 else None


def _takes_part(party: Party) -> bool:
    """People and bodies do, things and weapons do not; of a victim nothing more need be known."""
    unknown = party.kind is None and party.role == "victim"
    return unknown or party.kind in (*_KINDS, "organisation") or registry().get(party.entity) is not None


def _standing(party: Party) -> Standing:
    actor = registry().get(party.entity)
    if actor is not None:
        return _SECTORS.get(actor.sector or "", "other")
    noun = next((row for word in reversed(party.name.split()) if (row := agents().get(word))), None)
    if noun is not None and noun.sector == "OPP" and party.kind in ("person", "people"):
        return "demonstrator"
    if noun is not None and (noun.armed or noun.sector in ("MIL", "COP")):
        return _SECTORS.get(noun.sector, "armed")
    return _KINDS.get(party.kind or "people", "other")
