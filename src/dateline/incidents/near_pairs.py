"""The pairs of documents that are near each other, found for all documents at once: what ``Neighbours`` finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy
import scipy.sparse

from dateline.incidents.candidates import BESIDE, CLOSE, FIRM, WINDOW

_ENTRIES = 100_000
"""So many keys of documents are looked at together: this bounds the memory."""


def near_pairs(days: Sequence[int], keys: Any, owners: Any, window: int = WINDOW) -> Any:
    """Which documents are near each other, as an array of pairs (lesser number, greater number), ascending.

    Documents are numbered in the order of their names; ``days`` has one a document, ``keys`` and ``owners`` (document
    numbers) one a key of a document, of all documents at once.

    >>> near_pairs([3, 1, 2], numpy.array([7, 7, 9, 9]), numpy.array([0, 1, 1, 2])).tolist()
    [[0, 1], [1, 2]]
    """
    day = numpy.asarray(days, numpy.int64)
    keys, owners = numpy.asarray(keys, numpy.int64), numpy.asarray(owners, numpy.int64)
    if not len(keys):
        return numpy.zeros((0, 2), numpy.int32)
    return numpy.concatenate(list(_blocks(day, keys, owners, window)))


def _blocks(day: Any, keys: Any, owners: Any, window: int) -> Iterator[Any]:
    """The pairs of some documents after others."""
    size = len(day)
    order = numpy.lexsort((owners, day[owners], keys))
    row, owner = keys[order], owners[order]
    shared = _Shared(keys, owners, size)
    entries = numpy.argsort(owner, kind="stable")
    first = numpy.searchsorted(owner[entries], numpy.arange(size + 1))
    low = 0
    while low < size:
        high = max(low + 1, int(numpy.searchsorted(first, first[low] + _ENTRIES, side="right")) - 1)
        yield _near(entries[first[low] : first[high]], row, owner, day, window, shared)
        low = high


def _near(entries: Any, row: Any, owner: Any, day: Any, window: int, shared: _Shared) -> Any:
    """The near pairs whose lesser document has these entries of the rows."""
    size = len(day)
    found, firm, beside = [numpy.zeros(0, numpy.int64)], [numpy.zeros(0, bool)], [numpy.zeros(0, numpy.int64)]
    for step in (*range(-window, 0), *range(1, window + 1)):
        there = entries[(entries + step >= 0) & (entries + step < len(row))]
        same = there[(row[there] == row[there + step]) & (owner[there] < owner[there + step])]
        found.append(owner[same] * size + owner[same + step])
        firm.append(row[same] >= FIRM)
        if abs(step) <= BESIDE:
            beside.append(found[-1])
    codes, place = numpy.unique(numpy.concatenate(found), return_inverse=True)
    near = numpy.bincount(place, weights=1 + numpy.concatenate(firm), minlength=len(codes)) > 1
    pairs = numpy.stack([codes // size, codes % size], axis=1)
    close = abs(day[pairs[:, 0]] - day[pairs[:, 1]]) <= CLOSE
    alone = numpy.flatnonzero(~near & close & numpy.isin(codes, numpy.concatenate(beside)))
    near[alone[shared(pairs[alone]) == 1]] = True
    return pairs[near].astype(numpy.int32)


class _Shared:
    """How many keys pairs of documents share; a firm one counts twice."""

    def __init__(self, keys: Any, owners: Any, size: int) -> None:
        names, columns = numpy.unique(keys, return_inverse=True)
        self._weights = numpy.where(names >= FIRM, 2, 1).astype(numpy.int32)
        there = numpy.ones(len(keys), numpy.int8)
        self._table = scipy.sparse.csr_matrix((there, (owners, columns.astype(numpy.int32))), (size, len(names)))

    def __call__(self, pairs: Any) -> Any:
        return self._table[pairs[:, 0]].multiply(self._table[pairs[:, 1]]).dot(self._weights)
