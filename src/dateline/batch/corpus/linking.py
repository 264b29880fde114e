"""The second phase of a run: its readings linked in parts, week by week and cell by cell.

Three steps. The footings of all documents tell which are near each other. Each share of the near pairs, those whose
first document lies in one week and cell, is compared on its own, with documents of other weeks and cells where pairs
lead there; so no border cuts an incident. Documents that no tie leads out of then give their incidents, a file a group.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy

from dateline.batch.corpus.addresses import Folder
from dateline.batch.corpus.engines import Engine
from dateline.batch.corpus.records import (
    INCIDENTS,
    LINKING,
    Completion,
    Fault,
    Format,
    file_name,
    tell,
    told,
)
from dateline.batch.corpus.shards import Stand, errors, reading_of
from dateline.codec import from_json
from dateline.core import DatelineError, Failure, Incident, Reading
from dateline.incidents.partitions import Prepared, closed, linked, near_pairs, ordered, prepared, tied

CLASHES = "clashes"
_DOCUMENTS, _PAIRS = 4_000, 400_000
_GROUP = 400
_KEPT = 12_000
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Where:
    """Where one reading lies: its shard's linking file, and the stretch of it."""

    shard: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Share:
    """Documents and the near pairs among them, by their places in ``documents``; ``outlets`` of the whole run."""

    documents: tuple[Where, ...]
    pairs: tuple[tuple[int, ...], ...]
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The ties of one share, by places in its documents."""

    ties: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """How the second phase went: incidents, their files with SHA-256, documents whose id another text has."""

    incidents: int
    files: dict[str, str]
    clashes: int


def link_run(
    folder: Folder, engine: Engine, format: Format, done: Sequence[Completion], progress: Progress | None = None
) -> Linked | tuple[Fault, ...]:
    """Link what the shards read; what an earlier run of this phase left is used. Faults where a part could not be."""
    state = hashlib.sha256("".join(sha for each in done for _, sha in sorted(each.files.items())).encode())
    scratch = f"{LINKING}/{state.hexdigest()[:16]}"
    census = _Census(folder, [each.shard for each in done])
    pairs = census.pairs()
    shares = list(_shares(census, pairs))
    _listed(folder, f"{scratch}/shares", (census.share(pairs[rows]) for rows in shares), len(shares))
    answers = _run(engine, partial(_tied, folder.uri, scratch), len(shares), "comparing", progress)
    if isinstance(answers, tuple):
        return answers
    ties = (tie for number in range(len(shares)) for tie in _ties(folder, scratch, number, pairs[shares[number]]))
    groups = list(_groups(census, closed(census.size, ties)))
    inside = _inside(groups, pairs, census.size)
    outlets = tuple(sorted(set(census.outlets) - {""}))
    made = (census.share(inside[n], members, outlets) for n, members in enumerate(groups))
    _listed(folder, f"{scratch}/groups", made, len(groups))
    found = _run(engine, partial(_incidents, folder.uri, scratch, format), len(groups), "linking", progress)
    if isinstance(found, tuple):
        return found
    folder.remove(*(f"{INCIDENTS}/{name}" for name in folder.names(INCIDENTS) if _stray(name, len(groups), format)))
    files = {name: sha for each in found.values() for name, sha in each.files.items()}
    if census.clashes:
        files[errors(folder, CLASHES, census.clashes)] = ""
    else:
        folder.remove(file_name("errors", CLASHES, ".jsonl"))
    files = {name: folder.digest(name) or "" for name in sorted(files)}
    folder.remove(scratch)
    return Linked(sum(each.read for each in found.values()), files, len(census.clashes))


class _Census:
    """Every document of the run once, numbered in the order of its name."""

    def __init__(self, folder: Folder, shards: Sequence[str]) -> None:
        first: dict[str, tuple[str, Where, Stand]] = {}
        self.clashes: list[Failure] = []
        for shard in shards:
            with folder.opened(file_name(LINKING, shard, ".jsonl")) as file:
                for line in file:
                    stand = from_json(Stand, line.decode("utf-8", "surrogatepass"))
                    id, sha = stand.footing.document, stand.footing.sha256
                    held = first.setdefault(id, (sha, Where(shard, stand.offset, stand.length), stand))
                    if held[0] != sha:
                        self.clashes.append(Failure(id, "link", "another text has this id already"))
        rows = sorted(first.values(), key=lambda row: row[2].footing.name)
        feet = [stand.footing for _, _, stand in rows]
        self.where = [where for _, where, _ in rows]
        self.days = [each.day for each in feet]
        self.partitions = [each.partition for each in feet]
        self.weeks = [(each.day // 7, each.cell) for each in feet]
        self.outlets = [each.outlet for each in feet]
        self._keys = numpy.array([key for each in feet for key in each.keys], numpy.int64)
        self._owners = numpy.array([n for n, each in enumerate(feet) for _ in each.keys], numpy.int64)

    @property
    def size(self) -> int:
        """How many documents there are."""
        return len(self.where)

    def pairs(self) -> Any:
        """The near pairs, in the order of the partitions of their first documents."""
        pairs = near_pairs(self.days, self._keys, self._owners)
        rank = {name: n for n, name in enumerate(sorted(set(self.weeks)))}
        ranks = numpy.array([rank[week] for week in self.weeks] or [0], numpy.int64)
        return pairs[numpy.lexsort((pairs[:, 1], pairs[:, 0], ranks[pairs[:, 0]]))]

    def share(self, pairs: Any, members: Sequence[int] | None = None, outlets: tuple[str, ...] = ()) -> Share:
        """These pairs and their documents (or those that are given)."""
        numbers = numpy.unique(pairs) if members is None else numpy.array(sorted(members), numpy.int64)
        places = numpy.searchsorted(numbers, pairs)
        return Share(tuple(self.where[n] for n in numbers), tuple(map(tuple, places.tolist())), outlets)


def _shares(census: _Census, pairs: Any) -> Iterator[slice]:
    """Stretches of the pairs of one partition after another; small partitions together, large ones divided."""
    start, seen = 0, set[int]()
    for at, (a, b) in enumerate(pairs.tolist()):
        full = len(seen) >= _DOCUMENTS or at - start >= _PAIRS
        border = at > start and census.partitions[a] != census.partitions[int(pairs[at - 1][0])]
        if full or (border and len(seen) >= _DOCUMENTS // 4):
            yield slice(start, at)
            start, seen = at, set()
        seen |= {a, b}
    if start < len(pairs):
        yield slice(start, len(pairs))


def _groups(census: _Census, sets: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Closed sets, those of one week and cell together, a few hundred documents at a time."""
    homes = sorted((min((census.weeks[n], n) for n in members), members) for members in sets)
    group: list[int] = []
    for _, members in homes:
        if group and len(group) + len(members) > _GROUP:
            yield group
            group = []
        group += members
    if group:
        yield group


def _inside(groups: Sequence[Sequence[int]], pairs: Any, size: int) -> list[Any]:
    """The near pairs inside each group. Pairs between closed sets change nothing: they have no tie."""
    home = numpy.zeros(size, numpy.int64)
    for number, members in enumerate(groups):
        home[members] = number
    own = pairs[home[pairs[:, 0]] == home[pairs[:, 1]]]
    order = numpy.argsort(home[own[:, 0]], kind="stable")
    cuts = numpy.searchsorted(home[own[:, 0]][order], numpy.arange(1, len(groups)))
    return list(numpy.split(own[order], cuts))


def _listed(folder: Folder, sub: str, shares: Iterator[Share], count: int) -> None:
    """Write the shares that are not there yet."""
    there = set(folder.names(sub))
    for number, share in zip(range(count), shares, strict=True):
        if f"{number:06}.json" not in there:
            tell(folder, f"{sub}/{number:06}.json", share)


def _run(
    engine: Engine, work: Callable[[str, int], Any], count: int, stage: str, progress: Progress | None
) -> dict[str, Any] | tuple[Fault, ...]:
    found, faults = {}, []
    for task, answer in engine.run(work, [f"{number:06}" for number in range(count)]):
        if isinstance(answer, Fault):
            faults.append(answer)
            if answer.fatal:
                break
        else:
            found[task] = answer
        if progress:
            progress(stage, len(found) + len(faults), count)
    return tuple(faults) or dict(sorted(found.items()))


def _tied(uri: str, scratch: str, task: str, _tries: int) -> None:
    """One share's ties, written beside it."""
    folder = Folder(uri)
    name = f"{scratch}/ties/{task}.json"
    if folder.exists(name):
        return
    share = _share(folder, f"{scratch}/shares/{task}.json")
    documents = [_prepared(uri, where) for where in share.documents]
    ties = tied(documents, ((a, b) for a, b in share.pairs))
    tell(folder, name, Found(tuple(sorted(ties))))


@lru_cache(_KEPT)
def _prepared(uri: str, where: Where) -> Prepared:
    return prepared(_readings(Folder(uri), [where])[0])


def _ties(folder: Folder, scratch: str, number: int, pairs: Any) -> list[tuple[int, int]]:
    numbers = numpy.unique(pairs).tolist()
    found = told(folder, f"{scratch}/ties/{number:06}.json", Found)
    if found is None:
        raise DatelineError(f"{folder.uri}/{scratch}/ties/{number:06}.json: gone")
    return [(numbers[a], numbers[b]) for a, b in found.ties]


def _incidents(uri: str, scratch: str, format: Format, task: str, _tries: int) -> Completion:
    """One group's incidents, in a file of their own."""
    folder = Folder(uri)
    done = f"{scratch}/done/{task}.json"
    name = f"{INCIDENTS}/{task}{format.suffix}"
    before = told(folder, done, Completion)
    if before and folder.digest(name) == before.files[name]:
        return before
    share = _share(folder, f"{scratch}/groups/{task}.json")
    incidents = ordered(linked(_readings(folder, share.documents), [(a, b) for a, b in share.pairs], share.outlets))
    with folder.staged(name) as path, format.writer(Incident, path) as add:
        for incident in incidents:
            add(incident)
    completion = Completion(task, len(incidents), 0, 0, {name: folder.digest(name) or ""})
    tell(folder, done, completion)
    return completion


def _share(folder: Folder, name: str) -> Share:
    share = told(folder, name, Share)
    if share is None:
        raise DatelineError(f"{folder.uri}/{name}: gone")
    return share


def _readings(folder: Folder, places: Sequence[Where]) -> list[Reading]:
    """The readings that lie at these places, in their order."""
    found: dict[Where, Reading] = {}
    for shard in sorted({where.shard for where in places}):
        mine = [where for where in places if where.shard == shard]
        packed = folder.ranges(file_name(LINKING, shard, ".rows"), [(w.offset, w.length) for w in mine])
        found |= {where: reading_of(each) for where, each in zip(mine, packed, strict=True)}
    return [found[where] for where in places]


def _stray(name: str, count: int, format: Format) -> bool:
    """Whether a file of incidents is none of this linking's."""
    stem = name.removesuffix(format.suffix)
    return not stem.isdecimal() or int(stem) >= count
