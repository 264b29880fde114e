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
from dateline.incidents.wording import day_of, words
from dateline.knowledge.word_spread import word_spread

_LEAD = 120
NAMES_COUNT = 1.3
"""How much more a name weighs than another word."""
_PAIR = 1.2
_KEYS = 20
_KEPT = 400
_UNSEEN = 0.001
_TELLING = 3.0
_MOST = 255
NAME, LEAD, TITLE, NUMBER, PAIR = 1, 2, 4, 8, 16
WORD = numpy.dtype([("id", "<u4"), ("rarity", "<f4"), ("times", "u1"), ("marks", "u1")])
"""One word of a sketch: ``times`` it stands there, ``marks`` tell what it is (``NAME``, ``LEAD`` …)."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """The weighed words of one document; nothing in it depends on other documents.

    ``words``: packed rows of ``WORD``, ascending by id, words before pairs of names. ``keys``: the numbers of its most
    telling words and pairs of names, under which it is looked up. ``length`` in characters, ``day`` an ordinal or None.
    """

    day: int | None
    length: int
    words: bytes
    keys: tuple[int, ...]


def word_id(word: str) -> int:
    """A number for a word, the same in every run."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


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
    weights = {w: (1 + math.log(n)) * rarity(w) * (NAMES_COUNT if w in names else 1.0) for w, n in counts.items()}
    pairs = _pairs(body, names)
    telling = {w: value for w, value in weights.items() if rarity(w) >= _TELLING}
    telling |= {pair: _PAIR * value for pair, value in pairs.items()}
    sets = (
        ({w for w in names if not w[0].isdigit()}, NAME),
        ({w for w, _ in row[:_LEAD]}, LEAD),
        ({w for w, _ in title}, TITLE),
        ({w for w in counts if w[0].isdigit() and not _year(w)}, NUMBER),
    )
    kept = {*_best(weights, _KEPT), *(w for w, _ in row[:_LEAD]), *(w for w, _ in title[:_LEAD])}
    rows = {
        word_id(w): (rarity(w), min(_MOST, counts[w]), sum(mark for group, mark in sets if w in group)) for w in kept
    }
    return Sketch(
        day=day_of(document.published),
        length=len(document.text),
        words=_packed(rows) + _packed({word_id(w): (pairs[w], 1, PAIR) for w in _best(pairs, _KEPT)}),
        keys=tuple(dict.fromkeys(word_id(w) for w in _best(telling, _KEYS))),
    )


def _best(weights: Mapping[str, float], most: int) -> list[str]:
    return sorted(weights, key=lambda w: (-weights[w], w))[:most]


def _pairs(row: Sequence[tuple[str, bool]], names: Iterable[str]) -> dict[str, float]:
    found = {}
    for (left, capital), (right, other) in pairwise(row):
        named = capital and other and left in names and right in names
        if named and not left[0].isdigit() and not right[0].isdigit():
            found[f"{left} {right}"] = max(rarity(left), rarity(right))
    return found


def _year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")


def _packed(rows: Mapping[int, tuple[float, int, int]]) -> bytes:
    table: Any = numpy.array([(id, *rows[id]) for id in sorted(rows)], WORD)
    return bytes(table.tobytes())
