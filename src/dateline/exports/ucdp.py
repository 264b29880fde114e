"""Incidents in the 49 columns of the UCDP Georeferenced Event Dataset, in its order. This is not UCDP data.

Only incidents in which somebody may have died are written, as there. Left out: injuries and all other
counts, deaths by side (the sum stands in ``deaths_unknown``), who says what, every value but the chosen one, spans,
labels; the numbers of conflicts, dyads and states are empty, for they are UCDP's own. Of actors the numbers of the UCDP
Actor Dataset stand in ``side_a_new_id`` and ``side_b_new_id`` where the registry names one.
``id`` counts the rows, ``relid`` is the incident's id. ``code_status`` is never ``Clear``: no person checked.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from dateline.core import Incident, Reading
from dateline.exports.cells import Cell, line, listed
from dateline.exports.phrases import clean
from dateline.exports.sides import ORGANISED, Side, Sides, coded_place, sides, told_near, told_together
from dateline.knowledge.country_codes import country_codes
from dateline.knowledge.precision import date_prec, where_prec

_NAMES = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name"
    " dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b"
    " number_of_sources source_article source_office source_date source_headline source_original"
    " where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid"
    " country country_id region event_clarity date_prec date_start date_end"
    " deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
)
COLUMNS = tuple(_NAMES.split())


def write_ucdp(incidents: Sequence[Incident], readings: Mapping[str, Reading]) -> Iterator[str]:
    """A header line, then the deadly incidents, one a row, in the order given."""
    yield line(COLUMNS)
    for number, incident in enumerate((each for each in incidents if deadly(each)), 1):
        held = {name: reading for name in incident.documents if (reading := readings.get(name))}
        row = _row(number, incident, held)
        yield line([row.get(column) for column in COLUMNS])


def deadly(incident: Incident) -> bool:
    """Whether a claim that counts leaves room for at least one death."""
    killed = incident.counts.get("killed")
    return killed is not None and (killed.high is None or killed.high > 0)


def priogrid(lat: float, lon: float) -> int:
    """The number of the half-degree cell of PRIO-GRID that holds a point: counted from the south-west, row by row.

    >>> priogrid(-55.75, -69.25)
    49182
    """
    row = min(math.floor((lat + 90) * 2), 359)
    return row * 720 + math.floor((lon + 180) * 2) % 720 + 1


def _row(number: int, incident: Incident, readings: dict[str, Reading]) -> dict[str, Cell]:
    return {
        "id": number,
        "relid": incident.id,
        **_dyad(sides(incident)),
        "code_status": _status(incident),
        **_sources(incident, readings),
        **_where(incident, readings),
        "event_clarity": 2 if told_together(incident, readings) else 1,
        **_when(incident),
        **_deaths(incident),
    }


def _dyad(found: Sides) -> dict[str, Cell]:
    a, b, kind = _ordered(found)
    names = [side for side in (a, b) if side]
    numbers = {side.name: side.ucdp for side in (*found.actors, *found.others)}
    return {
        "type_of_violence": kind,
        "side_a_new_id": numbers.get(a),
        "side_a": a,
        "side_b_new_id": numbers.get(b),
        "side_b": b,
        "dyad_name": " - ".join(names) if len(names) == 2 else "",
    }


def _ordered(found: Sides) -> tuple[str, str, int | None]:
    """Side a, side b and the type of violence: 1 a state takes part, 2 no state, 3 against civilians; None unknown."""
    first = next((side for side in found.actors if side.standing in ORGANISED), None)
    second = _rival(first, found)
    if first and second:
        if second.standing == "state" and first.standing != "state":
            first, second = second, first
        return first.name, second.name, 1 if "state" in (first.standing, second.standing) else 2
    if first and any(side.standing not in ORGANISED for side in found.others):
        return first.name, "Civilians", 3
    return (first.name if first else ""), (second.name if second else ""), None


def _rival(first: Side | None, found: Sides) -> Side | None:
    """The organised actor on the other side: one that is acted upon, or in a clash without civilians another actor.

    Of two actors of one deed only a state and no state are taken for rivals: an army and its police act together.
    """
    hit = [side for side in found.others if side.standing in ORGANISED]
    if first is None:
        return next(iter(hit), None)
    rival = next((side for side in hit if _opposed(first, side)), None)
    if rival is None and len(hit) == len(found.others):
        state = first.standing == "state"
        both = (side for side in found.actors if side.standing in ORGANISED)
        rival = next((side for side in both if (side.standing == "state") != state), None)
    return rival


def _opposed(one: Side, two: Side) -> bool:
    """Forces of one state are not opposed, nor a force of a state and one of which the state is not told."""
    if one.standing == two.standing == "state":
        return bool(one.country and two.country and one.country != two.country)
    return True


def _status(incident: Incident) -> str:
    """UCDP's words for candidates: what a person should look at first."""
    if any(each.field == "killed" for each in incident.disagreements):
        return "Check deaths"
    found = sides(incident)
    return "Check unclear" if found.actors and found.others else "Check dyad"


def _sources(incident: Incident, readings: dict[str, Reading]) -> dict[str, Cell]:
    documents = [readings[name].document if name in readings else None for name in incident.documents]
    offices = [_office(incident, name, readings) for name in incident.documents]
    count = incident.counts.get("killed")
    origins = dict.fromkeys(claim.origin for claim in count.claims if not claim.superseded) if count else {}
    dates = [(d.published or "")[:10] if d else "" for d in documents]
    titles = [clean(d.title or "") if d else "" for d in documents]
    articles = [f"{office}, {day}, {title}" for office, day, title in zip(offices, dates, titles, strict=True)]
    return {
        "number_of_sources": len(incident.documents),
        "source_article": listed(each.strip(", ") for each in articles),
        "source_office": listed(offices),
        "source_date": listed(dates),
        "source_headline": listed(titles),
        "source_original": listed(origins),
    }


def _office(incident: Incident, name: str, readings: dict[str, Reading]) -> str:
    """The outlet of a document, by its own word or by the chains of voices that begin with it."""
    told = readings[name].document.outlet if name in readings else None
    return told or next((t.voice[0] for t in incident.events if t.document == name and t.voice), "")


def _where(incident: Incident, readings: dict[str, Reading]) -> dict[str, Cell]:
    place = incident.place
    if place is None:
        return {}
    codes, near = country_codes(place.country), told_near(incident, readings)
    lat, lon = round(place.lat, 6), round(place.lon, 6)
    return {
        "where_prec": where_prec(coded_place(incident, near), near=near),
        "where_coordinates": clean(place.name),
        "where_description": clean(place.name),
        "adm_1": clean(place.admin1 or (place.name if place.precision == "admin1" else "")),
        "adm_2": clean(place.name) if place.precision == "admin2" else "",
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({lon} {lat})",
        "priogrid_gid": priogrid(lat, lon),
        "country": codes.name if codes else place.country,
        "region": codes.ucdp_region if codes else "",
    }


def _when(incident: Incident) -> dict[str, Cell]:
    time = incident.time
    first, last = ((time.earliest or "")[:10], (time.latest or "")[:10]) if time else ("", "")
    year = int((first or last)[:4]) if (first or last)[:4].isdecimal() else None
    return {"year": year, "date_prec": date_prec(time), "date_start": first, "date_end": last}


def _deaths(incident: Incident) -> dict[str, Cell]:
    """``best`` is the sum of the four by rule; an open end gives the highest figure that is told."""
    count = incident.counts["killed"]
    best = count.low if count.best is None else count.best
    high = max(best, count.low) if count.high is None else count.high
    sides_known: dict[str, Cell] = {"deaths_a": 0, "deaths_b": 0, "deaths_civilians": 0, "deaths_unknown": best}
    return {**sides_known, "best": best, "high": high, "low": count.low}
