"""Cases of roles: who does it to whom by the event's own clause or a stated link, and nobody from anywhere else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent / "cases" / "arguments.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", ROWS, ids=[row["text"][:60] for row in ROWS])
def test_arguments_by_their_links(read, case: dict[str, Any]) -> None:
    reading = read(case["text"])
    words = {m.id: m.span.of(case["text"]) for m in reading.mentions}
    for want in case["events"]:
        event = next(e for e in reading.events if want["trigger"] in case["text"][e.trigger.start : e.trigger.end])
        for role in set(want) - {"trigger"}:
            filled = [words[a.mention] for a in event.arguments if a.role == role]
            if want[role] is None:
                assert not filled, (role, filled)
            else:
                assert any(want[role] in each for each in filled), (role, filled)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Iraqi and coalition forces killed twelve militants near Mosul.", ["Iraqi", "coalition forces"]),
        ("Syrian and Russian warplanes bombed a market in Idlib.", ["Syrian", "Russian"]),
        ("The attack was carried out by Afghan and NATO troops.", ["Afghan", "NATO troops"]),
        ("Afghan soldiers torched two vans.", ["Afghan soldiers"]),
    ],
)
def test_who_shares_a_noun_acts_together(read, text: str, actors: list[str]) -> None:
    reading = read(text)
    words = {m.id: m.span.of(text) for m in reading.mentions}
    assert [words[a.mention] for a in reading.events[0].arguments if a.role == "actor"] == actors
