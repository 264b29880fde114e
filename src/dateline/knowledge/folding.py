"""Spellings brought together: the keys under which names are looked up."""

from __future__ import annotations

import functools
import re
import unicodedata

_MARKS = re.compile(r"[\u02bb\u02bc\u02be\u02bf'’‘`´ʻ]")
_DOTS = re.compile(r"(?<=\w)\.(?=\w\b|\s|$)")
_GAPS = re.compile(r"[\s\-‐-―_/]+")
_VOWELS = re.compile(r"[aeiouyw]+")
_DOUBLE = re.compile(r"(.)\1+")
ARTICLES = frozenset({"al", "el", "ul", "an", "ash", "as"})


@functools.lru_cache(50_000)
def fold(name: str) -> str:
    """A name in lower case without accents, apostrophes, dots of initials; hyphens as blanks.

    >>> fold("Al-Qāʿim"), fold("U.S."), fold("Kata’ib")
    ('al qaim', 'us', 'kataib')
    """
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch))
    plain = _DOTS.sub("", _MARKS.sub("", plain))
    return _GAPS.sub(" ", plain).strip(' .,;:"“”').casefold()


def sound(name: str) -> str:
    """A key on which common transliterations of one name agree.

    >>> sound("Kata'ib Hizballah") == sound("Kataeb Hezbollah")
    True
    """
    return " ".join(sound_of(word) for word in fold(name).split() if word not in ARTICLES)


def sound_of(word: str) -> str:
    """The key of one folded word.

    >>> sound_of("qaddafi") == sound_of("kadhafi")
    True
    """
    key = word.replace("q", "k").replace("dh", "d").replace("th", "t").replace("ph", "f")
    return _DOUBLE.sub(r"\1", _VOWELS.sub("a", key))
