"""Incidents as a GeoJSON FeatureCollection (RFC 7946) for maps.

Left out: the claims with their quotes and spans (the chosen figures and the disputed values stay),
and labels. An incident whose place is not known keeps its row with ``geometry`` null; a point is
the centre of a circle of ``radius_m`` in which the place lies.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dateline.core import Incident, Reading
from dateline.exports.phrases import clean
from dateline.exports.tally import claim_words


def write_geojson(incidents: Sequence[Incident], readings: Mapping[str, Reading]) -> Iterator[str]:
    """The collection, one feature a line; positions are (longitude, latitude) in WGS 84."""
    yield '{"type":"FeatureCollection","features":['
    for number, incident in enumerate(incidents):
        feature = json.dumps(_feature(incident), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        yield (",\n" if number else "\n") + feature
    yield "\n]}\n"


def _feature(incident: Incident) -> dict[str, Any]:
    place = incident.place
    point = {"type": "Point", "coordinates": [round(place.lon, 6), round(place.lat, 6)]} if place else None
    return {"type": "Feature", "id": incident.id, "geometry": point, "properties": _properties(incident)}


def _properties(incident: Incident) -> dict[str, Any]:
    time, place = incident.time, incident.place
    properties: dict[str, Any] = {
        "incident_id": incident.id,
        "type": incident.type,
        "mode": incident.mode,
        "summary": clean(incident.summary),
        "date_start": time.earliest if time else None,
        "date_end": time.latest if time else None,
        "date_prec": time.precision if time else None,
        "place": place.name if place else None,
        "admin1": place.admin1 if place else None,
        "country": place.country if place else None,
        "where_prec": place.precision if place else None,
        "radius_m": round(place.radius_km * 1000) if place else None,
    }
    for what in dict.fromkeys(("killed", "injured", *incident.counts)):
        count = incident.counts.get(what)
        properties[f"{what}_low"] = count.low if count else None
        properties[f"{what}_best"] = count.best if count else None
        properties[f"{what}_high"] = count.high if count else None
    for role in dict.fromkeys(("actor", "recipient", *(party.role for party in incident.parties))):
        properties[role] = [party.name for party in incident.parties if party.role == role]
    properties["documents"] = list(incident.documents)
    properties["origins"] = incident.origins
    properties["disagreements"] = [
        f"{each.field}: " + " / ".join(f"{claim_words(claim)} ({clean(claim.origin)})" for claim in each.values)
        for each in incident.disagreements
    ]
    return properties
