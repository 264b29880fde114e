"""Which kinds of telling can be of one happening."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from dateline.knowledge.tables import read_table

_COLUMNS = ("type", "mode", "family", "group", "speech")
CROWD = "crowd"


@dataclass(frozen=True, slots=True)
class Family:
    """The family of an event type and mode; ``group`` divides a family, ``speech`` marks words rather than deeds."""

    name: str
    group: str
    speech: bool


class Families:
    """Looks up families; a mode without a row of its own has its type's.

    >>> families().of("ASSAULT", "drone").group, families().of("ASSAULT", "targeted").group
    ('air', '')
    """

    __slots__ = ("_families",)

    def __init__(self, table: Mapping[tuple[str, str], Family]) -> None:
        self._families = table

    def of(self, type: str, mode: str | None) -> Family:
        """The family of a type and mode; an unknown type is a family of its own."""
        found = self._families.get((type, mode or "")) or self._families.get((type, ""))
        return found or Family(type, "", False)


@functools.cache
def families() -> Families:
    """The families that ship with the package."""
    table: dict[tuple[str, str], Family] = {}
    for row in read_table("lexicons/incident_families.tsv", _COLUMNS):
        key = (row["type"], row["mode"])
        if key in table or not row["family"] or row["speech"] not in ("", "yes"):
            raise row.error(f"{key} stands twice, has no family, or speech is neither empty nor yes")
        table[key] = Family(row["family"], row["group"], row["speech"] == "yes")
    return Families(table)
