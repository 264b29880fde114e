"""Small closed sets of words that the rules ask about, by name."""

from __future__ import annotations

import functools

from dateline.knowledge.tables import read_table


@functools.cache
def _sets() -> dict[str, frozenset[str]]:
    rows = read_table("lexicons/word_sets.tsv", ("set", "words", "note"))
    return {row["set"]: frozenset(row.list("words")) for row in rows}


def word_set(name: str) -> frozenset[str]:
    """The words of a set of ``lexicons/word_sets.tsv``. KeyError where there is no such set.

    >>> "dozen" in word_set("partitive")
    True
    """
    return _sets()[name]
