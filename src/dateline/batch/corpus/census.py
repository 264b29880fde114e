"""Every document of a run, as the second phase sees it: where it lies, when, and under which keys."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy

from dateline.batch.corpus.addresses import Folder
from dateline.batch.corpus.records import LINKING, file_name
from dateline.batch.corpus.shards import Stand
from dateline.codec import from_json
from dateline.core import Failure
from dateline.incidents.near_pairs import near_pairs

_CLASH = "another text has this id already"


@dataclass(frozen=True, slots=True)
class Where:
    """Where one document lies: its shard's linking file, and the stretch of its card and, after it, its reading."""

    shard: str
    offset: int
    card: int
    length: int


class Census:
    """Every document of the run once, numbered in the order of its name; kept as arrays.

    ``days``: ordinals; ``partitions``: the rank of each document's week and cell; ``starts``: the number of each
    document's first strand, and at the end that of all strands; ``outlets``: the folded names of all outlets;
    ``clashes``: documents whose id another text has.
    """

    def __init__(self, folder: Folder, shards: Sequence[str]) -> None:
        self._shards = list(shards)
        self.clashes: list[Failure] = []
        rows = _Rows()
        names: dict[str, tuple[str, int]] = {}
        for number, shard in enumerate(shards):
            for stand in _stands(folder, shard):
                id, sha = stand.footing.document, stand.footing.sha256
                held = names.setdefault(id, (sha, len(names)))
                if held[0] != sha:
                    self.clashes.append(Failure(id, "link", _CLASH))
                if held[1] == rows.size:
                    rows.add(number, stand)
        order = numpy.array([row for _, (_, row) in sorted(names.items())], numpy.int64)
        del names
        self._where = rows.where()[order]
        self.days = rows.days()[order]
        self.partitions = rows.ranks()[order]
        self.outlets = tuple(sorted(set(rows.outlets) - {""}))
        self.starts = numpy.append(0, numpy.cumsum(rows.strands()[order]))
        self._keys, self._owners = rows.keys(order)

    @property
    def size(self) -> int:
        """How many documents there are."""
        return len(self.days)

    def pairs(self) -> Any:
        """The near pairs, in the order of the partitions of their first documents; the keys are gone after that."""
        pairs = near_pairs(self.days, self._keys, self._owners)
        del self._keys, self._owners
        return pairs[numpy.lexsort((pairs[:, 1], pairs[:, 0], self.partitions[pairs[:, 0]]))]

    def where(self, numbers: Iterable[int]) -> tuple[Where, ...]:
        """Where these documents lie."""
        rows = self._where[numpy.fromiter(numbers, numpy.int64)]
        return tuple(Where(self._shards[shard], *rest) for shard, *rest in rows.tolist())

    def owners(self, strands: Any) -> Any:
        """The documents that tell these strands."""
        return numpy.searchsorted(self.starts, strands, side="right") - 1


class _Rows:
    """What is gathered of one document after another."""

    def __init__(self) -> None:
        self._where, self._keys, self._counts = array("q"), array("q"), array("q")
        self._days, self._strands = array("q"), array("q")
        self._homes, self._home = dict[tuple[int, str], int](), array("q")
        self.outlets: set[str] = set()

    @property
    def size(self) -> int:
        return len(self._days)

    def add(self, shard: int, stand: Stand) -> None:
        foot = stand.footing
        self._where.extend((shard, stand.offset, stand.card, stand.length))
        self._keys.extend(foot.keys)
        self._counts.append(len(foot.keys))
        self._days.append(foot.day)
        self._strands.append(foot.strands)
        self._home.append(self._homes.setdefault((foot.day // 7, foot.cell), len(self._homes)))
        self.outlets.add(foot.outlet)

    def where(self) -> Any:
        return _whole(self._where).reshape(-1, 4)

    def days(self) -> Any:
        return _whole(self._days)

    def strands(self) -> Any:
        return _whole(self._strands)

    def ranks(self) -> Any:
        """The rank of each document's week and cell among all."""
        rank = numpy.zeros(len(self._homes) + 1, numpy.int64)
        for n, home in enumerate(sorted(self._homes)):
            rank[self._homes[home]] = n
        return rank[_whole(self._home)]

    def keys(self, order: Any) -> tuple[Any, Any]:
        """All keys, and for each the document whose it is, by its place in ``order``."""
        place = numpy.empty(len(order), numpy.int64)
        place[order] = numpy.arange(len(order))
        return _whole(self._keys), numpy.repeat(place, _whole(self._counts)).astype(numpy.int32)


def _whole(numbers: array[int]) -> Any:
    return numpy.frombuffer(numbers, numpy.int64) if numbers else numpy.zeros(0, numpy.int64)


def _stands(folder: Folder, shard: str) -> Iterator[Stand]:
    with folder.opened(file_name(LINKING, shard, ".jsonl")) as file:
        for line in file:
            yield from_json(Stand, line.decode("utf-8", "surrogatepass"))
