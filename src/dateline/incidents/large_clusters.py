"""The clustering of ``clusters`` for parts of millions of bonds: the same clusters, held in arrays.

A pair of clusters belongs to the younger of the two. Neither changes while both are there, so the younger one's
partners are sorted once, and only its best one that is still there stands in the heap. What the rows say of clusters
that were joined since is brought up to date when a row is read.
"""

from __future__ import annotations

import heapq
from typing import Any

import numpy

from dateline.incidents.clusters import UNKNOWN


class Rows:
    """The bonds between clusters, numbered from 0: first the members, then what they are joined to.

    ``ends`` has two columns, the places of two members, ``bonds`` whole numbers; ``enough`` and ``missing`` are in the
    same unit.
    """

    def __init__(self, size: int, ends: Any, bonds: Any, enough: int, missing: int) -> None:
        self._enough, self._missing = enough, missing
        left, right = (numpy.concatenate([ends[:, k], ends[:, 1 - k]]) for k in (0, 1))
        order = numpy.argsort(left, kind="stable")
        self._others = right[order].astype(numpy.int32)
        self._bonds = numpy.concatenate([bonds, bonds])[order].astype(numpy.int32)
        self._first = numpy.searchsorted(left[order], numpy.arange(size + 1))
        self._rows: dict[int, tuple[Any, Any, Any]] = {}
        self._home = numpy.arange(2 * size, dtype=numpy.int32)
        self._sizes = numpy.ones(2 * size, numpy.int64)
        self._there = numpy.ones(2 * size, bool)
        self._left: dict[int, tuple[Any, Any]] = {}
        self._heap: list[tuple[float, int, int]] = []
        self._groups = {n: [n] for n in range(size)}
        self._fresh = size

    def run(self) -> list[list[int]]:
        """Join while there is a pair that may be joined; the members of each cluster."""
        for cluster in range(self._fresh):
            self._offer(cluster, *self._row(cluster))
        while self._heap:
            _, other, owner = heapq.heappop(self._heap)
            if not self._there[owner]:
                continue
            if self._there[other]:
                fresh = self._join(other, owner)
                self._offer(fresh, *self._rows[fresh])
            else:
                self._next(owner)
        return list(self._groups.values())

    def _row(self, cluster: int) -> tuple[Any, Any, Any]:
        """The clusters that one has bonds with, their sums, and how many bonds these are of."""
        if cluster in self._rows:
            return self._rows[cluster]
        mine = slice(self._first[cluster], self._first[cluster + 1])
        return (
            self._others[mine],
            self._bonds[mine].astype(numpy.int64),
            numpy.ones(mine.stop - mine.start, numpy.int64),
        )

    def _offer(self, owner: int, others: Any, sums: Any, known: Any) -> None:
        """Put the best partner among the older clusters into the heap."""
        unknown = numpy.minimum(self._sizes[others] * self._sizes[owner] - known, UNKNOWN * known)
        means = (sums + self._missing * unknown) / (known + unknown)
        good = numpy.flatnonzero((means >= self._enough) & (others < owner))
        order = good[numpy.lexsort((others[good], -means[good]))]
        self._left[owner] = others[order][::-1], means[order][::-1]
        self._next(owner)

    def _next(self, owner: int) -> None:
        others, means = self._left[owner]
        there = numpy.flatnonzero(self._there[others])
        if len(there):
            last = int(there[-1])
            heapq.heappush(self._heap, (-float(means[last]), int(others[last]), owner))
            self._left[owner] = others[:last], means[:last]
        else:
            del self._left[owner]

    def _join(self, a: int, b: int) -> int:
        fresh, self._fresh = self._fresh, self._fresh + 1
        rows = [self._row(a), self._row(b)]
        self._there[[a, b]] = False
        self._home[[a, b]] = fresh
        self._sizes[fresh] = self._sizes[a] + self._sizes[b]
        self._groups[fresh] = self._groups.pop(a) + self._groups.pop(b)
        for old in (a, b):
            self._rows.pop(old, None)
            self._left.pop(old, None)
        others, sums, known = (numpy.concatenate(pair) for pair in zip(*rows, strict=True))
        others = self._now(others)
        outer = others != fresh
        names, place = numpy.unique(others[outer], return_inverse=True)
        totals = numpy.zeros(len(names), numpy.int64), numpy.zeros(len(names), numpy.int64)
        numpy.add.at(totals[0], place, sums[outer])
        numpy.add.at(totals[1], place, known[outer])
        self._rows[fresh] = names.astype(numpy.int32), *totals
        return fresh

    def _now(self, clusters: Any) -> Any:
        """The clusters that these are parts of now."""
        found = self._home[clusters]
        while True:
            further = self._home[found]
            if numpy.array_equal(further, found):
                self._home[clusters] = found
                return found
            found = further
