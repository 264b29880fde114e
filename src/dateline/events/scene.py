"""Where and when: the place and the time that an event's own words tell, its clause before its sentence."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import TypeVar

from dateline.core import Attribution, EventPlace, EventTime, Hearing, Passage, Place, Span, Timex, Toponym
from dateline.events.triggers import Trigger
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence

_LOCATIVE = word_set("locative")
_STRONG = word_set("locative_strong")
_SITES = word_set("site")
_CLAUSE = frozenset({"relcl", "advcl", "ccomp", "parataxis"})
_FAR = 8


class Scene:
    """The toponyms and time expressions of a document, asked event by event."""

    def __init__(
        self, timexes: Iterable[Timex], toponyms: Iterable[Toponym], places: Iterable[Place], cues: Iterable[Span]
    ) -> None:
        self._timexes = sorted(timexes, key=lambda t: t.span)
        self._toponyms = sorted(toponyms, key=lambda t: t.span)
        self._places = {place.id: place for place in places}
        self._cues = {cue.start for cue in cues}

    def is_cue(self, span: Span) -> bool:
        """Whether the words are the cue of an attribution."""
        return span.start in self._cues

    def place(self, sentence: Sentence, trigger: Trigger, hearing: Hearing) -> EventPlace | None:
        """The toponym nearest to the trigger in the tree, reached through a preposition of place."""
        voice = hearing.attribution(sentence[trigger.i].span)
        best: tuple[float, Toponym] | None = None
        for toponym in _within(self._toponyms, sentence.span):
            tokens = sentence.tokens_in(toponym.span)
            if not tokens or not _audible(hearing, toponym.span, voice):
                continue
            inside = frozenset(token.start for token in tokens)
            cost = self._cost(sentence, trigger, tokens[-1].i, inside)
            if cost is not None and (best is None or cost < best[0]):
                best = (cost, toponym)
        return EventPlace(best[1].place, best[1].span) if best else None

    def time(self, sentence: Sentence, trigger: Trigger, hearing: Hearing) -> EventTime | None:
        """The date or time nearest to the trigger in the tree, durations and repetitions left out."""
        voice = hearing.attribution(sentence[trigger.i].span)
        best: tuple[float, Timex] | None = None
        for timex in _within(self._timexes, sentence.span):
            if not _dates(timex):
                continue
            tokens = sentence.tokens_in(timex.span)
            if not tokens or not _audible(hearing, timex.span, voice):
                continue
            top = min(tokens, key=lambda t: _depth(sentence, t.i))
            cost = self._cost(sentence, trigger, top.i, None)
            if cost is not None and (best is None or cost < best[0]):
                best = (cost, timex)
        if best is None:
            return None
        timex = best[1]
        return EventTime(timex.earliest, timex.latest, timex.precision, timex.id)

    def _cost(self, sentence: Sentence, trigger: Trigger, i: int, toponym: frozenset[int] | None) -> float | None:
        """How far a token is from the trigger, or None where another clause or voice lies between.

        ``toponym``: where the tokens of a place name start; None for a time expression. An arc costs
        one, a clause border on the way up three.
        """
        chain = [i, *(t.i for t in sentence.ancestors(i))]
        above = [trigger.i, *(t.i for t in sentence.ancestors(trigger.i))]
        if trigger.slots.light and trigger.slots.light.verb not in above:
            above.append(trigger.slots.light.verb)
        meeting = next((k for k in chain if k in above), None)
        if meeting is None:
            return None
        down = chain[: chain.index(meeting)]
        up = above[: above.index(meeting)]
        free = {trigger.slots.light.verb} if trigger.slots.light else set()
        if any(sentence[k].start in self._cues and k not in free for k in (meeting,)) and meeting != trigger.i:
            return None
        cost = float(len(down))
        for k in up:
            cost += 3.0 if sentence[k].dep in _CLAUSE else 1.0
        if any(sentence[k].dep in _CLAUSE for k in up) and len(down) > 2:
            return None
        for k in down[1:] if down else []:
            if sentence[k].dep in _CLAUSE or (sentence[k].dep == "conj" and sentence[k].pos == "VERB"):
                return None
        if toponym is not None:
            weight = self._preposition(sentence, i, toponym)
            if weight is None:
                return None
            cost += weight
        elif down and sentence[down[-1]].dep in ("nsubj", "poss"):
            cost += 1.0
        return cost if cost <= _FAR * 2 else None

    def _preposition(self, sentence: Sentence, i: int, inside: frozenset[int]) -> float | None:
        """The price of the way in: cheap behind "in", dear as a modifier, None where it names a party."""
        token = sentence[i]
        above = sentence.head(i)
        while token.dep in ("conj", "compound", "nmod", "appos") and above is not None:
            if token.dep in ("compound", "nmod") and above.start not in inside:
                return 4.0 if above.lemma in _SITES else None
            token, above = above, sentence.head(above.i)
        if token.dep == "pobj" and above is not None:
            if above.lemma in _STRONG:
                return 0.0
            return 1.5 if above.lemma in _LOCATIVE else None
        if token.dep == "poss":
            return 3.0
        if token.dep in ("dobj", "nsubjpass"):
            return 1.0
        return 2.0 if token.dep in ("npadvmod", "ROOT", "dep", "appos") else None


def _dates(timex: Timex) -> bool:
    """Whether an expression can date an event: a date, or a stretch ("the past few days") with both ends."""
    if timex.type in ("DATE", "TIME"):
        return not timex.value.endswith("_REF") or (timex.earliest is not None and timex.latest is not None)
    return timex.type == "DURATION" and timex.earliest is not None and timex.latest is not None


def _audible(hearing: Hearing, span: Span, voice: Attribution | None) -> bool:
    """Whether a place or time stands in the voice of the event, or in the one that reports that voice."""
    other = hearing.attribution(span)
    return other is None or other is voice or (voice is not None and voice.within == other.id)


_T = TypeVar("_T", Timex, Toponym)


def _within(items: Sequence[_T], span: Span) -> list[_T]:
    """The records of a list sorted by span that lie inside a span."""
    low, high = 0, len(items)
    while low < high:
        middle = (low + high) // 2
        if items[middle].span.start < span.start:
            low = middle + 1
        else:
            high = middle
    found = []
    while low < len(items) and items[low].span.start < span.end:
        found.append(items[low])
        low += 1
    return found


def _depth(sentence: Sentence, i: int) -> int:
    return sum(1 for _ in sentence.ancestors(i))


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
