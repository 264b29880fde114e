"""Which documents are compared at all: those that stand near each other under a telling key."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

WINDOW = 12
Place = tuple[int, str, int]
"""Where a document stands under its keys: its day (0: none), its name, its number."""


class Neighbours:
    """Documents under keys (telling words, a day and a town), each key's documents in the order of their days.

    Two documents are near where at most ``window`` steps lie between them under some key. Which pairs
    are near depends on the documents alone, not on the order in which they came; a key that many
    share costs no more than one that few share.
    """

    __slots__ = ("_keys", "_places", "_rows", "_window")

    def __init__(self, window: int = WINDOW) -> None:
        self._window = window
        self._rows: dict[int, list[Place]] = {}
        self._keys: list[tuple[int, ...]] = []
        self._places: list[Place] = []

    def add(self, documents: Sequence[tuple[int | None, str, Iterable[int]]]) -> tuple[set[tuple[int, int]], ...]:
        """Take in documents (day, name, keys), numbered on from those known; the pairs that became near, and no more.

        Pairs are (lesser number, greater number). A pair of older documents can only be lost.
        """
        first = len(self._places)
        doubtful: set[tuple[int, int]] = set()
        for day, name, keys in documents:
            place = (day or 0, name, len(self._places))
            self._places.append(place)
            self._keys.append(tuple(sorted(set(keys))))
            for key in self._keys[-1]:
                doubtful |= self._put(self._rows.setdefault(key, []), place, first)
        gained = {pair for number in range(first, len(self._places)) for pair in self._near(number)}
        return gained, {pair for pair in doubtful if not self.near(*pair)}

    def near(self, left: int, right: int) -> bool:
        """Whether two documents are near under some key."""
        return any(
            abs(self._rank(key, left) - self._rank(key, right)) <= self._window
            for key in set(self._keys[left]) & set(self._keys[right])
        )

    def _put(self, row: list[Place], place: Place, first: int) -> set[tuple[int, int]]:
        """Put a place into a key's row; the pairs of older documents that it pushes out of reach."""
        at = bisect.bisect(row, place)
        row.insert(at, place)
        pushed = set()
        for step in range(1, self._window + 1):
            before, after = at - step, at - step + self._window + 1
            if before >= 0 and after < len(row) and max(row[before][2], row[after][2]) < first:
                pushed.add(_pair(row[before][2], row[after][2]))
        return pushed

    def _near(self, number: int) -> Iterable[tuple[int, int]]:
        for key in self._keys[number]:
            rank = self._rank(key, number)
            row = self._rows[key]
            for _, _, other in row[max(0, rank - self._window) : rank + self._window + 1]:
                if other != number:
                    yield _pair(number, other)

    def _rank(self, key: int, number: int) -> int:
        return bisect.bisect_left(self._rows[key], self._places[number])


def _pair(left: int, right: int) -> tuple[int, int]:
    return (left, right) if left < right else (right, left)
