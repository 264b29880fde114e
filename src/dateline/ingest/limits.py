"""How much is taken in before it is refused, and what the caller knows beforehand."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds in bytes and seconds.

    ``document``: one document, unpacked. ``unpacked``: all that one packed file may unpack to.
    ``ratio``: how many times its own size a packed file may grow once it is larger than one document
    (text grows about five times, a file made to fill the memory a thousand times). ``fetched`` and
    ``seconds``: one address on the web. ``without``: files that are no input though a folder holds
    them, as the ones that the caller writes to (a run that reads what it writes never ends).

    >>> Limits(document=1_000_000).unpacked
    20000000000
    """

    document: int = 50_000_000
    unpacked: int = 20_000_000_000
    ratio: int = 200
    fetched: int = 10_000_000
    seconds: float = 20.0
    without: frozenset[Path] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "without", frozenset(path.resolve() for path in self.without))


@dataclass(frozen=True, slots=True)
class Known:
    """What the caller knows of every document of a call, where the document itself does not tell it.

    ``published`` is an ISO date or date-time. No page can be newer than ``today`` (None: not known).

    >>> Known(published="2024-03-05", outlet="Cagayan Courier").outlet
    'Cagayan Courier'
    """

    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    today: datetime.date | None = None
