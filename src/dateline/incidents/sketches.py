"""What of a document's words is kept for comparing it with others."""

from __future__ import annotations

import functools
import math
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy

from dateline.core import Document
from dateline.incidents.similarity import day_of, words
from dateline.knowledge.word_spread import word_spread

_LEAD = 120
_NAME = 1.3
_PAIR = 1.2
_KEYS = 20
_KEPT = 400
_UNSEEN = 0.001
_TELLING = 3.0
Vector = tuple[Any, Any]
"""Ids of words (uint32, ascending) and their weights (float32), of length one together."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """The weighed words of one document; nothing in it depends on other documents.

    ``words``: all, ``names``: those with a capital, ``lead``: the first 120, ``title``, ``numbers``
    (years apart), ``pairs``: two names in a row. ``keys``: its most telling words and pairs of names,
    under which it is looked up. ``length`` in characters, ``day`` an ordinal or None.
    """

    day: int | None
    length: int
    words: Vector
    names: Vector
    lead: Vector
    title: Vector
    numbers: Vector
    pairs: Vector
    keys: tuple[int, ...]


def word_id(word: str) -> int:
    """A number for a word, the same in every run."""
    return zlib.crc32(word.encode())


@functools.lru_cache(100_000)
def rarity(word: str) -> float:
    """How telling a word is: the logarithm of one over its share of reports.

    >>> rarity("said") < rarity("mayor") < rarity("ahfir")
    True
    """
    return math.log((1 + _UNSEEN) / (word_spread().get(word, 0.0) + _UNSEEN))


def sketch_of(document: Document) -> Sketch:
    """The sketch of one document; linear in its length."""
    title, body = list(words(document.title or "")), list(words(document.text))
    row = title + body
    counts = Counter(word for word, _ in row)
    capitals = Counter(word for word, capital in row if capital)
    names = {word for word, n in counts.items() if 2 * capitals[word] > n}
    weights = {w: (1 + math.log(n)) * rarity(w) for w, n in counts.items()}
    whole = {w: value * (_NAME if w in names else 1.0) for w, value in weights.items()}
    pairs = _pairs(body, names)
    telling = {**whole, **{pair: _PAIR * value for pair, value in pairs.items()}}
    telling = {word: value for word, value in telling.items() if " " in word or rarity(word) >= _TELLING}
    best = sorted(telling, key=lambda w: (-telling[w], w))[:_KEYS]
    return Sketch(
        day=day_of(document.published),
        length=len(document.text),
        words=_vector(whole),
        names=_vector({w: weights[w] for w in names if not w[0].isdigit()}),
        lead=_vector({w: rarity(w) for w, _ in row[:_LEAD]}),
        title=_vector({w: rarity(w) for w, _ in title}),
        numbers=_vector({w: rarity(w) for w in counts if w[0].isdigit() and not _year(w)}),
        pairs=_vector(pairs),
        keys=tuple(word_id(w) for w in best),
    )


def _pairs(row: Sequence[tuple[str, bool]], names: Iterable[str]) -> dict[str, float]:
    found = {}
    for (left, capital), (right, other) in pairwise(row):
        named = capital and other and left in names and right in names
        if named and not left[0].isdigit() and not right[0].isdigit():
            found[f"{left} {right}"] = max(rarity(left), rarity(right))
    return found


def _year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")


def _vector(weights: Mapping[str, float]) -> Vector:
    kept = sorted(weights, key=lambda w: (-weights[w], w))[:_KEPT]
    length = math.sqrt(sum(weights[w] ** 2 for w in kept)) or 1.0
    unique = {word_id(w): weights[w] / length for w in kept}
    ids = sorted(unique)
    return numpy.array(ids, numpy.uint32), numpy.array([unique[i] for i in ids], numpy.float32)
