"""For whom people under arms act: the registry's key of "Taliban fighters" and of "fighters from the Taliban"."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "serving.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_actors_armed_descriptions_have_the_key_of_their_group(read, case):
    reading = read(case["text"])
    words = reading.document.text
    mention = next(m for m in reading.mentions if m.level == "nominal" and m.head.of(words) == case["head"])
    entities = {entity.id: entity for entity in reading.entities}
    assert entities[mention.entity].actor == case["actor"]
    assert entities[mention.entity].name != "Taliban"  # their own words stay
