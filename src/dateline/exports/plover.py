"""Tellings, or incidents, as PLOVER's JSON records, one a line (fields of the manual's 0.8 draft).

``date``, ``actor`` and ``event`` are always there; where nobody is said to act, ``actor`` is the empty list and
``comment`` says so. Left out: events without any date, and of no coded type; chains of voices but the last; ranges of
figures (``size`` has the best one, else the lowest) and counts but the dead, injured and detained; things that were
hit; contexts, sentences and story texts; of incidents every claim but the chosen one.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dateline.core import Entity, Event, EventTime, Incident, Mention, Party, Place, Reading, cover
from dateline.core.event import UNTYPED
from dateline.core.version import __version__
from dateline.exports.linked_data import web_address
from dateline.exports.phrases import clean
from dateline.knowledge.actors import registry
from dateline.knowledge.country_codes import country_codes
from dateline.knowledge.ontology import QUADS, ontology

CODEBOOK = "PLOVER 0.8 draft"
_AFFECTED = ("recipient", "victim", "target")
_SIZES = {"dead": "killed", "injured": "injured", "arrested": "detained"}
_AUXILIARY = {
    "planned": "future",
    "threatened": "future",
    "hypothetical": "hypothetical",
    "generic": "hypothetical",
    "negated": "negation",
    "denied": "negation",
}
_RESOLUTION = {"country": 1, "region": 2, "admin1": 2, "admin2": 3, "city": 4, "town": 4, "district": 5, "facility": 5}
_ACTING = ("person", "people", "organisation", "group", "government", "force")
Json = dict[str, Any]


def write_plover(readings: Iterable[Reading]) -> Iterator[str]:
    """One record a telling."""
    for reading in readings:
        for event in reading.events:
            if event.type != UNTYPED and (day := _date(event.time) or _day(reading.document.published)):
                yield _line(_telling(reading, event, day))


def write_plover_incidents(incidents: Sequence[Incident], readings: Mapping[str, Reading]) -> Iterator[str]:
    """One record an incident, its id in ``link`` too."""
    for incident in incidents:
        if day := _date(incident.time):
            yield _line(_happening(incident, day, readings))


def _telling(reading: Reading, event: Event, day: str) -> Json:
    document = reading.document
    mentions = {mention.id: mention for mention in reading.mentions}
    entities = {entity.id: entity for entity in reading.entities}
    found = [(each.role, mentions[each.mention]) for each in event.arguments if each.mention in mentions]
    found = [(role, mention) for role, mention in found if mention.kind in _ACTING]
    actors = [_entity(m, entities.get(m.entity or ""), document.text) for role, m in found if role == "actor"]
    others = [_entity(m, entities.get(m.entity or ""), document.text) for role, m in found if role in _AFFECTED]
    voice = next((voice.name for voice in reading.voices if voice.id == event.voice), "")
    spoken = cover((event.trigger, *event.evidence))
    auxiliary = ["historical"] if event.background else []
    auxiliary += [_AUXILIARY[event.status]] if event.status in _AUXILIARY else []
    counts: dict[str, int] = {c.what: c.low if c.best is None else c.best for c in reversed(event.counts)}
    remarks = [event.status, event.certainty, f"told by {clean(voice)}" if voice else ""]
    remarks += ["" if _date(event.time) else "date of publication", "" if actors else "no actor told"]
    place = next((p for p in reading.places if event.place and p.id == event.place.place), None)
    words = event.place.span.of(document.text) if event.place and event.place.span else None
    told = {
        "id": f"{document.id}:{event.id}",
        "has_event": True,
        **_dates(event.time, day),
        "actor": actors,
        "recipient": others,
        **_kind(event.type, event.mode, auxiliary),
        "event_loc": _location(place, words),
        "event_text": [clean(event.trigger.of(document.text))],
        "size": _size(counts),
        "text_info": {"start": spoken.start, "end": spoken.end},
        "cite_info": _citation([reading]),
        "comment": "; ".join(remark for remark in remarks if remark),
    }
    return _known(told)


def _happening(incident: Incident, day: str, readings: Mapping[str, Reading]) -> Json:
    sides = [party for party in incident.parties if party.kind in _ACTING or party.kind is None]
    actors = [_party(party) for party in sides if party.role == "actor"]
    counts = {what: count.low if count.best is None else count.best for what, count in incident.counts.items()}
    where = incident.place
    place = (
        Place("", where.name, "area", where.lat, where.lon, where.country, where.admin1, None, where.radius_km)
        if where
        else None
    )
    disputed = ", ".join(clean(each.field) for each in incident.disagreements)
    remarks = ["" if actors else "no actor told", f"disputed: {disputed}" if disputed else ""]
    told = {
        "id": incident.id,
        "has_event": True,
        **_dates(incident.time, day),
        "actor": actors,
        "recipient": [_party(party) for party in sides if party.role in _AFFECTED],
        **_kind(incident.type, incident.mode, []),
        "event_loc": _location(place, None, where.precision if where else ""),
        "event_text": [clean(incident.summary)] if clean(incident.summary) else [],
        "size": _size(counts),
        "link": incident.id,
        "cite_info": _citation([readings[name] for name in incident.documents if name in readings]),
        "comment": "; ".join(remark for remark in remarks if remark),
    }
    return _known(told)


def _entity(mention: Mention, entity: Entity | None, text: str) -> Json:
    codes = country_codes(entity.country) if entity else None
    return _known(
        {
            "code": codes.iso3 if codes else None,
            "sector": entity.sector if entity else None,
            "entity_text": clean(mention.span.of(text)),
            "identifier_text": clean(entity.name) if entity else None,
        }
    )


def _party(party: Party) -> Json:
    actor = registry().get(party.entity)
    codes = country_codes(actor.country) if actor else None
    told = {"code": codes.iso3 if codes else None, "sector": actor.sector if actor else None}
    return _known(told | {"entity_text": clean(party.name), "identifier_text": actor.name if actor else None})


def _kind(type: str, mode: str | None, auxiliary: list[str]) -> Json:
    known = ontology().types
    quad = ontology().entry(type, None).quad if type in known else ""
    modes = [*([mode] if mode else []), *dict.fromkeys(auxiliary)]
    return {"event": [type], "quad_code": QUADS.index(quad) + 1 if quad in QUADS else None, "mode": modes}


def _location(place: Place | None, words: str | None, precision: str = "") -> Json:
    """The place, resolved or only its words; a country and a coarse unit are said to be so in ``resolution``."""
    if place is None:
        return _known({"extracted_place": clean(words) if words else None})
    codes = country_codes(place.country)
    return _known(
        {
            "extracted_place": clean(words) if words else None,
            "resolved_place": clean(place.name),
            "geonameid": place.geonames,
            "lat": place.lat,
            "lon": place.lon,
            "province": clean(place.admin1 or ""),
            "country": codes.name if codes else None,
            "country_code": codes.iso3 if codes else None,
            "resolution": _RESOLUTION.get(precision or place.kind),
        }
    )


def _citation(readings: Sequence[Reading]) -> Json:
    """What the record rests on; of several documents the lists stand with ``;`` in the fields."""
    documents = [reading.document for reading in readings]

    def all_of(values: Iterable[str | None]) -> str:
        return ";".join(dict.fromkeys(clean(value).replace(";", ",") for value in values if value))

    return _known(
        {
            "citation": all_of(d.id for d in documents),
            "url": all_of(web_address(d.url) for d in documents),
            "title": all_of(d.title for d in documents),
            "language": all_of(d.language for d in documents),
            "publication": all_of(d.outlet for d in documents),
            "coder": f"dateline {__version__}",
            "codebook": CODEBOOK,
        }
    )


def _size(counts: Mapping[str, int]) -> Json:
    return {name: counts[what] for name, what in _SIZES.items() if what in counts}


def _dates(time: EventTime | None, day: str) -> Json:
    if time is None:
        return {"date": day}
    clock = (time.earliest or "")[11:19] if time.precision in ("minute", "hour") else None
    last = _day(time.latest)
    return {"date": day, "time": clock, "enddate": last if last != day else None}


def _date(time: EventTime | None) -> str | None:
    return (_day(time.earliest) or _day(time.latest)) if time else None


def _day(iso: str | None) -> str | None:
    """The day of an ISO date or date-time, None of anything else."""
    try:
        return datetime.date.fromisoformat((iso or "")[:10]).isoformat()
    except ValueError:
        return None


def _known(told: Json) -> Json:
    """Without the fields that say nothing; the list of actors must be there."""
    return {
        key: value for key, value in told.items() if value not in (None, "", {}) and (value != [] or key == "actor")
    }


def _line(record: Json) -> str:
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8") + "\n"
