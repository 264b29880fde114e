"""Linking in parts gives what linking all at once gives."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy
import pytest

from dateline.core import Reading
from dateline.incidents import link
from dateline.incidents.candidates import Keys, Neighbours
from dateline.incidents.partitions import closed, footing, linked, near_pairs, ordered, prepared, tied

Report = Callable[..., Any]
TOWNS = ("Ahfir", "Oujda", "Rabat", "Fez")
SITES = ("fish market", "bus station", "grain silo", "post office")
OUTLETS = (None, "Oujda Post", "Coast Radio")


def blast(report: Report, id: str, chance: random.Random) -> Reading:
    town, site, toll, day = chance.choice(TOWNS), chance.choice(SITES), chance.randint(1, 5), chance.randint(1, 20)
    text = f"A bomb at the {site} of {town} killed {toll} people, doctors said. Stalls at the {site} burned."
    made = report(id, text, published=f"2021-03-{day + 1:02}", outlet=chance.choice(OUTLETS))
    made.event("bomb", mode="explosives", day=f"2021-03-{day:02}", place=town, killed=(f"{toll} people", toll, toll))
    return made.made()


def numbered(readings: list[Reading]) -> tuple[list[Reading], Any]:
    """The readings in the order of their names, and the pairs that are near among all."""
    rows = sorted(((footing(reading), reading) for reading in readings), key=lambda row: row[0].name)
    keys = numpy.array([key for f, _ in rows for key in f.keys])
    owners = numpy.array([n for n, (f, _) in enumerate(rows) for _ in f.keys])
    return [reading for _, reading in rows], near_pairs([f.day for f, _ in rows], keys, owners)


def in_parts(readings: list[Reading]) -> tuple[Any, ...]:
    rows, pairs = numbered(readings)
    feet = [footing(reading) for reading in rows]
    shares = defaultdict(list)
    for a, b in pairs.tolist():
        shares[feet[a].partition].append((a, b))
    ties: set[tuple[int, int]] = set()
    for share in shares.values():
        members = sorted({n for pair in share for n in pair})
        place = {n: at for at, n in enumerate(members)}
        found = tied([prepared(rows[n]) for n in members], [(place[a], place[b]) for a, b in share])
        ties |= {(members[a], members[b]) for a, b in found}
    made = []
    outlets = {f.outlet for f in feet if f.outlet}
    for members in closed(len(rows), ties):
        place = {n: at for at, n in enumerate(members)}
        inside = [(place[a], place[b]) for a, b in pairs.tolist() if a in place and b in place]
        made += linked([rows[n] for n in members], inside, outlets)
    assert len(shares) > 3
    return tuple(ordered(made))


@pytest.mark.parametrize("seed", range(5))
def test_partitions_give_the_incidents_of_the_whole(report: Report, seed: int) -> None:
    chance = random.Random(seed)
    readings = [blast(report, f"d{n}", chance) for n in range(80)]
    whole = link(readings)
    assert in_parts(readings) == whole
    assert any(len(incident.documents) > 2 for incident in whole)


def test_partitions_find_the_pairs_of_the_neighbours() -> None:
    chance = random.Random(5)
    rows = [(chance.randint(0, 60), f"n{k:03}", tuple(chance.sample(range(8), 2))) for k in range(90)]
    told = [Keys(day, name, mine) for day, name, mine in rows]
    gained, _ = Neighbours(window=3).add(list(enumerate(told)))
    keys = numpy.array([key for _, _, mine in rows for key in mine])
    owners = numpy.array([n for n, (_, _, mine) in enumerate(rows) for _ in mine])
    found = near_pairs([d for d, _, _ in rows], keys, owners, window=3).tolist()
    assert {(a, b) for a, b in found} == gained
    assert 0 < len(gained) < 90 * 89 / 2


def test_partitions_of_nothing() -> None:
    none = numpy.zeros(0, numpy.int64)
    assert near_pairs([], none, none).tolist() == [] and closed(0, []) == [] and linked([], [], []) == ()
