"""Status, certainty and the words that decided; who is blamed; what sums up; what looks back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.core import Document, Span
from dateline.core.event import UNTYPED
from dateline.events import Events
from dateline.events.commitment import Commitment, arbitrated
from dateline.exports.muc4 import templates
from dateline.incidents import link
from dateline.pipeline import Pipeline

CASES = Path(__file__).parent / "cases"


def _cases(name: str) -> list[Any]:
    rows = [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]
    return [pytest.param(row, id=row["text"][:60]) for row in rows]


def _event(reading, trigger: str):
    text = reading.document.text
    found = [event for event in reading.events if event.trigger.of(text) == trigger]
    assert found, [event.trigger.of(text) for event in reading.events]
    return found[0]


@pytest.fixture(scope="module")
def every(pipeline: Pipeline):
    """A function from a text to its reading with the events of no coded type."""
    import dataclasses

    whole = dataclasses.replace(pipeline, events=Events(every=True))
    return lambda text: whole(Document.of(text, published="2024-03-14"))


@pytest.mark.parametrize("case", _cases("status_cues.jsonl"))
def test_events_status_and_cue(read, case: dict[str, Any]) -> None:
    event = _event(read(case["text"]), case["trigger"])
    assert event.status == case["status"]
    if "certainty" in case:
        assert event.certainty == case["certainty"]
    if "cue" in case:
        assert (event.status_cue.of(case["text"]) if event.status_cue else None) == case["cue"]


@pytest.mark.parametrize("case", _cases("blame.jsonl"))
def test_events_confidence_in_the_actor(read, case: dict[str, Any]) -> None:
    event = _event(read(case["text"]), case["trigger"])
    assert {a.confidence for a in event.arguments if a.role == "actor"} == {case["confidence"]}


@pytest.mark.parametrize("case", _cases("standing.jsonl"))
def test_events_aggregate_and_background(read, case: dict[str, Any]) -> None:
    event = _event(read(case["text"]), case["trigger"])
    for name in ("aggregate", "background"):
        assert getattr(event, name) is case.get(name, getattr(event, name)), name


@pytest.mark.parametrize("case", _cases("untyped.jsonl"))
def test_events_of_no_coded_type(every, case: dict[str, Any]) -> None:
    reading = every(case["text"])
    event = _event(reading, case["trigger"])
    assert event.type == UNTYPED
    assert event.muc4 is None and event.acled in (None, "MAN_MADE_DISASTER")
    assert event.status == case["status"]
    if "place" in case:
        assert event.place and event.place.span and case["place"] in event.place.span.of(case["text"])


def test_events_of_no_coded_type_leave_the_typed_ones_alone(read, every) -> None:
    text = "The rebels attacked Jolo on Friday. The mayor said that the market, which reopened in May, burned down."
    typed = read(text).events
    whole = every(text)
    assert tuple(e for e in whole.events if e.type != UNTYPED) == typed
    assert {"said", "reopened"} <= {e.trigger.of(text) for e in whole.events}
    assert all(UNTYPED not in incident.type for incident in link([whole]))
    assert templates(whole) == templates(read(text))


def test_events_second_opinion_settles_what_no_cue_decided() -> None:
    plain, planned = Commitment("asserted", "certain"), Commitment("planned", "probable", Span(0, 4))
    assert arbitrated(plain, -2.8) == plain
    assert arbitrated(plain, 0.2) == Commitment("hypothetical", "uncommitted")
    assert arbitrated(plain, 2.5) == plain
    assert arbitrated(plain, 1.9) == Commitment("asserted", "probable")
    assert arbitrated(planned, 3.0) == planned
    assert arbitrated(Commitment("negated", "certain", Span(0, 3)), 2.7).status == "negated"
