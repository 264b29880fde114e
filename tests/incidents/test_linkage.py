"""Linking on as documents come, people's decisions, sums, and what is compared."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from dateline.core import Document, Incident, Reading
from dateline.incidents import link
from dateline.incidents.candidates import FIRM, Keys, Neighbours
from dateline.incidents.clusters import Cut, clustered
from dateline.incidents.linkage import Linkage
from dateline.incidents.rulings import Ruling
from dateline.incidents.similarity import TEXT_FEATURES, text_features
from dateline.incidents.sketches import sketch_of

Report = Callable[..., Any]
TOWNS = ("Ahfir", "Oujda", "Rabat", "Fez")


def blast(report: Report, id: str, town: str, day: int, toll: int, words: str) -> Reading:
    text = f"A bomb at the {words} of {town} killed {toll} people, doctors said. Stalls at the {words} burned."
    made = report(id, text, published=f"2021-03-{day + 1:02}")
    made.event("bomb", mode="explosives", day=f"2021-03-{day:02}", place=town, killed=(f"{toll} people", toll, toll))
    return made.made()


def many(report: Report, seed: int, size: int = 30) -> list[Reading]:
    chance = random.Random(seed)
    sites = ("fish market", "bus station", "grain silo")
    return [
        blast(report, f"d{n}", chance.choice(TOWNS), chance.randint(1, 5), chance.randint(1, 9), chance.choice(sites))
        for n in range(size)
    ]


def documents(incidents: tuple[Incident, ...]) -> list[tuple[str, ...]]:
    return sorted(incident.documents for incident in incidents)


@pytest.mark.parametrize("seed", range(4))
def test_linkage_any_order_and_batches_give_the_same(report: Report, seed: int) -> None:
    readings = many(report, seed)
    expected = link(readings)
    chance = random.Random(seed + 50)
    chance.shuffle(readings)
    state, at = Linkage(), 0
    while at < len(readings):
        step = chance.randint(1, 9)
        state.add(readings[at : at + step])
        state.incidents()
        at += step
    assert state.incidents() == expected


def test_linkage_decisions_hold(report: Report) -> None:
    one, two = (blast(report, id, "Ahfir", 2, 9, "fish market") for id in "ab")
    far = blast(report, "c", "Rabat", 5, 3, "grain silo")
    pair, others = (("a", "x1"), ("b", "x1")), (("a", "x1"), ("c", "x1"))
    assert documents(link([one, two, far])) == [("a", "b"), ("c",)]
    assert documents(link([one, two, far], cannot_link=[pair])) == [("a",), ("b",), ("c",)]
    assert documents(link([one, two, far], must_link=[others])) in ([("a", "b", "c")], [("a", "c"), ("b",)])
    later = Linkage([Ruling(*others, True), Ruling(*pair, False)])
    for reading in (far, two, one):
        later.add([reading])
    assert documents(later.incidents()) == [("a", "c"), ("b",)]
    with pytest.raises(ValueError, match="kept apart"):
        link([one, two], must_link=[pair], cannot_link=[pair])


def test_linkage_decision_parts_tellings_of_one_document(report: Report) -> None:
    made = report("r", "Gunmen raided a farm near Oujda. Two brothers were shot dead.")
    made.event("raided", day="2021-03-02", place="Oujda").event("shot", mode="firearms", killed=("Two", 2, 2))
    assert len(link([made.made()])) == 1
    assert len(link([made.made()], cannot_link=[(("r", "x1"), ("r", "x2"))])) == 2


def test_linkage_sums_never_join_reports(report: Report) -> None:
    day = blast(report, "a", "Ahfir", 2, 9, "fish market")
    made = report("b", "Bombs at the fish market of Ahfir killed 9 people this month, doctors said. Stalls burned.")
    made.event("Bombs", mode="explosives", day=("2021-03-01", "2021-03-31"), place="Ahfir", killed=("9 people", 9, 9))
    assert documents(link([day, made.made()])) == [("a",), ("b",)]


def test_linkage_near_pairs_do_not_depend_on_arrival() -> None:
    chance = random.Random(3)
    rows = {
        k: Keys(chance.randint(1, 30), ("n", f"{1000 - k}"), [*chance.sample(range(9), 2), FIRM + chance.randrange(20)])
        for k in range(60)
    }

    def pairs(order: list[int], step: int, gone: list[int]) -> set[tuple[int, int]]:
        near, held = Neighbours(window=3), set()
        for at in range(0, len(order), step):
            gained, lost = near.add([(k, rows[k]) for k in order[at : at + step]])
            held = (held | gained) - lost
        for some in (gone[:1], gone[1:]):
            held |= near.drop(some)
            held = {pair for pair in held if not set(pair) & set(some)}
        return held

    whole = pairs(list(rows), 60, [])
    assert 0 < len(whole) < 60 * 59 / 2
    assert any(abs((rows[a].day or 0) - (rows[b].day or 0)) > 7 for a, b in whole)
    for step in (1, 7):
        assert pairs(chance.sample(list(rows), len(rows)), step, []) == whole
        gone = chance.sample(list(rows), 20)
        assert pairs(list(rows), step, gone) == pairs([k for k in rows if k not in gone], 60, [])


@pytest.mark.parametrize("seed", range(4))
def test_linkage_brought_back_and_withdrawn_as_from_scratch(report: Report, seed: int) -> None:
    readings = many(report, seed, 40)
    chance = random.Random(seed + 9)
    gone = {each.document.id for each in chance.sample(readings, 8)}
    rulings = [Ruling((f"d{a}", "x1"), (f"d{b}", "x1"), a % 2 == 0) for a, b in ((0, 1), (2, 3), (5, 7), (8, 30))]
    state = Linkage(rulings[:2])
    state.add(readings[:25])
    state.drop(chance.sample(sorted(gone), 3))
    back = Linkage.brought_back(state.changed(), rulings[:2], {each.document.id: each for each in readings})
    back.add(readings[25:])
    back.rule(rulings)
    kept = {each.number: each for each in (*state.changed(), *back.changed())}
    assert kept
    back.drop(gone)
    scratch = Linkage(rulings)
    scratch.add(each for each in readings if each.document.id not in gone)
    assert back.incidents() == scratch.incidents()
    assert {group.basis for group in back.groups()} == {group.basis for group in scratch.groups()}


def test_linkage_later_of_two_decisions_stands(report: Report) -> None:
    one, two, three = (blast(report, id, "Ahfir", 2, 9, "fish market") for id in "abc")
    pairs = [(("a", "x1"), ("b", "x1")), (("b", "x1"), ("c", "x1")), (("a", "x1"), ("c", "x1"))]
    state = Linkage([Ruling(*pairs[0], True), Ruling(*pairs[1], True), Ruling(*pairs[2], False)])
    state.add([one, two, three])
    assert documents(state.incidents()) == [("a",), ("b", "c")]
    assert state.overruled == (Ruling(*pairs[0], True),)
    with pytest.raises(ValueError, match="another text"):
        state.add([blast(report, "a", "Rabat", 2, 9, "fish market")])


def test_linkage_features_are_symmetric() -> None:
    texts = ("Nine bakers of Ahfir were shot in Oujda.", "Police in Oujda said bakers were shot.", "", "12 12 13")
    sketches = [sketch_of(Document.of(text, id=str(n), title="Oujda")) for n, text in enumerate(texts)]
    there = text_features(sketches, [0, 1, 2], [1, 3, 0])
    back = text_features(sketches, [1, 3, 0], [0, 1, 2])
    assert there.shape == (3, len(TEXT_FEATURES)) and (there == back).all()


def test_linkage_clusters_of_hundreds_hold_together() -> None:
    bonds = {(a, b): 6.0 for a in range(300) for b in range(a + 1, min(300, a + 13))}
    assert len(clustered(range(300), bonds, cut=Cut())) == 1
