"""People who are named one by one are counted together: "a man and a woman were killed" tells of two."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dateline.core import Count, Event, Mention, Span
from dateline.core.event import Part
from dateline.knowledge.agents import agents

_LIST = re.compile(
    r"(?:\s|,|;|&|\bage[sd]?\b|\b\d{1,3}\b|\band\b|\bas well as\b|\balong with\b|\bplus\b|\bboth\b|\balso\b)*"
)
_SELF = frozenset({"himself", "herself", "itself", "themselves"})
_WHAT = frozenset({"killed", "injured", "missing", "abducted", "detained"})


def add_up(events: Sequence[Event], mentions: Sequence[Mention], text: str) -> list[Event]:
    """The events with one count for people of one side who are listed one after the other, its parts beside it.

    Sides stay apart ("four soldiers and two civilians"), and so do people whose number is not told exactly or who
    may be the same. "Two men, Ali Kaya and Omar Kaya" are two.
    """
    people = {m.id: m for m in mentions}
    return [_summed(event, people, text) for event in events]


def _summed(event: Event, people: Mapping[str, Mention], text: str) -> Event:
    made: list[Count] = []
    for count in event.counts:
        before = made[-1] if made else None
        if before is not None and _joins(before, count, people, text):
            made[-1] = _both(before, count)
        else:
            made.append(count)
    return event if len(made) == len(event.counts) else replace(event, counts=tuple(made))


def _joins(before: Count, count: Count, people: Mapping[str, Mention], text: str) -> bool:
    """Whether the second of two counts continues the list that the first stands in."""
    if before.what != count.what or before.what not in _WHAT or before.best is None or count.best is None:
        return False
    if count.best != 1 and before.best != 1 and not before.parts:
        return False  # "20 men and 30 women": each is a figure of its own
    alone = before.what == "killed" and any(c.span.of(text).lower() in _SELF for c in (before, count))
    if alone or _side(before) != _side(count):
        return False  # who killed himself too is no one of the victims
    if _name(count) and not _name(before) and before.best > 1 and not before.parts:
        return False  # "two men, Ali Kaya and …": already counted
    one, other = _end(before, people), people.get(count.mention or "")
    if one is None or other is None or other.span.start < one:
        return False
    return _LIST.fullmatch(text, one, other.span.start) is not None and "\n" not in text[one : other.span.start]


def _end(count: Count, people: Mapping[str, Mention]) -> int | None:
    """Where the words for the last of those counted end."""
    mention = people.get(count.mention or "")
    return max(mention.span.end, count.span.end) if mention else None


def _name(count: Count) -> bool:
    return count.of is not None and count.of[:1].isupper()


def _side(count: Count) -> str:
    """To which side people belong: those without arms to one, those with arms to that of their sector."""
    row = agents().get((count.of or "").lower()) or agents().get((count.of or "").lower().removesuffix("s"))
    return row.sector if row is not None and row.armed else ""


def _both(before: Count, count: Count) -> Count:
    span = Span(before.span.start, max(before.span.end, count.span.end))
    assert before.best is not None and count.best is not None
    high = None if before.high is None or count.high is None else before.high + count.high
    parts = (*(before.parts or (_part(before),)), _part(count))
    return Count(
        before.what, before.low + count.low, before.best + count.best, high, span, mention=count.mention, parts=parts
    )


def _part(count: Count) -> Part:
    return Part(count.low, count.best, count.high, count.span, count.of)
