"""What is written down of one document: its mentions, and the entities that they are of."""

from __future__ import annotations

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
        self.mentions: list[Mention] = []

    def add(self, span: Span, head: Span, kind: MentionKind, level: MentionLevel, draft: Draft | None) -> None:
        """Write down a mention, of nobody where there is no draft."""
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

    def within(self, span: Span) -> Iterable[Draft]:
        """The entities whose mentions have their heads begin in a span, in order."""
        return (self._starts[start] for start in range(span.start, span.end) if start in self._starts)

    def entity(self, draft: Draft) -> Entity:
        """The record of an entity, complete when the whole document is read."""
        longest = max(draft.names, key=len) if draft.names else max(draft.nominals, key=len)
        name = draft.actor.name if draft.actor else longest
        seen = {(label.span, label.voice): label for label in draft.labels}
        told = read_number([draft.number]) if draft.number and not draft.names else None
        return Entity(
            id=self._ids[draft.key],
            name=name,
            kind=draft.kind,
            aliases=tuple(n for n in draft.names if n != name),
            actor=draft.actor.key if draft.actor else None,
            country=draft.country,
            sector=draft.sector,
            labels=tuple(sorted(seen.values(), key=lambda label: (label.span, label.text))),
            number=told[1] if told else None,
        )
