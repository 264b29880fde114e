"""Which records of a document stand in a sentence."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import TypeVar

from dateline.core import Mention, Span, Timex, Toponym

_T = TypeVar("_T", Timex, Toponym, Mention)


def within(items: Sequence[_T], span: Span) -> list[_T]:
    """The records of a list sorted by span that begin inside a span."""
    k = bisect.bisect_left(items, span.start, key=lambda item: item.span.start)
    found = []
    while k < len(items) and items[k].span.start < span.end:
        found.append(items[k])
        k += 1
    return found
