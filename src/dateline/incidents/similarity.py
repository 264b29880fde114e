"""How alike two documents are: the features of a pair of texts."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy
import scipy.sparse

if TYPE_CHECKING:
    from dateline.incidents.sketches import Sketch, Vector

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_LONGEST = 20_000
_BLOCK = 50_000
TEXT_FEATURES = (
    "words", "names", "title", "lead", "numbers", "pairs", "title_words", "title_words_most",
    "shared_pairs", "shared_names", "shared_numbers", "days", "shorter", "longer",
)  # fmt: skip


def words(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a text in lower case, without "'s", and whether each begins with a capital or digit.

    >>> list(words("Ahfir's 12 men"))
    [('ahfir', True), ('12', True), ('men', False)]
    """
    for match in _WORD.finditer(text, 0, _LONGEST):
        word = match.group()
        low = word.lower().replace("’", "'")
        yield low.removesuffix("'s"), not word[0].islower()


def day_of(iso: str | None) -> int | None:
    """The ordinal of an ISO date or date-time, None where there is none or it is odd.

    >>> day_of("2021-03-02T10:00:00Z") - day_of("2021-03-01")
    1
    """
    try:
        return datetime.date.fromisoformat((iso or "")[:10]).toordinal()
    except ValueError:
        return None


def text_features(sketches: Sequence[Sketch], left: Sequence[int], right: Sequence[int]) -> Any:
    """One row of ``TEXT_FEATURES`` a pair of sketches (by number); the same either way round.

    Six cosines of weighed words, two of a title with the other's whole text, logarithms of how many
    pairs of names, names and numbers are shared, of the days between and of both lengths.
    """
    used = sorted({*left, *right})
    place = {number: i for i, number in enumerate(used)}
    mine = [sketches[number] for number in used]
    rows = [numpy.array([place[n] for n in side], numpy.int64) for side in (left, right)]
    found = [_features(mine, rows[0][at : at + _BLOCK], rows[1][at : at + _BLOCK])
             for at in range(0, len(rows[0]), _BLOCK)]  # fmt: skip
    return numpy.concatenate(found) if found else numpy.zeros((0, len(TEXT_FEATURES)))


def _features(mine: Sequence[Sketch], i: Any, j: Any) -> Any:
    kinds = {name: [getattr(sketch, name) for sketch in mine] for name in TEXT_FEATURES[:6]}
    index = numpy.unique(numpy.concatenate([ids for rows in kinds.values() for ids, _ in rows]))
    tables = {name: _table(rows, index) for name, rows in kinds.items()}
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


def _table(rows: Sequence[Vector], index: Any) -> Any:
    ids = numpy.concatenate([ids for ids, _ in rows])
    values = numpy.concatenate([weights for _, weights in rows])
    ends = numpy.cumsum([0, *(len(ids) for ids, _ in rows)])
    shape = (len(rows), max(1, len(index)))
    return scipy.sparse.csr_matrix((values, numpy.searchsorted(index, ids), ends), shape=shape)


def _dots(left: Any, right: Any, i: Any, j: Any) -> Any:
    return numpy.asarray(left[i].multiply(right[j]).sum(axis=1)).ravel()
