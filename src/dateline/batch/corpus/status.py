"""What a run's folder holds: how far it is, what failed, and its records in one file each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.batch.corpus.addresses import Folder
from dateline.batch.corpus.locking import held, locked
from dateline.batch.corpus.records import (
    COMPLETIONS,
    ERRORS,
    FAILED,
    INCIDENTS,
    PARTS,
    SUCCESS,
    Completion,
    Fault,
    Format,
    told,
)
from dateline.batch.corpus.run import finished, run_there
from dateline.batch.corpus.shards import error_lines
from dateline.core import DatelineError, Failure, Incident, Reading

MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Status:
    """How far a run is. ``writer`` is the process that is at it now; ``stages`` counts failures by stage."""

    shards: int
    done: int
    read: int
    failed: int
    unsupported: int
    stages: tuple[tuple[str, int], ...]
    faults: tuple[Fault, ...]
    writer: str | None
    whole: bool

    def lines(self) -> Iterator[str]:
        """The same in words."""
        state = "whole" if self.whole else f"written by {self.writer}" if self.writer else "not finished"
        yield f"{state}: {self.done:,} of {self.shards:,} shards"
        other = f" ({self.unsupported:,} in a language that is not supported)" if self.unsupported else ""
        yield f"{self.read:,} documents read{other}, {self.failed:,} failed"
        for stage, count in self.stages:
            yield f"  {count:,} at {stage}"
        for fault in self.faults:
            yield f"shard {fault.shard} failed: {fault.error}"
        if not self.whole and not self.writer:
            yield "dateline retry goes on from here"


def status(out: str) -> Status:
    """How far the run in a folder is; its files are not looked through. Raises DatelineError where there is none."""
    folder = Folder(out)
    manifest = run_there(out)
    done = [each for each in (_completion(folder, name) for name in folder.names(COMPLETIONS)) if each]
    faults = [told(folder, f"{FAILED}/{name}", Fault) for name in folder.names(FAILED)]
    stages = Counter(failure.stage for failure in failures(folder))
    read, unsupported = sum(each.read for each in done), sum(each.unsupported for each in done)
    return Status(
        shards=manifest.shards,
        done=len(done),
        read=read,
        failed=stages.total(),
        unsupported=unsupported,
        stages=tuple(sorted(stages.items())),
        faults=tuple(each for each in faults if each),
        writer=held(folder),
        whole=folder.exists(SUCCESS),
    )


def failures(folder: Folder) -> Iterator[Failure]:
    """Every document of a run that failed, shard by shard."""
    for name in folder.names(ERRORS):
        with folder.opened(f"{ERRORS}/{name}") as file:
            for line in file:
                row = json.loads(line)
                yield Failure(row["id"], row["stage"], row["error"])


def readings_in(folder: Folder, format: Format) -> Iterator[Reading]:
    """The readings of a run, shard by shard; of several with one document id the first."""
    seen: set[str] = set()
    for name in folder.names(PARTS):
        with folder.fetched(f"{PARTS}/{name}") as path:
            for reading in format.records(Reading, path):
                if reading.document.id not in seen:
                    seen.add(reading.document.id)
                    yield reading


def incidents_in(folder: Folder, format: Format) -> Iterator[Incident]:
    """The incidents of a run, by week and cell."""
    for name in folder.names(INCIDENTS):
        with folder.fetched(f"{INCIDENTS}/{name}") as path:
            yield from format.records(Incident, path)


@dataclass(frozen=True, slots=True)
class Merged:
    """How much was put together."""

    readings: int
    incidents: int
    failures: int


def merge(out: str, format: Format) -> Merged:
    """Put a run's parts together: one file of readings, one of incidents and one of failures, in ``merged/``.

    Raises DatelineError where the run is not whole, or a file of it is gone or damaged.
    """
    folder = Folder(out)
    run_there(out)
    with locked(folder):
        if finished(folder) is None:
            raise DatelineError(f"{out}: not whole: dateline retry {out} goes on with it")
        counts = [0, 0]
        with folder.staged(f"{MERGED}/readings{format.suffix}") as path, format.writer(Reading, path) as add:
            for reading in readings_in(folder, format):
                add(reading)
                counts[0] += 1
        with folder.staged(f"{MERGED}/incidents{format.suffix}") as path, format.writer(Incident, path) as put:
            for incident in incidents_in(folder, format):
                put(incident)
                counts[1] += 1
        told_of = list(failures(folder))
        folder.remove(f"{MERGED}/errors.jsonl")
        if told_of:
            folder.write(f"{MERGED}/errors.jsonl", error_lines(told_of))
    return Merged(counts[0], counts[1], len(told_of))


def _completion(folder: Folder, name: str) -> Completion | None:
    try:
        return told(folder, f"{COMPLETIONS}/{name}", Completion)
    except DatelineError:
        return None
