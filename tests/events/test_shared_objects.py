"""Who suffered it where the grammar leaves it out: verbs that share an object, headlines, parts of a number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

FILE = Path(__file__).parent / "cases" / "shared_objects.jsonl"
CASES = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_events_objects_that_verbs_share_or_headlines_leave_out(read, case):
    reading = read(case["text"])
    text = reading.document.text
    event = next(event for event in reading.events if event.type == case["type"])
    spans = {mention.id: mention.span for mention in reading.mentions}
    told = {each.role: spans[each.mention].of(text) for each in event.arguments}
    assert {role: told.get(role) for role in ("actor", "victim") if role in case} == {
        role: case[role] for role in ("actor", "victim") if role in case
    }
    counts = {count.what: count.best for count in event.counts if count.what in ("killed", "injured", "detained")}
    assert counts == {what: case[what] for what in ("killed", "injured", "detained") if what in case}
