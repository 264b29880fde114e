"""Large feeds are parsed in a process of their own, which can be stopped.

feedparser needs time that grows with the square of some odd texts: five megabytes of open tags hold it for hours.
"""

from __future__ import annotations

import multiprocessing
import signal
from multiprocessing.connection import Connection

from dateline.store.watching import NewEntry
from dateline.watch.entries import entries_of
from dateline.watch.errors import WatchError

SMALL = 100_000
SECONDS = 30.0


def entries_within(
    body: bytes, url: str, *, media: str = "", name: str | None = None, seconds: float = SECONDS
) -> tuple[NewEntry, ...]:
    """The entries of a feed, as ``entries_of``; WatchError also where that takes too long."""
    if len(body) <= SMALL:
        return entries_of(body, url, media=media, name=name)
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(there, body, url, media, name), daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(seconds):
            raise WatchError(f"{url}: takes longer than {seconds:g} seconds to parse")
        result: tuple[NewEntry, ...] | str = here.recv()
    except EOFError as error:
        raise WatchError(f"{url}: the process that parsed it died (out of memory?)") from error
    finally:
        process.kill()
        process.join()
        process.close()
        here.close()
    if isinstance(result, str):
        raise WatchError(result)
    return result


def _work(there: Connection, body: bytes, url: str, media: str, name: str | None) -> None:
    # Ctrl-C is the parent's to handle.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        there.send(entries_of(body, url, media=media, name=name))
    except WatchError as error:
        there.send(str(error))
