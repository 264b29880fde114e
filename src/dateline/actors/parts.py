"""Parties that a phrase holds beside its head: two that share one noun, and whose deed or thing a noun is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from dateline.actors.kinds import Described, written
from dateline.core import Actor, MentionKind
from dateline.knowledge.actors import Registry
from dateline.knowledge.agents import Agent, Agents
from dateline.knowledge.folding import fold
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence
from dateline.language.phrases import Phrase

_BESIDE = ("amod", "compound", "nmod")
_BODIES: frozenset[MentionKind] = frozenset({"force", "government", "group"})
_SHARED: frozenset[MentionKind] = frozenset({"people", "organisation", "group", "government", "force", "vehicle"})
_OWNED: frozenset[MentionKind] = frozenset({"thing", "facility", "vehicle", "weapon"})


@dataclass(frozen=True, slots=True)
class Part:
    """A party in front of a phrase's head: tokens ``first`` to ``last`` (inclusive), the last one its head."""

    first: int
    last: int
    described: Described


class Parts:
    """Finds the parties in front of a head."""

    def __init__(self, registry: Registry, agents: Agents) -> None:
        self._registry = registry
        self._agents = agents
        self._sites = word_set("site")

    def sharing(self, sentence: Sentence, phrase: Phrase, named: Collection[int]) -> tuple[int, ...]:
        """The coordinated modifiers that each tell one bearer of the head: "Iraqi" and "coalition" forces.

        Nothing where one of them is neither a country, a body nor one of the ``named`` tokens: "heavy and Iraqi fire".
        """
        for child in sentence.children(phrase.head, *_BESIDE):
            if child.i < phrase.first:
                continue
            chain = tuple(k for k in sentence.conjuncts(child.i) if k < phrase.head)
            if len(chain) > 1 and all(k in named or self._tells(sentence, k) for k in chain):
                return chain
        return ()

    def elliptic(self, sentence: Sentence, chain: tuple[int, ...], head: int, whole: Described) -> tuple[Part, ...]:
        """The bearers in front of the last one, with the head they share put behind: "Iraqi (forces)"."""
        if not chain or whole.kind not in _SHARED:
            return ()
        tail = sentence.tokens[chain[-1] + 1 : head + 1]
        found = []
        for k in chain[:-1]:
            name = f"{sentence[k].text} {written(tail)}"
            actor = next(iter(self._registry.find(name)), None)
            country = actor.country if actor else self._registry.country(sentence[k].text)
            sector = actor.sector if actor else whole.sector
            kind = actor.kind if actor else whole.kind
            key = actor.key if actor else fold(name)
            found.append(Part(k, k, Described(kind, "nominal", name, key, k, actor, country, sector)))
        return tuple(found)

    def owners(
        self, sentence: Sentence, phrase: Phrase, described: Described, named: Collection[int]
    ) -> tuple[Part, ...]:
        """The bodies whose deed or thing the head is: "police firing", "a Turkish army operation"."""
        if described.kind not in _OWNED or described.actor is not None or described.level != "nominal":
            return ()
        found = []
        for child in sentence.children(phrase.head, "compound", "nmod"):
            agent = self._agents.get(child.lemma)
            if (
                agent is None
                or child.lemma in self._sites
                or not phrase.first <= child.i < phrase.head
                or child.i in named
            ):
                continue
            if (kind := _kind(agent)) is not None and child.text.islower():
                found.append(self._owner(sentence, phrase, child.i, agent, kind))
        return tuple(found)

    def states(
        self, sentence: Sentence, phrase: Phrase, described: Described, named: Collection[int], deed: bool
    ) -> tuple[Part, ...]:
        """The states whose deed or craft the head is: "Israeli air strikes", "Syrian and Russian warplanes".

        Of another thing ("Iraqi territory") the adjective is written down as a nationality and no more.
        """
        if described.actor is not None or described.kind not in ("vehicle", "thing") or described.level != "nominal":
            return ()
        acts = deed or described.kind == "vehicle"
        found = []
        for child in sentence.children(phrase.head, "amod", "compound"):
            for k in sentence.conjuncts(child.i):
                if not phrase.first <= k < phrase.head or k in named:
                    continue
                actor = self._registry.state(sentence[k].text)
                if actor and (acts or sentence[k].tag == "JJ"):
                    found.append(Part(k, k, _stated(actor, sentence[k].text, k, acts)))
        return tuple(found)

    def _tells(self, sentence: Sentence, i: int) -> bool:
        token = sentence[i]
        agent = self._agents.get(token.lemma)
        return bool(self._registry.country(token.text)) or (agent is not None and _kind(agent) is not None)

    def _owner(self, sentence: Sentence, phrase: Phrase, i: int, agent: Agent, kind: MentionKind) -> Part:
        before = i - 1
        led = before >= phrase.first and sentence[before].text[:1].isupper()
        country = self._registry.country(sentence[before].text) if led else None
        first = before if country else i
        name = written(sentence.tokens[first : i + 1])
        actor = next(iter(self._registry.find(name)), None) if country else None
        if actor:
            return Part(
                first, i, Described(actor.kind, "nominal", name, actor.key, first, actor, country, actor.sector)
            )
        return Part(first, i, Described(kind, "nominal", name, fold(name), first, None, country, agent.sector or None))


def _kind(agent: Agent) -> MentionKind | None:
    """The kind of a noun that stands for a body; None of one that judges, or for single people."""
    if agent.loaded or agent.sector in ("", "UNK"):
        return None
    kind = agent.many if agent.armed else agent.kind
    return kind if kind in _BODIES else None


def _stated(actor: Actor, name: str, i: int, acts: bool) -> Described:
    return Described(
        "government" if acts else "nationality", "name", name, actor.key, i, actor, actor.country, actor.sector
    )
