"""The words that name a fact about a document at the start of one of its lines."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from dateline.knowledge.tables import read_table

_FACTS = ("published", "title", "byline", "outlet")


@dataclass(frozen=True, slots=True)
class HeaderLabel:
    """A label in lower case; ``rank`` orders several dates, ``colon`` says that a colon must follow."""

    label: str
    fact: str
    rank: int
    colon: bool


@functools.cache
def header_labels() -> Mapping[str, HeaderLabel]:
    """The labels by their words.

    >>> header_labels()["last updated"].fact
    'published'
    """
    found: dict[str, HeaderLabel] = {}
    for row in read_table("lexicons/header_labels.tsv", ("label", "fact", "rank", "colon")):
        if row["fact"] not in _FACTS or not row["rank"].isdigit() or row["colon"] not in ("yes", "no"):
            raise row.error(f"fact must be one of {', '.join(_FACTS)}, rank a number, colon yes or no")
        if row["label"] in found or row["label"] != row["label"].lower():
            raise row.error(f"{row['label']}: twice, or not in lower case")
        found[row["label"]] = HeaderLabel(row["label"], row["fact"], int(row["rank"]), row["colon"] == "yes")
    return found
