"""Readings as MUC-4 templates, for comparison with published systems (Sundheim 1992).

One JSON object a document: ``{"docid", "templates": [...]}``. Left out: voices and chains, spans,
every event that is no act of violence, background, denials, and whatever has no slot. ``Victim``
holds named victims alone, as the published five-role data do; described ones stand under
``VictimDesc``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dateline.core import Event, EventTime, Place, Reading
from dateline.core.event import Blame
from dateline.exports.muc4_choice import Choice
from dateline.exports.muc4_evidence import EFFECTS, Evidence, Fates, Harmed, Setting, Tolls
from dateline.exports.muc4_fillers import ROLES, Cast
from dateline.exports.muc4_merge import Draft, drafts
from dateline.exports.muc4_signs import Signs
from dateline.exports.phrases import clean
from dateline.knowledge.gazetteer import gazetteer
from dateline.knowledge.muc4_weights import likelihood

_STAGES = {"asserted": "accomplished", "attempted": "attempted", "threatened": "threatened", "planned": "threatened"}
_NUMBERED = 0.3
_AFFECTED = 0.4
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
    signs, know = (
        Signs(reading, cast),
        Known(Setting(reading, cast), Fates(reading, cast), Tolls(reading, cast), places),
    )
    found = drafts(reading, cast, signs)
    chosen = Choice(reading, cast, signs).fillers([draft.events for draft in found])
    return [_template(draft, cast, know, own) for draft, own in zip(found, chosen, strict=True)]


@dataclass(frozen=True, slots=True)
class Known:
    """What is asked of a reading for each of its templates."""

    setting: Setting
    fates: Fates
    tolls: Tolls
    places: dict[str, Place]


def _template(draft: Draft, cast: Cast, know: Known, chosen: dict[str, list[list[str]]]) -> dict[str, Any]:
    filled = cast.fillers(draft.events) | chosen
    harmed = Harmed(filled["Victim"], filled["VictimDesc"])
    effects = know.fates.features(draft.kind, draft.events, harmed)
    country = _likeliest("country", know.setting.countries(draft.events))
    suspect = [] if filled["PerpOrg"] else cast.suspect(draft.events)
    template: dict[str, Any] = {"incident_type": draft.kind}
    template |= {role: filled[role] for role in ROLES if filled[role]}
    if suspect:
        template["PerpOrg"] = [suspect]
    slots = {
        "date": _date(draft.events),
        "location": _location(country, draft.events, know.places) if country else None,
        "stage": _stage(draft.events),
        "perp_confidence": "possible" if suspect else _confidence(draft.events) if filled["PerpOrg"] else None,
        "victim_number": _likeliest("number", know.tolls.numbers(draft.kind, draft.events, harmed), _NUMBERED),
        "human_effect": [effect for effect in EFFECTS if likelihood(effect, effects) >= _AFFECTED],
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


def _location(code: str, events: Iterable[Event], places: dict[str, Place]) -> str:
    """``COUNTRY: ADMIN1: PLACE`` of the finest place told in the country of the incident."""
    told = [places[event.place.place] for event in events if event.place and event.place.place in places]
    finest = min((p for p in told if p.country == code), key=lambda place: place.radius_km, default=None)
    steps = [country_name(code)]
    if finest and finest.admin1 and finest.kind not in ("country", "admin1"):
        steps.append(finest.admin1)
    if finest and finest.kind != "country":
        steps.append(finest.name)
    return ": ".join(clean(step).upper() for step in steps if step)


def _confidence(events: list[Event]) -> str:
    """How sure the perpetrating organisation is: the strongest link that the tellings make to an actor."""
    told = {argument.confidence for event in events for argument in event.arguments if argument.role == "actor"}
    return next((name for name in _CONFIDENCES if name in told), _CONFIDENCES[1])


def _likeliest(model: str, found: Evidence, least: float = 0.0) -> str | None:
    """The candidate that its features speak for most; None where none is likely enough."""
    odds = {name: likelihood(model, features) for name, features in found.items()}
    best = max(odds, key=lambda name: odds[name], default=None)
    return best if best is not None and odds[best] >= least else None


def country_name(code: str) -> str:
    """The usual English name of a country, else its code."""
    entry = gazetteer().country(code)
    return entry.name if entry else code
