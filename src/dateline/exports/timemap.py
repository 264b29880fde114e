"""Incidents as the three files that a TimeMap site (Forensic Architecture, Bellingcat) serves as they are.

``events.json``, ``sources.json`` and ``associations.json``; every value of an event is a string, as the site's own
checks ask. Left out: counts and disagreements as data (they stand in words in ``description``), voices, spans, labels,
the end of an interval (``date`` is the first possible day), incidents without a date (the site drops them).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dateline.core import Incident, Reading
from dateline.exports.phrases import clean
from dateline.exports.tally import IncidentView, incident_views, place_name


def write_timemap(incidents: Sequence[Incident], readings: Mapping[str, Reading]) -> Iterator[tuple[str, bytes]]:
    """The files by name. Dates are in the site's usual form, month/day/year."""
    shown = [view for view in incident_views(incidents, readings) if _date(view.incident)]
    documents = dict.fromkeys(name for view in shown for name in view.incident.documents)
    kinds = dict.fromkeys((view.incident.type, view.kind) for view in shown)
    yield "events.json", _json([_event(view) for view in shown])
    yield "sources.json", _json({name: _source(name, readings.get(name)) for name in documents})
    yield "associations.json", _json([_association(type, kind) for type, kind in kinds])


def _event(view: IncidentView) -> dict[str, Any]:
    incident = view.incident
    place, time = incident.place, incident.time
    exact = bool(time and time.precision in ("minute", "hour") and time.earliest)
    return {
        "id": incident.id,
        "description": _description(view),
        "date": _date(incident),
        "time": str(time.earliest)[11:16] if exact and time else "",
        "time_precision": time.precision if time else "",
        "location": place_name(incident),
        "latitude": str(round(place.lat, 6)) if place else "",
        "longitude": str(round(place.lon, 6)) if place else "",
        "type": incident.type,
        "category": view.kind,
        "associations": [_key(incident.type, view.kind)],
        "sources": list(incident.documents),
        "comments": "",
        "time_display": view.when,
    }


def _description(view: IncidentView) -> str:
    toll = "; ".join(f"{count.what}: {count.figure}" for count in view.counts)
    disputes = [
        f"{dispute.field}: " + " / ".join(f"{value} ({', '.join(who)})" for value, who in dispute.sides)
        for dispute in view.disputes
    ]
    told = [view.heading, toll, *(f"Disputed: {each}" for each in disputes)]
    return ". ".join(part for part in told if part)


def _date(incident: Incident) -> str:
    time = incident.time
    day = (time.earliest or time.latest or "")[:10] if time else ""
    parts = day.split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return ""
    return f"{int(parts[1])}/{int(parts[2])}/{parts[0]}"


def _source(name: str, reading: Reading | None) -> dict[str, Any]:
    document = reading.document if reading else None
    url = (document.url or "") if document else ""
    safe = url if url.startswith(("http://", "https://")) else ""
    return {
        "id": name,
        "title": clean(document.title or name) if document else name,
        "thumbnail": "",
        "paths": [safe] if safe else [],
        "type": "Article",
        "affil_s": [clean(document.outlet)] if document and document.outlet else [],
        "url": safe,
        "description": "",
        "date": (document.published or "")[:10] if document else "",
    }


def _association(type: str, kind: str) -> dict[str, Any]:
    return {
        "id": _key(type, kind),
        "title": kind,
        "desc": "",
        "mode": "CATEGORY",
        "filter_paths": [type] if kind == type else [type, kind],
    }


def _key(type: str, kind: str) -> str:
    return f"{type}:{kind}"


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
