"""Mentions, coreference and labels, on sentences of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent / "cases" / "coreference.jsonl"


def _entities(reading, words: str) -> set[str | None]:
    text = reading.document.text
    return {m.entity for m in reading.mentions if words in (m.span.of(text), m.head.of(text))}


@pytest.mark.parametrize("case", [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()])
def test_actors_coreference(read, case: dict[str, Any]) -> None:
    reading = read(case["text"])
    for first, second in case.get("same", []):
        assert _entities(reading, first) & _entities(reading, second) - {None}, (first, second)
    for first, second in case.get("different", []):
        a, b = _entities(reading, first), _entities(reading, second)
        assert a and b and not a & b, (first, second)


def test_actors_registry_names_and_sectors(read) -> None:
    reading = read("Iraqi officials met the Pentagon's envoy in Baghdad.")
    by_name = {e.name: e for e in reading.entities}
    officials = next(e for e in reading.entities if e.country == "IQ" and e.sector == "GOV")
    assert officials.actor
    assert any("Defense" in name for name in by_name)


def test_actors_labels_keep_the_voice_that_used_them(read) -> None:
    reading = read("Terrorists attacked the school, the mayor said. Supporters of the rebels denied it.")
    labels = {label.text for entity in reading.entities for label in entity.labels}
    assert "Terrorists" in labels
    voices = {voice.id for voice in reading.voices}
    assert all(label.voice in voices for entity in reading.entities for label in entity.labels)


def test_actors_a_designation_is_a_label(read) -> None:
    reading = read("The Taliban, which the ministry designated as a terrorist organization, denied it.")
    taliban = next(e for e in reading.entities if e.name == "Taliban")
    assert "terrorist organization" in [label.text for label in taliban.labels]


@pytest.mark.parametrize("text", ["", "?", "((((((", "🇦🇪 🇦🇪", "of of of of", "A" * 3000])
def test_actors_odd_text_is_no_error(read, text: str) -> None:
    reading = read(text + " ")
    assert all(m.span.end <= len(text) + 1 for m in reading.mentions)


def _spans(reading, level: str) -> dict[str, str]:
    text = reading.document.text
    return {m.span.of(text): m.head.of(text) for m in reading.mentions if m.level == level}


def test_actors_a_mention_is_the_whole_phrase_and_its_head_the_name(read) -> None:
    reading = read("The families of the victims met the Islamist group Boko Haram. Interior Minister Ana Otieno left.")
    assert _spans(reading, "nominal")["The families of the victims"] == "families"
    named = _spans(reading, "name")
    assert named["the Islamist group Boko Haram"] == "Boko Haram"
    assert any(span.endswith("Interior Minister Ana Otieno") and head == "Ana Otieno" for span, head in named.items())


def test_actors_a_state_where_something_happens_is_no_government(read) -> None:
    reading = read("Clashes broke out in Iraq on Monday. Iraq accused Iran of arming the militias.")
    text = reading.document.text
    kinds = [m.kind for m in reading.mentions if m.head.of(text) == "Iraq"]
    assert kinds == ["thing", "government"]


def test_actors_years_and_bare_numbers_are_no_people(read) -> None:
    reading = read("The wall parts the town in two. In 1989 it fell. Two were killed.")
    text = reading.document.text
    people = {m.head.of(text) for m in reading.mentions if m.kind == "people"}
    assert people == {"Two"}


def test_actors_a_lone_name_that_acts_is_a_person(read) -> None:
    reading = read("Marisol hid in the cellar for two days. NVRC gave no comment.")
    text = reading.document.text
    kinds = {m.head.of(text): m.kind for m in reading.mentions if m.level == "name"}
    assert kinds["Marisol"] == "person"
    assert kinds["NVRC"] == "organisation"


def _told(reading) -> set[tuple[str, str, str | None, str | None]]:
    """Words, kind, and the country and sector of the entity, of every mention."""
    by_id = {e.id: e for e in reading.entities}
    told = set()
    for m in reading.mentions:
        e = by_id.get(m.entity or "")
        told.add((m.span.of(reading.document.text), m.kind, e.country if e else None, e.sector if e else None))
    return told


PARTS = Path(__file__).parent / "cases" / "parts.jsonl"


@pytest.mark.parametrize("case", [json.loads(line) for line in PARTS.read_text(encoding="utf-8").splitlines()])
def test_actors_parties_in_front_of_a_head(read, case: dict[str, Any]) -> None:
    told = _told(read(case["text"]))
    assert {tuple(want) for want in case.get("want", [])} <= told
    assert not {tuple(never) for never in case.get("not", [])} & told


def test_actors_number_of_the_unnamed(read) -> None:
    reading = read("Three gunmen killed a judge outside the court.")
    gunmen = next(e for e in reading.entities if "gunmen" in e.name)
    assert (gunmen.number, gunmen.kind, gunmen.actor) == (3, "people", None)


def test_actors_quantities_are_of_no_entity(read) -> None:
    reading = read("Engineers cleared 14 tunnels and spent $3 million on repairs.")
    text = reading.document.text
    own = {m.kind: (m.span.of(text), m.entity) for m in reading.mentions if m.kind in ("quantity", "money")}
    assert own == {"quantity": ("14", None), "money": ("$3 million", None)}
    assert "tunnels" in [m.span.of(text) for m in reading.mentions]
