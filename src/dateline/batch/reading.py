"""Many documents read, in order, by one process or several."""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from dateline.core import Document, Explanation, Failure, Reading
from dateline.knowledge.folder import KnowledgeFolder, by_folder, using

if TYPE_CHECKING:
    from dateline.pipeline import Pipeline

Reader = Callable[[Document], Reading]
Load = Callable[[], Reader]
STAGE = "read"
_AHEAD = 8
_TRIES = 2


def pipeline() -> Reader:
    """The pipeline that ships with the package, loaded once a process.

    >>> from dateline.core import Document
    >>> read = pipeline()
    >>> [event.type for event in read(Document.of("Protesters marched in Lima on Tuesday.")).events]
    ['PROTEST']
    """
    return _loaded()


def pipeline_of_every_event() -> Reader:
    """The same, reading the events of no coded type too."""
    return _loaded(every=True)


def explained(document: Document, *, every: bool = False) -> tuple[Reading, tuple[Explanation, ...]]:
    """The reading of a document by the pipeline that ships, and what gave each field of its events.

    ``every``: with the events of no coded type.

    >>> from dateline.core import Document
    >>> reading, (why,) = explained(Document.of("Protesters marched in Lima on Tuesday."))
    >>> why.type, why.of("type")[0].by
    ('PROTEST', 'lexicon')
    """
    return _loaded(every=every).explain(document)


class Knowing:
    """The pipeline under a folder of a user's own tables; it can be sent to other processes."""

    def __init__(self, knowledge: KnowledgeFolder | None) -> None:
        self._knowledge = knowledge

    def __call__(self) -> Reader:
        """The reader: a ``Load``."""
        if self._knowledge is None:
            return pipeline()
        with using(self._knowledge):
            reader = pipeline()

        def read(document: Document) -> Reading:
            with using(self._knowledge):
                return reader(document)

        return read


def readings(
    items: Iterable[Document | Reading | Failure], *, jobs: int = 1, load: Load = pipeline, apart: bool = False
) -> Iterator[Reading | Failure]:
    """A Reading or a Failure for each item, in order; readings and failures among the items pass through.

    ``load`` gives the reader (in each process, so it must be a function of a module). The results do
    not depend on ``jobs``. With several, or ``apart`` (a process beside this one, though it is one), a report
    that kills its process (out of memory) becomes a Failure.

    >>> from dateline.core import Document, Failure
    >>> lost = Failure("d2", "ingest", "no text")
    >>> [type(each).__name__ for each in readings([Document.of("Nine died."), lost])]
    ['Reading', 'Failure']
    """
    if jobs > 1 or apart:
        yield from _several(items, jobs, load)
        return
    reader: Reader | None = None
    for item in items:
        if isinstance(item, Document):
            reader = reader or load()
            yield read_one(reader, item)
        else:
            yield item


def read_one(reader: Reader, document: Document) -> Reading | Failure:
    """The reading, or the failure that names the document."""
    try:
        return reader(document)
    except Exception as error:  # a defect that one report in a million meets must not cost the run
        return Failure(document.id, STAGE, f"{type(error).__name__}: {error}")


@by_folder
def _loaded(*, every: bool = False) -> Pipeline:
    from dateline.pipeline import Pipeline

    loaded = Pipeline.load(every=every)
    gc.freeze()  # tables and models stay for good: the collector need not walk through them again and again
    return loaded


_worker: list[Reader] = []
_LOOK = 0.5


def leave_with(leader: int) -> None:
    """Have this process end soon after the one that leads it: nobody is left who would hear of its work."""

    def watch() -> None:
        try:
            while True:
                os.kill(leader, 0)
                time.sleep(_LOOK)
        except OSError:
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _start_worker(load: Load, leader: int) -> None:
    leave_with(leader)
    # Ctrl-C is the parent's to handle: it stops the workers in good order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker[:] = [load()]


def _work(document: Document) -> Reading | Failure:
    return read_one(_worker[0], document)


class _Pool:
    """A pool of processes that is made anew when one of them dies."""

    def __init__(self, jobs: int, load: Load) -> None:
        self._jobs = jobs
        self._load = load
        self._pool = self._made(jobs)

    def _made(self, jobs: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(
            jobs, mp_context=context, initializer=_start_worker, initargs=(self._load, os.getpid())
        )

    def submit(self, document: Document) -> Future[Reading | Failure]:
        try:
            return self._pool.submit(_work, document)
        except BrokenProcessPool as error:
            broken: Future[Reading | Failure] = Future()
            broken.set_exception(error)
            return broken

    def renew(self) -> None:
        """A fresh pool in the place of a broken one."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = self._made(self._jobs)

    def alone(self, document: Document) -> Reading | Failure:
        """Read a document in a process of its own, to see whether it is the one that kills."""
        for _ in range(_TRIES):
            with self._made(1) as pool:
                try:
                    return pool.submit(_work, document).result()
                except BrokenProcessPool:
                    continue
        return Failure(document.id, STAGE, "the process that read it died (out of memory?)")

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


def _several(items: Iterable[Document | Reading | Failure], jobs: int, load: Load) -> Iterator[Reading | Failure]:
    pool = _Pool(jobs, load)
    waiting: deque[tuple[Document, Future[Reading | Failure]] | Reading | Failure] = deque()
    source = iter(items)
    try:
        while True:
            for item in itertools.islice(source, jobs * _AHEAD - len(waiting)):
                waiting.append((item, pool.submit(item)) if isinstance(item, Document) else item)
            if not waiting:
                return
            first = waiting.popleft()
            if not isinstance(first, tuple):
                yield first
                continue
            document, future = first
            try:
                yield future.result()
            except BrokenProcessPool:
                pool.renew()
                yield pool.alone(document)
                for k, each in enumerate(waiting):
                    if isinstance(each, tuple) and (not each[1].done() or each[1].exception()):
                        waiting[k] = (each[0], pool.submit(each[0]))
    finally:
        pool.close()
