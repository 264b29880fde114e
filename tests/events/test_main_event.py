"""Cases of main events: reports of our own, what they are about, and where and when that was by which words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.codec import from_json, to_json
from dateline.core import Document, Event, Reading
from dateline.pipeline import Pipeline

CASES = Path(__file__).parent / "cases" / "main_event.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def _asked(reading: Reading, case: dict[str, Any]) -> Event | None:
    """The event that a case asks about: the main one, or the numbered telling of a trigger."""
    if "main" in case:
        return next((e for e in reading.events if e.id == reading.main_event), None)
    words = [e for e in reading.events if e.trigger.of(reading.document.text) == case["trigger"]]
    return words[case["number"]]


@pytest.mark.parametrize("case", [pytest.param(row, id=row["text"][:60]) for row in ROWS])
def test_main_event_place_and_day(read, case: dict[str, Any]) -> None:
    reading = read(case["text"], title=case.get("title"))
    event = _asked(reading, case)
    if "main" in case:
        assert (event.trigger.of(case["text"]) if event else None) == case["main"]
    if event is None:
        return
    names = {place.id: place.name for place in reading.places}
    if "place" in case:
        assert names.get(event.place.place or "" if event.place else "") == case["place"]
    if "by" in case:
        assert event.place is not None and event.place.by == case["by"]
    if "words" in case:
        assert event.place.span.of(case["text"]) == case["words"]
    if "day" in case:
        assert event.time is not None and (event.time.earliest, event.time.latest) == (case["day"], case["day"])
    if "time_by" in case:
        assert event.time.by == case["time_by"]


def test_main_event_round_trip(read) -> None:
    reading = read(ROWS[2]["text"])
    assert reading.main_event
    assert from_json(Reading, to_json(reading)) == reading


def test_main_event_every_event_told_words_only() -> None:
    reading = Pipeline.load(every=True)(Document.of(ROWS[2]["text"], published="2024-03-14"))
    assert all(e.place is None or e.place.by != "scene" for e in reading.events)
