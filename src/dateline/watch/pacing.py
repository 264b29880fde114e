"""How long to wait: between two requests to a host, and after failures."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime

SLOWEST = 60.0
FIRST, LONGEST = 300.0, 86_400.0


class Pace:
    """At most one request to a host every ``pause`` seconds; hosts that ask for rest are left alone.

    ``now`` and ``sleep`` are the clock.
    """

    def __init__(
        self,
        pause: float,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._pause = pause
        self._now = now
        self._sleep = sleep
        self._next: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        self._rest: dict[str, float] = {}

    def wait(self, host: str) -> None:
        """Wait until the host may be asked again, and note that it is."""
        ahead = self._next.get(host, 0.0) - self._now()
        if ahead > 0:
            self._sleep(ahead)
        self._next[host] = self._now() + self._pauses.get(host, self._pause)

    def slow(self, host: str, seconds: float) -> None:
        """The host asks for this pause (robots.txt); it is kept up to a minute."""
        self._pauses[host] = max(self._pause, min(seconds, SLOWEST))

    def rest(self, host: str, seconds: float) -> None:
        """Leave a host alone for a while."""
        self._rest[host] = max(self._rest.get(host, 0.0), self._now() + min(seconds, LONGEST))

    def resting(self, host: str) -> float:
        """For how many seconds more a host is left alone."""
        return max(0.0, self._rest.get(host, 0.0) - self._now())


def backoff(failures: int, after: float | None = None) -> float:
    """The seconds to wait after so many failures in a row: doubled each time, a day at most, or what the server asks.

    >>> [backoff(n) for n in (1, 2, 3, 50)], backoff(1, after=1200)
    ([300.0, 600.0, 1200.0, 86400.0], 1200)
    """
    grown = FIRST * 2.0 ** min(max(failures - 1, 0), 20)
    return min(max(grown, after or 0), LONGEST)


def retry_after(value: str | None, now: datetime.datetime | None = None) -> float | None:
    """The seconds of a Retry-After header, given as a number or as a date; None where it is neither.

    >>> retry_after("120"), retry_after("soon"), retry_after(None)
    (120.0, None, None)
    """
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(min(int(value[:12]), int(LONGEST)))
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=datetime.UTC)
    return min(max(0.0, (until - (now or datetime.datetime.now(datetime.UTC))).total_seconds()), LONGEST)
