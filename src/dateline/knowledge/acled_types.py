"""ACLED's event type and disorder type of each of its sub-event types."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from dateline.knowledge.tables import read_table


@dataclass(frozen=True, slots=True)
class AcledType:
    """Where a sub-event type stands in ACLED's scheme."""

    sub_event: str
    event: str
    disorder: str


@functools.cache
def acled_types() -> dict[str, AcledType]:
    """The 25 sub-event types by name.

    >>> acled_types()["Mob violence"].event
    'Riots'
    """
    rows = read_table("ontology/acled_types.tsv", ("sub_event", "event", "disorder"))
    return {row["sub_event"]: AcledType(row["sub_event"], row["event"], row["disorder"]) for row in rows}
