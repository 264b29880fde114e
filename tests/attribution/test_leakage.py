"""Nothing that one voice says may end in another's mouth: whole readings, event by event."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases" / "leakage.jsonl"


def _cases() -> Iterator:
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        why = case.get("xfail")
        marks = pytest.mark.xfail(strict=True, reason=why) if why else ()
        yield pytest.param(case, id=case["name"], marks=marks)


def _at(text: str, words: str, after: int = 0) -> int:
    """Where the words stand; ``after`` occurrences are passed over."""
    at = text.index(words)
    for _ in range(after):
        at = text.index(words, at + 1)
    return at


@pytest.mark.parametrize("case", list(_cases()))
def test_attribution_nothing_leaks(read, case: dict) -> None:
    reading = read(case["text"])
    voices = {voice.id: voice for voice in reading.voices}
    told = {event.trigger.start: [voices[each].name for each in voices[event.voice].chain] for event in reading.events}
    for words, chain, *after in case["told"]:
        at = _at(case["text"], words, *after)
        assert told.get(at) == chain, (words, told.get(at), told)
    for words in case.get("silent", []):
        start = _at(case["text"], words)
        assert not any(start <= at < start + len(words) for at in told)
