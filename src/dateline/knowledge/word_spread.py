"""How common a word is in news reports: what two reports share tells more, the rarer it is."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from dateline.knowledge.tables import read_table


@functools.cache
def word_spread() -> Mapping[str, float]:
    """The share (0 to 1) of news reports of some kind that hold a word; words that are not listed are rare.

    >>> word_spread()["said"] > 0.5, "ahfir" in word_spread()
    (True, False)
    """
    spread: dict[str, float] = {}
    for row in read_table("lexicons/word_spread.tsv", ("word", "per_mille")):
        if not row["per_mille"].isdigit() or row["word"] in spread:
            raise row.error(f"{row['word']!r} stands twice or its share is no number")
        spread[row["word"]] = int(row["per_mille"]) / 1000
    return spread
