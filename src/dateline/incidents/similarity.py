"""How alike two documents are: the features of a pair of texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy
import scipy.sparse

from dateline.incidents.sketches import LEAD, NAME, NAMES_COUNT, NUMBER, PAIR, TITLE, WORD, Sketch

_BLOCK = 20_000
TEXT_FEATURES = (
    "words", "names", "title", "lead", "numbers", "pairs", "title_words", "title_words_most",
    "shared_pairs", "shared_names", "shared_numbers", "days", "shorter", "longer",
)  # fmt: skip


def text_features(sketches: Sequence[Sketch], left: Sequence[int], right: Sequence[int]) -> Any:
    """One row of ``TEXT_FEATURES`` a pair of sketches (by number); the same either way round.

    Six cosines of weighed words, two of a title with the other's whole text, logarithms of how many
    pairs of names, names and numbers are shared, of the days between and of both lengths.
    """
    found = []
    for at in range(0, len(left), _BLOCK):
        one, other = left[at : at + _BLOCK], right[at : at + _BLOCK]
        used = sorted({*one, *other})
        place = {number: i for i, number in enumerate(used)}
        rows = [numpy.array([place[n] for n in side], numpy.int64) for side in (one, other)]
        found.append(_features([sketches[number] for number in used], *rows))
    return numpy.concatenate(found) if found else numpy.zeros((0, len(TEXT_FEATURES)))


def _features(mine: Sequence[Sketch], i: Any, j: Any) -> Any:
    tables = _tables(mine)
    columns = [_dots(tables[name], tables[name], i, j) for name in TEXT_FEATURES[:6]]
    one, other = (_dots(tables["title"], tables["words"], *pair) for pair in ((i, j), (j, i)))
    columns += [(one + other) / 2, numpy.maximum(one, other)]
    for name in ("pairs", "names", "numbers"):
        flags = tables[name].copy()
        flags.data = numpy.ones_like(flags.data)
        columns.append(numpy.log1p(_dots(flags, flags, i, j)))
    days = [sketch.day for sketch in mine]
    gaps = [_gap(days[a], days[b]) for a, b in zip(i, j, strict=True)]
    columns.append(numpy.log1p(numpy.array(gaps, float)))
    length = numpy.log(numpy.array([max(1, sketch.length) for sketch in mine], float))
    columns += [numpy.minimum(length[i], length[j]), numpy.maximum(length[i], length[j])]
    return numpy.stack(columns, axis=1)


def _gap(left: int | None, right: int | None) -> int:
    return 0 if left is None or right is None else abs(left - right)


def _tables(mine: Sequence[Sketch]) -> dict[str, Any]:
    """For each kind of word one row of weights a sketch, of length one."""
    words = numpy.frombuffer(b"".join(sketch.words for sketch in mine), WORD)
    sizes = [len(sketch.words) // WORD.itemsize for sketch in mine]
    owner = numpy.repeat(numpy.arange(len(mine)), sizes)
    index, column = numpy.unique(words["id"], return_inverse=True)
    often = (1 + numpy.log(numpy.maximum(1, words["times"]))) * words["rarity"]
    marks = words["marks"]
    kinds = {
        "words": (marks & PAIR == 0, often * numpy.where(marks & NAME, NAMES_COUNT, 1.0)),
        "names": (marks & NAME != 0, often),
        "title": (marks & TITLE != 0, words["rarity"]),
        "lead": (marks & LEAD != 0, words["rarity"]),
        "numbers": (marks & NUMBER != 0, words["rarity"]),
        "pairs": (marks & PAIR != 0, words["rarity"]),
    }
    shape = (len(mine), max(1, len(index)))
    made = {}
    for name, (chosen, weights) in kinds.items():
        rows, values = owner[chosen], weights[chosen].astype(numpy.float64)
        norm = numpy.sqrt(numpy.bincount(rows, values**2, minlength=len(mine)))
        ends = numpy.concatenate([[0], numpy.cumsum(numpy.bincount(rows, minlength=len(mine)))])
        norm[norm == 0] = 1.0
        made[name] = scipy.sparse.csr_matrix((values / norm[rows], column[chosen], ends), shape=shape)
    return made


def _dots(left: Any, right: Any, i: Any, j: Any) -> Any:
    return numpy.asarray(left[i].multiply(right[j]).sum(axis=1)).ravel()
