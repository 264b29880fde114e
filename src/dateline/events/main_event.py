"""The event that a report is about, and which of its other events are tellings of the same happening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dateline.core import Document, Event, EventTime, Mention, Passage, Span
from dateline.core.event import UNTYPED
from dateline.knowledge.families import families
from dateline.knowledge.folding import fold
from dateline.knowledge.main_event_signs import main_event_signs

_DONE = ("asserted", "attempted")
_SUFFERING = ("victim", "recipient", "target")
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "their", "its"})
_SILENT = ("header", "byline", "dateline", "boilerplate")
_LEAD = 400
_MOST_TELLINGS = 4
_WORD = 12


class Happenings:
    """Compares the events of one document: which tell one happening, and how much the document is about each.

    Only words that tell a place or day count for either, so what events have taken from their scene changes nothing.
    """

    def __init__(
        self, document: Document, passages: Iterable[Passage], mentions: Iterable[Mention], events: Iterable[Event]
    ) -> None:
        self._text = document.text
        self._title = frozenset(fold(document.title or "").split())
        self._signs = main_event_signs()
        self._entities = {mention.id: mention.entity for mention in mentions}
        self._events = [e for e in events if e.type != UNTYPED and e.status in _DONE]
        self._body = next((p.span.start for p in passages if p.role not in _SILENT), 0)
        self._told = Counter((event.type, who) for event in self._events for who in self._suffering(event))

    def main(self) -> Event | None:
        """The event that the document is about: the one that speaks loudest, the first of equals.

        A deed speaks louder than words, violence louder than other deeds; then the one whose day is told, that the
        title and the lead tell, that kills, that is told again; history speaks less. None where nothing is told to
        have happened.
        """
        events = [e for e in self._events if not e.aggregate] or self._events
        return max(events, key=lambda e: (self._weight(e), -e.trigger.start, e.id), default=None)

    def tellings(self, event: Event) -> list[Event]:
        """The other events that are stated to be the same happening, in the order of the text.

        They have its type and a victim in common, or speak of it with a definite noun ("the attack") without a
        victim of their own, and contradict neither its mode nor its day.
        """
        return [other for other in self._events if other.id != event.id and self._same(event, other)]

    def _weight(self, event: Event) -> float:
        family = families().of(event.type, event.mode)
        kind = "speech" if family.speech else f"family {family.name}"
        again = max((self._told[event.type, who] for who in self._suffering(event)), default=1) - 1
        signs = self._signs
        return (
            signs.get(kind, signs["deed"])
            + signs["killed"] * any(count.what == "killed" and count.low for count in event.counts)
            + signs["day"] * (day(event) is not None)
            + signs["title"] * any(word in self._title for word in fold(event.trigger.of(self._text)).split())
            + signs["lead"] * (event.trigger.start - self._body < _LEAD)
            + signs["again"] * min(_MOST_TELLINGS, again)
            + signs["actor"] * any(argument.role == "actor" for argument in event.arguments)
            + signs["background"] * event.background
        )

    def _same(self, one: Event, other: Event) -> bool:
        if one.type != other.type or one.aggregate or other.aggregate:
            return False
        groups = {families().of(e.type, e.mode).group for e in (one, other)}
        if len(groups - {""}) > 1 or apart(one.time, other.time):
            return False
        mine, theirs = self._suffering(one), self._suffering(other)
        if mine & theirs:
            return True
        known = [e for e, whom in ((one, mine), (other, theirs)) if not whom and self._definite(e.trigger)]
        return any(not e.background for e in known)

    def _suffering(self, event: Event) -> frozenset[str]:
        """The entities that an event is done to."""
        found = (self._entities.get(a.mention) for a in event.arguments if a.role in _SUFFERING)
        return frozenset(entity for entity in found if entity)

    def _definite(self, trigger: Span) -> bool:
        """Whether the word before a trigger makes it known: "the attack"."""
        words = self._text[max(0, trigger.start - _WORD) : trigger.start].lower().split()
        return bool(words) and words[-1] in _DEFINITE


def day(event: Event) -> EventTime | None:
    """The one day that words tell of an event, None where they tell none or a longer stretch."""
    time = event.time
    if time is None or time.timex is None or time.by != "told" or not time.earliest or not time.latest:
        return None
    return time if len(time.earliest) >= 10 and time.earliest[:10] == time.latest[:10] else None


def apart(one: EventTime | None, other: EventTime | None) -> bool:
    """Whether two told times share no day."""
    if one is None or other is None or one.timex is None or other.timex is None:
        return False
    if not (one.earliest and one.latest and other.earliest and other.latest):
        return False
    return one.latest[:10] < other.earliest[:10] or other.latest[:10] < one.earliest[:10]
