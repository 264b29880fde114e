"""Who was hurt and then died is counted once: among the killed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dateline.core import Event, Mention
from dateline.knowledge.agents import agents

_HAPPENED = frozenset({"asserted", "attempted"})
_OPEN_END = frozenset({"firearms", "primitive"})
_HURT = re.compile(r"\b(?:wound|injur|hurt|kill|fatal|dead|died|surviv|other)", re.IGNORECASE)
_CARRIED = frozenset({"found", "hospitalized", "hospitalised"})
_ANYONE = ("", "person", "people", "victim")
_ATTACKERS = frozenset({"suspect", "shooter", "attacker", "assailant"})
_OTHERS = frozenset({"others", "survivors"})
_DEFINITE = re.compile(r"(?:the|his|her|their|this|that)\b", re.IGNORECASE)


def settle_fates(events: Sequence[Event], mentions: Sequence[Mention], text: str) -> list[Event]:
    """The events without the injured whom the document elsewhere counts among the killed.

    "A driver was shot … The driver died" tells of one killed and nobody injured. People whose mentions
    corefer are the same; so is one known person who was shot or stabbed ("officers shot him", "the
    girl was shot") where the document tells of somebody killed: such words leave open whether he
    lived. Of several who were shot the dead are taken off. No event is left out.
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
    dead = [_killed(event) for event in events]
    settled = []
    for told in events:
        event = _survivors(told, dead, text)
        open_end = event.mode in _OPEN_END or event.trigger.of(text).lower() in _CARRIED
        kept = tuple(
            c
            for c in event.counts
            if c.what != "injured"
            or (_of(c.mention, entities) not in killed and not (open_end and c.best == 1 and c.mention in known))
        )
        settled.append(event if len(kept) == len(event.counts) else replace(event, counts=kept))
    return settled


def _killed(event: Event) -> dict[str, int]:
    """Whom, and how many of them, an event tells as killed where it is one new happening; not the attackers."""
    if event.status != "asserted" or event.background or event.aggregate:
        return {}
    found: dict[str, int] = {}
    for count in event.counts:
        row = agents().get(count.of or "")
        if count.what == "killed" and not (row and (row.armed or row.lemma in _ATTACKERS)):
            noun = row.lemma if row else ""
            found[noun] = found.get(noun, 0) + (count.best or count.low)
    return found


def _survivors(event: Event, dead: Sequence[Mapping[str, int]], text: str) -> Event:
    """Of several people who "were shot" those who died of it are not the injured: "six people were shot … two died".

    All of them remain possible (``high``), for the dead need not be among them.
    """
    if event.trigger.of(text).lower() != "shot" or any(_HURT.search(span.of(text)) for span in event.evidence):
        return event
    made = []
    for count in event.counts:
        row = agents().get(count.of or "")
        noun = row.lemma if row else ""
        lost = max((sum(n for of, n in each.items() if noun in (*_ANYONE, of)) for each in dead), default=0)
        several = count.what == "injured" and count.best is not None and count.of not in _OTHERS
        if several and count.best is not None and count.best > max(lost, 1):
            made.append(replace(count, low=max(0, count.low - lost), best=count.best - lost))
        else:
            made.append(count)
    return replace(event, counts=tuple(made)) if tuple(made) != event.counts else event


def _of(mention: str | None, entities: Mapping[str, str | None]) -> str | None:
    return entities.get(mention) if mention else None
