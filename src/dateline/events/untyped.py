"""Happenings of no coded type: every other verb and event noun of a sentence, for those who ask about any event."""

from __future__ import annotations

from collections.abc import Set

from dateline.core import ArgumentRole
from dateline.core.event import UNTYPED
from dateline.events.fillers import Fillers
from dateline.events.slots import Slots
from dateline.events.tellings import Telling
from dateline.events.triggers import Trigger
from dateline.knowledge.event_words import event_words
from dateline.knowledge.lexicon import Lexicon, Predicate
from dateline.language import Sentence, Token

_PREDICATE = Predicate(
    lemma="",
    pos="v",
    needs=(),
    type=UNTYPED,
    mode=None,
    frame=None,
    counts=(),
    status=None,
    muc4=None,
    acled=None,
    weak=False,
    keeps=False,
    note="",
    line="",
)


class Untyped:
    """Finds the event words of a sentence that no typed happening stands on.

    Verbs count (auxiliaries do not), and nouns and adjectives that the lexicon or the list of event words knows.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._words = event_words()

    def __call__(self, sentence: Sentence, fillers: Fillers, taken: Set[int]) -> list[Telling]:
        """One telling a word, in order; ``taken``: the tokens that typed happenings stand on."""
        return [
            self._telling(sentence, token, fillers)
            for token in sentence
            if token.i not in taken and self._is_event(token) and not fillers.in_name(sentence, token.i)
        ]

    def _is_event(self, token: Token) -> bool:
        if token.pos == "VERB":
            return token.dep not in ("aux", "auxpass")
        if token.pos in ("NOUN", "PROPN"):
            return (token.lemma, "n") in self._words or bool(self._lexicon.of(token.lemma, "n"))
        return token.pos == "ADJ" and (token.lemma, "a") in self._words

    def _telling(self, sentence: Sentence, token: Token, fillers: Fillers) -> Telling:
        slots = Slots(sentence, token.i, nominal=token.pos != "VERB")
        telling = Telling(Trigger(token.i, _PREDICATE, slots))
        if slots.verbal:
            found: tuple[tuple[ArgumentRole, str], ...] = (("actor", "subj"), ("recipient", "obj"))
            for role, slot in found:
                telling.arguments += [(role, i) for i in slots[slot] if fillers.at(sentence, i)]
        return telling
