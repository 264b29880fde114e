"""Incidents as FollowTheMoney entities (Aleph, OpenSanctions), one JSON object a line.

An ``Event`` an incident, an ``Address`` for its place, an ``Article`` a document, a person or body for each party that
has a name, and an ``UnknownLink`` with the role between the two, told as the claim of those who say so. The entities
follow the library's schema tables (4.11) and need no library. Left out: parties without a name ("gunmen", "a market"),
figures as data (they stand in words in ``description``), single claims, spans, whole texts, precision of time and
place but for the radius in words; the dates of claims; statements.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dateline.core import Document, Incident, Party, Reading
from dateline.core.ids import sha256
from dateline.exports.linked_data import web_address
from dateline.exports.phrases import clean
from dateline.exports.tally import IncidentView, incident_views, place_name
from dateline.knowledge.actors import registry
from dateline.knowledge.common_words import is_common

_STATE = ("GOV", "MIL", "COP", "SPY", "JUD", "LEG")
_SCHEMAS = {
    "person": "Person",
    "organisation": "Organization",
    "group": "Organization",
    "government": "PublicBody",
    "force": "PublicBody",
}
Entity = dict[str, Any]


def write_ftm(incidents: Sequence[Incident], readings: Mapping[str, Reading]) -> Iterator[str]:
    """The entities, each once, what is referred to before what refers to it."""
    told: set[str] = set()
    for view in incident_views(incidents, readings):
        for entity in _entities(view, readings):
            if entity["id"] not in told:
                told.add(entity["id"])
                yield json.dumps(entity, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8") + "\n"


def _entities(view: IncidentView, readings: Mapping[str, Reading]) -> Iterator[Entity]:
    incident = view.incident
    documents = [reading.document for name in incident.documents if (reading := readings.get(name))]
    yield from (_article(document) for document in documents)
    address = _address(incident)
    if address:
        yield address
    named = [(party, entity) for party in incident.parties if (entity := _party(party))]
    yield from (entity for _, entity in named)
    event = _event(view, documents, address["id"] if address else None, [entity["id"] for _, entity in named])
    yield event
    yield from (_link(party, entity["id"], event["id"]) for party, entity in named)


def _event(view: IncidentView, documents: list[Document], address: str | None, involved: list[str]) -> Entity:
    incident = view.incident
    place, time = incident.place, incident.time
    first, last = (_day(time.earliest), _day(time.latest)) if time else (None, None)
    toll = [f"{count.what}: {count.figure}" for count in view.counts]
    toll += [
        f"disputed: {dispute.field}: " + " / ".join(f"{value} ({', '.join(who)})" for value, who in dispute.sides)
        for dispute in view.disputes
    ]
    toll += [f"place known to {place.radius_km:g} km"] if place else []
    return _entity(
        _key("event", incident.id),
        "Event",
        name=[view.heading or view.kind],
        summary=[clean(incident.summary)],
        description=["; ".join(toll)],
        date=[first if first == last else None],
        startDate=[first],
        endDate=[last],
        location=[place_name(incident)],
        addressEntity=[address],
        country=[place.country.lower() if place and place.country else None],
        involved=dict.fromkeys(involved),
        proof=[_key("document", document.id) for document in documents],
        sourceUrl=[web_address(document.url) for document in documents],
        publisher=[clean(document.outlet or "") for document in documents],
        recordId=[incident.id],
        keywords=[incident.type, incident.mode],
    )


def _article(document: Document) -> Entity:
    return _entity(
        _key("document", document.id),
        "Article",
        fileName=[clean(document.id)],
        title=[clean(document.title or "")],
        publishedAt=[_day(document.published)],
        sourceUrl=[web_address(document.url)],
        publisher=[clean(document.outlet or "")],
        author=[clean(document.byline or "")],
    )


def _address(incident: Incident) -> Entity | None:
    place = incident.place
    if place is None:
        return None
    id = _key("address", place.name, place.lat, place.lon)
    town = place.precision in ("city", "town", "district")
    return _entity(
        id,
        "Address",
        full=[place_name(incident)],
        city=[clean(place.name) if town else None],
        state=[clean(place.admin1 or "")],
        country=[place.country.lower() if place.country else None],
        latitude=[str(round(place.lat, 6))],
        longitude=[str(round(place.lon, 6))],
    )


def _party(party: Party) -> Entity | None:
    """The party as an entity; None where it is a thing, or people who are only described."""
    actor = registry().get(party.entity)
    name = clean(actor.name if actor else party.name)
    kind = actor.kind if actor else party.kind
    named = actor is not None or _is_name(name)
    if kind not in _SCHEMAS or not named or not name:
        return None
    state = actor is not None and actor.sector in _STATE and kind != "person"
    schema = "PublicBody" if state else "Organization" if actor and kind == "force" else _SCHEMAS[kind]
    return _entity(
        _key("party", party.entity),
        schema,
        name=[name],
        alias=actor.aliases if actor else (),
        country=[actor.country.lower() if actor and actor.country else None],
    )


def _is_name(words: str) -> bool:
    """Whether a word is written large, the first one only where it is no ordinary word ("Our forces").

    >>> _is_name("Red Banner Front"), _is_name("The gunmen")
    (True, False)
    """
    first, _, rest = words.partition(" ")
    return any(word[:1].isupper() for word in rest.split()) or (first[:1].isupper() and not is_common(first.lower()))


def _link(party: Party, entity: str, event: str) -> Entity:
    """The party's role, as said by those who say so."""
    who = ", ".join(dict.fromkeys(clean(claim.origin) for claim in party.claims))
    return _entity(
        _key("link", entity, event, party.role),
        "UnknownLink",
        subject=[entity],
        object=[event],
        role=[party.role],
        summary=[f"according to {who}" if who else None],
    )


def _entity(id: str, schema: str, **properties: Iterable[str | None]) -> Entity:
    kept = {name: list(dict.fromkeys(v for v in values if v)) for name, values in properties.items()}
    return {"id": id, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _key(kind: str, *parts: object) -> str:
    """An id by the library's rules: plain letters and digits alone.

    >>> _key("event", "i1") == _key("event", "i1"), _key("event", "i 1")[:15]
    (True, 'dateline-event-')
    """
    return f"dateline-{kind}-" + sha256("\x1f".join(map(str, parts)))[:24]


def _day(iso: str | None) -> str | None:
    try:
        return datetime.date.fromisoformat((iso or "")[:10]).isoformat()
    except ValueError:
        return None
