"""What robots.txt lets a program read, by RFC 9309."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.robotparser import RobotFileParser

from dateline.watch.addresses import address
from dateline.watch.errors import FetchError
from dateline.watch.fetching import NAME, Client
from dateline.watch.pacing import Pace

LARGEST = 500_000
KEPT = 86_400.0


@dataclass(frozen=True, slots=True)
class _Rules:
    parser: RobotFileParser
    until: float


class Robots:
    """Asks a site's robots.txt once a day. Where there is none, all is allowed; where it cannot be had, nothing yet."""

    def __init__(self, client: Client, pace: Pace, *, now: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._pace = pace
        self._now = now
        self._held: dict[str, _Rules] = {}

    def allows(self, url: str) -> bool:
        """Whether a page may be fetched. Raises FetchError (passing) where the site cannot tell at present."""
        asked = address(url)
        rules = self._held.get(asked.origin)
        if rules is None or rules.until < self._now():
            rules = self._held[asked.origin] = _Rules(self._fetched(asked.origin), self._now() + KEPT)
            delay = rules.parser.crawl_delay(NAME)
            if delay:
                self._pace.slow(asked.host, float(delay))
        return rules.parser.can_fetch(NAME, asked.url)

    def _fetched(self, origin: str) -> RobotFileParser:
        parser = RobotFileParser()
        try:
            body = self._client.get(f"{origin}/robots.txt", most=LARGEST).body
        except FetchError as error:
            if error.passing:
                raise FetchError(error.url, error.reason, passing=True, after=error.after) from error
            body = b""
        parser.parse(body.decode("utf-8", "replace").lstrip("\ufeff").splitlines())
        return parser
