"""What can go wrong in a watch."""

from __future__ import annotations

from dateline.core import DatelineError


class WatchError(DatelineError):
    """A watch cannot start, or a feed cannot be understood."""


class FetchError(DatelineError):
    """An address was not had. ``passing``: it may be had later; ``after``: the seconds that the server asks to wait."""

    def __init__(self, url: str, reason: str, *, passing: bool = False, after: float | None = None) -> None:
        super().__init__(f"{url[:200]}: {reason}")
        self.url = url
        self.reason = reason
        self.passing = passing
        self.after = after
