"""Texts in capitals (wire copy of the telex age) brought to a case that a parser can read."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"(?:^|[.!?]\s+|\]\s*|\"\s*)(\w)")
_ENOUGH = 0.7


def mostly_capitals(text: str) -> bool:
    """Whether seven letters in ten are capitals, in a text with at least twenty letters."""
    upper = sum(ch.isupper() for ch in text)
    lower = sum(ch.islower() for ch in text)
    return upper >= 20 and upper >= _ENOUGH * (upper + lower)


def restored(text: str) -> str:
    """The text in lower case, sentence starts capitalised; its length never changes.

    >>> restored("THE ARMY SAID NO. REBELS FLED.")
    'The army said no. Rebels fled.'
    """
    low = "".join(_lower(ch) for ch in text)
    return _SENTENCE.sub(lambda m: m.group(0)[:-1] + _upper(m.group(1)), low)


def _lower(ch: str) -> str:
    low = ch.lower()
    return low if len(low) == 1 else ch


def _upper(ch: str) -> str:
    up = ch.upper()
    return up if len(up) == 1 else ch
