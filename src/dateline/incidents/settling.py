"""The day and the place that the tellings of an incident settle on."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

from dateline.core import Claim, Disagreement, EventTime, IncidentPlace, Place, Precision
from dateline.incidents.claims import Told
from dateline.incidents.geography import fit, specific
from dateline.incidents.knots import apart
from dateline.incidents.stage import past_deed, spoken_of, stage
from dateline.incidents.tellers import gives_figure


def settled_time(rows: Sequence[Told]) -> EventTime | None:
    """The days that all tellings allow; where they differ, the shortest stretch with the most origins.

    Where no telling gives a day: shortly before the first report of it; None where that is unknown.
    """
    told = [row for row in rows if row.tale.first is not None and row.tale.last is not None]
    told = [row for row in told if not _of_figure(row)] or told
    told = [row for row in told if not row.event.background] or told
    if not told:
        return _before(rows)
    first = max(row.tale.first for row in told if row.tale.first is not None)
    last = min(row.tale.last for row in told if row.tale.last is not None)
    if first > last:
        stretches = {(row.origin.key, row.tale.first, row.tale.last): row for row in told}
        rivals = list(stretches.values())
        best = max(rivals, key=lambda row: (_support(row, rivals), -_days(row), -(row.tale.first or 0)))
        first, last = best.tale.first or 0, best.tale.last or 0
    exact = [row for row in told if (row.tale.first, row.tale.last) == (first, last) and row.event.time]
    finest = min((row.event.time for row in exact if row.event.time), key=_fineness, default=None)
    if finest and finest.precision in _FINE:
        return EventTime(finest.earliest, finest.latest, finest.precision)
    precision: Precision = "day" if first == last else finest.precision if finest else "unknown"
    return EventTime(_iso(first), _iso(last), precision)


_FINE: tuple[Precision, ...] = ("minute", "hour")


def settled_place(rows: Sequence[Told]) -> IncidentPlace | None:
    """The place that most documents' tellings allow, and of those the town that they speak of most.

    Where no telling names a town, the one that the reports are set in (``by`` "scene").
    """
    named = [(row, row.tale.place) for row in rows if row.tale.place]
    named = [pair for pair in named if not pair[0].event.background] or named
    candidates = {place.id: place for _, place in named}
    best = _best(named, candidates) if candidates else None
    if best is None or not specific(best) or best.kind == "admin2":
        set_in = stage(rows, best)
        if set_in is not None:
            return _placed(set_in, "scene")
    return _placed(best, "told") if best else None


def _best(named: Sequence[tuple[Told, Place]], candidates: Mapping[str, Place]) -> Place:
    tellers: defaultdict[str, set[str]] = defaultdict(set)
    times: Counter[str] = Counter()
    for row, place in named:
        tellers[place.id].add(row.reading.document.id)
        times[place.id] += 1
    readings = {row.reading.document.id: row.reading for row, _ in named}
    spoken = spoken_of(readings.values(), candidates.values()) if len(candidates) > 1 else {}

    def merit(place: Place) -> tuple[int, int, float, int, float, str]:
        agreeing = set().union(*(tellers[other.id] for other in candidates.values() if fit(place, other)))
        exact = specific(place) + (specific(place) and place.kind != "admin2")
        return (exact, len(agreeing), spoken.get(place.id, 0.0), times[place.id], -place.radius_km, place.id)

    return max(candidates.values(), key=merit)


def _placed(place: Place, by: Literal["told", "scene"]) -> IncidentPlace:
    return IncidentPlace(place.name, place.lat, place.lon, place.country, place.admin1, place.radius_km, place.kind, by)


def time_dispute(rows: Sequence[Told]) -> list[Disagreement]:
    """Days within a week that tellings of different origins give and that do not meet."""
    told = [row for row in rows if row.tale.dated and not row.event.background and row.event.time]
    told = [row for row in told if not _of_figure(row)]
    rivals = {(row.origin.key, row.tale.first, row.tale.last) for row in told}
    values = [
        row.claim((_iso(row.tale.first or 0), _iso(row.tale.last or 0)), row.event.trigger)
        for row in told
        if any(key != row.origin.key and apart(row.tale.first, row.tale.last, *days) for key, *days in rivals)
    ]
    return [Disagreement("time", tuple(values), _about(values))] if values else []


def _of_figure(row: Told) -> bool:
    """Whether its day is the day on which a figure was given: "put the dead at nine on Friday"."""
    return gives_figure(row.event, row.reading.document.text)


def _about(claims: Sequence[Claim]) -> str:
    """Each value with the origins that give it."""
    found: dict[str, dict[str, None]] = {}
    for claim in claims:
        value = " to ".join(dict.fromkeys(str(part) for part in claim.value if part is not None))
        found.setdefault(value, {})[claim.origin] = None
    return "; ".join(f"{value} ({', '.join(origins)})" for value, origins in found.items())


def place_dispute(rows: Sequence[Told]) -> list[Disagreement]:
    """Towns that tellings of different origins give and that lie apart."""
    told = [(row, p) for row in rows if (p := row.tale.place) and specific(p) and not row.event.background]
    rivals = {(row.origin.key, place.id): place for row, place in told}
    values: list[Claim] = []
    for row, place in told:
        if any(key != row.origin.key and not fit(place, there) for (key, _), there in rivals.items()):
            span = row.event.place.span if row.event.place and row.event.place.span else row.event.trigger
            values.append(row.claim((place.name,), span))
    return [Disagreement("place", tuple(values), _about(values))] if values else []


def _before(rows: Sequence[Told]) -> EventTime | None:
    """Where no words give the day: what the first report lets one assume, else on or before its day.

    Reports of what the law does after a deed tell the deed as past: its day is the only one they give for such deeds.
    """
    if past := past_deed(rows):
        return past
    guesses = [row.tale.guess for row in rows if row.tale.guess and not row.event.background]
    if guesses:
        first, last = min(guesses, key=lambda guess: (guess[1], guess[0]))
        return EventTime(_iso(first), _iso(last), "day" if first == last else "unknown")
    ends = [row.tale.last for row in rows if row.tale.last is not None]
    days = [_iso(min(ends))] if ends else [day for row in rows if (day := row.speakers.spoken(row.event.trigger))]
    return EventTime(None, min(days), "unknown") if days else None


def _support(row: Told, rows: Sequence[Told]) -> int:
    mine = row.tale
    return len({r.origin.key for r in rows if not apart(mine.first, mine.last, r.tale.first, r.tale.last)})


def _days(row: Told) -> int:
    return (row.tale.last or 0) - (row.tale.first or 0)


def _fineness(time: EventTime) -> tuple[int, str, str]:
    order: tuple[Precision, ...] = ("minute", "hour", "day", "week", "month", "season", "quarter", "year", "decade")
    rank = order.index(time.precision) if time.precision in order else len(order)
    return (rank, time.earliest or "", time.latest or "")


def _iso(day: int) -> str:
    return datetime.date.fromordinal(day).isoformat()
