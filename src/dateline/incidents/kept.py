"""What is kept of linking, to link on later, and what tells whether it is still of use."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from dateline.core.ids import sha256
from dateline.incidents.cards import FORM
from dateline.incidents.clusters import Cut
from dateline.incidents.rulings import Mention
from dateline.knowledge.linker_weights import linker_weights
from dateline.knowledge.word_spread import word_spread

PRODUCER = "learned-incidents@3"
"""What wrote the incidents, as ``producers`` of a run name it; a change of linking or merging is another one."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What must be kept of one document to link on later: its card as bytes, its ties to those before it, and for each
    of its strands the document and place of the first strand of its incident; ``copies``: earlier ones of its text.
    """

    number: int
    document: str
    card: bytes
    ties: tuple[tuple[int, int, int, float], ...]
    homes: tuple[tuple[int, int], ...]
    copies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The strands of one incident and all that its record depends on.

    ``basis``: the same where the record would be the same. ``tellings``: document and event ids, ``copies``: the
    numbers of the documents and of the copies of their texts.
    """

    basis: str
    tellings: tuple[Mention, ...]
    copies: tuple[int, ...]


@functools.cache
def linking_form() -> str:
    """What the ties of documents are made by: kept ones of another form are of no use."""
    told = (sorted(linker_weights().items()), sorted(word_spread().items()), Cut())
    return f"{PRODUCER} {FORM} {sha256(repr(told))[:16]}"
