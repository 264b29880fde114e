"""Texts in capitals (wire copy of the telex age) brought to a case that a parser can read."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_VOWEL = re.compile(r"[aeiouy]")
_SENTENCE = re.compile(r"(?:^|[.!?]\s+|\]\s*|\"\s*)(\w)")
_ENOUGH = 0.7
_ACRONYM = 6


def mostly_capitals(text: str) -> bool:
    """Whether seven letters in ten are capitals, in a text with at least twenty letters."""
    upper = sum(ch.isupper() for ch in text)
    lower = sum(ch.islower() for ch in text)
    return upper >= 20 and upper >= _ENOUGH * (upper + lower)


def without_capitals(text: str) -> bool:
    """Whether a text with at least twenty letters that have a case has no capital at all."""
    return not any(ch.isupper() for ch in text) and sum(ch.islower() for ch in text) >= 20


def restored(text: str) -> str:
    """The text with ordinary words in lower case and others capitalised; its length never changes.

    Words without a vowel and unknown short words in parentheses stay capitals (they are acronyms).

    >>> restored("THE ARMY SAID GEN MENDOZA (NVF) FLED. REBELS DIED.")
    'The army said Gen Mendoza (NVF) fled. Rebels died.'
    """
    return _SENTENCE.sub(lambda m: m.group(0)[:-1] + _upper(m.group(1)), _WORD.sub(_recase, text))


def _recase(match: re.Match[str]) -> str:
    from dateline.knowledge.common_words import is_common  # its table is only needed by such texts

    word = match.group()
    low = "".join(_lower(ch) for ch in word)
    if is_common(low):
        return low
    bracketed = match.start() > 0 and match.string[match.start() - 1] == "("
    if word.isupper() and len(word) <= _ACRONYM and (bracketed or not _VOWEL.search(low)):
        return word
    return _upper(low[0]) + low[1:]


def _lower(ch: str) -> str:
    low = ch.lower()
    return low if len(low) == 1 else ch


def _upper(ch: str) -> str:
    up = ch.upper()
    return up if len(up) == 1 else ch
