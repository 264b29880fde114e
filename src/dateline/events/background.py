"""What a document tells as history or context, not as new."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from dateline.core import Document, Event, EventTime, Passage
from dateline.events.time import days_before
from dateline.events.triggers import Trigger
from dateline.knowledge.status_cues import status_cues
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence

_ADJECTIVES = word_set("background_adjective")
_ADVERBS = word_set("background_adverb")
_OLD_DAYS = 14
_OTHER_DAY = 30


def around_main(events: Sequence[Event], main: Event | None) -> list[Event]:
    """The events of a document with those that only sum up others as context where it is about one happening.

    "So far this year 47 people have been killed" is no news beside a shooting of last night.
    """
    if main is None or main.aggregate:
        return list(events)
    return [dataclasses.replace(e, background=True) if e.aggregate else e for e in events]


def is_background(
    document: Document,
    sentence: Sentence,
    trigger: Trigger,
    passage: Passage | None,
    time: EventTime | None,
) -> bool:
    """Whether an event is history or context: long before its telling, told on another day, or called earlier."""
    return background_reason(document, sentence, trigger, passage, time) is not None


def background_reason(
    document: Document,
    sentence: Sentence,
    trigger: Trigger,
    passage: Passage | None,
    time: EventTime | None,
) -> str | None:
    """What makes an event history or context, in words; None where nothing does."""
    anchor = (passage.anchor if passage else None) or document.published
    age = days_before(time, anchor)
    if age is not None and age > _OLD_DAYS:
        return f"it is dated {age} days before its telling, more than {_OLD_DAYS}"
    if passage and passage.anchor and document.published:
        lag = days_before(EventTime(None, passage.anchor, "day"), document.published)
        if lag is not None and lag > _OTHER_DAY:
            return f"its passage was told {lag} days before the document, more than {_OTHER_DAY}"
    if _recalled(sentence, trigger):
        return "it is what somebody looks back on"
    for child in sentence.children(trigger.i):
        aged = bool(sentence.children(child.i, "npadvmod"))  # "the 17-year-old dead"
        if child.dep in ("amod", "compound") and child.lower in _ADJECTIVES and not aged:
            return f"“{child.text}” before it calls it earlier"
    if trigger.slots.verbal or trigger.slots.light:
        for child in sentence.children(trigger.verb, "advmod", "aux"):
            if child.lower in _ADVERBS:
                return f"“{child.text}” calls it earlier"
            if child.dep == "aux" and child.lower == "had" and sentence[trigger.verb].dep != "ccomp":
                return "it is told in the past perfect"
    return None


def _recalled(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether an event noun is what someone looks back on: "the anniversary of the massacre", "mourned the attack"."""
    if trigger.slots.verbal or trigger.slots.light:
        return False
    token, head = sentence[trigger.i], sentence.head(trigger.i)
    if head is not None and token.dep == "pobj":
        head = sentence.head(head.i) if head.lower in ("of", "from", "in", "for") else None
    elif token.dep not in ("dobj", "compound", "nsubjpass"):
        return False
    return head is not None and status_cues().of("recalling", head.lemma) is not None
