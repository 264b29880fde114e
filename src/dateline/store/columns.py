"""One column of the book of incidents: words as numbers, one or several a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


class Words:
    """The values of a field by number, in the order in which they came, with a label each."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self.labels: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, value: str, label: str | None = None) -> int:
        """The value's number; a new one gets the next."""
        found = self._numbers.get(value)
        if found is None:
            found = self._numbers[value] = len(self.values)
            self.values.append(value)
            self.labels.append(label or value)
        return found

    def known(self, values: Iterable[str]) -> list[int]:
        """The numbers of those values that occur."""
        return [self._numbers[value] for value in values if value in self._numbers]


class Single:
    """A field with at most one value a row (-1: none)."""

    def __init__(self) -> None:
        self.words = Words()
        self._codes: Ints = np.empty(0, np.int64)

    def extend(self, values: Sequence[str | None]) -> None:
        """Append one row for each value."""
        number = self.words.number
        fresh = np.array([-1 if value is None else number(value) for value in values], np.int64)
        self._codes = np.concatenate([self._codes, fresh])

    def mask(self, values: Sequence[str]) -> Mask:
        """The rows that have one of the values."""
        return np.isin(self._codes, self.words.known(values))

    def counts(self, mask: Mask) -> Ints:
        """How many of the masked rows have each value."""
        codes = self._codes[mask]
        return np.bincount(codes[codes >= 0], minlength=len(self.words.values))

    def codes(self, mask: Mask) -> Ints:
        """The values' numbers of the masked rows."""
        return self._codes[mask]


class Several:
    """A field with any number of values a row."""

    def __init__(self) -> None:
        self.words = Words()
        self._rows: Ints = np.empty(0, np.int64)
        self._codes: Ints = np.empty(0, np.int64)

    def extend(self, pairs: Sequence[tuple[int, str, str]]) -> None:
        """Append (row, value, label); a pair given twice counts once."""
        number = self.words.number
        fresh = sorted({(row, number(value, label)) for row, value, label in pairs})
        self._rows = np.concatenate([self._rows, np.array([row for row, _ in fresh], np.int64)])
        self._codes = np.concatenate([self._codes, np.array([code for _, code in fresh], np.int64)])

    def mask(self, values: Sequence[str], size: int) -> Mask:
        """The rows that have one of the values."""
        out = np.zeros(size, np.bool_)
        out[self._rows[np.isin(self._codes, self.words.known(values))]] = True
        return out

    def counts(self, mask: Mask) -> Ints:
        """How many of the masked rows have each value."""
        return np.bincount(self._codes[mask[self._rows]], minlength=len(self.words.values))
