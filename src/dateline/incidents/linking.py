"""Knots of many documents gathered into incidents."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from dateline.incidents.geography import fit, specific
from dateline.incidents.knots import Knot, apart, clash, kinds

_PER_DOCUMENT = 12
_CROWDED = 48


@dataclass(frozen=True, slots=True)
class Scales:
    """What speaks for and against two documents' knots being one happening.

    All are added to the likeness of the documents (``other_days`` for one, two or more days apart,
    ``other_places`` where both tell their place more than once);
    knots are gathered while the mean over all pairs is at least ``enough``. The values follow a
    logistic regression over pairs of reports on the Gun Violence Archive's incidents, with more
    weight on days that differ.
    """

    enough: float = 0.18
    same_days: float = 0.03
    other_days: tuple[float, float, float] = (-0.1, -0.12, -0.14)
    same_place: float = 0.05
    other_place: float = -0.045
    other_places: float = -0.09
    shared_party: float = 0.1
    same_count: float = 0.05
    clash: float = -0.03
    one_main: float = 0.0
    none_main: float = -0.02
    background: float = -0.05
    same_document: float = -0.1


def gather(
    knots: Sequence[Knot], likeness: Mapping[tuple[int, int], float], scales: Scales | None = None
) -> list[list[int]]:
    """Numbers of the knots of each incident: average-link clustering of the pairs worth a look.

    ``likeness`` holds the pairs of readings that are alike. Pairs that nothing brings together count
    0 in the mean, so a chain of half-likenesses does not run on.
    """
    scales = scales or Scales()
    return _cluster(len(knots), _bonds(knots, likeness, scales), scales.enough)


def _bonds(
    knots: Sequence[Knot], likeness: Mapping[tuple[int, int], float], scales: Scales
) -> dict[tuple[int, int], float]:
    own: defaultdict[int, list[int]] = defaultdict(list)
    for number, knot in enumerate(knots):
        own[knot.reading].append(number)
    ranked = {
        reading: sorted(mine, key=lambda n: (-knots[n].weight, n))[:_PER_DOCUMENT] for reading, mine in own.items()
    }
    main = {mine[0] for mine in ranked.values()}
    bonds: dict[tuple[int, int], float] = {}
    kinds_of = [kinds(knot.families) for knot in knots]
    for (left, right), alike in likeness.items():
        for a in ranked.get(left, ()):
            for b in ranked.get(right, ()):
                if not kinds_of[a].isdisjoint(kinds_of[b]):
                    bond = _bond(knots[a], knots[b], (a in main) + (b in main), scales)
                    if bond is not None:
                        bonds[min(a, b), max(a, b)] = alike + bond
    for a, b in _same_spot(knots):
        if (a, b) not in bonds:
            bond = _bond(knots[a], knots[b], (a in main) + (b in main), scales)
            if bond is not None and bond > 0:
                bonds[a, b] = bond
    for mine in ranked.values():
        for a, b in combinations(sorted(mine), 2):
            if _contrary(knots[a], knots[b]):
                bonds[a, b] = scales.same_document
    return bonds


def _same_spot(knots: Sequence[Knot]) -> Iterable[tuple[int, int]]:
    """Pairs of knots of one day and one town, whatever the documents look like."""
    spots: defaultdict[tuple[str, int, str], list[int]] = defaultdict(list)
    for number, knot in enumerate(knots):
        if knot.dated and knot.first == knot.last and knot.first is not None:
            for name in {family.name for family in knot.families if not family.speech}:
                for place in knot.places:
                    if specific(place):
                        spots[name, knot.first, place.id].append(number)
    for numbers in spots.values():
        if len(numbers) <= _CROWDED:
            for a, b in combinations(numbers, 2):
                if knots[a].reading != knots[b].reading:
                    yield a, b


def _bond(a: Knot, b: Knot, mains: int, scales: Scales) -> float | None:
    """What speaks for (above 0) or against two knots of kin families; None where something forbids it."""
    if a.wide != b.wide:
        return None
    shared = (a.actors | a.others) & (b.actors | b.others)
    speech = all(family.speech for family in a.families | b.families)
    if speech and not (a.actors & b.actors or a.agents & b.agents):
        return None
    value = scales.shared_party * min(2, len(shared)) + (scales.none_main, scales.one_main, 0.0)[mains]
    value += _time_and_place(a, b, scales) + (scales.same_count if a.counts & b.counts else 0.0)
    if clash(a.families, b.families):
        value += scales.clash
    if a.background != b.background:
        value += scales.background
    return value


def _contrary(a: Knot, b: Knot) -> bool:
    """Whether a document gives its two knots other days, other places or another span."""
    misfit = a.places and b.places and not any(fit(p, q) for p in a.places for q in b.places)
    return bool(misfit) or a.wide != b.wide or apart(a.first, a.last, b.first, b.last) > 0


def _time_and_place(a: Knot, b: Knot, scales: Scales) -> float:
    days = apart(a.first, a.last, b.first, b.last)
    value = scales.other_days[min(days, 3) - 1] if days else scales.same_days * (a.dated and b.dated)
    if a.places and b.places:
        if not any(fit(p, q) for p in a.places for q in b.places):
            often = min(sum(1 for tale in knot.tales if tale.place) for knot in (a, b)) > 1
            value += scales.other_places if often else scales.other_place
        elif a.located and b.located and not days:
            value += scales.same_place
    return value


def _cluster(size: int, bonds: Mapping[tuple[int, int], float], enough: float) -> list[list[int]]:
    """Average-link clustering of 0 … size-1; the order of the numbers settles ties."""
    sums: dict[int, dict[int, float]] = {n: {} for n in range(size)}
    for (a, b), bond in bonds.items():
        sums[a][b] = sums[b][a] = bond
    members = {n: [n] for n in range(size)}
    heap = [(-bond, a, b) for (a, b), bond in bonds.items() if bond >= enough]
    heapq.heapify(heap)
    fresh = size
    while heap:
        _, a, b = heapq.heappop(heap)
        if a in members and b in members:
            joined = _joined(sums.pop(a), sums.pop(b), a, b)
            members[fresh] = members.pop(a) + members.pop(b)
            for other, total in joined.items():
                near = sums[other]
                near.pop(a, None)
                near.pop(b, None)
                near[fresh] = total
                mean = total / (len(members[fresh]) * len(members[other]))
                if mean >= enough:
                    heapq.heappush(heap, (-mean, other, fresh))
            sums[fresh] = joined
            fresh += 1
    return sorted(sorted(each) for each in members.values())


def _joined(left: Mapping[int, float], right: Mapping[int, float], a: int, b: int) -> dict[int, float]:
    total = {other: bond for other, bond in left.items() if other != b}
    for other, bond in right.items():
        if other != a:
            total[other] = total.get(other, 0.0) + bond
    return dict(sorted(total.items()))
