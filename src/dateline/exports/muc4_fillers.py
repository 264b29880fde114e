"""Who fills which MUC-4 slot, and by which words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dateline.core import Argument, Entity, Event, Mention, Reading
from dateline.exports.phrases import clean
from dateline.knowledge.common_words import is_common
from dateline.knowledge.folding import fold
from dateline.knowledge.numbers import read_number
from dateline.knowledge.titles import titles

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "VictimDesc", "Weapon")
_BODIES = ("organisation", "group", "force")
_HUMANS = ("person", "people")
_THINGS = ("facility", "vehicle", "organisation")
_WEAPONS = ("weapon", "vehicle")
_REBELS = ("REB", "UAF")
_LEVELS = {"name": 0, "nominal": 1, "pronoun": 2}
_LEADING = re.compile(
    r"^(?:(?:the|an?|this|that|these|those|some|several|many|any|his|her|its|their|our|another|other|both|all)\s+)+",
    re.I,
)
_MEMBERS = frozenset({"member", "members", "elements", "one", "some"})
_LONGEST = 12
_EDGES = " \t,;:()[]{}\"“”'‘’"


class Cast:
    """The mentions of a reading, asked for the words that name them best."""

    __slots__ = ("_by_entity", "_entities", "_mentions", "_named", "_text")

    def __init__(self, reading: Reading) -> None:
        self._text = reading.document.text
        self._mentions = {mention.id: mention for mention in reading.mentions}
        self._entities = {entity.id: entity for entity in reading.entities}
        self._by_entity: dict[str, list[Mention]] = {}
        for mention in reading.mentions:
            if mention.entity:
                self._by_entity.setdefault(mention.entity, []).append(mention)
        self._named = [m for m in reading.mentions if m.level == "name" and m.kind in _BODIES]

    def mention(self, argument: Argument) -> Mention | None:
        """The mention of an argument."""
        return self._mentions.get(argument.mention)

    def entity(self, mention: Mention) -> Entity | None:
        """The entity of a mention."""
        return self._entities.get(mention.entity or "")

    def forms(self, mention: Mention) -> list[tuple[str, str]]:
        """The ways to write a mention as a filler, each with its name; none of two that read alike."""
        found: dict[str, str] = {}
        if mention.level == "name":
            found.setdefault(self._name(mention), "name")
        span = mention.span
        for name, end in (("head", mention.head.end), ("whole", span.end)):
            words = _LEADING.sub("", clean(self._text[span.start : end])).strip(_EDGES).split()[:_LONGEST]
            start = next((k for k in range(min(5, len(words) - 1), 0, -1) if read_number(words[:k])), 0)
            for form, told in (("bare", words[start:]), ("counted", words)):
                found.setdefault(" ".join(told), f"{form} {name}")
        found.pop("", None)
        return [(form, words) for words, form in found.items()]

    def _name(self, mention: Mention) -> str:
        """The name with the given names that stand before its head, titles and trades left out."""
        before = clean(self._text[mention.span.start : mention.head.start]).split() if mention.kind == "person" else []
        kept: list[str] = []
        for word in reversed(before):
            bare = fold(word)
            if not word[:1].isupper() or not bare or bare in titles() or is_common(bare):
                break
            kept.insert(0, word)
        return clean(" ".join([*kept, mention.head.of(self._text)])).strip(_EDGES)

    def same(self, mention: Mention) -> list[Mention]:
        """All mentions of a mention's entity, itself at least."""
        return self._by_entity.get(mention.entity or "", []) or [mention]

    def suspect(self, events: Iterable[Event]) -> list[str]:
        """The rebel organisation that this text names most, where the events' actors are rebels without a name.

        The task wants the organisation also where the text links it to the act only by speaking of both.
        """
        sectors = {self._sector(argument) for event in events for argument in event.arguments}
        if not sectors & set(_REBELS):
            return []
        named: dict[str, list[Mention]] = {}
        for mention in self._named:
            entity = self.entity(mention)
            if entity and entity.sector == "REB":
                named.setdefault(entity.id, []).append(mention)
        return self.words(max(named.values(), key=len)[0]) if named else []

    def _sector(self, argument: Argument) -> str | None:
        mention = self.mention(argument) if argument.role == "actor" else None
        entity = self.entity(mention) if mention else None
        return entity.sector if entity else None

    def fillers(self, events: Iterable[Event]) -> dict[str, list[list[str]]]:
        """The fillers by slot: each the list of its mention strings, the best first, no entity twice."""
        found: dict[str, dict[str, list[str]]] = {role: {} for role in ROLES}
        for event in events:
            for argument in event.arguments:
                mention = self.mention(argument)
                for slot, who in self._slots(argument, mention) if mention else ():
                    words = self.words(who, bare=slot in ("Target", "Weapon"))
                    known = {fold(word) for old in found[slot].values() for word in old}
                    if words and not known & {fold(word) for word in words}:
                        found[slot].setdefault(who.entity or who.id, words)
        return {role: list(entities.values()) for role, entities in found.items()}

    def slots(self, argument: Argument) -> Iterable[tuple[str, Mention]]:
        """The slots that an argument fills, each with the mention to fill it with."""
        mention = self.mention(argument)
        return self._slots(argument, mention) if mention else ()

    def _slots(self, argument: Argument, mention: Mention) -> Iterable[tuple[str, Mention]]:
        if argument.role == "actor":
            yield from self._perpetrators(mention)
        elif argument.role == "instrument":
            if mention.kind in _WEAPONS:
                yield "Weapon", mention
        elif mention.kind == "person" and self._is_named(mention):
            yield "Victim", mention
        elif mention.kind in _HUMANS or argument.role == "victim":
            yield "VictimDesc", mention
        elif mention.kind in _THINGS:
            yield "Target", mention

    def _perpetrators(self, mention: Mention) -> Iterable[tuple[str, Mention]]:
        """Bodies with a name are organisations, and so are bodies told in the singular ("the army")."""
        if mention.kind in _BODIES and (self._is_named(mention) or not self._plural(mention)):
            yield "PerpOrg", mention
            return
        if mention.kind in (*_HUMANS, *_BODIES):
            yield "PerpInd", mention
        for inner in self._named:
            if mention.span.holds(inner.span) and inner.id != mention.id:
                yield "PerpOrg", inner

    def _plural(self, mention: Mention) -> bool:
        return mention.kind != "force" or mention.head.of(self._text).lower().endswith("s")

    def _is_named(self, mention: Mention) -> bool:
        if mention.level == "name":
            return True
        same = self._by_entity.get(mention.entity or "", ())
        return any(other.level == "name" for other in same)

    def words(self, mention: Mention, *, bare: bool = False) -> list[str]:
        """What the mention's entity is called in this text, the fullest name first, no string twice.

        ``bare`` leaves out a number before a description ("five vehicles").
        """
        same = self._by_entity.get(mention.entity or "", [])
        ranked = sorted({m.id: m for m in (mention, *same)}.values(), key=lambda m: self._rank(m, mention))
        found: dict[str, str] = {}
        for each in ranked:
            if each.level != "pronoun":
                words = self._core(each, bare)
                found.setdefault(fold(words), words)
        found.pop("", None)
        return list(found.values())

    def _rank(self, mention: Mention, asked: Mention) -> tuple[int, int, bool]:
        full = len(mention.head.of(self._text)) if mention.level == "name" else 0
        return _LEVELS[mention.level], -full, mention is not asked

    def _core(self, mention: Mention, bare: bool) -> str:
        """The name, or the noun with what stands before it; determiners left out."""
        if mention.level == "name":
            return self._name(mention)
        end = mention.span.end if fold(mention.head.of(self._text)) in _MEMBERS else mention.head.end
        words = _LEADING.sub("", clean(self._text[mention.span.start : end])).strip(_EDGES).split()
        start = next((k for k in range(min(5, len(words) - 1), 0, -1) if read_number(words[:k])), 0) if bare else 0
        return " ".join(words[start:])
