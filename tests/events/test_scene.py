"""Cases of places and times of events: sentences of our own and the words that place the event."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.events import Events

CASES = Path(__file__).parent / "cases"


def _cases(name: str) -> list[Any]:
    rows = [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]
    return [pytest.param(row, id=f"{row['trigger']}: {row['text'][:50]}") for row in rows]


def _check(reading, case: dict[str, Any]) -> None:
    text = case["text"]
    found = [e for e in reading.events if e.trigger.of(text) == case["trigger"]]
    assert found, [e.trigger.of(text) for e in reading.events]
    place, names = found[0].place, {p.id: p.name for p in reading.places}
    if "located" in case:  # whatever words tell it
        assert names.get(place.place if place else None) == case["located"]
        return
    if case["words"] is None:
        assert place is None
        return
    assert place is not None and place.span is not None
    assert place.span.of(text) == case["words"]
    assert place.by == case.get("by", "told")
    if "place" in case:
        assert names.get(place.place) == case["place"]
    if case.get("inherited"):
        assert place.span in found[0].evidence
    if "earliest" in case:
        assert found[0].time.earliest == case["earliest"]


@pytest.mark.parametrize("case", _cases("scene.jsonl"))
def test_events_place_told(read, case: dict[str, Any]) -> None:
    _check(read(case["text"]), case)


@pytest.mark.parametrize("case", _cases("scene_discourse.jsonl"))
def test_events_place_of_the_scene(read, case: dict[str, Any]) -> None:
    _check(read(case["text"]), case)


def test_events_place_producer_tells_the_weights() -> None:
    rules = Events({})
    assert rules.producer == "rules-events@1"
    assert Events().producer == "rules-events@1+event-place@1"


def test_events_place_long_list_of_names_stays_quick(read) -> None:
    names = ", ".join(f"Tel{chr(97 + n % 26)}or{chr(97 + n // 26)}" for n in range(200))
    reading = read(f"Gunmen attacked villages in {names} and Basra on Friday.")
    assert all(e.place is None or e.place.span is not None for e in reading.events)
