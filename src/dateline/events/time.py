"""When an event happened: the time expression that dates it, or the days that its being told as new implies."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from dateline.core import Attribution, EventTime, Hearing, Passage, Timex
from dateline.events.reach import cost
from dateline.events.triggers import Trigger
from dateline.events.within import within
from dateline.language import Sentence


def dated(
    sentence: Sentence, trigger: Trigger, timexes: Sequence[Timex], hearing: Hearing, cues: frozenset[int]
) -> Timex | None:
    """The date or time nearest to the trigger in the tree, durations and repetitions left out.

    ``timexes`` are the document's, sorted by span.
    """
    voice = hearing.attribution(sentence[trigger.i].span)
    best: tuple[float, Timex] | None = None
    for timex in within(timexes, sentence.span):
        if not dates(timex):
            continue
        tokens = sentence.tokens_in(timex.span)
        if not tokens or not audible(hearing.attribution(timex.span), voice):
            continue
        top = min(tokens, key=lambda t: sum(1 for _ in sentence.ancestors(t.i)))
        arcs = cost(sentence, trigger, top.i, cues)
        if arcs is None:
            continue
        if top.i != trigger.i and top.dep in ("nsubj", "poss"):
            arcs += 1.0
        if best is None or arcs < best[0]:
            best = (arcs, timex)
    return best[1] if best else None


def dates(timex: Timex) -> bool:
    """Whether an expression can date an event: a date, or a stretch ("the past few days") with both ends."""
    if timex.type in ("DATE", "TIME"):
        return not timex.value.endswith("_REF") or (timex.earliest is not None and timex.latest is not None)
    return timex.type == "DURATION" and timex.earliest is not None and timex.latest is not None


def audible(other: Attribution | None, voice: Attribution | None) -> bool:
    """Whether words of one voice can tell of an event of another: its own, or the one that reports that voice."""
    return other is None or other is voice or (voice is not None and voice.within == other.id)


def reported_window(passage: Passage | None, published: str | None) -> EventTime | None:
    """When a thing told as new without a date happened: the passage's own day or the day before.

    The interval is inferred, not told: it names no time expression.
    """
    anchor = (passage.anchor if passage else None) or published
    if not anchor:
        return None
    try:
        day = datetime.date.fromisoformat(anchor[:10])
    except ValueError:
        return None
    before = day - datetime.timedelta(days=1)
    return EventTime(before.isoformat(), day.isoformat(), "day")


def up_to(passage: Passage | None, published: str | None) -> EventTime | None:
    """Of a past thing without a date, only that it was no later than its telling."""
    anchor = (passage.anchor if passage else None) or published
    return EventTime(None, anchor[:10], "unknown") if anchor else None


def days_before(time: EventTime | None, anchor: str | None) -> int | None:
    """How many days before the anchor an event's latest day lies, None where either is unknown."""
    if time is None or not time.latest or not anchor:
        return None
    try:
        latest = datetime.date.fromisoformat(time.latest[:10])
        return (datetime.date.fromisoformat(anchor[:10]) - latest).days
    except ValueError:
        return None
