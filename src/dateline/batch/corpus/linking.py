"""The second phase of a run: its readings linked in parts, week by week and cell by cell.

Three steps, each a task for every part. *Comparing*: the footings of all documents tell which are near each other; the
near pairs are shared out by the week and cell of their first document, with documents of other weeks and cells where
pairs lead there, so no border cuts an incident. *Clustering*: strands that hang together are clustered. *Linking*: the
incidents of some hundred documents are made, a file a group. The leading process holds arrays of numbers only.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy
import scipy.sparse
import scipy.sparse.csgraph

from dateline.batch.corpus import linking_tasks as tasks
from dateline.batch.corpus.addresses import Folder
from dateline.batch.corpus.census import Census
from dateline.batch.corpus.engines import Engine
from dateline.batch.corpus.records import INCIDENTS, LINKING, Completion, Fault, Format, file_name, tell
from dateline.batch.corpus.shards import errors
from dateline.incidents.partitions import parted

CLASHES = "clashes"
_DOCUMENTS, _PAIRS = 12_000, 100_000
_STEP = 2_000
_BONDS = 200_000
_GROUP = 400
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Linked:
    """How the second phase went: incidents, their files with SHA-256, documents whose id another text has."""

    incidents: int
    files: dict[str, str]
    clashes: int


class _Broken(Exception):
    """A part could not be done."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


def link_run(
    folder: Folder, engine: Engine, format: Format, done: Sequence[Completion], progress: Progress | None = None
) -> Linked | tuple[Fault, ...]:
    """Link what the shards read; what an earlier run of this phase left is used. Faults where a part could not be."""
    state = hashlib.sha256("".join(sha for each in done for _, sha in sorted(each.files.items())).encode())
    scratch = f"{LINKING}/{state.hexdigest()[:16]}"
    census = Census(folder, [each.shard for each in done])
    work = _Work(folder, scratch, engine, progress)
    try:
        bonds, copies = _compared(work, census)
        homes = _clustered(work, int(census.starts[-1]), bonds)
        del bonds
        found = _made(work, census, homes, copies, format)
    except _Broken as broken:
        return broken.faults
    count = len(found)
    folder.remove(*(f"{INCIDENTS}/{name}" for name in folder.names(INCIDENTS) if _stray(name, count, format)))
    files = {name: sha for each in found.values() for name, sha in each.files.items()}
    if census.clashes:
        files[errors(folder, CLASHES, census.clashes)] = ""
    else:
        folder.remove(file_name("errors", CLASHES, ".jsonl"))
    files = {name: folder.digest(name) or "" for name in sorted(files)}
    folder.remove(scratch)
    return Linked(sum(each.read for each in found.values()), files, len(census.clashes))


@dataclass(frozen=True, slots=True)
class _Work:
    """Where the tasks' files lie, and who does the tasks."""

    folder: Folder
    scratch: str
    engine: Engine
    progress: Progress | None

    def listed(self, sub: str, suffix: str, parts: Iterator[Any], keep: Callable[[Folder, str, Any], None]) -> int:
        """Write what the tasks are about, where it is not there yet; how many there are."""
        there, count = set(self.folder.names(f"{self.scratch}/{sub}")), 0
        for count, part in enumerate(parts, 1):
            if f"{count - 1:06}{suffix}" not in there:
                keep(self.folder, f"{self.scratch}/{sub}/{count - 1:06}{suffix}", part)
        return count

    def run(self, work: Callable[..., Any], count: int, stage: str, *given: Any) -> dict[str, Any]:
        """What the tasks answered."""
        found, faults = {}, []
        names = [f"{number:06}" for number in range(count)]
        for task, answer in self.engine.run(partial(work, self.folder.uri, self.scratch, *given), names):
            if isinstance(answer, Fault):
                faults.append(answer)
                if answer.fatal:
                    break
            else:
                found[task] = answer
            if self.progress:
                self.progress(stage, len(found) + len(faults), count)
        if faults:
            raise _Broken(faults)
        return dict(sorted(found.items()))

    def numbers(self, sub: str, number: int) -> Any:
        """The array that a task wrote."""
        return tasks.numbers(self.folder, f"{self.scratch}/{sub}/{number:06}.npy")


def _compared(work: _Work, census: Census) -> tuple[Any, Any]:
    """The bonds of all strands by their numbers (three columns), and the pairs of documents that are copies."""
    pairs = census.pairs()
    shares = list(_shares(census, pairs))
    count = work.listed(tasks.SHARES, ".json", (_share(census, pairs[rows]) for rows in shares), tell)
    work.run(tasks.compare, count, "comparing")
    bonds, copies = [numpy.zeros((0, 3), numpy.int32)], [numpy.zeros((0, 2), numpy.int64)]
    for number, rows in enumerate(shares):
        members = numpy.unique(pairs[rows])
        found = work.numbers(tasks.BONDS, number)
        firsts = census.starts[members]
        ends = [firsts[found[:, at]] + found[:, at + 1] for at in (0, 2)]
        bonds.append(numpy.stack([*ends, found[:, 4]], axis=1).astype(numpy.int32))
        copies.append(members[work.numbers(tasks.COPIES, number)])
    return _once(census, numpy.concatenate(bonds)), numpy.concatenate(copies)


def _once(census: Census, bonds: Any) -> Any:
    """The bonds without those that several shares found, which are bonds inside one document."""
    inside = census.owners(bonds[:, 0]) == census.owners(bonds[:, 1])
    return numpy.concatenate([bonds[~inside], numpy.unique(bonds[inside], axis=0)])


def _share(census: Census, pairs: Any) -> tasks.Share:
    members, places = numpy.unique(pairs, return_inverse=True)
    return tasks.Share(census.where(members), tuple(map(tuple, places.reshape(-1, 2).tolist())))


def _shares(census: Census, pairs: Any) -> Iterator[slice]:
    """Stretches of the pairs of one partition after another; small partitions together, large ones divided."""
    homes = census.partitions[pairs[:, 0]]
    borders = numpy.flatnonzero(numpy.diff(homes)) + 1
    cuts = sorted({*borders.tolist(), *range(_STEP, len(pairs), _STEP), len(pairs)})
    border = set(borders.tolist())
    start, at, seen = 0, 0, set[int]()
    for cut in cuts:
        full = len(seen) >= _DOCUMENTS or at - start >= _PAIRS
        if at > start and (full or (at in border and len(seen) >= _DOCUMENTS // 4)):
            yield slice(start, at)
            start, seen = at, set()
        seen.update(pairs[at:cut].ravel().tolist())
        at = cut
    if start < len(pairs):
        yield slice(start, len(pairs))


def _clustered(work: _Work, strands: int, bonds: Any) -> Any:
    """For each strand the first strand of its cluster."""
    inside, ends = parted(strands, bonds)
    cuts = [0]
    for end in ends.tolist():
        if end - cuts[-1] >= _BONDS or end == len(inside):
            cuts.append(end)
    stretches = (inside[low:high] for low, high in itertools.pairwise(cuts))
    count = work.listed(tasks.PARTS, ".npy", stretches, tasks.kept)
    work.run(tasks.cluster, count, "clustering")
    homes = numpy.arange(strands, dtype=numpy.int32)
    for number in range(count):
        rows = work.numbers(tasks.CLUSTERS, number)
        homes[rows[:, 0]] = rows[:, 1]
    return homes


def _made(work: _Work, census: Census, homes: Any, copies: Any, format: Format) -> dict[str, Completion]:
    """The incidents, made and written."""
    tell(work.folder, f"{work.scratch}/{tasks.OUTLETS}", tasks.Outlets(census.outlets))
    count = work.listed(tasks.GROUPS, ".json", _groups(census, homes, _Copies(census.size, copies)), tell)
    return work.run(tasks.make, count, "linking", format)


class _Copies:
    """Which documents are copies of one text, by one or more steps."""

    def __init__(self, size: int, pairs: Any) -> None:
        table = scipy.sparse.coo_matrix((numpy.ones(len(pairs), numpy.int8), (pairs[:, 0], pairs[:, 1])), (size,) * 2)
        _, self._set = scipy.sparse.csgraph.connected_components(table, directed=False)
        self._order = numpy.argsort(self._set, kind="stable")
        self._first = numpy.searchsorted(self._set[self._order], numpy.arange(size + 1))

    def of(self, document: int) -> list[int]:
        """A document and the copies of its text, in order."""
        home = self._set[document]
        found: list[int] = self._order[self._first[home] : self._first[home + 1]].tolist()
        return found


def _groups(census: Census, homes: Any, copies: _Copies) -> Iterator[tasks.Groups]:
    """The clusters, those of one week and cell together, a few hundred documents at a time."""
    order = numpy.argsort(homes, kind="stable")
    owners = census.owners(order)
    cuts = numpy.flatnonzero(numpy.diff(homes[order])) + 1
    lows, highs = numpy.append(0, cuts), numpy.append(cuts, len(order))
    there = numpy.flatnonzero(lows < highs)
    rank = numpy.lexsort((owners[lows[there]], census.partitions[owners[lows[there]]]))
    group, documents = list[list[tuple[int, int]]](), dict[int, list[int]]()
    for n in there[rank].tolist():
        mine = slice(lows[n], highs[n])
        told = list(zip(owners[mine].tolist(), (order[mine] - census.starts[owners[mine]]).tolist(), strict=True))
        fresh = {document: copies.of(document) for document, _ in told if document not in documents}
        if group and len(documents) + len(fresh) > _GROUP:
            yield _listed(census, group, documents)
            group, documents = [], {}
            fresh = {document: copies.of(document) for document, _ in told}
        group.append(told)
        documents |= fresh
    if group:
        yield _listed(census, group, documents)


def _listed(
    census: Census, groups: Sequence[Sequence[tuple[int, int]]], documents: dict[int, list[int]]
) -> tasks.Groups:
    members = sorted({number for alike in documents.values() for number in alike})
    place = {number: n for n, number in enumerate(members)}
    told = tuple(tuple((place[document], strand) for document, strand in group) for group in groups)
    alike = {(place[each[0]], place[other]) for each in documents.values() for other in each[1:]}
    return tasks.Groups(census.where(members), told, tuple(sorted(alike)))


def _stray(name: str, count: int, format: Format) -> bool:
    """Whether a file of incidents is none of this linking's."""
    stem = name.removesuffix(format.suffix)
    return not stem.isdecimal() or int(stem) >= count
