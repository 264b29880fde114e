"""Which documents are compared at all: those that stand near each other under a telling key."""

from __future__ import annotations

import bisect
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

WINDOW = 12
CLOSE, BESIDE = 7, 2
FIRM = 1 << 32
"""Keys from here on are firm: a deed's day and town, a copied passage."""
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Keys:
    """Where a document is looked up: its day (an ordinal, None: not known), a name that settles the order of one day,
    and its keys.
    """

    day: int | None
    name: tuple[str, str]
    keys: Sequence[int]


class Neighbours:
    """Documents under keys, each key's documents in the order of their days.

    Two documents are near where at most ``window`` steps lie between them under two keys, or under a firm one; or where
    they share but one key, at most ``BESIDE`` steps lie between them there and they were written within a week. Which
    pairs are near depends on the documents alone, not on the order in which they came. A key that many share costs no
    more than one that few share, and where the news is dense, two common words bring few together.
    """

    __slots__ = ("_keys", "_places", "_rows", "_window")

    def __init__(self, window: int = WINDOW) -> None:
        self._window = window
        self._rows: dict[int, array[int] | int] = {}
        self._keys: dict[int, array[int]] = {}
        self._places: dict[int, tuple[int, tuple[str, str]]] = {}

    def add(
        self, documents: Sequence[tuple[int, Keys]], tied: Callable[[int, int], bool] | None = None
    ) -> tuple[set[Pair], set[Pair]]:
        """Take in documents by number; the pairs that became near, and those of older documents that are no more.

        ``tied``: of the latter only those that this holds for are looked at (all, where it is not given).
        """
        fresh = {number for number, _ in documents}
        doubtful: set[Pair] = set()
        for number, told in documents:
            self._places[number] = (told.day or 0, told.name)
            self._keys[number] = array("Q", sorted({*told.keys}))
            for key in self._keys[number]:
                doubtful |= {pair for pair in self._put(key, number) if fresh.isdisjoint(pair)}
        gained = {pair for number in fresh for pair in self._around(number)}
        lost = {pair for pair in doubtful if (tied is None or tied(*pair)) and not self.near(*pair)}
        return gained, lost

    def drop(self, numbers: Iterable[int]) -> set[Pair]:
        """Forget documents; the pairs of others that became near by that."""
        doubtful: set[Pair] = set()
        gone = set(numbers)
        for number in gone:
            for key in self._keys[number]:
                doubtful |= self._take(key, number)
            del self._keys[number], self._places[number]
        return {pair for pair in doubtful if gone.isdisjoint(pair) and self.near(*pair)}

    def near(self, left: int, right: int) -> bool:
        """Whether two documents are near."""
        within = 0
        shared = set(self._keys[left]).intersection(self._keys[right])
        for key in shared:
            steps = abs(self._rank(key, left) - self._rank(key, right))
            if steps <= self._window and key >= FIRM:
                return True
            if steps <= BESIDE and len(shared) == 1 and self._close(left, right):
                return True
            within += steps <= self._window
        return within > 1

    def firmly(self, left: int, right: int) -> bool:
        """Whether two documents share a firm key."""
        return any(key >= FIRM for key in set(self._keys[left]).intersection(self._keys[right]))

    def _close(self, left: int, right: int) -> bool:
        return abs(self._places[left][0] - self._places[right][0]) <= CLOSE

    def _around(self, number: int) -> Iterable[Pair]:
        once: set[int] = set()
        beside: set[int] = set()
        found: set[int] = set()
        for key in self._keys[number]:
            row = self._rows[key]
            if isinstance(row, int):
                continue
            rank = self._rank(key, number)
            start = max(0, rank - self._window)
            row = row[start : rank + self._window + 1]
            found |= once.intersection(row) if key < FIRM else set(row)
            once.update(row)
            beside.update(row[max(0, rank - start - BESIDE) : rank - start + BESIDE + 1])
        mine = set(self._keys[number])
        for other in beside - found:
            if self._close(number, other) and len(mine.intersection(self._keys[other])) == 1:
                found.add(other)
        found.discard(number)
        return (_pair(number, other) for other in found)

    def _put(self, key: int, number: int) -> set[Pair]:
        """Put a document into a key's row; the pairs that it pushes out of reach."""
        row = self._rows.get(key)
        if row is None:
            self._rows[key] = number  # most keys stand in one document only
            return set()
        if isinstance(row, int):
            row = self._rows[key] = array("I", [row])
        at = bisect.bisect(row, self._places[number], key=self._places.__getitem__)
        row.insert(at, number)
        return self._across(row, at, at + 1)

    def _take(self, key: int, number: int) -> set[Pair]:
        """Take a document out of a key's row; the pairs that it brings into reach."""
        row = self._rows[key]
        if isinstance(row, int):
            del self._rows[key]
            return set()
        at = self._rank(key, number)
        del row[at]
        if len(row) == 1:
            self._rows[key] = row[0]
        return self._across(row, at, at)

    def _across(self, row: array[int], before: int, after: int) -> set[Pair]:
        """The pairs on the two sides of a place that stand just within or just beyond reach there."""
        found = set()
        for reach in (BESIDE, self._window):
            span = reach if before == after else reach + 1
            for left in range(max(0, before - reach), before):
                right = left + span
                if after <= right < len(row):
                    found.add(_pair(row[left], row[right]))
        return found

    def _rank(self, key: int, number: int) -> int:
        row = self._rows[key]
        return (
            0 if isinstance(row, int) else bisect.bisect_left(row, self._places[number], key=self._places.__getitem__)
        )


def _pair(left: int, right: int) -> Pair:
    return (left, right) if left < right else (right, left)
