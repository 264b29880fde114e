"""A reader that gives up on a document after some seconds."""

from __future__ import annotations

import signal
import threading
from typing import Any

from dateline.batch.reading import Reader
from dateline.core import Document, Reading


class Punctual:
    """The reader, with TimeoutError where a document takes longer than ``seconds``.

    The clock is the process's alarm: where a process has none, or this is not its main thread, nothing is bounded.
    """

    def __init__(self, reader: Reader, seconds: float) -> None:
        self._reader = reader
        self._seconds = seconds

    def __call__(self, document: Document) -> Reading:
        if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
            return self._reader(document)
        before = signal.signal(signal.SIGALRM, self._late)
        signal.setitimer(signal.ITIMER_REAL, self._seconds)
        try:
            return self._reader(document)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _late(self, _signal: int, _frame: Any) -> None:
        raise TimeoutError(f"took longer than {self._seconds:g} seconds")
