"""Which documents are copies of one text: one agency's report in several outlets is one origin.

A text is kept as the MinHash of its word five-grams (Broder 1997; made by the library rensa), which tells to within a
few hundredths how many of them two texts share. Texts that share many are found by its bands.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rensa import RMinHash

from dateline.core import Document
from dateline.incidents.wording import words

_GRAM = 5
_SAME = 0.4
_INSIDE = 0.65
_PERMUTATIONS = 128
_BANDS, _ROWS = 16, 5
_SEED = 1


@dataclass(frozen=True, slots=True)
class Print:
    """The fingerprint of one text: its MinHash as the library keeps it, and how many different five-grams it has."""

    hashes: bytes
    size: int


def print_of(document: Document) -> Print:
    """The fingerprint of a document's text; linear in its length."""
    row = [word for word, _ in words(document.text)]
    grams = sorted({" ".join(row[at : at + _GRAM]) for at in range(len(row) - _GRAM + 1)})
    made = RMinHash(_PERMUTATIONS, _SEED)
    made.update(grams)
    return Print(bytes(made.__getstate__()), len(grams))


def copied(left: Print, right: Print) -> bool:
    """Whether two texts are copies.

    They share 40 % of their five-grams, or 65 % of the shorter one's are in the longer one (a cut copy).

    >>> told = "Nine bakers were shot at the fish market of Ahfir on Monday, doctors said. The market stayed shut."
    >>> one, other = (print_of(Document.of(text, id="d")) for text in (told, told + " It will open again."))
    >>> copied(one, other)
    True
    """
    if not left.size or not right.size:
        return False
    share = _hashes(left).jaccard(_hashes(right))
    both = share * (left.size + right.size) / (1 + share)
    return bool(share >= _SAME or both >= _INSIDE * min(left.size, right.size))


def bands(fingerprint: Print) -> tuple[int, ...]:
    """Keys that two texts are the likelier to share the more they have in common (locality-sensitive hashing).

    Of texts that share 80 % of their five-grams 999 in 1,000 have a key in common, of those that share 40 % one in six.
    """
    if not fingerprint.size:
        return ()
    hashes = array("I", _hashes(fingerprint).digest()[: _BANDS * _ROWS])
    parts = (hashes[at : at + _ROWS] for at in range(0, len(hashes), _ROWS))
    return tuple(zlib.crc32(part.tobytes(), number) for number, part in enumerate(parts))


def originals(pairs: Iterable[tuple[int, int]], order: Callable[[int], tuple[str, ...]]) -> Mapping[int, int]:
    """For each document that has copies or is one the first of them by ``order``; ``pairs`` are copies."""
    found: dict[int, int] = {}
    for i, j in pairs:
        first, second = sorted((_root(found, i), _root(found, j)), key=order)
        found[second] = first
        found.setdefault(first, first)
    return {number: _root(found, number) for number in found}


def _root(found: dict[int, int], i: int) -> int:
    while found.get(i, i) != i:
        found[i] = found.get(found[i], found[i])
        i = found[i]
    return i


def _hashes(fingerprint: Print) -> RMinHash:
    made = RMinHash(_PERMUTATIONS, _SEED)
    made.__setstate__(fingerprint.hashes)
    return made
