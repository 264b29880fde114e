"""What is written down of one document: its mentions, and the entities that they are of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from dateline.actors.coref import Draft
from dateline.core import Document, Entity, Mention, MentionKind, MentionLevel, Span, content_id
from dateline.knowledge.numbers import read_number


class Book:
    """The mentions of one document as they are found; ids are hashes of what they stand for."""

    def __init__(self, document: Document) -> None:
        self._sha = document.sha256
        self._ids: dict[str, str] = {}
        self._starts: dict[int, Draft] = {}
        self._counted: dict[int, int] = {}
        self.mentions: list[Mention] = []

    def add(
        self,
        span: Span,
        head: Span,
        kind: MentionKind,
        level: MentionLevel,
        draft: Draft | None,
        counted: int | None = None,
    ) -> None:
        """Write down a mention, of nobody where there is no draft.

        ``counted``: where the phrase begins whose number is written down as a quantity of its own.
        """
        if counted is not None:
            self._counted[len(self.mentions)] = counted
        entity = None
        if draft:
            entity = self._ids.setdefault(draft.key, content_id("e", self._sha, draft.key))
            self._starts.setdefault(head.start, draft)
        mention = content_id("m", self._sha, span.start, span.end, head.start, level)
        self.mentions.append(Mention(mention, span, head, kind, level, entity))

    def give(self, number: int, draft: Draft) -> None:
        """Give the mention of this number, so far of nobody, to an entity."""
        mention = self.mentions[number]
        if mention.entity is None:
            self.mentions[number] = replace(mention, entity=self._ids[draft.key], kind=draft.kind)

    def settle(self) -> list[Mention]:
        """The mentions in the end: what was counted and is spoken of again is the whole phrase with its number."""
        often = Counter(mention.entity for mention in self.mentions)
        for number, start in self._counted.items():
            old = self.mentions[number]
            if old.entity and often[old.entity] > 1:
                span = Span(start, old.span.end)
                new = content_id("m", self._sha, span.start, span.end, old.head.start, old.level)
                self.mentions[number] = replace(old, id=new, span=span)
        return self.mentions

    def within(self, span: Span) -> Iterable[Draft]:
        """The entities whose mentions have their heads begin in a span, in order."""
        return (self._starts[start] for start in range(span.start, span.end) if start in self._starts)

    def entity(self, draft: Draft) -> Entity:
        """The record of an entity, complete when the whole document is read."""
        longest = max(draft.names, key=len) if draft.names else max(draft.nominals, key=len)
        name = draft.actor.name if draft.actor else longest
        seen = {(label.span, label.voice): label for label in draft.labels}
        known = draft.actor or draft.serves
        told = read_number([draft.number]) if draft.number and not draft.names else None
        return Entity(
            id=self._ids[draft.key],
            name=name,
            kind=draft.kind,
            aliases=tuple(n for n in draft.names if n != name),
            actor=known.key if known else None,
            country=draft.country or (known.country if known else None),
            sector=draft.serves.sector if draft.serves else draft.sector,
            labels=tuple(sorted(seen.values(), key=lambda label: (label.span, label.text))),
            number=told[1] if told else None,
        )
