"""The tasks of the second phase of a run; each reads what the leading process listed and writes what it found."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import numpy

from dateline.batch.corpus.addresses import Folder
from dateline.batch.corpus.census import Where
from dateline.batch.corpus.records import INCIDENTS, LINKING, Completion, Format, file_name, tell, told
from dateline.batch.corpus.shards import reading_of
from dateline.core import DatelineError, Incident, Reading
from dateline.incidents.cards import Card, read
from dateline.incidents.partitions import clusters, compared, gathered

SHARES, BONDS, COPIES, PARTS, CLUSTERS, GROUPS, DONE = (
    "shares", "bonds", "copies", "strands", "clusters", "groups", "done"
)  # fmt: skip
OUTLETS = "outlets.json"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Share:
    """Documents, and the near pairs among them by their places in ``documents``."""

    documents: tuple[Where, ...]
    pairs: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Incidents to be: the documents of some groups of strands and all copies of their texts.

    ``groups``: for each of its strands the document's place in ``documents`` and its own place in the document.
    ``copies``: pairs of documents, by place, that are copies of one text.
    """

    documents: tuple[Where, ...]
    groups: tuple[tuple[tuple[int, ...], ...], ...]
    copies: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Outlets:
    """The folded names of all outlets of the run."""

    names: tuple[str, ...]


def compare(uri: str, scratch: str, task: str, _tries: int) -> None:
    """Compare the documents of a share; the bonds are written last."""
    folder = Folder(uri)
    name = f"{scratch}/{BONDS}/{task}.npy"
    if folder.exists(name):
        return
    share = _there(folder, f"{scratch}/{SHARES}/{task}.json", Share)
    found = compared(_cards(folder, share.documents), ((a, b) for a, b in share.pairs))
    kept(folder, f"{scratch}/{COPIES}/{task}.npy", found.copies)
    kept(folder, name, found.bonds)


def cluster(uri: str, scratch: str, task: str, _tries: int) -> None:
    """Cluster the strands of some parts; written are the strands of clusters of two or more, and the first of each."""
    folder = Folder(uri)
    name = f"{scratch}/{CLUSTERS}/{task}.npy"
    if folder.exists(name):
        return
    found = clusters(numbers(folder, f"{scratch}/{PARTS}/{task}.npy"))
    rows = [(strand, group[0]) for group in found for strand in group[1:]]
    kept(folder, name, numpy.array(rows, numpy.int64).reshape(-1, 2))


def make(uri: str, scratch: str, format: Format, task: str, _tries: int) -> Completion:
    """Make the incidents of some groups, in a file of their own."""
    folder = Folder(uri)
    done = f"{scratch}/{DONE}/{task}.json"
    name = f"{INCIDENTS}/{task}{format.suffix}"
    before = told(folder, done, Completion)
    if before and folder.digest(name) == before.files[name]:
        return before
    listed = _there(folder, f"{scratch}/{GROUPS}/{task}.json", Groups)
    groups = [[(document, place) for document, place in group] for group in listed.groups]
    copies = ((a, b) for a, b in listed.copies)
    shelf = _Shelf(folder, listed.documents)
    incidents = gathered(shelf.cards, groups, copies, _outlets(uri, scratch), shelf)
    with folder.staged(name) as path, format.writer(Incident, path) as add:
        for incident in incidents:
            add(incident)
    completion = Completion(task, len(incidents), 0, 0, {name: folder.digest(name) or ""})
    tell(folder, done, completion)
    return completion


def kept(folder: Folder, name: str, numbers: Any) -> None:
    """Write an array of numbers."""
    content = io.BytesIO()
    numpy.save(content, numbers, allow_pickle=False)
    folder.write(name, content.getvalue())


def numbers(folder: Folder, name: str) -> Any:
    """An array of numbers that was written. DatelineError where it is gone or damaged."""
    try:
        return numpy.load(io.BytesIO(folder.read(name)), allow_pickle=False)
    except (FileNotFoundError, ValueError, EOFError) as error:
        raise DatelineError(f"{folder.uri}/{name}: gone or damaged ({error})") from None


class _Shelf(Mapping[str, Reading]):
    """Documents' cards, and their readings by document id, unpacked when they are asked for."""

    def __init__(self, folder: Folder, places: Sequence[Where]) -> None:
        rows = _stretches(folder, places, [where.card + where.length for where in places])
        self.cards = [read(row[: where.card]) for where, row in zip(places, rows, strict=True)]
        packed = (row[where.card :] for where, row in zip(places, rows, strict=True))
        self._packed = {card.document: each for card, each in zip(self.cards, packed, strict=True)}

    def __getitem__(self, document: str) -> Reading:
        return reading_of(self._packed[document])

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def _cards(folder: Folder, places: Sequence[Where]) -> list[Card]:
    return [read(row) for row in _stretches(folder, places, [where.card for where in places])]


def _stretches(folder: Folder, places: Sequence[Where], lengths: Sequence[int]) -> list[bytes]:
    """So many bytes from each place on, in the order of the places; each file is opened once."""
    found = [b""] * len(places)
    by_shard: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, where in enumerate(places):
        by_shard[where.shard].append((where.offset, n))
    for shard, mine in sorted(by_shard.items()):
        mine.sort()
        rows = folder.ranges(file_name(LINKING, shard, ".rows"), [(offset, lengths[n]) for offset, n in mine])
        for (_, n), row in zip(mine, rows, strict=True):
            found[n] = row
    return found


@lru_cache(1)
def _outlets(uri: str, scratch: str) -> tuple[str, ...]:
    return _there(Folder(uri), f"{scratch}/{OUTLETS}", Outlets).names


def _there(folder: Folder, name: str, kind: type[T]) -> T:
    record = told(folder, name, kind)
    if record is None:
        raise DatelineError(f"{folder.uri}/{name}: gone")
    return record
