"""Event nouns that only say what another event is about: "rejected an offer of talks" tells of no talks."""

from __future__ import annotations

from dateline.events.triggers import Trigger
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence

_DEALINGS = word_set("dealings")
_HAPPENS = frozenset({"ASSAULT", "PROTEST", "COERCE"})
_ABOUT = word_set("topic")
_DEPTH = 8


def topics_of(sentence: Sentence, triggers: tuple[Trigger, ...]) -> set[int]:
    """The triggers that are a topic: nouns of peaceful types that a word or a dealing governs.

    A noun with a light verb ("held talks") is what its clause tells, and what violence a dealing is about did happen.
    """
    carriers = {t.slots.light.verb for t in triggers if t.slots.light}
    over = {t.i for t in triggers if t.predicate.type in _DEALINGS} | carriers
    return {
        t.i
        for t in triggers
        if not t.slots.verbal
        and t.slots.light is None
        and t.predicate.type not in _HAPPENS
        and _governed(sentence, t.i, over)
    }


def _governed(sentence: Sentence, i: int, over: set[int]) -> bool:
    """Whether the way up from a noun, over prepositions that lead to topics, meets one of the other events."""
    token = sentence[i]
    for _ in range(_DEPTH):
        head = sentence.head(token.i)
        if head is None:
            return False
        if token.dep == "prep":
            loose = head.pos in ("VERB", "AUX") and token.lower == "in"
            if token.lower not in _ABOUT or loose:
                return False
        elif token.dep not in ("pobj", "dobj", "conj", "compound", "nmod", "attr"):
            return False
        if head.i in over:
            return token.dep != "conj"
        if head.pos in ("VERB", "AUX"):
            return False
        token = head
    return False
