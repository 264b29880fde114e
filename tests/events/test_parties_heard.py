"""Who the encoder hears as the sides of an act, with an encoder that says what the case wants."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dateline.core import Document, Reading, Span
from dateline.events.parties_heard import hear_parties
from dateline.language import Parse
from dateline.language.signals import NOTHING, Layout, Signals, WindowSignals
from dateline.pipeline import Pipeline

LABELS = ["O", *(f"{mark}-{kind}" for kind in ("source", "target", "both") for mark in "BI")]
LAYOUT = Layout.of({"side": LABELS}, [], ["where"], 1)


def heard(text: str, told: dict[str, str]) -> Signals:
    """Signals with one piece a word; ``told``: words of the text and the side that is heard there."""
    spans, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        spans.append(Span(start, start + len(word)))
        at = start + len(word)
    rows = np.full((len(spans) + 2, len(LABELS)), -5.0, np.float32)
    rows[:, 0] = 5.0
    for words, side in told.items():
        start = text.index(words)
        for k, span in enumerate(spans, 1):
            if start <= span.start < start + len(words):
                rows[k, 0] = -5.0
                rows[k, LABELS.index(("B-" if span.start == start else "I-") + side)] = 5.0
    return Signals(LAYOUT, (WindowSignals(LAYOUT, tuple(spans), rows, np.zeros((len(spans) + 2, 2), np.float16)),))


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.load()


def read(pipeline: Pipeline, text: str) -> tuple[Reading, Parse]:
    document = Document.of(text, id="d")
    reading = pipeline(document)
    # what rules found is taken away, so that a case shows what is heard
    bare = replace(reading, events=tuple(replace(event, arguments=()) for event in reading.events))
    return bare, pipeline.language(document, reading.passages)


def sides(pipeline: Pipeline, text: str, told: dict[str, str]) -> list[tuple[str, str, str]]:
    reading, parse = read(pipeline, text)
    events = hear_parties(reading.events, parse, reading.mentions, heard(text, told))
    words = {m.id: m.span.of(text) for m in reading.mentions}
    return [(e.trigger.of(text), a.role, words[a.mention]) for e in events for a in e.arguments]


def test_both_sides_of_the_only_event_are_taken(pipeline: Pipeline) -> None:
    text = "Norland imposed sanctions on the Estavian coast guard ."
    found = sides(pipeline, text, {"Norland": "source", "Estavian coast guard": "target"})
    assert [(role, "coast guard" in words) for _, role, words in found] == [("actor", False), ("recipient", True)]


def test_people_to_whom_violence_was_done_are_victims(pipeline: Pipeline) -> None:
    found = sides(pipeline, "Gunmen attacked fishermen on Monday .", {"fishermen": "target"})
    assert [(role, words) for _, role, words in found] == [("victim", "fishermen")]


def test_words_that_name_nobody_add_nothing(pipeline: Pipeline) -> None:
    assert sides(pipeline, "Gunmen attacked two fishermen on Monday .", {"on": "target"}) == []


def test_nothing_heard_changes_nothing(pipeline: Pipeline) -> None:
    reading, parse = read(pipeline, "Gunmen attacked two fishermen on Monday .")
    assert hear_parties(reading.events, parse, reading.mentions, NOTHING) == reading.events


def test_of_two_acts_without_a_shared_party_none_is_chosen(pipeline: Pipeline) -> None:
    text = "Gunmen attacked two fishermen on Monday and police arrested a driver ."
    assert sides(pipeline, text, {"a driver": "target"}) == []
