"""Readings as MUC-4 templates, for comparison with published systems (Sundheim 1992).

One JSON object a document: ``{"docid", "templates": [...]}``. Left out: voices and chains, spans,
every event that is no act of violence, background, denials, and whatever has no slot. ``Victim``
holds named victims alone, as the published five-role data do; described ones stand under
``VictimDesc``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from dateline.core import Event, EventTime, Place, Reading
from dateline.core.event import Blame
from dateline.exports.muc4_choice import Choice
from dateline.exports.muc4_fillers import ROLES, Cast
from dateline.exports.muc4_merge import Draft, drafts, outcomes
from dateline.exports.muc4_signs import Signs
from dateline.exports.phrases import clean
from dateline.knowledge.folding import fold
from dateline.knowledge.numbers import read_number

_STAGES = {"asserted": "accomplished", "attempted": "attempted", "threatened": "threatened", "planned": "threatened"}
_EFFECTS = {"killed": "death", "injured": "injury"}
_TOLD_PLACE = 2.5
_FIRST_PLACE = 1.0
_CONFIDENCES: tuple[Blame, ...] = (
    "claimed or admitted",
    "reported as fact",
    "suspected or accused by authorities",
    "suspected or accused",
    "possible",
    "acquitted",
)


def write_muc4(readings: Iterable[Reading]) -> Iterator[str]:
    """One document a line."""
    for reading in readings:
        row = {"docid": reading.document.id, "templates": templates(reading)}
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def templates(reading: Reading) -> list[dict[str, Any]]:
    """The templates of a reading in the order of their first words."""
    cast = Cast(reading)
    places = {place.id: place for place in reading.places}
    signs = Signs(reading, cast)
    found = drafts(reading, cast, signs)
    chosen = Choice(reading, cast, signs).fillers([draft.events for draft in found])
    return [_template(reading, draft, cast, places, own) for draft, own in zip(found, chosen, strict=True)]


def _template(
    reading: Reading, draft: Draft, cast: Cast, places: dict[str, Place], chosen: dict[str, list[list[str]]]
) -> dict[str, Any]:
    filled = cast.fillers(draft.events) | chosen
    suspect = [] if filled["PerpOrg"] else cast.suspect(draft.events)
    template: dict[str, Any] = {"incident_type": draft.kind}
    template |= {role: filled[role] for role in ROLES if filled[role]}
    if suspect:
        template["PerpOrg"] = [suspect]
    slots = {
        "date": _date(draft.events),
        "location": _location(reading, draft.events, places),
        "stage": _stage(draft.events),
        "perp_confidence": "possible" if suspect else _confidence(draft.events) if filled["PerpOrg"] else None,
        "victim_number": _number(draft.events, filled["Victim"], filled["VictimDesc"]),
        "human_effect": _effects(reading, draft, harmed=bool(filled["Victim"])),
    }
    return template | {slot: value for slot, value in slots.items() if value}


def _stage(events: Iterable[Event]) -> str:
    """The farthest stage that any telling reports."""
    stages = {_STAGES[event.status] for event in events}
    return next(stage for stage in ("accomplished", "attempted", "threatened") if stage in stages)


def _date(events: Iterable[Event]) -> str | None:
    """The narrowest time told: a day, ``earliest/latest``, or "on or before" where no words tell it."""
    times = [event.time for event in events if event.time and (event.time.earliest or event.time.latest)]
    if not times:
        return None
    best = min(times, key=_looseness)
    earliest, latest = (best.earliest or "")[:10] if best.timex else "", (best.latest or "")[:10]
    return earliest if earliest == latest else f"{earliest}/{latest}"


def _looseness(time: EventTime) -> tuple[int, int]:
    order = ("minute", "hour", "day", "week", "month", "season", "quarter", "year", "decade", "unknown")
    return (time.timex is None) + (not time.earliest) + (not time.latest), order.index(time.precision)


def _location(reading: Reading, events: Iterable[Event], places: dict[str, Place]) -> str | None:
    """``COUNTRY: ADMIN1: PLACE`` of the finest place told in the country of the incident."""
    told = [places[event.place.place] for event in events if event.place and event.place.place in places]
    code = _country(reading, told, places)
    if code is None:
        return None
    finest = min((p for p in told if p.country == code), key=lambda place: place.radius_km, default=None)
    countries = [place for place in places.values() if place.kind == "country" and place.country == code]
    steps = [countries[0].name if countries else country_name(code)]
    if finest and finest.admin1 and finest.kind not in ("country", "admin1"):
        steps.append(finest.admin1)
    if finest and finest.kind != "country":
        steps.append(finest.name)
    return ": ".join(clean(step).upper() for step in steps if step)


def _country(reading: Reading, told: Iterable[Place], places: dict[str, Place]) -> str | None:
    """The country of an incident: a vote of the names in the text, each once, its own and the dateline's for more.

    A lone name is often one that many countries have, so it must not decide against all the others.
    """
    named = [(t, places[t.place]) for t in reading.toponyms if t.place in places and not t.metonym]
    text = reading.document.text
    votes = dict.fromkeys((p.country, "" if p.kind == "country" else fold(t.span.of(text))) for t, p in named)
    totals = {country: float(count) for country, count in Counter(country for country, _ in votes if country).items()}
    heavy = [(place, _TOLD_PLACE) for place in {place.id: place for place in told}.values()]
    heavy += [(place, _FIRST_PLACE) for _, place in named[:1]]
    for place, weight in heavy:
        if place.country:
            totals[place.country] = totals.get(place.country, 0.0) + weight
    return max(totals, key=lambda country: totals[country]) if totals else None


def _confidence(events: list[Event]) -> str:
    """How sure the perpetrating organisation is: the strongest link that the tellings make to an actor."""
    told = {argument.confidence for event in events for argument in event.arguments if argument.role == "actor"}
    return next((name for name in _CONFIDENCES if name in told), _CONFIDENCES[1])


def _number(events: Iterable[Event], named: list[list[str]], described: list[list[str]]) -> str | None:
    """How many people were harmed: the largest count of each kind added up, else the victims listed."""
    most: dict[str, int] = {}
    for event in events:
        for count in event.counts:
            if count.what in ("killed", "injured", "abducted", "missing"):
                best = count.best if count.best is not None else count.low
                most[count.what] = max(most.get(count.what, 0), best)
    total = max(sum(most.values()), len(named))
    if total < len(named) + len(described) and any(_many(words[0]) for words in described):
        return "plural"
    return str(total or len(described)) if total or described else None


def _many(words: str) -> bool:
    """Whether a description speaks of several people without a number: "peasants"."""
    return fold(words).endswith(("s", "men", "people", "children")) and not read_number(words.split()[:1])


def _effects(reading: Reading, draft: Draft, *, harmed: bool) -> list[str]:
    """What became of people: from the counts, and from words such as "murdered" that tell it alone."""
    told: set[str] = {count.what for event in draft.events for count in event.counts}
    for event in draft.events:
        if harmed or any(argument.role == "victim" for argument in event.arguments):
            told |= outcomes(event.trigger.of(reading.document.text))
    found = {_EFFECTS[what] for what in told if what in _EFFECTS}
    if draft.kind == "kidnapping" and any(e.mode == "release" and e.status == "asserted" for e in reading.events):
        found.add("regained freedom")
    return sorted(found)


def country_name(code: str | None) -> str | None:
    """The English name of a country that the map knows, else its code."""
    from dateline.knowledge.shapes import country_shapes

    return next((shape.name for shape in country_shapes() if shape.iso2 == code), code)
