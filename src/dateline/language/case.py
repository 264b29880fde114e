"""Texts in capitals (wire copy of the telex age) brought to a case that a parser can read."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_VOWEL = re.compile(r"[aeiouy]")
_SENTENCE = re.compile(
    r"(?:^|[.!?][\"')]{0,2}\s+|[,:]\s*(?=\")|--\s*(?=\[))"  # a sentence ends, a quote or a heading in brackets begins
    r"(?:\[[^\[\]]{0,80}\]\s*)*\"?(\w)"
)
_AFTER_DIGIT = re.compile(r"\d\Z")  # the ending of "1ST"
_DATE = re.compile(r"(?:^|\s)\d\d?\s|\s\d")
_ORDINARY = frozenset({"a", "us", "may"})  # names write them with capitals too often for the table of common words
_ENOUGH = 0.7
_ACRONYM = 6


def mostly_capitals(text: str) -> bool:
    """Whether seven letters in ten are capitals, in a text with at least twenty letters."""
    upper = sum(map(str.isupper, text))
    return upper >= 20 and upper >= _ENOUGH * (upper + sum(map(str.islower, text)))


def without_capitals(text: str) -> bool:
    """Whether a text with at least twenty letters that have a case has no capital at all."""
    return not any(map(str.isupper, text)) and sum(map(str.islower, text)) >= 20


def restored(text: str) -> str:
    """The text with ordinary words in lower case and others capitalised; its length never changes.

    Words without a vowel and unknown short words in parentheses stay capitals (they are acronyms).

    >>> restored("THE ARMY SAID GEN MENDOZA (NVF) FLED. REBELS DIED.")
    'The army said Gen Mendoza (NVF) fled. Rebels died.'
    """
    return _SENTENCE.sub(lambda m: m.group(0)[:-1] + _upper(m.group(1)), _WORD.sub(_recase, text))


def _recase(match: re.Match[str]) -> str:
    from dateline.knowledge.common_words import is_common  # these tables are only needed by such texts
    from dateline.knowledge.place_phrases import directions
    from dateline.knowledge.titles import titles

    word = match.group()
    low = "".join(_lower(ch) for ch in word)
    if is_common(low) or low in directions() or _AFTER_DIGIT.search(match.string, 0, match.start()):
        return low
    if low in _ORDINARY and not _DATE.search(match.string[max(0, match.start() - 3) : match.end() + 3]):
        return low
    bracketed = match.start() > 0 and match.string[match.start() - 1] in "(["
    if low in titles():
        return _upper(low[0]) + low[1:]
    if word.isupper() and len(word) <= _ACRONYM and (bracketed or not _VOWEL.search(low)):
        return word
    return _upper(low[0]) + low[1:]


def _lower(ch: str) -> str:
    low = ch.lower()
    return low if len(low) == 1 else ch


def _upper(ch: str) -> str:
    up = ch.upper()
    return up if len(up) == 1 else ch
