"""Deeds only announced or refused have the type of saying so; topics tell nothing; a quake is of no coded type."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

LINES = (Path(__file__).parent / "cases/intentions.jsonl").read_text(encoding="utf-8").splitlines()


def kinds(reading):
    text = reading.document.text
    return {e.trigger.of(text): (e.type, e.mode, e.status) for e in reading.events}


@pytest.mark.parametrize("case", [json.loads(line) for line in LINES], ids=lambda case: case["text"][:50])
def test_intentions_told(read, case) -> None:
    found = kinds(read(case["text"]))
    for want in case["events"]:
        assert found[want["trigger"]] == (want["type"], want["mode"], want["status"])


def test_intentions_join_the_promise() -> None:
    from dateline import read

    assert kinds(read("The rebels agreed to withdraw from the port.")) == {"agreed": ("AGREE", None, "asserted")}


def test_intentions_topics_tell_no_event_of_their_own(read) -> None:
    assert kinds(read("Peru rejected an offer from Chile for direct talks.")) == {
        "rejected": ("REJECT", "meet", "asserted")
    }
