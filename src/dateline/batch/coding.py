"""Documents read, stored and linked; a run cut short at any moment goes on where it stood."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dateline import __version__
from dateline.batch.linking import Relinked, relink
from dateline.batch.reading import Load, pipeline, readings
from dateline.core import Document, Failure, Incident, Reading
from dateline.ingest import Known, Limits, taken
from dateline.store import Store

Link = Callable[[Sequence[Reading]], tuple[Incident, ...]]


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a run has come: documents read, passed over as already stored, failed; incidents, and how linking went.

    >>> Tally(read=3, failed=1).skipped
    0
    """

    read: int = 0
    skipped: int = 0
    failed: int = 0
    incidents: int | None = None
    linked: Relinked | None = field(default=None, compare=False)


def code(
    inputs: Sequence[str],
    store: Store,
    *,
    limit: int | None = None,
    jobs: int = 1,
    known: Known | None = None,
    limits: Limits | None = None,
    progress: Callable[[Tally], None] | None = None,
    failed: Callable[[Failure], None] | None = None,
    unsupported: Callable[[Reading], None] | None = None,
    load: Load = pipeline,
    link: Link | None = None,
    items: Iterable[Document | Reading | Failure] | None = None,
) -> Tally:
    """Read the documents that the store does not hold yet, store each on its own, then link them to what it holds.

    ``link``: another way of linking, which gets all readings; without it what is linked already is linked on.

    ``limit`` is the most documents that are read in this run (those already stored do not count).
    ``progress`` hears of every document, ``failed`` of every failure, ``unsupported`` of every reading of
    a document in a language that is not read. ``items`` are read in the place of what the inputs hold.
    Raises StoreError where the store cannot be written any more; what was read until then is kept.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from dateline.store import Store
    >>> with tempfile.TemporaryDirectory() as folder, Store(":memory:") as store:
    ...     _ = Path(folder, "report.txt").write_text("Two soldiers were killed in Goma on 3 March 2024.")
    ...     [code([folder], store).read, code([folder], store).skipped]
    [1, 1]
    """
    run = _Run(store, inputs, progress, failed)
    given = taken(inputs, known=known, limits=limits) if items is None else iter(items)
    pending = run.pending(given, limit)
    for result in readings(pending, jobs=jobs, load=load):
        if unsupported and isinstance(result, Reading) and result.unsupported:
            unsupported(result)
        run.keep(result)
    if link is None:
        return run.finish(relink(store))
    incidents = link(tuple(store.readings()))
    store.replace_incidents(incidents)
    return run.finish(Relinked(len(incidents), ()))


class _Run:
    """The book-keeping of one run."""

    def __init__(
        self,
        store: Store,
        inputs: Sequence[str],
        progress: Callable[[Tally], None] | None,
        failed: Callable[[Failure], None] | None,
    ) -> None:
        self._store = store
        self._number = store.start_run(inputs, __version__)
        self._progress = progress
        self._failed = failed
        self._counts = {"read": 0, "skipped": 0, "failed": 0}

    def pending(
        self, items: Iterator[Document | Reading | Failure], limit: int | None
    ) -> Iterator[Document | Reading | Failure]:
        """What is still to be read, and what failed on the way in."""
        given = 0
        for item in items:
            if limit is not None and given >= limit:
                return
            if isinstance(item, Failure):
                yield item
                continue
            document = item.document if isinstance(item, Reading) else item
            stored = self._store.sha256_of(document.id)
            if stored == document.sha256:
                self._count("skipped")
            else:
                given += 1
                yield self._clash(document) if stored else item

    def keep(self, result: Reading | Failure) -> None:
        """Store a reading or note a failure."""
        if isinstance(result, Reading):
            stored = self._store.sha256_of(result.document.id)
            if stored and stored != result.document.sha256:
                result = self._clash(result.document)
            else:
                self._count("read" if self._store.add(result) else "skipped")
                return
        self._store.add_failure(result, self._number)
        if self._failed:
            self._failed(result)
        self._count("failed")

    def finish(self, linked: Relinked) -> Tally:
        """Close the run's books."""
        self._store.finish_run(self._number, **self._counts)
        return dataclasses.replace(self._tally(), incidents=linked.incidents, linked=linked)

    def _tally(self) -> Tally:
        return Tally(self._counts["read"], self._counts["skipped"], self._counts["failed"])

    def _clash(self, document: Document) -> Failure:
        return Failure(document.id, "store", "the store holds another text under this id")

    def _count(self, what: str) -> None:
        self._counts[what] += 1
        if self._progress:
            self._progress(self._tally())
