"""Incidents as a CSV with hashtags of the Humanitarian Exchange Language (HXL) in its second row.

The tags are those with which HDX publishes UCDP's events, and more for the other counts. Left out: who says what
(``#meta+disputed`` says that figures differ), every value but the chosen one, spans, labels, weapons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dateline.core import Incident, Reading
from dateline.exports.cells import Cell, line, listed
from dateline.exports.phrases import clean
from dateline.exports.sides import sides
from dateline.knowledge.country_codes import country_codes

_TOLL = ("injured", "missing", "abducted", "detained", "displaced", "evacuated")
TAGS = {
    "incident_id": "#event+id",
    "type": "#event+type",
    "mode": "#event+mode",
    "summary": "#description",
    "date_start": "#date+start",
    "date_end": "#date+end",
    "date_precision": "#meta+precision+date",
    "country": "#country+name",
    "country_code": "#country+code",
    "region": "#region+name",
    "admin1": "#adm1+name",
    "place": "#loc+name",
    "place_precision": "#meta+precision+loc",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "radius_km": "#meta+precision+km",
    "actors": "#group+name+first",
    "others": "#group+name+second",
    "killed_best": "#affected+killed",  # first of the three, for it is what a reader of "#affected+killed" finds
    "killed_low": "#affected+killed+low",
    "killed_high": "#affected+killed+high",
    **{what: f"#affected+{what}" for what in _TOLL},
    "sources": "#meta+source",
    "urls": "#meta+url",
    "origins": "#meta+origins",
    "disputed": "#meta+disputed",
    "reported": "#date+reported",
}


def write_hxl(incidents: Sequence[Incident], readings: Mapping[str, Reading]) -> Iterator[str]:
    """A row of names, a row of hashtags, then one row an incident, in the order given."""
    yield line(tuple(TAGS))
    yield line(tuple(TAGS.values()))
    for incident in incidents:
        row = _row(incident, readings)
        yield line([row[column] for column in TAGS])


def _row(incident: Incident, readings: Mapping[str, Reading]) -> dict[str, Cell]:
    time, place, found = incident.time, incident.place, sides(incident)
    codes = country_codes(place.country) if place else None
    killed = incident.counts.get("killed")
    documents = [reading.document for name in incident.documents if (reading := readings.get(name))]
    toll = {what: incident.counts[what].best if what in incident.counts else None for what in _TOLL}
    return {
        "incident_id": incident.id,
        "type": incident.type,
        "mode": incident.mode,
        "summary": clean(incident.summary),
        "date_start": (time.earliest or "")[:10] if time else None,
        "date_end": (time.latest or "")[:10] if time else None,
        "date_precision": time.precision if time else None,
        "country": codes.name if codes else place.country if place else None,
        "country_code": codes.iso3 if codes else None,
        "region": codes.ucdp_region if codes else None,
        "admin1": clean(place.admin1 or "") if place else None,
        "place": clean(place.name) if place else None,
        "place_precision": place.precision if place else None,
        "latitude": round(place.lat, 6) if place else None,
        "longitude": round(place.lon, 6) if place else None,
        "radius_km": place.radius_km if place else None,
        "actors": listed(side.name for side in found.actors),
        "others": listed(side.name for side in found.others),
        "killed_low": killed.low if killed else None,
        "killed_best": killed.best if killed else None,
        "killed_high": killed.high if killed else None,
        **toll,
        "sources": listed(dict.fromkeys(d.outlet or d.id for d in documents) or incident.documents),
        "urls": listed((d.url for d in documents if (d.url or "").startswith(("http://", "https://"))), " "),
        "origins": incident.origins,
        "disputed": listed(dict.fromkeys(each.field for each in incident.disagreements)),
        "reported": min(((d.published or "")[:10] for d in documents if d.published), default=None),
    }
