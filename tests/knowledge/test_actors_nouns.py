"""Role nouns and nouns for things."""

from pathlib import Path

import pytest

from dateline.core import KnowledgeError
from dateline.knowledge.agents import AGENT_COLUMNS, agent_of_row, agents, thing_of_row, things
from dateline.knowledge.tables import Row, read_table


def test_actors_nouns_are_many() -> None:
    assert len(agents()) >= 500
    assert len(things()) >= 300


@pytest.mark.parametrize(
    ("word", "kind", "many", "sector"),
    [
        ("soldier", "person", "force", "MIL"),
        ("soldiers", "person", "force", "MIL"),
        ("gunmen", "person", "group", "UAF"),
        ("policewomen", "person", "force", "COP"),
        ("Protesters", "person", "people", "OPP"),
        ("rebel", "person", "group", "REB"),
        ("farmer", "person", "people", "AGR"),
        ("troops", "force", "force", "MIL"),
        ("crowd", "people", "people", "CVL"),
        ("suicide bombers", "person", "group", "REB"),
        ("government", "government", "government", "GOV"),
        ("judge", "person", "people", "JUD"),
        ("lawmaker", "person", "people", "LEG"),
        ("journalist", "person", "people", "JRN"),
        ("refugee", "person", "people", "REF"),
    ],
)
def test_actors_role_nouns(word: str, kind: str, many: str, sector: str) -> None:
    agent = agents().get(word)
    assert agent is not None
    assert (agent.kind, agent.many, agent.sector) == (kind, many, sector)


@pytest.mark.parametrize("word", ["terrorist", "martyr", "mob", "regime", "thug", "hero", "traitor", "terrorists"])
def test_actors_loaded_words(word: str) -> None:
    assert agents().loaded(word)


@pytest.mark.parametrize("word", ["soldier", "protester", "government", "militant", "gunman", "civilian", "moon", ""])
def test_actors_words_that_are_not_loaded(word: str) -> None:
    assert not agents().loaded(word)


@pytest.mark.parametrize(
    ("word", "kind", "group"),
    [
        ("embassy", "facility", "diplomatic"),
        ("consulates", "facility", "diplomatic"),
        ("checkpoint", "facility", "police"),
        ("hospital", "facility", "health"),
        ("pipeline", "facility", "infrastructure"),
        ("rifle", "weapon", "firearm"),
        ("car bomb", "weapon", "vehicle-bomb"),
        ("IED", "weapon", "explosive"),
        ("dynamite", "weapon", "explosive"),
        ("knives", "weapon", "blade"),
        ("mortars", "weapon", "artillery"),
        ("grenade", "weapon", "grenade"),
        ("sarin", "weapon", "chemical"),
        ("drone", "vehicle", "drone"),
        ("warplane", "vehicle", "aircraft"),
        ("convoy", "vehicle", "road"),
        ("tank", "vehicle", "armoured"),
    ],
)
def test_actors_things(word: str, kind: str, group: str) -> None:
    thing = things().get(word)
    assert thing is not None
    assert (thing.kind, thing.group) == (kind, group)


def test_actors_longest_noun_wins() -> None:
    words = ["two", "rocket", "-", "propelled", "grenades", "hit", "a", "police", "station"]
    size, thing = things().longest(words, 1)
    assert (size, thing and thing.lemma) == (4, "rocket-propelled grenade")
    size, thing = things().longest(words, 7)
    assert (size, thing and thing.lemma) == (2, "police station")
    assert things().longest(words, 0) == (0, None)
    assert agents().longest(["suicide", "bombers"], 0)[0] == 2


def test_actors_nouns_are_in_lower_case_and_of_one_table() -> None:
    assert all(lemma == lemma.lower() for lemma in agents().lemmas() | things().lemmas())
    both = agents().lemmas() & things().lemmas()
    assert both <= {"artillery", "city hall", "fighter", "garrison", "mayor's office", "palace"}


def test_actors_wrong_noun_is_named_by_file_and_line(tmp_path: Path) -> None:
    table = tmp_path / "agents.tsv"
    head = "# source: a\n# licence: b\n# date: 2026-01-01\n" + "\t".join(AGENT_COLUMNS)
    table.write_text(f"{head}\nsoldier\tperson\tMIL\tyes\t1\t0\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"^agents\.tsv:5: loaded is 'yes'"):
        [agent_of_row(row) for row in read_table(table, AGENT_COLUMNS)]
    with pytest.raises(KnowledgeError, match=r"^things\.tsv:9: no class"):
        thing_of_row(Row("things.tsv", 9, {"lemma": "hut", "kind": "facility", "class": "", "sector": "CVL"}))
