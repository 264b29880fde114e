"""The folder of a release: made aside, with the manifest last, and put in its place whole."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dateline import codec
from dateline.core import DatelineError, Incident, Reading, Verdict, sha256
from dateline.incidents import profiled, summed_anew
from dateline.knowledge.profiles import profile_of, profiles
from dateline.knowledge.tables import data_path
from dateline.release.changes import KINDS, Change, DocumentLine, document_changes, incident_changes
from dateline.release.fingerprints import digest, makers
from dateline.release.last_one import DOCUMENTS, INCIDENTS, MANIFEST, Earlier
from dateline.store import Store

SCHEMA = "dateline.release/1"
SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Frozen:
    """How much was released; ``changes`` counts each kind of change, None where there is no earlier release.

    >>> Frozen(incidents=2, documents=7, changes=None).documents
    7
    """

    incidents: int
    documents: int
    changes: tuple[tuple[str, int], ...] | None


def freeze(
    store: Store,
    folder: str | Path,
    *,
    since: Earlier | None = None,
    profile: str | None = None,
    texts: bool = True,
) -> Frozen:
    """Write a release of the store as it stands at this moment; the same store and program give the same bytes.

    ``profile`` chooses the figures (a name or a file), ``texts`` False leaves the readings out, which hold the
    whole texts. Raises DatelineError where the folder is there already: a release is never written over.

    >>> import tempfile
    >>> from dateline.store import Store
    >>> with tempfile.TemporaryDirectory() as folder, Store(":memory:") as store:
    ...     freeze(store, f"{folder}/first").incidents
    0
    """
    target = Path(os.path.realpath(folder))
    if target.exists():
        raise DatelineError(f"{folder}: already there, and a release is never written over")
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    aside.mkdir(parents=True)
    try:
        with store.snapshot():
            frozen = _Folder(aside, store, since, profile).filled(texts)
        aside.replace(target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return frozen


class _Folder:
    """The files of one release, their hashes kept as they are written."""

    def __init__(self, path: Path, store: Store, since: Earlier | None, profile: str | None) -> None:
        self._path, self._store, self._since, self._profile = path, store, since, profile
        self._files: dict[str, dict[str, object]] = {}
        self._producers: dict[str, Counter[str]] = {}

    def filled(self, texts: bool) -> Frozen:
        incidents = self._incidents()
        documents = self._readings(texts)
        self._write(INCIDENTS, (codec.to_json(each) for each in incidents))
        self._write(DOCUMENTS, (codec.to_json(each) for each in documents))
        self._write("verdicts.jsonl", (codec.to_json(each) for each in _unnamed(self._store.verdicts())))
        failures = sorted(self._store.failures(), key=lambda each: (each.document, each.stage))
        self._write("failures.jsonl", (codec.to_json(each) for each in failures))
        changes = self._changes(incidents, documents)
        self._finish(incidents, len(documents), changes)
        counted = None if changes is None else tuple(sorted(_counted(changes).items()))
        return Frozen(len(incidents), len(documents), counted)

    def _incidents(self) -> list[Incident]:
        held: Iterable[Incident] = map(summed_anew, self._store.reviewed_incidents())
        if self._profile is not None:
            chosen, readings = profile_of(self._profile), self._store.by_document()
            held = (profiled(each, readings, chosen) for each in held)
        return sorted(held, key=lambda each: each.id)

    def _readings(self, texts: bool) -> list[DocumentLine]:
        """The documents; the readings are written on the way, one at a time in memory."""
        documents: list[DocumentLine] = []

        def lines() -> Iterator[str]:
            for id in sorted(self._store.ids()):
                reading = self._store.reading(id)
                if reading is None:
                    raise DatelineError(f"{self._store.path}: document {id} has no reading")
                line = codec.to_json(reading)
                documents.append(_document(reading, line))
                for layer, name in reading.producers.items():
                    self._producers.setdefault(layer, Counter())[name] += 1
                yield line

        if texts:
            self._write("readings.jsonl", lines())
        else:
            for _ in lines():
                pass
        return documents

    def _changes(self, incidents: Sequence[Incident], documents: Sequence[DocumentLine]) -> tuple[Change, ...] | None:
        if self._since is None:
            return None
        changes = (
            *incident_changes(self._since.incidents, incidents),
            *document_changes(self._since.documents, documents),
        )
        self._write("changes.jsonl", (codec.to_json(each) for each in changes))
        self._write("withdrawn.jsonl", (codec.to_json(each) for each in changes if each.gone))
        return changes

    def _write(self, name: str, lines: Iterable[str]) -> None:
        told, count, size = hashlib.sha256(), 0, 0
        with (self._path / name).open("wb") as file:
            for line in lines:
                content = line.encode("utf-8", "surrogatepass") + b"\n"
                file.write(content)
                told.update(content)
                count, size = count + 1, size + len(content)
        self._files[name] = {"sha256": told.hexdigest(), "bytes": size, "records": count}

    def _finish(self, incidents: Sequence[Incident], documents: int, changes: Sequence[Change] | None) -> None:
        made = makers()
        manifest: dict[str, Any] = {
            "schema": SCHEMA,
            "dateline": {"version": made.version, "source": made.source},
            "libraries": made.libraries,
            "models": made.models,
            "knowledge": made.knowledge,
            "own": made.own,
            "profile": _profile(self._profile, incidents),
            "producers": self._producers,
            "read_by": sorted({run.version for run in self._store.runs()}),
            "incidents": len(incidents),
            "documents": documents,
            "files": self._files,
            "since": None,
        }
        if self._since is not None and changes is not None:
            manifest["since"] = {"manifest": self._since.manifest, "changes": _counted(changes)}
        content = (json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "replace")
        (self._path / MANIFEST).write_bytes(content)
        sums = {name: told["sha256"] for name, told in self._files.items()}
        sums[MANIFEST] = hashlib.sha256(content).hexdigest()
        lines = "".join(f"{sha}  {name}\n" for name, sha in sorted(sums.items()))
        (self._path / SUMS).write_bytes(lines.encode())


def _profile(name: str | None, incidents: Sequence[Incident]) -> dict[str, Any]:
    """By which rules the figures were chosen, and the hash of the file that holds them."""
    rules = sorted({count.rule for incident in incidents for count in incident.counts.values()})
    shipped = name is None or name in profiles()
    path = data_path("lexicons/count_profiles.yaml") if shipped or name is None else Path(name)
    return {"name": profile_of(name).name if name else None, "rules": rules, "sha256": digest(path)}


def _document(reading: Reading, line: str) -> DocumentLine:
    d = reading.document
    return DocumentLine(d.id, d.sha256, sha256(line), d.published, d.url, d.outlet, d.title, d.language)


def _unnamed(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Decisions without notes and names of reviewers, who are numbered: who reviews such reports may be in danger."""
    numbers: dict[str, str] = {}
    for verdict in verdicts:
        yield replace(verdict, reviewer=numbers.setdefault(verdict.reviewer, f"r{len(numbers) + 1}"), note="")


def _counted(changes: Sequence[Change]) -> dict[str, int]:
    """How many changes of each kind and record (``incident added``)."""
    found = Counter(f"{each.record} {each.change}" for each in changes)
    return {f"{record} {kind}": found[f"{record} {kind}"] for record in ("incident", "document") for kind in KINDS}
