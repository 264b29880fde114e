"""Who was hurt and then died is counted once: among the killed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dateline.core import Count, Event, Mention
from dateline.events.main_event import apart
from dateline.knowledge.agents import agents
from dateline.knowledge.word_sets import word_set

_HAPPENED = frozenset({"asserted", "attempted"})
_OPEN_END = frozenset({"firearms", "primitive"})
_HURT = re.compile(r"\b(?:wound|injur|hurt|kill|fatal|dead|died|surviv|other)", re.IGNORECASE)
_CARRIED = word_set("left_open")
_APART = re.compile(r"\b(?:another|other|second|third|fourth|fifth)\b", re.IGNORECASE)
_AGE = re.compile(r"\b(\d{1,3})[- ](?:year|month|week|day)s?[- ]old", re.IGNORECASE)
_NEAR = 600
_TRAITS = {
    "male": ("female", word_set("male") | {"he", "him", "his"}),
    "female": ("male", word_set("female") | {"she", "her"}),
    "young": ("grown", word_set("young")),
    "grown": ("young", word_set("grown")),
}
_ANYONE = ("", "person", "people", "victim")
_ATTACKERS = frozenset({"suspect", "shooter", "attacker", "assailant"})
_ANYBODY = frozenset({"one", "another", "someone", "somebody", "others", "many", "some", "several"})
_OTHERS = frozenset({"others", "survivors"})
_DEFINITE = re.compile(r"(?:the|his|her|their|this|that)\b", re.IGNORECASE)


def settle_fates(events: Sequence[Event], mentions: Sequence[Mention], text: str) -> list[Event]:
    """The events without the injured whom the document elsewhere counts among the killed.

    "A driver was shot … The driver died" tells of one killed and nobody injured. People whose mentions
    corefer are the same; so is one person who was shot, stabbed or taken to hospital ("officers shot him",
    "a man was shot") where the document tells that somebody was killed of whom that can be: such words leave
    open whether he lived. Of several who were shot the dead are taken off. No event is left out.
    """
    people = {m.id: m for m in mentions}
    dead = [(event, count) for event in events for count in event.counts if _lost(event, count)]
    if not dead:
        return list(events)
    entities = {people[c.mention].entity for _, c in dead if c.mention in people} - {None}
    tolls = [_killed(event) for event in events]
    settled = []
    for told in events:
        event = _survivors(told, tolls, text)
        open_end = event.mode in _OPEN_END or event.trigger.of(text).lower() in _CARRIED
        kept = tuple(
            c
            for c in event.counts
            if c.what != "injured"
            or not (
                (c.mention in people and people[c.mention].entity in entities)
                or (open_end and c.best == 1 and _may_be_dead(event, c, dead, people, text))
            )
        )
        settled.append(event if len(kept) == len(event.counts) else replace(event, counts=kept))
    return settled


def _lost(event: Event, count: Count) -> bool:
    return event.status in _HAPPENED and count.what == "killed" and count.low > 0


def _may_be_dead(
    event: Event, hurt: Count, dead: Sequence[tuple[Event, Count]], people: Mapping[str, Mention], text: str
) -> bool:
    """Whether one hurt person can be one of the dead: known from before, or told once more elsewhere."""
    mention = people.get(hurt.mention or "")
    if mention is None:
        return False
    mine = _traits(mention.span.of(text))
    others = []
    for other, count in dead:
        lost = people.get(count.mention or "")
        if lost is None or not _differ(mine, _traits(lost.span.of(text))):
            others.append(other)
    if _known(mention, text):
        return bool(others)
    if mention.level == "name":
        return any(_known_dead(o, event, people, text) for o in others)
    if _APART.search(mention.span.of(text)) or event.background or event.aggregate:
        return False
    return any(o.id != event.id and not o.background and not apart(event.time, o.time) for o in others) and not any(
        count.what == "killed" for count in event.counts
    )


def _known_dead(dead: Event, hurt: Event, people: Mapping[str, Mention], text: str) -> bool:
    """Whether a death told after a harm is that of somebody known by then: "Lee was shot … he died"."""
    spoken = (people.get(count.mention or "") for count in dead.counts if count.what == "killed")
    later = hurt.trigger.start < dead.trigger.start < hurt.trigger.start + _NEAR
    return later and any(m is not None and _known(m, text) for m in spoken)


def _traits(words: str) -> frozenset[str]:
    """What words tell of one person's sex and age: of "a 6-year-old girl" that it is female, young and 6."""
    found = {f"age {number}" for number in _AGE.findall(words)}
    for word in words.lower().replace("-", " ").split():
        found |= {name for name, (_, known) in _TRAITS.items() if word in known}
    return frozenset(found)


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two people cannot be the same."""
    ages = [{t for t in traits if t.startswith("age")} for traits in (one, other)]
    if ages[0] and ages[1] and not ages[0] & ages[1]:
        return True
    return any(name in one and opposite in other for name, (opposite, _) in _TRAITS.items())


def _known(mention: Mention, text: str) -> bool:
    """Whether a mention speaks of somebody told before: "him", "the girl"; "another" and "someone" do not."""
    if mention.level == "pronoun":
        return mention.span.of(text).lower() not in _ANYBODY
    return _DEFINITE.match(text, mention.span.start, mention.span.end) is not None


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
