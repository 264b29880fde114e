"""Which documents are copies of one text: one agency's report in several outlets is one origin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.core import Document
from dateline.incidents.similarity import words

_GRAM = 5
_SAME = 0.4
_INSIDE = 0.65


def copies(documents: Sequence[Document], alike: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """For each document the number of the first of the documents that its text was copied from or with.

    Among the pairs that are ``alike``, two texts are copies where they share 40 % of their word
    five-grams, or where 65 % of the shorter one's are in the longer one (a cut copy). The first is
    the one published earliest, then the one with the lesser id.
    """
    grams: dict[int, frozenset[int]] = {}
    group = list(range(len(documents)))
    for i, j in alike:
        if _root(group, i) != _root(group, j):
            for n in (i, j):
                if n not in grams:
                    grams[n] = _grams(documents[n])
            if _copied(grams[i], grams[j]):
                _join(group, i, j, documents)
    return tuple(_root(group, i) for i in range(len(documents)))


def _copied(left: frozenset[int], right: frozenset[int]) -> bool:
    shared = len(left & right)
    shorter = min(len(left), len(right))
    return shorter > 0 and (shared / len(left | right) >= _SAME or shared / shorter >= _INSIDE)


def _grams(document: Document) -> frozenset[int]:
    told: Iterable[str] = (word for word, _ in words(document.text))
    row = list(told)
    return frozenset(hash_of(row[i : i + _GRAM]) for i in range(len(row) - _GRAM + 1))


def hash_of(row: Sequence[str]) -> int:
    """A number for a row of words, the same within one run."""
    return hash(tuple(row))


def _root(group: list[int], i: int) -> int:
    while group[i] != i:
        group[i] = group[group[i]]
        i = group[i]
    return i


def _join(group: list[int], i: int, j: int, documents: Sequence[Document]) -> None:
    first, second = sorted(
        (_root(group, i), _root(group, j)),
        key=lambda n: (documents[n].published or "9", documents[n].id, documents[n].sha256),
    )
    group[second] = first
