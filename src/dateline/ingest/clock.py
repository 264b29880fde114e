"""Work that is given up after some seconds."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TimeoutError inside the block once it has taken so many seconds.

    The clock is the process's alarm: where there is none, or this is not the main thread, or another block's clock
    is running, nothing is bounded.

    >>> with within(5):
    ...     sum(range(10))
    45
    """
    main = threading.current_thread() is threading.main_thread()
    if not (hasattr(signal, "setitimer") and main) or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return

    def late(_signal: int, _frame: Any) -> None:
        raise TimeoutError(f"took longer than {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, late)
    # again every second: a library may have caught the first
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
