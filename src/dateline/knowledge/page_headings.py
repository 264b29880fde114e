"""Lines that head a block of no news on a page: related stories, corrections."""

from __future__ import annotations

import functools
from typing import Literal, cast

from dateline.knowledge.tables import read_table

HeadedBlock = Literal["links", "correction"]
_MARKS = " \t:.…-–—*_#|»>•"


@functools.cache
def _headings() -> dict[str, HeadedBlock]:
    found: dict[str, HeadedBlock] = {}
    for row in read_table("outlets/page_headings.tsv", ("block", "line")):
        if row["block"] not in ("links", "correction"):
            raise row.error(f"{row['block']!r} is no kind of block")
        found[row["line"]] = cast(HeadedBlock, row["block"])
    return found


def headed_block(line: str) -> HeadedBlock | None:
    """What a line heads, or None where it heads nothing that is known.

    >>> headed_block("RELATED STORIES:"), headed_block("Correction"), headed_block("Related attacks")
    ('links', 'correction', None)
    """
    if len(line) > 60:
        return None
    return _headings().get(" ".join(line.lower().replace("’", "'").strip(_MARKS).split()))
