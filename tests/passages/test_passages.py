"""Passages and media on marked-up cases, and on texts that no page should hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.core import Clue, Document, Span
from dateline.passages import Media, Passages

CASES = Path(__file__).parent / "cases"
STEP = Passages()


def _cases(name: str) -> list[dict]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", _cases("passages.jsonl"), ids=lambda case: case["name"])
def test_passages_case(case: dict) -> None:
    document = Document.of(case["text"], title=case.get("title"), outlet=case.get("outlet"))
    passages, voices = STEP(document)
    names = {voice.id: voice.name for voice in voices}
    found = [(p.role, names[p.voice], p.span.of(document.text), p.anchor) for p in passages]
    assert [(role, name) for role, name, _, _ in found] == [(w[0], w[1]) for w in case["want"]]
    for (_, _, words, anchor), want in zip(found, case["want"], strict=True):
        assert words.strip().startswith(want[2])
        assert len(want) < 4 or anchor == want[3]


@pytest.mark.parametrize("case", _cases("media.jsonl"), ids=lambda case: case["text"][:30])
def test_media_case(case: dict) -> None:
    document = Document.of(case["text"])
    found = Media()(document, STEP(document)[0])
    assert [[m.kind, m.claim, m.span.of(document.text)] for m in found] == case["want"]


def test_media_of_a_post_has_handle_date_and_address() -> None:
    document = Document.of("Boats burn pic.twitter.com/Ab1 — Kamal Adel (@kadel) June 9, 2019")
    (post,) = Media()(document, STEP(document)[0])
    assert (post.handle, post.posted, post.url) == ("kadel", "2019-06-09", "https://pic.twitter.com/Ab1")


def test_passages_first_voice_is_the_outlet_and_chains_begin_there() -> None:
    document = Document.of("Reuters reported:\n\nA tower fell.")
    _, voices = STEP(document)
    assert voices[0].kind == "outlet"
    assert all(voice.chain[0] == voices[0].id and voice.chain[-1] == voice.id for voice in voices)
    assert voices[1].kind == "agency"


def test_passages_intro_is_the_announcing_sentence() -> None:
    document = Document.of("It was dark. On Monday the army issued the following statement:\n\nWe hold the town.")
    passages, _ = STEP(document)
    assert passages[1].intro is not None
    assert passages[1].intro.of(document.text) == "On Monday the army issued the following statement:"


def test_passages_clue_makes_a_header() -> None:
    text = "3 May 2020\n\nThe bridge fell."
    document = Document.of(text, clues=(Clue("published", Span(0, 10)),))
    assert [p.role for p in STEP(document)[0]] == ["header", "narration"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        '"' * 200_000,
        "“" * 50_000 + "a" + "”" * 50_000,
        "— a (@b) " * 5_000,
        "X said:\n\n" * 2_000,
        "(photo by " * 5_000,
        "THE ARMY " * 5_000,
        "By A\n" * 5_000,
        "a video that appears to show " * 2_000,
        "🇦🇪\u202e é " * 2_000,
    ],
    ids=lambda text: text[:12],
)
def test_passages_cover_odd_texts_in_order(text: str) -> None:
    document = Document.of(text)
    passages, _ = STEP(document)
    end = 0
    for passage in passages:
        assert passage.span.start >= end
        assert not text[end : passage.span.start].strip()
        end = passage.span.end
    assert not text[end:].strip()
    assert all(medium.span.end <= len(text) for medium in Media()(document, passages))


def test_passages_are_the_same_each_time() -> None:
    document = Document.of("AFP wrote:\n\nThe convoy left.\n\nAFP added that it was long.")
    assert STEP(document) == Passages()(document)
