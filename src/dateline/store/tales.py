"""What each telling says, out of the tables for queries: as an incident that it alone tells."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Sequence

from dateline import codec
from dateline.core import EventTime, Incident, IncidentCount, IncidentPlace, Party, Telling, content_id
from dateline.store.retelling import told_once
from dateline.store.splicing import Key

_QUERY = """SELECT e.number, e.document, e.id, e.type, e.mode, e.earliest, e.latest, e.precision, e.place, e.country,
    e.admin1, e.lat, e.lon, e.voices FROM json_each(?) k
    JOIN events e ON e.document = k.value ->> 0 AND e.id = k.value ->> 1"""
_OF_EVENT = "WHERE event IN (SELECT value FROM json_each(?)) ORDER BY rowid"


def tales_of(db: sqlite3.Connection, keys: Sequence[Key]) -> dict[Key, Incident]:
    """The tellings of these keys, as they were read. Places have no radius, figures and parties no claims."""
    if not keys:
        return {}
    rows = db.execute(_QUERY, (json.dumps(keys),)).fetchall()
    asked = (json.dumps([row[0] for row in rows]),)
    counts: dict[int, dict[str, IncidentCount]] = {}
    for event, what, low, best, high in db.execute(
        f"SELECT event, what, low, best, high FROM event_counts {_OF_EVENT}", asked
    ):
        counts.setdefault(event, {}).setdefault(what, IncidentCount(low, best, high, "read", ()))
    parties: dict[int, dict[Party, None]] = {}
    for event, role, words, name, actor in db.execute(
        f"SELECT event, role, words, name, actor FROM event_arguments {_OF_EVENT}", asked
    ):
        called = name or words
        party = {"role": role, "entity": actor or content_id("n", called), "name": called}
        parties.setdefault(event, {})[codec.from_dict(Party, party)] = None
    out = {}
    for number, document, id, kind, mode, first, last, precision, place, country, admin1, lat, lon, voices in rows:
        bare = told_once(kind, mode, Telling(document, id, tuple(json.loads(voices))))
        there = place and lat is not None
        time = {"earliest": first, "latest": last, "precision": precision}
        out[document, id] = dataclasses.replace(
            bare,
            time=codec.from_dict(EventTime, time) if first or last else None,
            place=IncidentPlace(place, lat, lon, country, admin1, 0.0, "unknown") if there else None,
            counts=counts.get(number, {}),
            parties=tuple(parties.get(number, ())),
        )
    return out
