"""Who fills which MUC-4 slot, and by which words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dateline.core import Argument, Entity, Event, Mention, Reading
from dateline.exports.phrases import clean
from dateline.knowledge.folding import fold

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "VictimDesc", "Weapon")
_BODIES = ("organisation", "group", "government", "force")
_THINGS = ("facility", "vehicle", "thing", "weapon", "organisation", "government")
_HUMANS = ("person", "people")
_LEADING = re.compile(
    r"^(?:(?:the|an?|this|that|these|those|some|several|many|any|his|her|its|their|our|another|other|both|all)\s+)+",
    re.I,
)
_MEMBERS = frozenset({"member", "members", "group", "groups", "leader", "leaders", "elements", "commander"})


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

    def fillers(self, events: Iterable[Event]) -> dict[str, list[list[str]]]:
        """The fillers by slot: each the list of its mention strings, the best first, no entity twice."""
        found: dict[str, dict[str, list[str]]] = {role: {} for role in ROLES}
        for event in events:
            for argument in event.arguments:
                mention = self.mention(argument)
                for slot, who in self._slots(argument, mention) if mention else ():
                    words = self.words(who)
                    if words and not any(set(map(fold, words)) & set(map(fold, old)) for old in found[slot].values()):
                        found[slot].setdefault(who.entity or who.id, words)
        return {role: list(entities.values()) for role, entities in found.items()}

    def _slots(self, argument: Argument, mention: Mention) -> Iterable[tuple[str, Mention]]:
        if argument.role == "actor":
            yield from self._perpetrators(mention)
        elif argument.role == "instrument":
            if mention.kind in ("weapon", "vehicle", "thing"):
                yield "Weapon", mention
        elif mention.kind in _HUMANS or argument.role == "victim":
            yield ("Victim" if self._is_named(mention) else "VictimDesc"), mention
        elif mention.kind in _THINGS:
            yield "Target", mention

    def _perpetrators(self, mention: Mention) -> Iterable[tuple[str, Mention]]:
        if mention.kind in _BODIES and self._is_named(mention):
            yield "PerpOrg", mention
            return
        if mention.kind in (*_HUMANS, *_BODIES):
            yield "PerpInd", mention
        for inner in self._named:
            if mention.span.holds(inner.span) and inner.id != mention.id:
                yield "PerpOrg", inner

    def _is_named(self, mention: Mention) -> bool:
        if mention.level == "name":
            return True
        same = self._by_entity.get(mention.entity or "", ())
        return any(other.level == "name" for other in same)

    def words(self, mention: Mention) -> list[str]:
        """What the mention's entity is called in this text, names before descriptions, no string twice."""
        same = self._by_entity.get(mention.entity or "", [])
        ranked = sorted(
            {m.id: m for m in (mention, *same)}.values(), key=lambda m: (_LEVELS[m.level], m is not mention)
        )
        found: dict[str, str] = {}
        for each in ranked:
            if each.level != "pronoun":
                words = self._core(each)
                found.setdefault(fold(words), words)
        found.pop("", None)
        return list(found.values())

    def _core(self, mention: Mention) -> str:
        """The name, or the noun with what stands before it; determiners left out."""
        if mention.level == "name":
            return clean(mention.head.of(self._text))
        end = mention.span.end if fold(mention.head.of(self._text)) in _MEMBERS else mention.head.end
        return _LEADING.sub("", clean(self._text[mention.span.start : end]))


_LEVELS = {"name": 0, "nominal": 1, "pronoun": 2}
