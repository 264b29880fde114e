"""Titles that stand before a person's name, with the PLOVER sector that some of them tell."""

from __future__ import annotations

import functools

from dateline.knowledge.tables import read_table


@functools.cache
def titles() -> dict[str, str]:
    """Folded title → sector ("" where it tells none), from ``lexicons/titles.tsv``."""
    return {row["title"]: row["sector"] for row in read_table("lexicons/titles.tsv", ("title", "sector"))}
