"""Acts of the police that are heard, with an encoder that says what the case wants."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dateline.core import Document, Event, Span
from dateline.events.police import Police, police_acts
from dateline.language.signals import NOTHING, Layout, Signals, WindowSignals
from dateline.pipeline import Pipeline

MARKS = [f"police:{act}" for act in ("KILL", "ARREST", "FORCE", "ANY_ACTION")]
LAYOUT = Layout.of({}, MARKS, ["where"], 1)


def heard(text: str, *acts: str) -> Signals:
    """One piece a word; ``acts``: what holds of every sentence."""
    spans, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        spans.append(Span(start, start + len(word)))
        at = start + len(word)
    rows = np.full((len(spans) + 2, len(MARKS)), -5.0, np.float32)
    for act in acts:
        rows[:, MARKS.index(f"police:{act}")] = 5.0
    return Signals(LAYOUT, (WindowSignals(LAYOUT, tuple(spans), rows, np.zeros((len(spans) + 2, 2), np.float16)),))


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.load()


def hear(pipeline: Pipeline, text: str, signals: Signals) -> tuple[Event, ...]:
    """The typed events of a text, with what the police are heard to do; no sentence tells of a further act."""
    reading = pipeline(Document.of(text, id="d"))
    parse = pipeline.language(reading.document, reading.passages)
    events = tuple(replace(event, police=()) for event in reading.events if event.type != "OTHER")
    made, wanting = police_acts(events, parse, Police(reading.mentions, reading.entities, text), signals)
    assert events and not wanting
    return made


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Police arrested three men in Dhaka.", {"ARREST", "ANY_ACTION"}),
        ("Police shot dead two students in Dhaka.", {"KILL", "FORCE", "ANY_ACTION"}),
        ("Police shot two students dead in Dhaka.", {"KILL", "FORCE", "ANY_ACTION"}),
        ("Police did not arrest the rioters.", {"FAIL"}),
        ("Police may arrest the rioters.", set()),
        ("Rebels killed four farmers near Lashio.", set()),
    ],
)
def test_what_the_police_did_by_the_rules(pipeline: Pipeline, text: str, acts: set[str]) -> None:
    reading = pipeline(Document.of(text, id="d"))
    parse = pipeline.language(reading.document, reading.passages)
    told, _ = police_acts(reading.events, parse, Police(reading.mentions, reading.entities, text), NOTHING)
    assert {act for event in told for act in event.police} == acts


def test_what_is_heard_of_a_sentence_joins_its_event(pipeline: Pipeline) -> None:
    text = "Police arrested three men in Dhaka ."
    (event,) = hear(pipeline, text, heard(text, "FORCE", "ANY_ACTION"))
    assert set(event.police) >= {"FORCE", "ANY_ACTION"}


def test_what_is_heard_of_a_sentence_without_police_counts_for_nothing(pipeline: Pipeline) -> None:
    text = "Rebels killed four farmers near Lashio ."
    (event,) = hear(pipeline, text, heard(text, "FORCE", "ANY_ACTION"))
    assert event.police == ()


def test_an_act_that_no_event_tells_is_wanted(pipeline: Pipeline) -> None:
    text = "Police kept watch over the old bazaar ."
    reading = pipeline(Document.of(text, id="d"))
    parse = pipeline.language(reading.document, reading.passages)
    police = Police(reading.mentions, reading.entities, text)
    _, wanting = police_acts((), parse, police, heard(text, "ANY_ACTION"))
    assert [acts for _, acts in wanting] == [("ANY_ACTION",)]
