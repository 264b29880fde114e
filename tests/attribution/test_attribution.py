"""Attributions on sentences marked up inline, through chains of voices, and on texts that no page should hold."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dateline.attribution import Attributions
from dateline.core import Document, Hearing, Span
from dateline.language import Parse
from dateline.language.spacy_door import SpacyLanguage
from dateline.passages import Passages

CASES = Path(__file__).parent / "cases"
MARK = re.compile(r"\{(?P<part>[SCX])(?P<number>\d) |\}")


@pytest.fixture(scope="module")
def heard():
    """A function from a document's text to its attributions and voices."""
    passages_step, language, step = Passages(), SpacyLanguage(), Attributions()

    def run(text: str, parsed: bool = True):
        document = Document.of(text)
        passages, voices = passages_step(document)
        parse = language(document, passages) if parsed else Parse(())
        attributions, voices = step(document, parse, passages, voices)
        return attributions, {voice.id: voice for voice in voices}, passages

    return run


def _unmarked(marked: str) -> tuple[str, dict[str, dict[str, list[str]]]]:
    """The text without mark-up, and for each number the words of source, cue and content."""
    text, at, opened, parts = "", 0, None, {}
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark["part"]:
            opened = (mark["number"], mark["part"], len(text))
        elif opened:
            parts.setdefault(opened[0], {}).setdefault(opened[1], []).append(text[opened[2] :])
            opened = None
    return text + marked[at:], parts


def _bare(words: list[str]) -> list[str]:
    return [word.strip(" ,.") for word in words]


def _cases() -> list[dict]:
    return [json.loads(line) for line in (CASES / "sentences.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["name"])
def test_attribution_case(case: dict, heard) -> None:
    text, parts = _unmarked(case["text"])
    attributions, voices, _ = heard(text)
    found = [
        (
            [a.source.of(text)] if a.source else [],
            [a.cue.of(text)] if a.cue else [],
            _bare([span.of(text) for span in a.content]),
            voices[a.voice].name,
        )
        for a in sorted(
            attributions, key=lambda a: min(s.start for s in (*a.content, *([a.source] if a.source else [])))
        )
    ]
    want = [
        (told.get("S", []), told["C"], _bare(told["X"]), case["voices"][f"v{number}"])
        for number, told in sorted(parts.items())
    ]
    assert found == want


def _chain(voices, voice: str) -> list[str]:
    return [voices[key].name for key in voices[voice].chain]


def test_attribution_chain_runs_through_an_agency(heard) -> None:
    text = (
        "The strike hit a depot. Reuters reported:\n\nThe navy said two boats sank.\n\nReuters added that it was dark."
    )
    attributions, voices, _ = heard(text)
    block, inner, after = attributions
    assert (block.directness, block.within, block.source.of(text), block.cue.of(text)) == (
        "direct",
        None,
        "Reuters",
        "reported",
    )
    assert _chain(voices, inner.voice) == ["outlet", "Reuters", "navy"]
    assert inner.within == block.id
    assert _chain(voices, after.voice) == ["outlet", "Reuters"]
    assert after.within is None


def test_attribution_chain_runs_through_a_post(heard) -> None:
    text = "Two ferries collided, port officials said https://t.co/a1 — Reuters (@Reuters) March 1, 2017"
    attributions, voices, _ = heard(text)
    post = next(a for a in attributions if a.directness == "post")
    inner = next(a for a in attributions if a.within == post.id)
    assert post.source.of(text) == "Reuters"
    assert _chain(voices, inner.voice) == ["outlet", "Reuters", "port officials"]
    assert voices[inner.voice].kind == "official"


def test_attribution_citing_puts_the_cited_behind_the_teller(heard) -> None:
    text = "Nine people died when gunmen attacked a truck, the news agency Luzon Wire reported, citing police."
    attributions, voices, passages = heard(text)
    teller, cited = sorted(attributions, key=lambda a: a.cue)
    assert cited.within == teller.id
    assert cited.content == teller.content
    assert _chain(voices, cited.voice) == ["outlet", "Luzon Wire", "police"]
    assert voices[teller.voice].kind == "agency"
    gunmen = text.index("gunmen")
    assert Hearing(passages, attributions).voice(Span(gunmen, gunmen + 6)) == cited.voice


def test_attribution_of_a_statement_covers_its_passage(heard) -> None:
    text = "The Ministry of Interior released the following statement on Monday:\n\nOur forces entered the quarter."
    attributions, voices, passages = heard(text)
    (statement,) = [a for a in attributions if a.directness == "statement"]
    assert statement.content == (passages[1].span,)
    assert (statement.source.of(text), statement.cue.of(text)) == ("The Ministry of Interior", "released")
    assert voices[statement.voice].kind == "official"


def test_attribution_same_name_through_another_is_another_voice(heard) -> None:
    text = "The navy said one boat sank. Reuters reported:\n\nThe navy said two boats sank."
    attributions, voices, _ = heard(text)
    navies = [a.voice for a in attributions if voices[a.voice].name == "navy"]
    assert len(set(navies)) == 2


def test_attribution_what_is_praised_is_not_told_by_who_praises_it(heard) -> None:
    text = "The president praised the raid that killed nine rebels."
    attributions, _, passages = heard(text)
    assert [a.topical for a in attributions] == [True]
    raid = text.index("raid")
    assert Hearing(passages, attributions).voice(Span(raid, raid + 4)) == passages[0].voice


def test_attribution_nothing_leaves_its_passage(heard) -> None:
    text = "AFP wrote:\n\n“The town fell. The mayor said it was lost.\n\nThe river rose in the north.\n\nShips waited."
    attributions, _, passages = heard(text)
    for attribution in attributions:
        for span in attribution.content:
            assert any(passage.span.holds(span) for passage in passages)
    north = text.index("The river")
    assert not any(span.end > north for a in attributions for span in a.content)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "He said “" * 100 + "x" + "”" * 100,
        "“We go. " * 50,
        "„Ja“, said »Ina« and “No, 'he' said. ''Yes,” «",
        "said said said.",
    ],
    ids=["empty", "nested", "never closed", "every mark", "only cues"],
)
def test_attribution_of_odd_quotation_marks(text: str, heard) -> None:
    attributions, voices, _ = heard(text)
    for attribution in attributions:
        assert attribution.voice in voices
        assert attribution.content
        assert all(span.end <= len(text) for span in attribution.content)


def test_attribution_of_two_hundred_thousand_marks(heard) -> None:
    attributions, _, _ = heard('"' * 200_000, parsed=False)
    assert attributions == ()


def test_attribution_is_the_same_each_time(heard) -> None:
    text = "“We stay,” Berg said. Reuters reported that shops, he added, were shut."
    assert heard(text)[0] == heard(text)[0]
