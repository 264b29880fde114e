"""From tokens to mentions: who or what fills a role, and of what kind a token is."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.core import ArgumentRole, Mention, MentionKind, Timex, Toponym
from dateline.knowledge.agents import agents, things
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence
from dateline.language.phrases import meant

_LONGEST_NAME = 120
_CRAFT = word_set("war_craft")
_TO_PEOPLE = word_set("done_to_people")
_CROWD_NUMBERS = frozenset({"dozens", "scores", "hundreds", "thousands", "several", "many", "nobody", "one"})
_ACTING: frozenset[MentionKind] = frozenset({"person", "people", "organisation", "group", "government", "force"})
_BODIES: frozenset[MentionKind] = frozenset({"organisation", "group", "government", "force"})
_KINDS: dict[str, frozenset[MentionKind]] = {
    "people": frozenset({"person", "people"}),
    "armed": frozenset({"group", "force"}),
    "org": frozenset({"organisation", "government", "group", "force"}),
    "facility": frozenset({"facility"}),
    "weapon": frozenset({"weapon"}),
    "vehicle": frozenset({"vehicle"}),
}
_FITS: dict[ArgumentRole, frozenset[MentionKind]] = {
    "actor": _ACTING,
    "recipient": _ACTING | {"facility", "thing", "vehicle"},
    "victim": _ACTING,
    "target": _ACTING | {"facility", "vehicle", "thing", "weapon"},
    "instrument": frozenset({"weapon", "vehicle", "thing"}),
}


class Fillers:
    """Mentions and toponyms of a document, looked up by token."""

    def __init__(self, mentions: tuple[Mention, ...], toponyms: Iterable[Toponym], timexes: Iterable[Timex]) -> None:
        self._by_end: dict[int, Mention] = {}
        self._of_entity: dict[str, list[Mention]] = {}
        for mention in mentions:
            known = self._by_end.get(mention.head.end)
            if known is None or (mention.level == "name") > (known.level == "name"):
                self._by_end[mention.head.end] = mention
            if mention.entity and mention.level != "pronoun":
                self._of_entity.setdefault(mention.entity, []).append(mention)
        self._named = {
            offset
            for m in mentions
            if m.level == "name" and m.kind != "thing"
            for offset in range(m.head.start, min(m.head.end, m.head.start + _LONGEST_NAME))
        }
        self._times = {offset for t in timexes for offset in range(t.span.start, t.span.end)}
        self._places = {offset for t in toponyms for offset in range(t.span.start, t.span.end)}

    def at(self, sentence: Sentence, i: int) -> Mention | None:
        """The mention whose head the token (or what it counts) is, or None."""
        return self._by_end.get(sentence[i].end) or self._by_end.get(sentence[meant(sentence, i)].end)

    def told(self, sentence: Sentence, i: int) -> Mention | None:
        """The mention at the token; for a pronoun the name or noun of the same sentence that it stands for.

        The last one before the pronoun counts; without any, the pronoun's own mention.
        """
        mention = self.at(sentence, i)
        if mention is None or mention.level != "pronoun" or mention.entity is None:
            return mention
        named = self._of_entity.get(mention.entity, ())
        before = [m for m in named if sentence.span.start <= m.span.start and m.span.end <= mention.span.start]
        return max(before, key=lambda m: m.span, default=mention)

    def all_told(self, sentence: Sentence, i: int, role: ArgumentRole) -> tuple[Mention, ...]:
        """Everybody who fills a role at the token: two that share its noun, the states whose craft acted."""
        mention = self.told(sentence, i)
        if mention is None:
            return ()
        chains = [sentence.conjuncts(child.i) for child in sentence.children(i, "amod", "compound", "nmod")]
        beside = [m for chain in chains for k in chain if k < i and (m := self._by_end.get(sentence[k].end))]
        parties = tuple(m for m in beside if m.kind in _BODIES and m.entity not in (None, mention.entity))
        if role == "actor" and mention.kind == "vehicle" and parties:
            return parties
        return (*parties, mention) if parties and any(len(chain) > 1 for chain in chains) else (mention,)

    def entity(self, sentence: Sentence, i: int) -> str | None:
        """The entity of the token's mention, or None."""
        mention = self.at(sentence, i)
        return mention.entity if mention else None

    def is_any(self, sentence: Sentence, i: int, kinds: frozenset[MentionKind]) -> bool:
        """Whether the token's mention is of one of the kinds."""
        mention = self.at(sentence, i)
        return mention is not None and mention.kind in kinds

    def is_party(self, sentence: Sentence, i: int) -> bool:
        """Whether the token names or describes somebody who can act; no pronoun, no time."""
        mention = self.at(sentence, i)
        if mention is None or mention.level == "pronoun" or sentence[i].start in self._times:
            return False
        return mention.kind in _ACTING

    def in_name(self, sentence: Sentence, i: int) -> bool:
        """Whether the token stands inside a name, before its last word ("Popular Mobilization Forces")."""
        return sentence[i].start in self._named and sentence[i].end in self._named

    def is_place(self, sentence: Sentence, i: int) -> bool:
        """Whether the token stands in a toponym."""
        return sentence[i].start in self._places

    def is_kind(self, sentence: Sentence, i: int, kind: str) -> bool:
        """Whether the token is of one of the lexicon's kinds: people, armed, org, facility, weapon, vehicle, place."""
        if kind == "place":
            return self.is_place(sentence, i)
        mention = self.at(sentence, i)
        if mention is None:
            return False
        if mention.kind in _KINDS[kind]:
            return True
        row = agents().get(sentence[i].lemma) if kind == "armed" else None
        return bool(row and row.armed)

    def owners(self, sentence: Sentence, i: int) -> tuple[int, ...]:
        """The parties that a thing is said to belong to: "NVF camps", "the army's depot", "an offer from Chile"."""
        near = sentence.children(i, "poss", "compound", "nmod")
        behind = [
            p
            for prep in sentence.children(i, "prep")
            if prep.lemma in ("of", "from", "by", "for")
            for p in sentence.children(prep.i, "pobj")
        ]
        found = []
        for token in (*near, *behind):
            mention = self.at(sentence, token.i)
            here = self.is_place(sentence, token.i) and token.dep == "pobj"
            if mention and mention.kind in _ACTING and mention.level != "pronoun" and not here:
                found.append(token.i)
        return tuple(found)

    def fits(self, sentence: Sentence, i: int, role: ArgumentRole, slot: str, type: str, lemma: str = "") -> bool:
        """Whether the token may fill a role from a slot of an event of a type, told by a word.

        A modifier names an actor only where it is a name or a group ("rebel attack", never "rocket
        attack"); a town behind a preposition is where it happened, not to whom.
        """
        mention = self.at(sentence, i)
        if role == "victim" and (mention is None or mention.kind == "thing") and _crowd_number(sentence, i):
            return sentence[i].start not in self._times
        if mention is None or sentence[i].start in self._times:
            return False
        if role == "victim" and mention.kind == "thing" and lemma in _TO_PEOPLE and sentence[i].tag in ("NN", "NNS"):
            return things().get(sentence[i].lemma) is None  # "a yachtsman was murdered"
        if slot == "comp":
            if role == "instrument":
                return mention.kind == "weapon"
            return mention.kind in _ACTING and (mention.level == "name" or mention.kind in ("group", "force", "people"))
        if self.is_place(sentence, i) and slot.startswith(("prep_in", "prep_at", "prep_near", "prep_out", "prep_on")):
            return False
        if role == "actor" and mention.kind == "vehicle" and sentence[i].lemma in _CRAFT:
            return True
        if role == "actor" and type != "ASSAULT" and mention.kind in ("thing", "facility"):
            return True
        return mention.kind in _FITS[role]


def _crowd_number(sentence: Sentence, i: int) -> bool:
    """Whether a word that only tells how many stands for people: "scores wounded", "no one was killed"."""
    token = sentence[i]
    return token.lower in _CROWD_NUMBERS and not sentence.children(i, "prep")
