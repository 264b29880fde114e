"""Words that lay, take or refuse the responsibility for an act: "claimed responsibility", "was to blame"."""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dateline.core import ClaimStatus, Span
from dateline.knowledge.tables import read_table

Holder = Literal["before", "after"]
Teller = Literal["holder", "source"]
_COLUMNS = ("words", "status", "holder", "teller")


@dataclass(frozen=True, slots=True)
class BlameCue:
    """``holder``: on which side of the words the one meant stands; ``teller``: who says it, that one or the source."""

    words: str
    status: ClaimStatus
    holder: Holder
    teller: Teller


@functools.lru_cache(maxsize=512)
def blame_cues(text: str) -> tuple[tuple[Span, BlameCue], ...]:
    """The cues of a text with where they stand, from its start to its end, the longest where several begin.

    >>> [(span.start, cue.status) for span, cue in blame_cues("The Front denied any involvement.")]
    [(10, 'denied')]
    """
    table = _table()
    return tuple(
        (Span(found.start(), found.end()), table[" ".join(found.group().lower().split())])
        for found in _pattern().finditer(text)
    )


def speaks_of_act(words: str) -> bool:
    """Whether words name an act of force: "of the attack", "for the killings".

    >>> speaks_of_act("of the attacks on Sunday"), speaks_of_act("of lying")
    (True, False)
    """
    return _acts().search(words) is not None


@functools.cache
def _acts() -> re.Pattern[str]:
    words = sorted(row["words"] for row in read_table("lexicons/act_words.tsv", ("words",)))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")(?:e?s)?\b", re.I)


@functools.cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_table(), key=lambda each: (-len(each), each))
    return re.compile(r"\b(?:" + "|".join(r"\s".join(map(re.escape, w.split())) for w in words) + r")\b", re.I)


@functools.cache
def _table() -> Mapping[str, BlameCue]:
    found: dict[str, BlameCue] = {}
    for row in read_table("lexicons/blame_cues.tsv", _COLUMNS):
        if row["status"] not in typing.get_args(ClaimStatus):
            raise row.error(f"unknown status {row['status']!r}")
        if row["holder"] not in typing.get_args(Holder) or row["teller"] not in typing.get_args(Teller):
            raise row.error("holder: before or after; teller: holder or source")
        status = typing.cast("ClaimStatus", row["status"])
        holder, teller = typing.cast("Holder", row["holder"]), typing.cast("Teller", row["teller"])
        found[row["words"]] = BlameCue(row["words"], status, holder, teller)
    return found
