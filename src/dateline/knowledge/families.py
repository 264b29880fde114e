"""Which kinds of telling can be of one happening."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dateline.knowledge.tables import read_table

_COLUMNS = ("type", "mode", "family", "group", "speech", "part")
_PARTS: dict[str, Literal["", "conflict", "follow"]] = {"": "", "conflict": "conflict", "follow": "follow"}
CROWD = "crowd"


@dataclass(frozen=True, slots=True)
class Family:
    """The family of an event type and mode; ``group`` divides a family, ``speech`` marks words rather than deeds.

    ``part``: ``conflict`` families found incidents; what is told in families that ``follow`` (words about a
    conflict, arrests and trials after it) founds none where the same document tells a conflict.
    """

    name: str
    group: str
    speech: bool
    part: Literal["", "conflict", "follow"] = ""


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
        if key in table or not row["family"] or row["speech"] not in ("", "yes") or row["part"] not in _PARTS:
            raise row.error(f"{key} stands twice, has no family, or speech or part is unknown")
        table[key] = Family(row["family"], row["group"], row["speech"] == "yes", _PARTS[row["part"]])
    return Families(table)
