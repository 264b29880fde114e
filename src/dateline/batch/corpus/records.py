"""What a run keeps about itself, and how its records are kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from dateline.batch.corpus.addresses import Folder, Source
from dateline.batch.reading import Load, pipeline
from dateline.codec import from_json, to_json
from dateline.core import DatelineError, Incident, Reading
from dateline.ingest import Known, Limits, Part

SCHEMA = "dateline.run/1"
MANIFEST, SUCCESS = "_manifest.json", "_SUCCESS"
SHARDS, PARTS, ERRORS, COMPLETIONS, FAILED = "shards", "parts", "errors", "completions", "failed"
LINKING, INCIDENTS = "linking", "incidents"
_PART = re.compile(r"#([0-9]+)/([0-9]+)$")
T = TypeVar("T")
Kept = TypeVar("Kept", Reading, Incident)


class Format(Protocol):
    """How records are kept in files: the same records always give the same bytes."""

    @property
    def suffix(self) -> str:
        """How the files' names end."""
        ...

    def writer(self, kind: type[Kept], path: Path) -> AbstractContextManager[Callable[[Kept], None]]:
        """A function that appends one record to a new file."""
        ...

    def records(self, kind: type[Kept], path: Path) -> Iterator[Kept]:
        """The records of a file, a few at a time in memory; DatelineError where it is no such file."""
        ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or the part ``index`` of ``of`` of its documents."""

    uri: str
    index: int = 0
    of: int = 1

    @classmethod
    def at(cls, address: str) -> Piece:
        """The piece that an address means: ``a.jsonl`` is the whole, ``a.jsonl#2/8`` a part.

        >>> Piece.at("s3://b/a.warc.gz#2/8")
        Piece(uri='s3://b/a.warc.gz', index=2, of=8)
        """
        found = _PART.search(address)
        if found is None or not int(found[1]) < int(found[2]):
            return cls(address)
        return cls(address[: found.start()], int(found[1]), int(found[2]))

    @property
    def part(self) -> Part:
        """The same, as ingest knows it."""
        return Part(self.index, self.of)

    def __str__(self) -> str:
        return self.uri if self.of == 1 else f"{self.uri}#{self.index}/{self.of}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a run reads, how, and what made its records; written before the first shard, never changed.

    ``makers``: SHA-256 by name of the code, the models and the knowledge, and versions of libraries. The shards follow
    from ``sources`` and ``tasks``.
    """

    inputs: tuple[str, ...]
    tasks: int | None
    shards: int
    sources: tuple[Source, ...]
    settings: Mapping[str, str]
    makers: Mapping[str, str]
    schema: str = SCHEMA


@dataclass(frozen=True, slots=True)
class Completion:
    """One shard that is done: how many documents were read, failed or are in another language, and its files.

    ``files``: the SHA-256 of each by its name in the folder.
    """

    shard: str
    read: int
    failed: int
    unsupported: int
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A shard that could not be done, and why; ``fatal`` where no other shard would fare better (a full disk)."""

    shard: str
    error: str
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """How documents are read and kept; it can be sent to other processes.

    ``seconds``: the most that one document may take before it counts as failed.
    """

    format: Format
    known: Known = field(default_factory=Known)
    limits: Limits = field(default_factory=Limits)
    load: Load = pipeline
    seconds: float = 900.0


def file_name(sub: str, shard: str, suffix: str) -> str:
    """The name of one of a shard's files in the folder."""
    return f"{sub}/{shard}{suffix}"


def told(folder: Folder, name: str, kind: type[T]) -> T | None:
    """The record of a JSON file; None where it is not there. DatelineError where it is damaged."""
    try:
        return from_json(kind, folder.read(name).decode())
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise DatelineError(f"{folder.uri}/{name}: damaged ({error})") from None


def tell(folder: Folder, name: str, record: object) -> None:
    """Write a record as a JSON file."""
    folder.write(name, (to_json(record) + "\n").encode("utf-8", "surrogatepass"))


def completion(folder: Folder, shard: str) -> Completion | None:
    """How a shard was done; None where it was not, or where one of its files is gone or damaged."""
    try:
        found = told(folder, file_name(COMPLETIONS, shard, ".json"), Completion)
    except DatelineError:
        return None
    if found is None or any(folder.digest(name) != sha for name, sha in found.files.items()):
        return None
    return found
