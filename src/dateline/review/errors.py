"""What a request can be refused for, each with its HTTP status."""

from __future__ import annotations

import sqlite3

from dateline.core import StoreError


class Refused(Exception):
    """A request that is not answered; ``status`` is HTTP's, ``title`` the kind of refusal."""

    status = 400
    title = "Bad request"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NotUnderstood(Refused):
    """A value that makes no sense."""

    status = 422
    title = "Not understood"


class NotThere(Refused):
    """Nothing of that name."""

    status = 404
    title = "Not there"


class Clash(Refused):
    """It does not go with what is there already."""

    status = 409
    title = "Clash"


def clash(error: StoreError) -> StoreError | Clash:
    """What a store refused, as a Clash; where SQLite itself failed (locked, read-only, full) the error as it is."""
    return error if isinstance(error.__cause__, sqlite3.Error) else Clash(str(error))
