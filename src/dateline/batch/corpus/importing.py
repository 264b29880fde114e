"""What a run wrote, taken into a store."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dateline import __version__
from dateline.batch.corpus.addresses import Folder
from dateline.batch.corpus.records import Format
from dateline.batch.corpus.run import finished, run_there
from dateline.batch.corpus.status import failures, incidents_in, readings_in
from dateline.core import DatelineError, Failure, Incident, Reading
from dateline.incidents import link
from dateline.incidents.partitions import ordered
from dateline.store import Store

_BATCH = 200
_TAKEN = "the store holds another text under this id"


@dataclass(frozen=True, slots=True)
class Imported:
    """How much came into the store: readings, those it held already, failures, and its incidents now."""

    read: int
    skipped: int
    failed: int
    incidents: int


def import_run(
    out: str, store: Store, format: Format, *, relink: Callable[[Sequence[Reading]], Sequence[Incident]] = link
) -> Imported:
    """Take a run's readings, failures and incidents into a store; what it holds already stays as it is.

    Where the store holds other readings too, all are linked anew. One that is cut short goes on when it is called
    again. Raises DatelineError where the run is not whole.
    """
    folder = Folder(out)
    manifest = run_there(out)
    if finished(folder) is None:
        raise DatelineError(f"{out}: not whole: dateline retry {out} goes on with it")
    number = store.start_run(manifest.inputs, __version__)
    read, skipped, failed = _readings(store, folder, format, number)
    clash = failed > 0
    for failure in failures(folder):
        failed += 1
        if store.sha256_of(failure.document) is None:
            store.add_failure(failure, number)
    alone = not clash and read + skipped == len(store.ids())
    incidents = ordered(incidents_in(folder, format)) if alone else relink(tuple(store.readings()))
    store.replace_incidents(incidents)
    store.finish_run(number, read=read, skipped=skipped, failed=failed)
    return Imported(read, skipped, failed, len(incidents))


def _readings(store: Store, folder: Folder, format: Format, run: int) -> tuple[int, int, int]:
    """Add the readings; how many were added, were there, and have an id that another text has."""
    read = skipped = failed = 0
    rest = readings_in(folder, format)
    while batch := list(itertools.islice(rest, _BATCH)):
        known = {reading.document.id: store.sha256_of(reading.document.id) for reading in batch}
        for reading in batch:
            if known[reading.document.id] not in (None, reading.document.sha256):
                store.add_failure(Failure(reading.document.id, "store", _TAKEN), run)
                failed += 1
        skipped += sum(known[reading.document.id] == reading.document.sha256 for reading in batch)
        read += store.add_many([reading for reading in batch if known[reading.document.id] is None])
    return read, skipped, failed
