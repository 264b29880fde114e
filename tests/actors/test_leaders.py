"""Heads of state and of government: by title and name in their years, else by the full name alone."""

from __future__ import annotations

import pytest

from dateline.knowledge.actors import registry
from dateline.knowledge.leaders import leaders


def _actors(reading) -> dict[str, str | None]:
    return {e.name: e.actor for e in reading.entities if e.kind == "person"}


@pytest.mark.parametrize(
    ("text", "published", "actor"),
    [
        ("President Karzai visited the bazaar.", "2008-05-02", "hamid-karzai"),
        ("President Karzai visited the bazaar.", "1996-05-02", None),
        ("Karzai visited the bazaar.", "2008-05-02", None),
        ("Hamid Karzai visited the bazaar.", "1996-05-02", "hamid-karzai"),
        ("President Bush visited the bazaar.", "1990-05-02", "george-bush"),
        ("President Bush visited the bazaar.", "2004-05-02", "george-w-bush"),
        ("President Bush visited the bazaar.", None, None),
        ("Prime Minister Karzai visited the bazaar.", "2008-05-02", None),
    ],
)
def test_leaders_are_linked_by_title_and_year(read, text: str, published: str | None, actor: str | None) -> None:
    reading = read(text, published=published)
    found = {e.actor for e in reading.entities if e.actor and e.kind == "person"}
    assert found == ({actor} if actor else set())


def test_leaders_are_persons_of_their_government(read) -> None:
    reading = read("Hosni Mubarak opened the bridge. Mubarak left at noon.", published="2005-03-01")
    leader = next(e for e in reading.entities if e.actor == "hosni-mubarak")
    assert (leader.kind, leader.country, leader.sector) == ("person", "EG", "GOV")
    assert sum(m.entity == leader.id for m in reading.mentions) == 2


def test_leaders_of_one_surname_stay_apart_by_country_and_year() -> None:
    assert leaders().titled("president", "Karzai", 2008, "FR") is None
    assert leaders().titled("prime minister", "Bhutto", 1989).key == "benazir-bhutto"
    assert leaders().titled("president", "Bhutto", 1972).key == "zulfikar-ali-bhutto"
    assert leaders().titled("king", "Abdullah", 2005) is None
    assert leaders().titled("king", "Abdullah", 2005, "JO").key == "abdullah-ii"


def test_leaders_full_name_of_two_is_nobodys() -> None:
    assert registry().find("George Bush") == ()
    assert [actor.key for actor in registry().find("George W. Bush")] == ["george-w-bush"]


def test_leaders_a_title_of_several_is_no_part_of_the_name(read) -> None:
    reading = read("Engineers Pablo Rios and Juan Soto died.")
    text = reading.document.text
    assert "Pablo Rios" in {m.head.of(text) for m in reading.mentions if m.kind == "person"}
