"""The places room on sentences of its own."""

from __future__ import annotations

import json
import time
from functools import cache
from pathlib import Path

import pytest

from dateline.core import Document, Passage, Place, Span, Toponym
from dateline.language.spacy_door import SpacyLanguage
from dateline.places import Places

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases" / "find.jsonl").read_text("utf-8").splitlines()]


@cache
def steps() -> tuple[SpacyLanguage, Places]:
    return SpacyLanguage(), Places()


def read(text: str, url: str | None = None) -> tuple[tuple[Toponym, ...], dict[str, Place]]:
    language, places = steps()
    document = Document.of(text, url=url)
    passages = (Passage("p1", Span(0, len(text)), "narration", "v1"),) if text else ()
    toponyms, found = places(document, language(document, passages), passages)
    return toponyms, {place.id: place for place in found}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_places_cases(case: dict) -> None:
    toponyms, places = read(case["text"])
    told = []
    for toponym, expected in zip(toponyms, case["toponyms"] + [[]] * len(toponyms), strict=False):
        place = places.get(toponym.place or "")
        row = [toponym.span.of(case["text"]), place.country if place else None]
        told.append([*row, place.admin1] if place and len(expected) == 3 else row)
    assert told == case["toponyms"]


def test_places_one_place_a_document_for_one_name() -> None:
    text = "Police in Hyderabad, Pakistan, said so. Later, Hyderabad was calm. Roads from Hyderabad reopened."
    toponyms, _ = read(text)
    assert len({t.place for t in toponyms if t.span.of(text) == "Hyderabad"}) == 1


def test_places_outlets_country_counts() -> None:
    text = "A man from Cambridge was stabbed near Newmarket on Sunday."
    toponyms, places = read(text, url="https://www.example.co.uk/news/1")
    assert {places[t.place or ""].country for t in toponyms} == {"GB"}


def test_places_town_is_preferred_to_the_unit_of_its_name() -> None:
    toponyms, places = read("Rockets landed in Kirkuk, Iraq.")
    assert places[toponyms[0].place or ""].kind == "city"
    toponyms, places = read("Rockets landed in Kirkuk province, Iraq.")
    assert places[toponyms[0].place or ""].kind == "admin1"


@pytest.mark.parametrize("text", ["", " ", "\u200f", ",,, (((", "The", "IN, OR, ME", "A" * 5000, "Paris, " * 300])
def test_places_odd_text_is_no_error(text: str) -> None:
    toponyms, places = read(text)
    assert all(t.place is None or t.place in places for t in toponyms)
    assert all(0 <= t.span.start < t.span.end <= len(text) for t in toponyms)


def test_places_same_text_gives_same_records() -> None:
    text = "Troops moved from Mosul to Erbil and Tal Afar. Iraq denied it."
    assert read(text) == read(text)


def test_places_time_grows_with_length_alone() -> None:
    language, places = steps()
    text = "Fighters from Aleppo, Homs and Idlib reached Hama, Syria, on Sunday. " * 200
    document = Document.of(text)
    passages = (Passage("p1", Span(0, len(text)), "narration", "v1"),)
    parse = language(document, passages)
    start = time.process_time()
    places(document, parse, passages)
    assert time.process_time() - start < 1.5
