"""What a store's queries give back, one record a row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as the list of events shows it, place and voices by name.

    ``first`` and ``last`` are the trigger's start and end in the document's text, ``quote`` the words
    that carry the event; dates are inclusive ISO bounds; ``voices`` is the chain, the outlet first.

    >>> import dateline
    >>> with dateline.Store(":memory:") as store:
    ...     _ = store.add(dateline.read("Protesters marched in Lima on 5 March 2024."))
    ...     [(row.type, row.place, row.earliest) for row in store.events(type="PROTEST")]
    [('PROTEST', 'Lima', '2024-03-05')]
    """

    document: str
    id: str
    type: str
    mode: str | None
    status: str
    certainty: str
    background: bool
    earliest: str | None
    latest: str | None
    precision: str | None
    place: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    voices: tuple[str, ...]
    first: int
    last: int
    quote: str

    @classmethod
    def of(cls, row: Sequence[Any]) -> Self:
        """From the table's columns that are named like the fields, in their order."""
        told = dict(zip((field.name for field in fields(cls)), row, strict=True))
        return cls(**{**told, "background": bool(told["background"]), "voices": tuple(json.loads(told["voices"]))})


@dataclass(frozen=True, slots=True)
class Hit:
    """A document, or an event of one, that holds the words searched for; the best come first.

    ``snippet`` quotes the place, the words found between « and ».

    >>> import dateline
    >>> with dateline.Store(":memory:") as store:
    ...     _ = store.add(dateline.read("Protesters marched in Lima on 5 March 2024."))
    ...     print(store.search("marched")[0].snippet)
    Protesters «marched» in Lima on 5 March 2024
    """

    document: str
    event: str | None
    snippet: str


@dataclass(frozen=True, slots=True)
class Run:
    """One run over inputs: how many documents it read, passed over as already done, and failed at.

    ``finished`` is None where the run was cut short. Times are ISO in UTC.

    >>> Run(1, "2026-05-06T10:00:00Z", None, ("samples",), "0.1.0", 3, 0, 0).finished is None
    True
    """

    number: int
    started: str
    finished: str | None
    inputs: tuple[str, ...]
    version: str
    read: int
    skipped: int
    failed: int

    @classmethod
    def of(cls, row: Sequence[Any]) -> Self:
        """From the table's columns that are named like the fields, in their order."""
        told = dict(zip((field.name for field in fields(cls)), row, strict=True))
        return cls(**{**told, "inputs": tuple(json.loads(told["inputs"]))})


def columns(kind: type[EventRow] | type[Run]) -> str:
    """The columns of a table that a row is made of.

    >>> columns(Run)
    'number, started, finished, inputs, version, read, skipped, failed'
    """
    return ", ".join(field.name for field in fields(kind))
