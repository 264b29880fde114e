"""Which side people are on by the noun that counts them: "five soldiers", "six traders", "two rebels"."""

from __future__ import annotations

import functools

from dateline.core import SideName
from dateline.knowledge.agents import agents
from dateline.knowledge.tables import read_table

_STATE = ("MIL", "COP", "SPY")


def side_of(noun: str) -> tuple[SideName, str] | None:
    """The side of the people that a noun counts, and the sector; None where it leaves the side open.

    >>> side_of("soldiers"), side_of("traders"), side_of("people")
    (('state', 'MIL'), ('civilian', ''), None)
    """
    row = agents().get(noun.rsplit(maxsplit=1)[-1]) if noun.split() else None
    if row is None or row.lemma in _open():
        return None
    if not row.armed:
        return "civilian", ""
    return ("state", row.sector) if row.sector in _STATE else ("armed", "")


@functools.cache
def _open() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("lexicons/side_words.tsv", ("word",)))


@functools.cache
def toll_verbs() -> frozenset[str]:
    """Verbs with which a source gives a figure ("put" of "police put the crowd at 1,200"), as they stand in texts."""
    return frozenset(row["words"] for row in read_table("lexicons/toll_verbs.tsv", ("words",)))
