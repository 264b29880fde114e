"""The names of those who post, in any writing, without flags, emoji and marks of direction."""

from __future__ import annotations

import re
import unicodedata

from dateline.knowledge.outlets import publishers
from dateline.knowledge.speakers import Speaker

_LATIN = re.compile(r"[A-Za-zÀ-ɏ][\wÀ-ɏ.'’-]*(?:[ ][A-Za-zÀ-ɏ][\wÀ-ɏ.'’-]*)+")
_NO_LETTERS = ("So", "Sk", "Cf", "Co", "Cn")
# the sign that a symbol is drawn as a picture
_PICTURE = "\ufe0f"
# Persian and the Indic scripts spell with these
_JOINERS = frozenset("\u200c\u200d")


def author(name: str) -> Speaker:
    """The voice of a post's author: the agency that the table knows, else the name without emoji.

    >>> author("حسن 🇦🇪 Hassan Ali"), author("Reuters").kind
    (Speaker(name='Hassan Ali', kind='post'), 'agency')
    """
    plain = "".join(ch for ch in name if ch in _JOINERS or not _is_sign(ch))
    plain = " ".join(plain.split()).strip(" |,-:•·\u200c\u200d")
    latin = _LATIN.search(plain)
    if latin and any(ord(ch) > 0x24F and ch.isalpha() for ch in plain):
        plain = latin.group()
    publisher = publishers().find(plain)
    if publisher:
        return Speaker(publisher.name, "agency" if publisher.kind == "agency" else "post")
    return Speaker(plain or name.strip() or "post", "post")


def handle_of(handle: str) -> Speaker:
    """The voice of an author of whom only the handle is told.

    >>> handle_of("lvoss").name
    '@lvoss'
    """
    return Speaker("@" + "".join(ch for ch in handle if unicodedata.category(ch) != "Cf" or ch in _JOINERS), "post")


def _is_sign(ch: str) -> bool:
    return ch == _PICTURE or unicodedata.category(ch) in _NO_LETTERS
