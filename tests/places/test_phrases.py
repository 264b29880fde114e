"""What the words around a name make of its place; names that mean governments; places without a name."""

from __future__ import annotations

import json
import time
from functools import cache
from pathlib import Path

import pytest

from dateline.core import Document, Passage, Place, Span, Toponym
from dateline.knowledge.gazetteer import gazetteer
from dateline.knowledge.place_phrases import borders, extents
from dateline.language import Parse
from dateline.language.spacy_door import SpacyLanguage
from dateline.places import Places
from dateline.places.shifting import distance, midway, moved, part

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict]:
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


@cache
def steps() -> tuple[SpacyLanguage, Places]:
    return SpacyLanguage(), Places()


def parsed(text: str) -> tuple[Document, Parse, tuple[Passage, ...]]:
    document = Document.of(text)
    passages = (Passage("p1", Span(0, len(text)), "narration", "v1"),)
    return document, steps()[0](document, passages), passages


def read(text: str) -> tuple[tuple[Toponym, ...], dict[str, Place]]:
    toponyms, places = steps()[1](*parsed(text))
    assert len({p.id for p in places}) == len(places)
    return toponyms, {place.id: place for place in places}


@pytest.mark.parametrize("case", cases("phrases.jsonl"), ids=lambda case: case["id"])
def test_phrases_cases(case: dict) -> None:
    toponyms, places = read(case["text"])
    toponym = next(t for t in toponyms if t.span.of(case["text"]) == case["name"])
    assert (toponym.phrase.of(case["text"]) if toponym.phrase else None) == case["phrase"]
    if toponym.area:
        area = places[toponym.area]
        told = (area.kind, round(area.lat, 1), round(area.lon, 1), area.radius_km)
        assert told == (case["kind"], round(case["lat"], 1), round(case["lon"], 1), case["radius"])
        assert area.name == case["phrase"]


@pytest.mark.parametrize("case", cases("metonyms.jsonl"), ids=lambda case: case["text"])
def test_phrases_metonyms(case: dict) -> None:
    toponyms, _ = read(case["text"])
    assert next(t.metonym for t in toponyms if t.span.of(case["text"]) == case["name"]) is case["metonym"]


def test_phrases_places_without_a_name() -> None:
    text = "A bomb exploded 12 miles southwest of the Iraqi capital. Troops lined the Thai-Cambodian border."
    toponyms, places = read(text)
    assert [t.span.of(text) for t in toponyms] == ["12 miles southwest of the Iraqi capital", "Thai-Cambodian border"]
    first, second = (places[t.place or ""] for t in toponyms)
    assert distance(first, Place("b", "", "city", 33.34, 44.40, "IQ")) == pytest.approx(19.3, abs=0.5)
    assert (second.lat, second.lon) == (14.23, 102.99)


def test_phrases_the_capital_is_that_of_the_documents_country() -> None:
    text = "Two villages in Kapisa, Afghanistan, were shelled. A third lies 30 km north of the capital."
    toponyms, places = read(text)
    place = places[toponyms[-1].place or ""]
    assert (place.country, round(place.lat, 1)) == ("AF", 34.8)


def test_phrases_district_without_an_entry_lies_in_its_city() -> None:
    text = "A car bomb went off in the Karrada district of Baghdad."
    toponyms, places = read(text)
    assert [t.span.of(text) for t in toponyms] == ["Karrada", "Baghdad"]
    assert places[toponyms[0].place or ""].kind == "district"


def test_phrases_cities_are_found_without_the_word_city() -> None:
    assert [e.name for e in gazetteer().candidates("Mandaue")] == ["Mandaue City"]
    assert "Ho Chi Minh City" not in {e.name for e in gazetteer().candidates("Ho Chi Minh")}
    assert gazetteer().capital("PH").name == "Manila"  # type: ignore[union-attr]


def test_phrases_geometry_holds_everywhere() -> None:
    for lat in (-90.0, -45.0, 0.0, 60.0, 90.0):
        for lon in (-180.0, 0.0, 179.9):
            place = Place("x", "X", "region", lat, lon, None, radius_km=900)
            for bearing in (0.0, 45.0, 90.0, 180.0, 270.0):
                half = part(place, bearing, extents())
                assert -90 <= half.lat <= 90 and -180 <= half.lon <= 180
                there = moved(lat, lon, 500, bearing)
                assert -90.0001 <= there[0] <= 90.0001 and -180 <= there[1] <= 180
    one, other = (Place("x", "X", "town", 0, lon, None) for lon in (179.9, -179.9))
    middle = midway(one, other)
    assert middle is not None and abs(abs(middle.lon) - 180) < 0.01
    assert midway(one, Place("y", "Y", "town", 50, 10, None)) is None


def test_phrases_borders_and_extents_are_on_the_globe() -> None:
    assert len(borders()) > 600
    assert all(-90 <= b.lat <= 90 and -180 <= b.lon <= 180 and 50 <= b.radius_km < 5000 for b in borders().values())
    assert all(e.south < e.north and e.west < e.east for e in extents().values())


@pytest.mark.slow
def test_phrases_ten_thousand_names_take_linear_time() -> None:
    names = "Near Mosul, 10 km north of Kirkuk, and between Tikrit and Samarra troops from northern Iraq met. "
    seconds = []
    for times in (400, 2000):
        ready = parsed(names * times)
        start = time.process_time()
        toponyms, _ = steps()[1](*ready)
        seconds.append(time.process_time() - start)
        assert len(toponyms) == 5 * times
    assert seconds[1] < 8 * seconds[0] + 0.5


@pytest.mark.slow
def test_phrases_ten_thousand_names_in_one_sentence_take_linear_time() -> None:
    seconds = []
    for times in (1000, 5000):
        ready = parsed("Shells hit " + "Mosul, Kirkuk and near " * times + "Tikrit")
        start = time.process_time()
        toponyms, _ = steps()[1](*ready)
        seconds.append(time.process_time() - start)
        assert len(toponyms) > 1.5 * times
    assert seconds[1] < 10 * seconds[0] + 0.5
