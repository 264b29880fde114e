"""Which documents are alike: the pairs among which tellings of one happening are sought."""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
import scipy.sparse

from dateline.core import Document
from dateline.knowledge.word_spread import word_spread

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_LONGEST = 20_000
_BLOCK = 256
_PRIOR = 500.0
_NAME = 1.3


@dataclass(frozen=True, slots=True)
class Closeness:
    """How documents are compared.

    Pairs published more than ``days`` apart are never compared. What a pair shares counts less, the
    further apart it was published: ``fading`` is taken off for each doubling of the days beyond
    ``free``. Pairs whose likeness is under ``floor`` are not worth a look.
    """

    days: int = 30
    free: int = 3
    fading: float = 0.04
    floor: float = 0.06

    def faded(self, cosine: float, days: float) -> float:
        """The likeness of a pair with this cosine, published so many days apart."""
        return cosine - self.fading * math.log2(max(1.0, days / self.free))


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


def near_pairs(documents: Sequence[Document], closeness: Closeness | None = None) -> dict[tuple[int, int], float]:
    """The likeness of each pair (i < j) of documents that is worth a look.

    The likeness is the cosine of word weights (sublinear counts; inverse document frequency smoothed
    by the common spread of words, so that it holds for two documents as for thousands), less what
    the days between them take. A document without a date is compared with all. Cost: documents
    times those published within ``days``.
    """
    closeness = closeness or Closeness()
    days = [day_of(document.published) for document in documents]
    order = sorted(range(len(documents)), key=lambda i: (days[i] is not None, days[i] or 0, i))
    matrix = _weights([documents[i] for i in order])
    when = numpy.array([days[i] or 0 for i in order])
    dated = int(numpy.sum([days[i] is None for i in order]))
    found: dict[tuple[int, int], float] = {}
    for start in range(0, len(order), _BLOCK):
        stop = min(start + _BLOCK, len(order))
        end = len(order) if start < dated else int(numpy.searchsorted(when, when[stop - 1] + closeness.days, "right"))
        product = (matrix[start:stop] @ matrix[start:end].T).tocoo()
        keep = (product.row < product.col) & (product.data >= closeness.floor)
        for row, column, cosine in zip(product.row[keep], product.col[keep], product.data[keep], strict=True):
            i, j = order[start + int(row)], order[start + int(column)]
            gap = _gap(days[i], days[j])
            likeness = closeness.faded(float(cosine), gap)
            if gap <= closeness.days and likeness >= closeness.floor:
                found[min(i, j), max(i, j)] = likeness
    return found


def _gap(left: int | None, right: int | None) -> int:
    return 0 if left is None or right is None else abs(left - right)


def _weights(documents: Sequence[Document]) -> Any:
    """A sparse matrix with one row of unit length a document."""
    rows = [_counts(document) for document in documents]
    spread = Counter(word for counts in rows for word in counts)
    index = {word: i for i, word in enumerate(sorted(spread))}
    rarity = _rarity(spread, len(documents))
    values, columns, ends = [], [], [0]
    for counts in rows:
        weights = {word: weight * rarity[word] for word, weight in counts.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        columns += [index[word] for word in weights]
        values += [weight / length for weight in weights.values()]
        ends.append(len(values))
    return scipy.sparse.csr_matrix(
        (numpy.array(values), numpy.array(columns, dtype=numpy.int64), numpy.array(ends)),
        shape=(len(documents), max(1, len(index))),
    )


def _counts(document: Document) -> dict[str, float]:
    counts: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for part in (document.title or "", document.text):
        for word, capital in words(part):
            counts[word] += 1
            names[word] += capital
    return {w: (1 + math.log(n)) * (_NAME if 2 * names[w] > n else 1.0) for w, n in counts.items()}


def _rarity(spread: Mapping[str, int], documents: int) -> dict[str, float]:
    common = word_spread()
    total = 1 + documents + _PRIOR
    return {word: 1 + math.log(total / (1 + n + _PRIOR * common.get(word, 0.0))) for word, n in spread.items()}
