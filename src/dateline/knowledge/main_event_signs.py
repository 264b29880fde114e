"""What speaks for an event as the one that a report is about."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from dateline.knowledge.tables import read_table


@functools.cache
def main_event_signs() -> Mapping[str, float]:
    """The weight of each sign of ``lexicons/main_event_signs.tsv``. KnowledgeError where one is no number.

    >>> main_event_signs()["family violence"] > main_event_signs()["deed"] > main_event_signs()["speech"]
    True
    """
    found: dict[str, float] = {}
    for row in read_table("lexicons/main_event_signs.tsv", ("sign", "weight", "note")):
        try:
            found[row["sign"]] = float(row["weight"])
        except ValueError:
            raise row.error(f"{row['weight']!r} is no weight") from None
    return found
