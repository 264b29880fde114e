"""Which ACLED sub-event a kind of event is when certain parties do it: "protesters attacked" is no plain attack."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from dateline.knowledge.tables import read_table

_COLUMNS = ("acled", "actor", "other", "becomes")


@dataclass(frozen=True, slots=True)
class PartyRule:
    """With such an actor and such another side the sub-event ``acled`` is rather ``becomes``.

    ``actor`` and ``other``: nouns, or kinds that begin with @; empty stands for anybody.
    """

    acled: str
    actor: frozenset[str]
    other: frozenset[str]
    becomes: str


@functools.cache
def acled_parties() -> tuple[PartyRule, ...]:
    """The rules in the table's order, the first that fits counts.

    >>> acled_parties()[0].becomes
    'Excessive force against protesters'
    """
    rows = read_table("ontology/acled_parties.tsv", _COLUMNS)
    return tuple(PartyRule(row["acled"], _names(row["actor"]), _names(row["other"]), row["becomes"]) for row in rows)


def _names(cell: str) -> frozenset[str]:
    return frozenset(cell.split("|")) - {""}
