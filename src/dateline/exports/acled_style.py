"""Incidents in columns named and ordered as ACLED's 31. This is not ACLED data and was not coded by ACLED.

Only incidents with an ACLED sub-event type are written. Left out: injuries and all counts but the lowest figure of
the dead, deaths by side, who says what, disputed values, spans, labels. ``event_id_cnty`` is the incident's id,
``source_scale``, ``admin2``, ``admin3`` and ``timestamp`` are empty, and one incident stays one row however many days
it may have lasted (``event_date`` is its first possible day).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from dateline.core import Incident, Reading
from dateline.exports.cells import Cell, line, listed
from dateline.exports.phrases import clean
from dateline.exports.sides import ORGANISED, Side, Standing, coded_place, sides, told_near
from dateline.knowledge.acled_types import acled_types
from dateline.knowledge.country_codes import country_codes
from dateline.knowledge.ontology import ontology
from dateline.knowledge.precision import geo_precision, time_precision

_NAMES = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type"
    " actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting"
    " iso region country admin1 admin2 admin3 location latitude longitude geo_precision"
    " source source_scale notes fatalities tags timestamp"
)
COLUMNS = tuple(_NAMES.split())
_STATE, _ABROAD, _CIVILIANS = "State forces", "External/Other forces", "Civilians"
_INTER: dict[Standing, str] = {
    "state": _STATE,
    "rebel": "Rebel group",
    "militia": "Political militia",
    "armed": "Political militia",
    "other": _CIVILIANS,
}
_CROWDS = {"Protests": "Protesters", "Riots": "Rioters"}
_VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians")
NOTICE = "dateline incident; ACLED-style columns, not ACLED data"


def write_acled_style(incidents: Sequence[Incident], readings: Mapping[str, Reading]) -> Iterator[str]:
    """A header line, then the incidents that have a sub-event type, one a row, in the order given."""
    yield line(COLUMNS)
    for incident in incidents:
        held = {name: reading for name in incident.documents if (reading := readings.get(name))}
        sub = sub_event(incident, held)
        if sub is not None:
            row = _row(incident, sub, held)
            yield line([row.get(column) for column in COLUMNS])


def sub_event(incident: Incident, readings: Mapping[str, Reading]) -> str | None:
    """The sub-event type that most of its tellings have, else the ontology's for its type and mode; None where none."""
    told: Counter[str] = Counter()
    members = {(telling.document, telling.event) for telling in incident.events}
    for name, reading in readings.items():
        told.update(e.acled for e in reading.events if e.acled in acled_types() and (name, e.id) in members)
    if told:
        return min(told, key=lambda each: (-told[each], each))
    known = incident.type in ontology().types
    usual = ontology().entry(incident.type, incident.mode).acled if known else None
    return usual if usual in acled_types() else None


def _row(incident: Incident, sub: str, readings: dict[str, Reading]) -> dict[str, Cell]:
    time, kind = incident.time, acled_types()[sub]
    day = ((time.earliest or time.latest or "")[:10]) if time else ""
    killed = incident.counts.get("killed")
    return {
        "event_id_cnty": incident.id,
        "event_date": day,
        "year": int(day[:4]) if day[:4].isdecimal() else None,
        "time_precision": time_precision(time),
        "disorder_type": kind.disorder,
        "event_type": kind.event,
        "sub_event_type": sub,
        **_actors(incident, kind.event),
        **_where(incident, readings),
        "source": listed(_sources(incident, readings)),
        "notes": clean(incident.summary),
        "fatalities": killed.low if killed else 0,
        "tags": NOTICE,
    }


def _actors(incident: Incident, event: str) -> dict[str, Cell]:
    found, crowd = sides(incident), _CROWDS.get(event)
    codes = country_codes(incident.place.country) if incident.place else None
    where = f" ({codes.name})" if codes else ""
    first = _named(found.actors, incident, where, crowd)
    second = [pair for pair in _named(found.others, incident, where, None) if pair not in first]
    if not first and event in _VIOLENT:
        first = [(f"Unidentified Armed Group{where}", _INTER["armed"])]
    elif not first and crowd:
        first = [(f"{crowd}{where}", crowd)]
    one, two = first[0][1] if first else "", second[0][1] if second else ""
    unarmed = (_CIVILIANS, *_CROWDS.values())
    hit = event in _VIOLENT and bool(second) and all(inter in unarmed for _, inter in second)
    return {
        "actor1": first[0][0] if first else "",
        "assoc_actor_1": listed(name for name, _ in first[1:]),
        "inter1": one,
        "actor2": second[0][0] if second else "",
        "assoc_actor_2": listed(name for name, _ in second[1:]),
        "inter2": two,
        "interaction": f"{one}-{two}" if one and two else f"{one} only" if one else "",
        "civilian_targeting": "Civilians targeted" if hit or event == "Violence against civilians" else "",
    }


def _named(found: Sequence[Side], incident: Incident, where: str, crowd: str | None) -> list[tuple[str, str]]:
    """Names and labels of one side, the organised first; civilians and crowds under one name as in ACLED.

    ``crowd``: what civilians who act in a protest or riot are called.
    """
    pairs: dict[tuple[str, str], None] = {}
    for side in sorted(found, key=lambda side: side.standing not in ORGANISED):
        if side.standing in ("civilian", "demonstrator"):
            label = crowd or ("Protesters" if side.standing == "demonstrator" else _CIVILIANS)
            pairs[f"{label}{where}", label] = None
        else:
            pairs[side.name, _inter(side, incident)] = None
    return list(pairs)


def _inter(side: Side, incident: Incident) -> str:
    """ACLED's label of an actor; forces of another state than the one where it happened count as external."""
    here = incident.place.country if incident.place else None
    if side.standing == "state" and side.country and here and side.country != here:
        return _ABROAD
    return _INTER[side.standing]


def _where(incident: Incident, readings: dict[str, Reading]) -> dict[str, Cell]:
    place = incident.place
    if place is None:
        return {}
    codes, near = country_codes(place.country), told_near(incident, readings)
    return {
        "iso": codes.numeric if codes else None,
        "region": codes.acled_region if codes else "",
        "country": codes.name if codes else place.country,
        "admin1": clean(place.admin1 or (place.name if place.precision == "admin1" else "")),
        "location": clean(place.name),
        "latitude": round(place.lat, 4),
        "longitude": round(place.lon, 4),
        "geo_precision": geo_precision(coded_place(incident, near), near=near),
    }


def _sources(incident: Incident, readings: dict[str, Reading]) -> list[str]:
    told = [reading.document.outlet for reading in readings.values()]
    voices = [telling.voice[0] for telling in incident.events if telling.voice]
    return list(dict.fromkeys(name for name in told if name)) or list(dict.fromkeys(voices))
