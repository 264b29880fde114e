"""How far a run is, in a line: shards, documents, failures, documents a second, and the time that is left."""

from __future__ import annotations

import sys
import time
from typing import TextIO

from dateline.batch.corpus.run import Progress

_EVERY = {True: 0.5, False: 10.0}
_MINUTE, _HOUR = 60, 3600


class Teller:
    """Tells progress on standard error: a line that is written over on a terminal, else a new one now and then.

    Tells nothing where that is no terminal and nobody asked.
    """

    def __init__(self, asked: bool = False, out: TextIO | None = None) -> None:
        self._out = out or sys.stderr
        self._screen = self._out.isatty()
        self._silent = not (asked or self._screen)
        self._stage = ""
        self._begun = self._last = time.monotonic()
        self._first = 0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.stage != self._stage:
            if self._stage:
                self._begun = now
            self._stage, self._first = progress.stage, progress.done - 1
        end = progress.done >= progress.tasks
        if self._silent or not (end or now - self._last >= _EVERY[self._screen]):
            return
        self._last = now
        line = in_words(progress, now - self._begun, progress.done - self._first)
        self._out.write(f"\r\x1b[K{line}" + ("\n" if end else "") if self._screen else f"dateline: {line}\n")
        self._out.flush()


def in_words(progress: Progress, seconds: float, fresh_tasks: int) -> str:
    """The line.

    >>> in_words(Progress("reading", 5, 20, read=980, failed=20, fresh=600), 60, 3)
    'reading: 5 of 20 shards, 980 read, 20 failed, 10.0 a second, 5 min left'
    """
    words = [f"{progress.stage}: {progress.done:,} of {progress.tasks:,} shards", f"{progress.read:,} read"]
    if progress.failed:
        words.append(f"{progress.failed:,} failed")
    if progress.fresh and seconds > 0:
        words.append(f"{progress.fresh / seconds:.1f} a second")
    left = progress.tasks - progress.done
    if left and fresh_tasks > 0 and seconds > 0:
        words.append(f"{_length(left * seconds / fresh_tasks)} left")
    return ", ".join(words)


def _length(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    return f"{seconds / _MINUTE:.0f} min" if seconds < 2 * _HOUR else f"{seconds / _HOUR:.1f} h"
