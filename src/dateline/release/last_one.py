"""An earlier release, read back and checked against its own manifest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from dateline import codec
from dateline.core import DatelineError, Incident
from dateline.release.changes import DocumentLine

MANIFEST, INCIDENTS, DOCUMENTS = "manifest.json", "incidents.jsonl", "documents.jsonl"
T = TypeVar("T", Incident, DocumentLine)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the next release compares itself with; ``manifest`` is the SHA-256 of the manifest's bytes.

    >>> Earlier("723ce8be…", (), ()).incidents
    ()
    """

    manifest: str
    incidents: tuple[Incident, ...]
    documents: tuple[DocumentLine, ...]


def earlier(folder: str | Path) -> Earlier:
    """The release in a folder. Raises DatelineError where it is none, or a file is not the one that was released.

    >>> from dateline.core import DatelineError
    >>> try:
    ...     earlier("/no/such/folder")
    ... except DatelineError as error:
    ...     print(str(error)[:30])
    /no/such/folder: not a release
    """
    folder = Path(folder)
    try:
        told = (folder / MANIFEST).read_bytes()
        files = json.loads(told)["files"]
        incidents = _records(Incident, folder / INCIDENTS, files[INCIDENTS]["sha256"])
        documents = _records(DocumentLine, folder / DOCUMENTS, files[DOCUMENTS]["sha256"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DatelineError(f"{folder}: not a release: {error}") from error
    return Earlier(hashlib.sha256(told).hexdigest(), incidents, documents)


def _records(kind: type[T], path: Path, digest: str) -> tuple[T, ...]:
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise DatelineError(f"{path}: not the file that was released (its SHA-256 is not the manifest's)")
    return tuple(codec.from_json(kind, line) for line in content.decode("utf-8", "surrogatepass").split("\n") if line)
