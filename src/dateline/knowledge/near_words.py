"""Words before a place name that say near it, not in it."""

from __future__ import annotations

import functools
import re

from dateline.knowledge.tables import read_table

_WORD = re.compile(r"[^\W\d_]+")
_WINDOW, _WORDS = 60, 5


@functools.cache
def _words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("lexicons/near_words.tsv", ("word",)))


def says_near(text: str, start: int) -> bool:
    """Whether one of the few words before position ``start`` puts what happened near the place named there.

    >>> says_near("a bomb 30 km north of Tarsa", 22), says_near("a bomb in Tarsa", 10)
    (True, False)
    """
    before = re.split(r"[.;:!?\n]", text[max(0, start - _WINDOW) : start])[-1]
    return any(word.lower() in _words() for word in _WORD.findall(before)[-_WORDS:])
