"""Average-link clustering that minds what people decided."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

FINE = 100_000
"""A bond is a whole number of parts of this size, so that sums of bonds are the same in any order."""
UNKNOWN = 1
"""At most so many pairs that were not compared count for each that was."""
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cut:
    """Clusters are joined while the mean over their pairs is at least ``enough`` (log-odds).

    A pair that was not compared, or hardly alike, counts ``missing``; at most one such pair counts
    for each that was compared, so that a report told by hundreds still gathers.
    """

    enough: float = -0.5
    missing: float = -4.0

    def fine(self) -> Pair:
        """Both as whole numbers."""
        return round(self.enough * FINE), round(self.missing * FINE)


def clustered(
    members: Sequence[int],
    bonds: Mapping[Pair, float],
    must: Iterable[Pair] = (),
    cannot: Iterable[Pair] = (),
    cut: Cut | None = None,
) -> list[list[int]]:
    """The members in clusters; the order of ``members`` settles ties.

    ``must``: pairs that stay together whatever speaks against it, ``cannot``: pairs that stay apart,
    also through others. ValueError where both are asked of one cluster.

    >>> clustered([7, 8, 9], {(7, 8): 2.0, (8, 9): 1.0, (7, 9): 1.0}, cannot=[(7, 9)])
    [[7, 8], [9]]
    """
    rank = {member: n for n, member in enumerate(members)}
    work = _Work(len(members), cut or Cut())
    for (a, b), bond in bonds.items():
        work.sums[rank[a]][rank[b]] = work.sums[rank[b]][rank[a]] = (round(bond * FINE), 1)
    for a, b in cannot:
        work.foes[rank[a]].add(rank[b])
        work.foes[rank[b]].add(rank[a])
    home = list(range(len(members)))
    for a, b in sorted((min(rank[a], rank[b]), max(rank[a], rank[b])) for a, b in must):
        left, right = home[a], home[b]
        if left != right:
            fresh = work.join(left, right)
            home = [fresh if n in (left, right) else n for n in home]
    work.run()
    return sorted(([members[n] for n in sorted(group)] for group in work.groups.values()), key=lambda g: rank[g[0]])


class _Work:
    """The state of one clustering: sums of bonds between clusters, their members, and who may not join whom."""

    def __init__(self, size: int, cut: Cut) -> None:
        self.enough, self.missing = cut.fine()
        self.sums: dict[int, dict[int, Pair]] = {n: {} for n in range(size)}
        self.groups: dict[int, list[int]] = {n: [n] for n in range(size)}
        self.foes: dict[int, set[int]] = {n: set() for n in range(size)}
        self.fresh = size

    def mean(self, a: int, b: int) -> float:
        total, known = self.sums[a][b]
        unknown = min(len(self.groups[a]) * len(self.groups[b]) - known, UNKNOWN * known)
        return (total + self.missing * unknown) / (known + unknown)

    def join(self, a: int, b: int) -> int:
        fresh, self.fresh = self.fresh, self.fresh + 1
        if b in self.foes[a]:
            raise ValueError("tellings are to be linked and to be kept apart")
        joined: dict[int, Pair] = {}
        for old in (a, b):
            for other, (total, known) in self.sums.pop(old).items():
                if other not in (a, b):
                    before = joined.get(other, (0, 0))
                    joined[other] = (before[0] + total, before[1] + known)
                    self.sums[other].pop(old, None)
        self.groups[fresh] = self.groups.pop(a) + self.groups.pop(b)
        self.foes[fresh] = self.foes.pop(a) | self.foes.pop(b)
        for foe in self.foes[fresh]:
            self.foes[foe] = self.foes[foe] - {a, b} | {fresh}
        self.sums[fresh] = dict(sorted(joined.items()))
        for other, value in joined.items():
            self.sums[other][fresh] = value
        return fresh

    def run(self) -> None:
        heap = [(-self.mean(a, b), a, b) for a in self.sums for b in self.sums[a] if a < b]
        heap = [entry for entry in heap if -entry[0] >= self.enough]
        heapq.heapify(heap)
        while heap:
            _, a, b = heapq.heappop(heap)
            if a in self.groups and b in self.groups and b not in self.foes[a]:
                fresh = self.join(a, b)
                for other in self.sums[fresh]:
                    mean = self.mean(other, fresh)
                    if mean >= self.enough:
                        heapq.heappush(heap, (-mean, other, fresh))
