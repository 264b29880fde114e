"""Roles and acts of the police that are heard, with an encoder that says what the case wants."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dateline.core import Document, Event, Span
from dateline.events.police import Police, police_acts
from dateline.events.roles_heard import hear_roles
from dateline.language.signals import NOTHING, Layout, Signals, WindowSignals
from dateline.pipeline import Pipeline

ROLES = ["O", *(f"{mark}-{role}" for role in ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon") for mark in "BI")]
MARKS = [f"police:{act}" for act in ("KILL", "ARREST", "FORCE", "ANY_ACTION")]
LAYOUT = Layout.of({"muc": ROLES}, MARKS, ["where"], 1)


def heard(text: str, roles: dict[str, str] | None = None, acts: tuple[str, ...] = ()) -> Signals:
    """One piece a word; ``roles``: words and the role heard there; ``acts``: what holds of every sentence."""
    spans, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        spans.append(Span(start, start + len(word)))
        at = start + len(word)
    rows = np.full((len(spans) + 2, len(ROLES) + len(MARKS)), -5.0, np.float32)
    rows[:, 0] = 5.0
    for words, role in (roles or {}).items():
        start = text.index(words)
        for k, span in enumerate(spans, 1):
            if start <= span.start < start + len(words):
                rows[k, 0] = -5.0
                rows[k, ROLES.index(("B-" if span.start == start else "I-") + role)] = 5.0
    for act in acts:
        rows[:, len(ROLES) + MARKS.index(f"police:{act}")] = 5.0
    return Signals(LAYOUT, (WindowSignals(LAYOUT, tuple(spans), rows, np.zeros((len(spans) + 2, 2), np.float16)),))


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.load()


def bare(pipeline: Pipeline, text: str, signals: Signals, *, acts: bool) -> tuple[Event, ...]:
    """The events of a text after hearing, their own roles taken away before."""
    reading = pipeline(Document.of(text, id="d"))
    parse = pipeline.language(reading.document, reading.passages)
    events = tuple(replace(event, arguments=()) for event in reading.events if event.type != "OTHER")
    if not acts:
        return hear_roles(events, parse, reading.mentions, signals)
    police = Police(reading.mentions, reading.entities, text)
    made, wanting = police_acts(events, parse, police, signals)
    assert not (made and wanting)
    return made


def test_a_weapon_that_is_heard_joins_the_attack(pipeline: Pipeline) -> None:
    text = "Gunmen attacked the barracks with mortars ."
    (event,) = bare(pipeline, text, heard(text, {"mortars": "Weapon", "barracks": "Target"}), acts=False)
    assert [argument.role for argument in event.arguments] == ["target", "instrument"]


def test_a_role_without_an_act_of_violence_in_its_sentence_joins_nothing(pipeline: Pipeline) -> None:
    text = "Gunmen attacked the barracks . The mortars were old ."
    (event,) = bare(pipeline, text, heard(text, {"mortars": "Weapon"}), acts=False)
    assert event.arguments == ()


def test_without_an_encoder_roles_stay(pipeline: Pipeline) -> None:
    text = "Gunmen attacked the barracks with mortars ."
    (event,) = bare(pipeline, text, NOTHING, acts=False)
    assert event.arguments == ()


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
    (event,) = bare(pipeline, text, heard(text, acts=("FORCE", "ANY_ACTION")), acts=True)
    assert set(event.police) >= {"FORCE", "ANY_ACTION"}


def test_what_is_heard_of_a_sentence_without_police_counts_for_nothing(pipeline: Pipeline) -> None:
    text = "Rebels killed four farmers near Lashio ."
    (event,) = bare(pipeline, text, heard(text, acts=("FORCE", "ANY_ACTION")), acts=True)
    assert event.police == ()


def test_an_act_that_no_event_tells_is_wanted(pipeline: Pipeline) -> None:
    text = "Police kept watch over the old bazaar ."
    reading = pipeline(Document.of(text, id="d"))
    parse = pipeline.language(reading.document, reading.passages)
    police = Police(reading.mentions, reading.entities, text)
    _, wanting = police_acts((), parse, police, heard(text, acts=("ANY_ACTION",)))
    assert [acts for _, acts in wanting] == [("ANY_ACTION",)]
