"""``dateline watch``: arguments are parsed, the room called round after round, what was done is said."""

from __future__ import annotations

import argparse
import re
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.core import DatelineError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from dateline.watch.watching import Polled, Watch

DONE, SOME_FAILED = 0, 1
EVERY, SHORTEST = 900.0, 60.0
PAUSE = 2.0
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def add_watch_command(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    watch = commands.add_parser("watch", help="poll RSS and Atom feeds, read what is new, raise alerts")
    about = "an OPML file of feeds, or the http(s) address of a feed"
    watch.add_argument("inputs", nargs="+", metavar="FEEDS", help=about)
    watch.add_argument("--store", required=True, metavar="FILE", help="the store; made where it is not there")
    about = "fetch the pages that entries link to, where robots.txt lets us; without it the entries' own words are read"
    watch.add_argument("--articles", action="store_true", help=about)
    rounds = watch.add_mutually_exclusive_group()
    rounds.add_argument("--once", action="store_true", help="one round, then stop")
    about = "the time between rounds, as 90s, 15m (the default), 2h or 1d; a minute at least"
    rounds.add_argument("--every", type=duration, default=EVERY, metavar="TIME", help=about)
    watch.add_argument("--alerts", type=Path, metavar="FILE", help="write alerts of saved searches there, as Atom")
    watch.add_argument("--webhook", metavar="URL", help="send alerts of saved searches there, as JSON")
    about = "a saved search (name or id) that raises alerts; again for more, all without it"
    watch.add_argument("--search", action="append", default=[], metavar="NAME", help=about)
    about = f"seconds between two requests to one host ({PAUSE:g})"
    watch.add_argument("--pause", type=_seconds, default=PAUSE, metavar="N", help=about)
    watch.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="processes that read (1)")
    watch.set_defaults(run=_watch)


def duration(words: str) -> float:
    """A time as seconds; a minute at least.

    >>> duration("15m"), duration("1.5h")
    (900.0, 5400.0)
    """
    found = re.fullmatch(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)([smhd])", words.strip().lower())
    if not found:
        raise argparse.ArgumentTypeError(f"{words!r} is no time such as 90s, 15m, 2h or 1d")
    seconds = float(found[1]) * _UNITS[found[2]]
    if seconds < SHORTEST:
        raise argparse.ArgumentTypeError(f"{words!r} is shorter than a minute")
    return seconds


def _seconds(words: str) -> float:
    if not re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,3})?", words):
        raise argparse.ArgumentTypeError(f"{words!r} is no number of seconds")
    return float(words)


def _jobs(words: str) -> int:
    if not words.isdecimal() or int(words) < 1:
        raise argparse.ArgumentTypeError(f"{words!r} is not a number above 0")
    return int(words)


def _watch(options: argparse.Namespace) -> int:
    from dateline.batch import say
    from dateline.store import Store
    from dateline.store.opening import MEMORY, located
    from dateline.store.watching import WatchBook
    from dateline.watch.addresses import address, origins
    from dateline.watch.errors import WatchError
    from dateline.watch.fetching import Client
    from dateline.watch.opml import feeds_of
    from dateline.watch.pacing import Pace
    from dateline.watch.watching import Watch

    feeds = feeds_of(options.inputs)
    if located(options.store) == MEMORY:
        raise WatchError("a watch needs a store that is kept: name a file")
    named = [feed.url for feed in feeds] + ([address(options.webhook).url] if options.webhook else [])
    with ExitStack() as stack:
        store = stack.enter_context(Store(options.store))
        watch = Watch(
            store=store,
            book=stack.enter_context(WatchBook(options.store)),
            feeds=feeds,
            client=Client(origins(named), Pace(options.pause)),
            articles=options.articles,
            alerts=options.alerts,
            webhook=options.webhook,
            searches=tuple(options.search),
            jobs=options.jobs,
            say=say,
        )
        stack.enter_context(_stopped_gently())
        if options.once:
            return SOME_FAILED if _round(watch).failed else DONE
        try:
            rounds(watch, options.every)
        except KeyboardInterrupt:
            say("stopped; the same command goes on from here")
    return DONE


def rounds(watch: Watch, every: float) -> None:
    """Round after round, until interrupted; only the first may fail as a whole."""
    from dateline.batch import say

    _round(watch)
    while True:
        time.sleep(every)
        try:
            _round(watch)
        except (DatelineError, OSError) as error:  # such as a store that another process has locked
            say(f"{error}; tried again in the next round")


def _round(watch: Watch) -> Polled:
    from dateline.batch import say

    done = watch.poll()
    told = f"{done.feeds} feeds asked, {done.unchanged} unchanged, {done.failed} failed; {done.fresh} new entries"
    told += f"; {done.done.read} read, {done.done.failed} failed"
    if watch.alerts or watch.webhook:
        told += f"; {done.alerts} alerts" + (f", {done.posted} posted" if watch.webhook else "")
    say(told)
    return done


@contextmanager
def _stopped_gently() -> Iterator[None]:
    """Let SIGTERM do what Ctrl-C does."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # signals belong to the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
