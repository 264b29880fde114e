"""The words of a text and the day of a date, as linking compares them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_LONGEST = 20_000


def words(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a text in lower case, without "'s", and whether each begins with a capital or digit.

    >>> list(words("Ahfir's 12 men"))
    [('ahfir', True), ('12', True), ('men', False)]
    """
    for match in _WORD.finditer(text, 0, _LONGEST):
        word = match.group()
        low = word.lower().replace("’", "'")
        yield low.removesuffix("'s"), not word[0].islower()


def day_of(iso: str | None) -> int | None:
    """The ordinal of an ISO date or date-time, None where there is none or it is odd.

    >>> day_of("2021-03-02T10:00:00Z") - day_of("2021-03-01")
    1
    """
    try:
        return datetime.date.fromisoformat((iso or "")[:10]).toordinal()
    except ValueError:
        return None
