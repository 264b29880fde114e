"""Cases of events: a sentence of our own and what it must give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent / "cases"
COUNTS = ("killed", "injured", "abducted", "detained", "participants", "targets", "missing", "evacuated")


def _cases(name: str) -> list[Any]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [pytest.param(json.loads(line), id=json.loads(line)["text"][:60]) for line in lines]


def _arguments(reading, event, role: str) -> str:
    mentions = {m.id: m for m in reading.mentions}
    roles = {"recipient": ("recipient", "victim", "target")}.get(role, (role,))
    return " | ".join(mentions[a.mention].span.of(reading.document.text) for a in event.arguments if a.role in roles)


def _check(reading, want: dict[str, Any]) -> None:
    text = reading.document.text
    found = [e for e in reading.events if e.trigger.of(text) == want["trigger"]]
    assert found, [e.trigger.of(text) for e in reading.events]
    event = found[0]
    for name in ("type", "mode", "status", "background"):
        if name in want:
            assert getattr(event, name) == want[name], name
    if "status_any" in want:
        assert event.status in want["status_any"]
    for role in ("actor", "victim", "target", "recipient", "instrument"):
        if role in want and want[role] is None:
            assert not _arguments(reading, event, role)
        elif role in want:
            assert want[role] in _arguments(reading, event, role), role
    for what in COUNTS:
        if what in want:
            counts = [c for c in event.counts if c.what == what]
            assert [[c.low, c.best, c.high] for c in counts] == [want[what]], what
    if "place" in want:
        assert event.place and event.place.span and want["place"] in event.place.span.of(text)
    for bound in ("earliest", "latest"):
        if bound in want:
            assert event.time and getattr(event.time, bound) == want[bound]


@pytest.mark.parametrize("case", _cases("told.jsonl"))
def test_events_told(read, case: dict[str, Any]) -> None:
    reading = read(case["text"])
    for want in case["events"]:
        _check(reading, want)
    if "count" in case:
        violent = [e for e in reading.events if e.type == "ASSAULT"]
        assert len(violent) == case["count"], [e.trigger.of(case["text"]) for e in violent]


@pytest.mark.parametrize("case", _cases("status.jsonl"))
def test_events_status(read, case: dict[str, Any]) -> None:
    reading = read(case["text"])
    for want in case.get("events", []):
        _check(reading, want)
    asserted = {e.trigger.of(case["text"]) for e in reading.events if e.status == "asserted"}
    assert not asserted & set(case.get("not_asserted", []))


@pytest.mark.parametrize(
    "text",
    [
        "The army\0attacked Lima\0 on Friday.",
        "\ud800 rebels attacked Lima",
        "\u202eRebels attacked\u200b Basra\u200f.",
        "  \n",
    ],
)
def test_events_odd_characters_shift_no_offset(read, text: str) -> None:
    reading = read(text)
    assert [e.trigger.of(text) for e in reading.events] == (["attacked"] if "attacked" in text else [])
