"""The registered group that armed people belong to: "Taliban fighters", "fighters from the Taliban"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dateline.actors.coref import Draft
from dateline.core import Actor
from dateline.knowledge.agents import Agents
from dateline.language import Sentence
from dateline.language.phrases import Phrase

_MASTERS = ("group", "force", "organisation")
_FROM = frozenset({"from", "of", "with"})
_TO = frozenset({"to"})


class Serving:
    """Finds the group of an armed description."""

    def __init__(self, agents: Agents, ranks: frozenset[str], loyal: frozenset[str], apart: frozenset[str]) -> None:
        self._agents = agents
        self._ranks = ranks
        self._loyal = loyal
        self._apart = apart

    def __call__(self, sentence: Sentence, phrase: Phrase, by_head: Mapping[int, Draft]) -> Actor | None:
        """The one registered group that the phrase says its people belong to; None where it names none or several.

        ``by_head``: the entities of the sentence by the tokens they are named with.
        """
        head = sentence[phrase.head]
        agent = self._agents.get(head.lemma)
        if head.lemma not in self._ranks and (agent is None or not agent.armed):
            return None
        found = {
            draft.actor.key: draft.actor
            for i in self._named(sentence, phrase)
            if (draft := by_head.get(i)) and draft.actor and draft.actor.kind in _MASTERS
        }
        return found.popitem()[1] if len(found) == 1 else None

    def _named(self, sentence: Sentence, phrase: Phrase) -> Iterator[int]:
        for child in sentence.children(phrase.head, "compound", "nmod", "amod", "poss"):
            before = sentence[child.i - 1].lower if child.i else ""
            alone = len(sentence.conjuncts(child.i)) == 1
            if child.i < phrase.head and alone and before not in self._apart and before != "-":
                yield child.i
        for owner in {phrase.head, phrase.outer}:
            yield from _behind(sentence, owner, _FROM)
            for child in sentence.children(owner, "amod", "acl", "relcl"):
                if child.i > phrase.head and child.lower in self._loyal:
                    yield from _behind(sentence, child.i, _TO | _FROM)


def _behind(sentence: Sentence, i: int, words: frozenset[str]) -> Iterator[int]:
    """What stands behind one of the prepositions after a token: one noun, none where several are joined."""
    for prep in sentence.children(i, "prep"):
        if prep.i > i and prep.lower in words:
            for noun in sentence.children(prep.i, "pobj"):
                if len(sentence.conjuncts(noun.i)) == 1:
                    yield noun.i
