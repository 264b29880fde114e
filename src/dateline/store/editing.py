"""Fields of an incident as a person sees and sets them: flat names and plain values."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Mapping

from dateline import codec
from dateline.core import EventTime, Incident, IncidentCount, IncidentPlace, Party, Scalar, content_id
from dateline.core.event import ArgumentRole, CountOf
from dateline.core.incident import BY_HAND

Values = Mapping[str, Scalar]
COUNTED: tuple[str, ...] = typing.get_args(CountOf)
ROLES: tuple[str, ...] = typing.get_args(ArgumentRole)
FIELDS: tuple[str, ...] = ("type", "mode", "time", "place", "summary", *COUNTED, *(f"party.{role}" for role in ROLES))
"""What can be edited: ``type``, ``mode``, ``summary`` take ``{"to": …}``; ``time`` ``{"earliest", "latest",
"precision"}``; ``place`` ``{"name", "lat", "lon", "country", "admin1", "radius_km", "precision"}``; a count ``{"low",
"best", "high"}``; ``party.ROLE`` ``{"entity", "name"}`` or ``{"remove": entity}``. ``{}`` empties the field."""


def told(incident: Incident, name: str) -> dict[str, Scalar]:
    """What a field holds now, in the form in which it is set. ValueError for a field that there is not."""
    if name in ("type", "mode", "summary"):
        return {"to": getattr(incident, name)}
    if name in ("time", "place"):
        held = getattr(incident, name)
        kept = _TIME if name == "time" else _PLACE
        return {key: value for key, value in codec.to_dict(held).items() if key in kept} if held else {}
    if name in COUNTED:
        count = incident.counts.get(name)
        return {"low": count.low, "best": count.best, "high": count.high} if count else {}
    if name.startswith("party.") and name in FIELDS:
        mine = [party for party in incident.parties if party.role == name.removeprefix("party.")]
        return {party.entity: party.name for party in mine}
    raise ValueError(f"{name}: no field that can be edited")


def edited(incident: Incident, name: str, value: Values) -> Incident:
    """The incident with a field set. ValueError that says what is wrong with the field or its value."""
    set_it = _SETTERS.get(name)
    if set_it is not None:
        return set_it(incident, value)
    if name in COUNTED:
        return _count(incident, name, value)
    if name.startswith("party.") and name in FIELDS:
        return _party(incident, name.removeprefix("party."), value)
    raise ValueError(f"{name}: no field that can be edited")


_TIME = ("earliest", "latest", "precision")
_PLACE = ("name", "lat", "lon", "country", "admin1", "radius_km", "precision")


def _type(incident: Incident, value: Values) -> Incident:
    return dataclasses.replace(incident, type=_words(value, "type"))


def _mode(incident: Incident, value: Values) -> Incident:
    return dataclasses.replace(incident, mode=_words(value, "mode") if value.get("to") else None)


def _summary(incident: Incident, value: Values) -> Incident:
    return dataclasses.replace(incident, summary=str(value.get("to") or ""))


def _words(value: Values, name: str) -> str:
    to = value.get("to")
    if not isinstance(to, str) or not to:
        raise ValueError(f"{name}: a value is needed")
    return to


def _time(incident: Incident, value: Values) -> Incident:
    if not value:
        return dataclasses.replace(incident, time=None)
    if value.keys() - set(_TIME):
        raise ValueError(f"time: only {', '.join(_TIME)}")
    time = codec.from_dict(EventTime, {"earliest": None, "latest": None, "precision": "day", **value})
    if time.earliest and time.latest and time.latest[: len(time.earliest)] < time.earliest[: len(time.latest)]:
        raise ValueError("time: it ends before it begins")
    return dataclasses.replace(incident, time=time)


def _place(incident: Incident, value: Values) -> Incident:
    if not value:
        return dataclasses.replace(incident, place=None)
    if value.keys() - set(_PLACE):
        raise ValueError(f"place: only {', '.join(_PLACE)}")
    bare = {"country": None, "admin1": None, "radius_km": 10.0, "precision": "city"}
    place = codec.from_dict(IncidentPlace, {**bare, **value})
    if not (-90 <= place.lat <= 90 and -180 <= place.lon <= 180):
        raise ValueError("place: no point on earth")
    return dataclasses.replace(incident, place=place)


def _count(incident: Incident, name: str, value: Values) -> Incident:
    counts = dict(incident.counts)
    held = counts.pop(name, None)
    if value:
        low, best, high = (value.get(key) for key in ("low", "best", "high"))
        for each in (low, best, high):
            if each is not None and (not isinstance(each, int) or isinstance(each, bool) or each < 0):
                raise ValueError(f"{name}: {each!r} is no number of people")
        known = [each for each in (low, best, high) if isinstance(each, int)]
        if not known or known != sorted(known):
            raise ValueError(f"{name}: low, best and high must rise")
        first, likely, last = known[0], best if isinstance(best, int) else None, high if isinstance(high, int) else None
        claims = held.claims if held else ()
        counts[name] = IncidentCount(first, likely, last, BY_HAND, claims)
    return dataclasses.replace(incident, counts=counts)


def _party(incident: Incident, role: str, value: Values) -> Incident:
    gone, name = value.get("remove"), value.get("name")
    kept = tuple(party for party in incident.parties if not (party.role == role and gone in (party.entity, True)))
    if name:
        entity = str(value.get("entity") or content_id("n", str(name)))
        known = any(party.role == role and party.entity == entity for party in kept)
        if not known:
            party = codec.from_dict(Party, {"role": role, "entity": entity, "name": str(name)})
            kept = (*kept, party)
    elif gone is None:
        kept = tuple(party for party in incident.parties if party.role != role)
    return dataclasses.replace(incident, parties=kept)


_SETTERS: Mapping[str, Callable[[Incident, Values], Incident]] = {
    "type": _type,
    "mode": _mode,
    "summary": _summary,
    "time": _time,
    "place": _place,
}
