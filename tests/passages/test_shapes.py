"""The shapes of news pages: live threads, posts, statements, translations, corrections, captions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.core import Document
from dateline.language import Parse
from dateline.passages import Passages
from dateline.times import Times

CASES = Path(__file__).parent / "cases" / "shapes.jsonl"
STEP, TIMES = Passages(), Times()


@pytest.mark.parametrize(
    "case", [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()], ids=lambda case: case["name"]
)
def test_passages_shape(case: dict) -> None:
    document = Document.of(case["text"], published=case.get("published"))
    passages, voices = STEP(document)
    _, passages = TIMES(document, Parse(()), passages)
    by_id = {voice.id: voice for voice in voices}
    found = [[p.role, by_id[p.voice].name, p.span.of(document.text).strip(), p.anchor] for p in passages]
    assert [each[:2] for each in found] == [each[:2] for each in case["want"]]
    for each, want in zip(found, case["want"], strict=True):
        assert each[2].startswith(want[2])
        assert len(want) < 4 or each[3] == want[3]
    if "chain" in case:
        last = by_id[passages[-1].voice]
        assert [by_id[id].name for id in last.chain] == case["chain"]


@pytest.mark.parametrize(
    "text",
    [
        "14:32 GMT\n\n" * 3_000,
        "3 March 2020, 14:32 GMT – " * 3_000,
        "Related stories\n\nA bridge fell\n\n" * 2_000,
        "A B (@c): " * 5_000,
        "A\n@b\n\n" * 3_000,
        "Forwarded from A\n" * 3_000,
        "A, Telegram, 3 March 2020\n" * 2_000,
        "— A via Telegram, " * 4_000,
        "The army issued this statement:\n\n" + "1. We go.\n\nThey stay.\n\n" * 2_000,
        "Full statement from the Army of " + "the Far North " * 3_000,
        "Translated from Arabic: " * 3_000,
        "> a\n\n" * 4_000,
        "[a/b] " * 8_000,
        "(adds " * 5_000,
        "a-b-" * 25 + " 2 March 2020",
        "\u200f@\u200f" * 5_000,
    ],
    ids=lambda text: text[:14].strip(),
)
def test_passages_odd_shapes_are_covered_in_time(text: str) -> None:
    document = Document.of(text, published="2020-03-04")
    end = 0
    for passage in STEP(document)[0]:
        assert passage.span.start >= end
        assert not text[end : passage.span.start].strip()
        end = passage.span.end
    assert not text[end:].strip()
