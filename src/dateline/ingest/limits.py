"""How much is taken in before it is refused, and what the caller knows beforehand."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path

from dateline.core import DatelineError

_BOUND = re.compile(r"([a-z]+)=([0-9]+(?:\.[0-9]+)?)(k|M|G)?")
_SECONDS = ("seconds", "parsing")
_TIMES = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9}


@dataclass(frozen=True, slots=True)
class Part:
    """A share of one input: of its documents, lines or records those whose number leaves ``index`` over ``of``.

    >>> [n for n in range(7) if Part(1, 3).holds(n)]
    [1, 4]
    """

    index: int = 0
    of: int = 1

    def holds(self, number: int) -> bool:
        """Whether the item of this number, from 0, belongs to the share."""
        return number % self.of == self.index

    @property
    def first(self) -> bool:
        """Whether what is said of the whole input is to be said here."""
        return self.index == 0


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds in bytes, characters and seconds.

    ``document``: one document, unpacked. ``page``: the source of one web page. ``text``: the characters of one
    document's text. ``unpacked``: all that one packed file may unpack to.
    ``ratio``: how many times its own size a packed file may grow once it is larger than one document
    (text grows about five times, a file made to fill the memory a thousand times). ``fetched`` and
    ``seconds``: one address on the web. ``parsing``: seconds for finding the report in one page.
    ``without``: files that are no input though a folder holds
    them, as the ones that the caller writes to (a run that reads what it writes never ends).

    >>> Limits(document=1_000_000).unpacked
    20000000000
    """

    document: int = 50_000_000
    page: int = 5_000_000
    text: int = 6_000_000
    unpacked: int = 20_000_000_000
    ratio: int = 200
    fetched: int = 10_000_000
    seconds: float = 20.0
    parsing: float = 60.0
    without: frozenset[Path] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "without", frozenset(path.resolve() for path in self.without))


def bounded(limits: Limits, bounds: Iterable[str]) -> Limits:
    """The limits with some bounds set: ``text=200k``, ``seconds=5`` (k, M, G: thousand, million, thousand million).

    Raises DatelineError where there is no such bound or no such number.

    >>> bounded(Limits(), ["text=1.5M", "ratio=50"]).text
    1500000
    """
    names = [field.name for field in fields(Limits) if field.name != "without"]
    for words in bounds:
        found = _BOUND.fullmatch(words)
        if found is None or found[1] not in names:
            raise DatelineError(f"--bound {words[:60]}: NAME=NUMBER, of {', '.join(names)}")
        number = float(found[2]) * _TIMES[found[3] or ""]
        if number <= 0:
            raise DatelineError(f"--bound {words[:60]}: a bound is above 0")
        limits = replace(limits, **{found[1]: number if found[1] in _SECONDS else int(number)})  # type: ignore[arg-type]
    return limits


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
