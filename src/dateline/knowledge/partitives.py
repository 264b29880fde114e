"""Nouns that only say how many: in "dozens of protesters" the protesters are meant."""

from __future__ import annotations

import functools

from dateline.knowledge.tables import read_table


@functools.cache
def partitives() -> frozenset[str]:
    """The lemmas of ``lexicons/partitives.tsv``."""
    return frozenset(row["lemma"] for row in read_table("lexicons/partitives.tsv", ("lemma",)))
