"""Names found in the actor registry, and names left alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.knowledge.actors import registry

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", cases("actors_find.jsonl"), ids=lambda case: repr(case["name"]))
def test_actors_find(case: dict[str, Any]) -> None:
    found = registry().find(case["name"])
    assert (found[0].key if found else None) == case["key"]


@pytest.mark.parametrize("case", cases("actors_longest.jsonl"), ids=lambda case: case["words"])
def test_actors_longest(case: dict[str, Any]) -> None:
    size, found = registry().longest(case["words"].split(), case["at"], capitals=case.get("capitals", False))
    assert (size, found[0].key if found else None) == (case["size"], case["key"])


def test_actors_hezbollah_of_lebanon_is_not_the_iraqi_brigades() -> None:
    lebanese, iraqi = registry().find("Hezbollah")[0], registry().find("Kataeb Hezbollah")[0]
    assert (lebanese.country, iraqi.country) == ("LB", "IQ")
    assert lebanese.key != iraqi.key


def test_actors_weak_names_are_found_only_when_asked_for() -> None:
    assert registry().find("KH") == ()
    assert [actor.key for actor in registry().find("KH", weak=True)] == ["kataib-hezbollah"]


def test_actors_not_yet_begun_are_left_out_and_ended_ones_come_last() -> None:
    assert registry().find("Islamic State", 1995) == ()
    assert registry().find("Islamic State", 2016)[0].key == "islamic-state"
    assert registry().find("National Liberation Army", 1990)[0].key == "national-liberation-army-colombia"
    assert registry().find("PDF", 1988, weak=True)[0].key == "panamanian-defense-forces"
    assert registry().find("PDF", 2023, weak=True)[0].key == "peoples-defence-force"


def test_actors_get_gives_bodies_of_states() -> None:
    police = registry().get("iraq/police")
    assert police is not None
    assert (police.name, police.kind, police.sector, police.country) == ("Police of Iraq", "force", "COP", "IQ")
    assert police == registry().find("Iraqi police")[0]
    assert registry().get("iraq/moon") is None
    assert registry().get("nowhere/police") is None
    assert registry().get("hamas") is registry().find("Hamas")[0]


@pytest.mark.parametrize(
    ("word", "code"),
    [("Iraqi", "IQ"), ("Iraqis", "IQ"), ("Burma", "MM"), ("Salvadoran", "SV"), ("US", "US"), ("U.S.", "US")],
)
def test_actors_country_of_a_word(word: str, code: str) -> None:
    assert registry().country(word) == code


@pytest.mark.parametrize("word", ["us", "turkey", "Hamas", "", "Atlantis"])
def test_actors_no_country_of_a_word(word: str) -> None:
    assert registry().country(word) is None


def test_actors_capital_stands_for_a_government() -> None:
    tehran = registry().capital("Tehran")
    assert tehran is not None and tehran.key == "iran"
    assert registry().capital("Gotham") is None


def test_actors_look_up_is_linear_in_the_words() -> None:
    words = ["Iraqi"] * 5000 + ["("] * 5000 + ["United"] * 5000 + ["al", "-"] * 5000
    sizes = [registry().longest(words, i)[0] for i in range(0, len(words), 7)]
    assert max(sizes) == 0
