"""The gazetteer, its tables and the country shapes."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.core import KnowledgeError
from dateline.knowledge.gazetteer import Gazetteer, gazetteer
from dateline.knowledge.place_words import place_weights, place_words
from dateline.knowledge.shapes import country_shapes


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Baghdad", "IQ", 33.3, 44.4),
        ("Basra", "IQ", 30.5, 47.8),
        ("Kyiv", "UA", 50.4, 30.5),
        ("Kiev", "UA", 50.4, 30.5),
        ("Bombay", "IN", 19.1, 72.9),
        ("St. Louis", "US", 38.6, -90.2),
        ("Falluja", "IQ", 33.3, 43.8),
        ("Laurel County", "US", 37.1, -84.1),
        ("Gaza Strip", "PS", 31.4, 34.4),
    ],
)
def test_gazetteer_knows(name: str, country: str, lat: float, lon: float) -> None:
    found = gazetteer().candidates(name)
    assert any(e.country == country and abs(e.lat - lat) < 0.7 and abs(e.lon - lon) < 0.7 for e in found)


@pytest.mark.parametrize(
    ("name", "country"),
    [("US", "US"), ("U.S.A.", "US"), ("America", "US"), ("Britain", "GB"), ("DRC", "CD"), ("Burma", "MM")],
)
def test_gazetteer_countries_by_other_names(name: str, country: str) -> None:
    assert gazetteer().candidates(name)[0].country == country


def test_gazetteer_every_country_has_a_point_and_a_radius() -> None:
    for code in ("AF", "CD", "FJ", "FR", "IQ", "KI", "PS", "SS", "US", "XK", "YT"):
        entry = gazetteer().country(code)
        assert entry is not None
        assert -90 <= entry.lat <= 90
        assert entry.radius_km > 0
    assert gazetteer().country("ZZ") is None


def test_gazetteer_longest_name_wins_and_commas_end_it() -> None:
    words = ["in", "New", "York", "City", ",", "New", "York"]
    assert gazetteer().longest(words, 1)[0] == 3
    assert gazetteer().longest(["the"], 0) == (0, ())
    assert gazetteer().longest([], 0) == (0, ())


@pytest.mark.parametrize(
    ("word", "country"), [("Iraqi", "IQ"), ("Peruvians", "PE"), ("South African", "ZA"), ("Baghdad", None)]
)
def test_gazetteer_demonyms(word: str, country: str | None) -> None:
    assert gazetteer().demonym(word) == country


def test_gazetteer_demonyms_are_of_known_countries() -> None:
    table = gazetteer()
    assert all(table.country(code) for code in set(table._demonyms.values()))


def test_gazetteer_without_files_says_which(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"keys\.marisa"):
        Gazetteer(tmp_path)


def test_gazetteer_words_and_weights_load() -> None:
    words = place_words()
    assert words.before["in"] == "preposition"
    assert words.after["province"] == "admin1"
    assert words.rarely["reading"] == "word"
    assert {"name", "first", "second"} == set(place_weights())


def test_gazetteer_shapes_are_closed_rings_on_the_globe() -> None:
    shapes = country_shapes()
    assert len(shapes) == 177
    for shape in shapes:
        for polygon in shape.polygons:
            for ring in polygon:
                assert ring[0] == ring[-1]
                assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)
