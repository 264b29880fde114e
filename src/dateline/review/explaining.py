"""Explanations asked of the models that read: in a process of their own, loaded at the first question.

Nothing is read into the store here. The process is let go after a while without a question, and a document's
explanations are kept for the next event that is asked about.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from dateline.batch import explained
from dateline.core import Document, Explanation, Reading
from dateline.core.event import UNTYPED

LONGEST = 60_000
_PATIENCE, _IDLE = 90.0, 600.0
_KEPT, _WAITING = 64, 4


class NotExplained(Exception):
    """The models gave no explanation; the message says why."""


@dataclass(frozen=True, slots=True)
class Explained:
    """The explanations of one document's events, and the models that gave them."""

    producers: Mapping[str, str]
    explanations: tuple[Explanation, ...]


Explainer = Callable[[Reading], Explained]


class ModelsApart:
    """An ``Explainer`` that keeps the models out of the server's process. Raises NotExplained."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(_WAITING)
        self._held: OrderedDict[tuple[str, str, bool], Explained] = OrderedDict()
        self._rest: threading.Timer | None = None

    def __call__(self, reading: Reading) -> Explained:
        """The explanations of a reading's document, made anew by today's models."""
        document, every = reading.document, any(event.type == UNTYPED for event in reading.events)
        key = (document.id, document.sha256, every)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        if len(document.text) > LONGEST:
            raise NotExplained("The report is too long to be explained while you wait; dateline explain does it.")
        if not self._turns.acquire(blocking=False):
            raise NotExplained("Other reports are being explained; ask again in a moment.")
        try:
            told = self._asked(document, every)
        finally:
            self._turns.release()
        with self._lock:
            self._held[key] = told
            while len(self._held) > _KEPT:
                self._held.popitem(last=False)
        return told

    def close(self) -> None:
        """Let the process go; the next question starts another."""
        with self._lock:
            pool, self._pool = self._pool, None
            if self._rest:
                self._rest.cancel()
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)

    def _asked(self, document: Document, every: bool) -> Explained:
        try:
            return self._started().submit(_explain, document, every).result(_PATIENCE)
        except TimeoutError as error:
            raise NotExplained("The models take too long; ask again in a minute.") from error
        except BrokenProcessPool as error:
            self.close()
            raise NotExplained("The process of the models ended (out of memory?).") from error
        except Exception as error:  # what a model does not stand must not cost the page
            raise NotExplained(f"The models could not explain it: {type(error).__name__}: {error}") from error

    def _started(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
            if self._rest:
                self._rest.cancel()
            self._rest = threading.Timer(_IDLE, self.close)
            self._rest.daemon = True
            self._rest.start()
            return self._pool


def _explain(document: Document, every: bool) -> Explained:
    reading, told = explained(document, every=every)
    return Explained(dict(reading.producers), told)
