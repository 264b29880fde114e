"""When the words of a text count as a spelling of a registry name."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from dateline.knowledge.folding import ARTICLES, fold, sound_of

_ODD = re.compile(r"[^\w ]+")
_LETTERS = re.compile(r"[\W_]+")
_MOST_TOKENS = 14
_LONG_NAME = 4
STOPS = frozenset(',;:."!?“”—–…')


@functools.lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """The key under which a name is kept: folded, without "the" in front and without punctuation.

    >>> name_key("The Kata’ib Hezbollah"), name_key("CPI (Maoist)"), name_key("M-19")
    ('kataib hezbollah', 'cpi maoist', 'm 19')
    """
    plain = name.lower().replace("-", " ").replace("'", "") if name.isascii() else ""
    if not plain or not plain.replace(" ", "").isalnum():
        plain = _ODD.sub(" ", fold(name))
    return " ".join(plain.split()).removeprefix("the ")


def sound_key(key: str) -> str:
    """The sound of a name key, word by word (words repeat, so each is worked out once).

    >>> sound_key("hizballah") == sound_key("hezbollah")
    True
    """
    return " ".join([_heard(word) for word in key.split(" ") if word not in ARTICLES])


_heard = functools.lru_cache(maxsize=65536)(sound_of)


def distinct(key: str) -> bool:
    """Whether a name key holds enough to be known by its sound: two words with five consonants, or four in one.

    >>> distinct("boko haram"), distinct("area boys"), distinct("hezbollah")
    (True, False, True)
    """
    heard = [_heard(word) for word in key.split(" ") if word not in ARTICLES]
    consonants = sum(len(word) - word.count("a") for word in heard)
    return consonants >= 5 if len(heard) > 1 else consonants >= 4 and len(key) >= 7


def is_acronym(name: str) -> bool:
    """Whether a name is one word of capitals and figures ("ELN", "M-19", "SPLM/A").

    >>> is_acronym("ELN"), is_acronym("Hamas"), is_acronym("U.S.")
    (True, False, True)
    """
    return " " not in name and name.upper() == name and any(ch.isalpha() for ch in name)


def letters(name: str) -> str:
    """The letters and figures of a name alone, in their case.

    >>> letters("SPLM/A - IO")
    'SPLMAIO'
    """
    return _LETTERS.sub("", name)


def counts_as(name: str, strict: bool, surface: str, running: bool) -> bool:
    """Whether ``surface`` (known to have the key of ``name``) may stand for it, by its capitals.

    A strict name counts only as it is spelt. An acronym needs its capitals; from four letters on one
    is enough ("Farc"). In ``running`` text other names need capitals too: two, where the name has two.

    >>> counts_as("IS", True, "is", True), counts_as("FARC", False, "Farc", True)
    (False, True)
    >>> counts_as("Revolutionary Guards", False, "revolutionary guards", True)
    False
    """
    name = name.removeprefix("The ")
    surface = surface[4:] if surface[:4].lower() == "the " else surface
    spelt = letters(surface)
    if strict:
        return spelt == letters(name)
    if is_acronym(name):
        wanted = letters(name)
        return spelt == wanted or (len(wanted) > 3 and spelt == wanted.capitalize())
    if not running:
        return True
    needed = min(2, _capitals(name))
    return _capitals(surface) >= needed


def _capitals(name: str) -> int:
    """How many words have a capital or a figure."""
    return sum(any(ch.isupper() or ch.isdigit() for ch in word) for word in name.replace("-", " ").split())


def stretches(words: Sequence[str], i: int, most: int) -> list[tuple[int, str]]:
    """Stretches of tokens from ``i``, the longest first, of at most ``most`` words, with their surface."""
    found: list[tuple[int, str]] = []
    surface, count = "", 0
    for n, word in enumerate(words[i : i + _MOST_TOKENS], 1):
        if n > 1 and word in STOPS and not (word == "," and most > _LONG_NAME):
            break
        if word in (")", "]") and "(" not in surface:
            break
        glued = n > 1 and word[0] in "'’"
        surface += word if glued or n == 1 else " " + word
        plain = word[-1].isalnum()
        count += 0 if glued else name_key(word).count(" ") + any(ch.isalnum() for ch in word)
        if count > most:
            break
        if (plain and not glued) or word[-1] == "." or (word == ")" and "(" in surface):
            found.append((n, surface))
    return found[::-1]
