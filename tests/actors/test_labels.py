"""What each voice calls each party: the label, the entity, the voice; and in whose mouth it must not be put."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases" / "labels.jsonl"


def _cases() -> Iterator:
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        why = case.get("xfail")
        marks = pytest.mark.xfail(strict=True, reason=why) if why else ()
        yield pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", list(_cases()))
def test_actors_label_case(read, case: dict) -> None:
    reading = read(case["text"])
    names = {voice.id: voice.name for voice in reading.voices}
    found = [(e.name, label.text, names[label.voice]) for e in reading.entities for label in e.labels]
    for words, voice in case["not"]:
        assert (words, voice) not in [(w, v) for _, w, v in found], found
    for entity, words, voice in case["want"]:
        assert any(entity in e and (words, voice) == (w, v) for e, w, v in found), (entity, words, voice, found)
    assert "count" not in case or len(found) == case["count"]
    text = reading.document.text
    assert all(label.span.of(text) == label.text for e in reading.entities for label in e.labels)
