"""Who was hurt and then died is counted once: among the killed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dateline.core import Event, Mention

_HAPPENED = frozenset({"asserted", "attempted"})
_OPEN_END = frozenset({"firearms", "primitive"})
_DEFINITE = re.compile(r"(?:the|his|her|their|this|that)\b", re.IGNORECASE)


def settle_fates(events: Sequence[Event], mentions: Sequence[Mention], text: str) -> list[Event]:
    """The events without the injured whom the document elsewhere counts among the killed.

    "A driver was shot … The driver died" tells of one killed and nobody injured. People whose mentions
    corefer are the same; so is one known person who was shot or stabbed ("officers shot him", "the
    girl was shot") where the document tells of somebody killed: such words leave open whether he
    lived. No event is left out.
    """
    known = {m.id for m in mentions if m.level == "pronoun" or _DEFINITE.match(text, m.span.start, m.span.end)}
    entities = {m.id: m.entity for m in mentions}
    killed = {
        entity
        for event in events
        if event.status in _HAPPENED
        for count in event.counts
        if count.what == "killed" and count.low > 0 and (entity := _of(count.mention, entities)) is not None
    }
    if not killed:
        return list(events)
    settled = []
    for event in events:
        open_end = event.mode in _OPEN_END
        kept = tuple(
            c
            for c in event.counts
            if c.what != "injured"
            or (_of(c.mention, entities) not in killed and not (open_end and c.best == 1 and c.mention in known))
        )
        settled.append(event if len(kept) == len(event.counts) else replace(event, counts=kept))
    return settled


def _of(mention: str | None, entities: Mapping[str, str | None]) -> str | None:
    return entities.get(mention) if mention else None
