"""Linking in parts gives what linking all at once gives."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy
import pytest

from dateline.core import Reading
from dateline.incidents import link
from dateline.incidents.candidates import Keys, Neighbours
from dateline.incidents.cards import card_of
from dateline.incidents.near_pairs import near_pairs
from dateline.incidents.partitions import clusters, compared, footing, gathered, ordered, parted

Report = Callable[..., Any]
TOWNS = ("Ahfir", "Oujda", "Rabat", "Fez")
SITES = ("fish market", "bus station", "grain silo", "post office", "ferry pier", "salt mine", "tea house", "mosque")
SYLLABLES = [a + b for a in "bdfklmnrst" for b in "aeiou"]
OUTLETS = (None, "Oujda Post", "Coast Radio")


def blast(report: Report, id: str, chance: random.Random) -> Reading:
    town, site, toll = chance.choice(TOWNS), chance.choice(SITES), chance.randint(1, 5)
    day = f"2021-{chance.randint(1, 3):02}-{chance.randint(1, 28):02}"
    words = " ".join("".join(chance.choice(SYLLABLES) for _ in range(3)) for _ in range(5))
    text = f"A bomb at the {site} of {town} killed {toll} people, doctors said. {words}. A shell fell too."
    made = report(id, text, published=day, outlet=chance.choice(OUTLETS))
    made.event("bomb", mode="explosives", day=day, place=town, killed=(f"{toll} people", toll, toll))
    if chance.random() < 0.5:
        made.event("shell", mode="shell", day=day, place=chance.choice(TOWNS), background=True)
    return made.made()


def in_parts(readings: list[Reading]) -> tuple[Any, ...]:
    """Each pair compared alone, each part clustered alone, each incident made alone."""
    cards = sorted((card_of(reading) for reading in readings), key=lambda card: card.name)
    source = {reading.document.id: reading for reading in readings}
    feet = [footing(card) for card in cards]
    starts = numpy.cumsum([0, *(foot.strands for foot in feet)])
    keys = numpy.array([key for foot in feet for key in foot.keys])
    owners = numpy.array([n for n, foot in enumerate(feet) for _ in foot.keys])
    bonds, copies = set(), set()
    for pair in near_pairs([foot.day for foot in feet], keys, owners).tolist():
        found = compared([cards[n] for n in pair], [(0, 1)])
        bonds |= {(starts[pair[a]] + i, starts[pair[b]] + j, bond) for a, i, b, j, bond in found.bonds.tolist()}
        copies |= {tuple(pair) for _ in found.copies}
    inside, ends = parted(starts[-1], numpy.array(sorted(bonds)))
    groups = [group for part in numpy.split(inside, ends[:-1]) for group in clusters(part)]
    groups += [[strand] for strand in range(starts[-1]) if not any(strand in group for group in groups)]
    made = []
    for group in groups:
        strands = [(int(numpy.searchsorted(starts, n, side="right")) - 1, n) for n in group]
        members = sorted({owner for owner, _ in strands} | {n for pair in closed_by(copies, strands) for n in pair})
        place = {n: at for at, n in enumerate(members)}
        told = [(place[owner], int(n - starts[owner])) for owner, n in strands]
        same = [(place[a], place[b]) for a, b in copies if a in place and b in place]
        outlets = {foot.outlet for foot in feet if foot.outlet}
        made += gathered([cards[n] for n in members], [told], same, outlets, source)
    assert len(ends) > 3
    return tuple(ordered(made))


def closed_by(copies: set[tuple[int, ...]], strands: list[tuple[int, int]]) -> set[tuple[int, ...]]:
    """The pairs of copies that a chain of them leads to from these documents."""
    reached, found = {owner for owner, _ in strands}, set[tuple[int, ...]]()
    while more := {pair for pair in copies - found if not reached.isdisjoint(pair)}:
        found |= more
        reached |= {n for pair in more for n in pair}
    return found


@pytest.mark.parametrize("seed", range(5))
def test_partitions_give_the_incidents_of_the_whole(report: Report, seed: int) -> None:
    chance = random.Random(seed)
    readings = [blast(report, f"d{n}", chance) for n in range(120)]
    whole = link(readings)
    assert in_parts(readings) == whole
    assert any(len(incident.documents) > 2 for incident in whole)


def test_partitions_find_the_pairs_of_the_neighbours() -> None:
    chance = random.Random(5)
    rows = [(chance.randint(0, 60), ("n", f"{k:03}"), tuple(chance.sample(range(8), 2))) for k in range(90)]
    told = [Keys(day, name, mine) for day, name, mine in rows]
    gained, _ = Neighbours(window=3).add(list(enumerate(told)))
    keys = numpy.array([key for _, _, mine in rows for key in mine])
    owners = numpy.array([n for n, (_, _, mine) in enumerate(rows) for _ in mine])
    found = near_pairs([d for d, _, _ in rows], keys, owners, window=3).tolist()
    assert {(a, b) for a, b in found} == gained
    assert 0 < len(gained) < 90 * 89 / 2


@pytest.mark.parametrize("seed", range(12))
def test_partitions_large_ones_have_the_clusters_of_small_ones(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    chance, size = random.Random(seed), 60
    pairs = sorted({tuple(sorted(chance.sample(range(size), 2))) for _ in range(size * (1 + seed % 4))})
    steps = 50_000 if seed % 3 else 1
    bonds = numpy.array([(a, b, chance.randint(-395_000 // steps, 200_000 // steps) * steps) for a, b in pairs])
    inside, ends = parted(size, bonds)
    small = clusters(inside)
    monkeypatch.setattr("dateline.incidents.partitions._LARGE", 0)
    assert sorted(clusters(inside)) == sorted(small)
    assert len(ends) and max(map(len, small)) > 1


def test_partitions_of_nothing() -> None:
    none = numpy.zeros(0, numpy.int64)
    assert near_pairs([], none, none).tolist() == [] and gathered([], [], [], [], {}) == []
    bonds, ends = parted(0, none.reshape(-1, 3))
    assert bonds.tolist() == ends.tolist() == clusters(bonds) == []
