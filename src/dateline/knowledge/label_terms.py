"""Words by which a voice takes a view of a party: "occupation force", "freedom fighter", "insurgent"."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Literal, cast, get_args

from dateline.knowledge.tables import read_table

LabelStanding = Literal["against", "for", "neutral"]
_LONGEST = 4


@functools.cache
def label_terms() -> dict[str, LabelStanding]:
    """The terms of ``actors/labels.tsv``, singular and in small letters, with their standing.

    Raises KnowledgeError with file:line where the table is wrong.
    """
    found: dict[str, LabelStanding] = {}
    for row in read_table("actors/labels.tsv", ("term", "standing")):
        if row["standing"] not in get_args(LabelStanding) or not row["term"]:
            raise row.error(f"{row['standing']!r} is no standing")
        found[row["term"]] = cast(LabelStanding, row["standing"])
    return found


def label_standing(words: Sequence[str]) -> LabelStanding | None:
    """The standing of the longest term that ends a phrase, its last word a lemma; None where none does.

    >>> label_standing(["the", "occupation", "force"]), label_standing(["the", "tree"])
    ('against', None)
    """
    low = [word.lower() for word in words[-_LONGEST:]]
    for first in range(len(low)):
        found = label_terms().get(" ".join(low[first:]).replace(" - ", "-"))
        if found:
            return found
    return None
