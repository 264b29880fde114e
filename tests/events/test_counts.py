"""Cases of counts: how many, of whom, and the numbers that count nobody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent / "cases"
PEOPLE = ("killed", "injured", "missing", "abducted", "detained", "displaced", "evacuated")


def _cases(name: str) -> list[Any]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [pytest.param(json.loads(line), id=json.loads(line)["text"][:60]) for line in lines]


@pytest.mark.parametrize("case", _cases("counts.jsonl"))
def test_counts_of_people(read, case: dict[str, Any]) -> None:
    """Every count of people that a text tells, and no other."""
    reading = read(case["text"])
    found: dict[str, list[list[Any]]] = {}
    for event in reading.events:
        for count in event.counts:
            if count.what in PEOPLE:
                found.setdefault(count.what, []).append([count.low, count.best, count.high, count.of])
    assert {what: sorted(rows, key=str) for what, rows in found.items()} == {
        what: sorted(rows, key=str) for what, rows in case["counts"].items()
    }


@pytest.mark.parametrize("case", _cases("acled.jsonl"))
def test_events_acled_sub_event(read, case: dict[str, Any]) -> None:
    """The sub-events of a text: the word, its mode and the parties decide."""
    assert sorted(e.acled for e in read(case["text"]).events if e.acled) == case["acled"]


@pytest.mark.parametrize("case", _cases("count_parts.jsonl"))
def test_counts_parts_of_a_number(read, case: dict[str, Any]) -> None:
    """Of whom: the sorts that a sentence tells of a number, beside the number and not in it."""
    text, found = case["text"], {}
    for event in read(text).events:
        for count in event.counts:
            if count.parts:
                found[count.span.of(text)] = [[p.span.of(text), p.best, p.of] for p in count.parts]
    assert found == case["parts"]
