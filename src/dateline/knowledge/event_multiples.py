"""How many victims the word before an event noun tells: "a triple murder", "a deadly attack"."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from dateline.knowledge.numbers import Interval
from dateline.knowledge.tables import read_table


@functools.cache
def event_multiples() -> Mapping[str, Interval]:
    """The victims of one event by the word before its noun, as (low, best, high).

    KnowledgeError with file:line where a number is none.

    >>> event_multiples()["triple"], event_multiples()["deadly"]
    ((3, 3, 3), (1, None, None))
    """
    found: dict[str, Interval] = {}
    for row in read_table("lexicons/event_multiples.tsv", ("word", "victims", "note")):
        if not row["victims"].isdigit():
            raise row.error(f"{row['victims']!r} is no number of victims")
        number = int(row["victims"])
        found[row["word"]] = (number, None, None) if row["note"] == "least" else (number, number, number)
    return found
