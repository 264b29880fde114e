"""An entry of the gazetteer as a place of the reading."""

from __future__ import annotations

from dateline.core import Place, content_id
from dateline.knowledge.gazetteer import GazetteerEntry


def place_of(entry: GazetteerEntry) -> Place:
    """The place; its id is the GeoNames number, or a hash of what the entry says."""
    own = content_id("l", entry.name, entry.kind, entry.lat, entry.lon)
    return Place(
        id=f"g{entry.geonames}" if entry.geonames else own,
        name=entry.name,
        kind=entry.kind,
        lat=entry.lat,
        lon=entry.lon,
        country=entry.country,
        admin1=entry.admin1,
        geonames=entry.geonames,
        radius_km=entry.radius_km,
    )
