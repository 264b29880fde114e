"""Who was hurt and then died is counted once: among the killed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dateline.core import Event, Mention

_HAPPENED = frozenset({"asserted", "attempted"})


def settle_fates(events: Sequence[Event], mentions: Sequence[Mention]) -> list[Event]:
    """The events without the injured whom the document elsewhere counts among the killed.

    "A driver was shot … The driver died" tells of one killed and nobody injured. Only people whose
    mentions corefer are taken for the same; no event is left out.
    """
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
        kept = tuple(c for c in event.counts if c.what != "injured" or _of(c.mention, entities) not in killed)
        settled.append(event if len(kept) == len(event.counts) else replace(event, counts=kept))
    return settled


def _of(mention: str | None, entities: Mapping[str, str | None]) -> str | None:
    return entities.get(mention) if mention else None
