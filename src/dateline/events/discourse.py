"""What a sentence leaves unsaid because the one before has said it: the place and day of the current scene."""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Iterable, Mapping

from dateline.core import Event, EventTime, Hearing, Place, Span, Timex, Toponym
from dateline.events.within import within
from dateline.knowledge.word_sets import word_set
from dateline.language import Parse

_DEALINGS = word_set("dealings")
_REACH = 3


class Discourse:
    """Hands the place and time of an event to later ones of its scene that tell none of their own.

    A scene is held by one passage and one voice, for three sentences and for events of one type; a sentence that names
    another place or day opens a new one. Background, planned and denied things neither give nor take.
    """

    def __init__(
        self,
        parse: Parse,
        hearing: Hearing,
        timexes: Iterable[Timex],
        toponyms: Iterable[Toponym],
        places: Iterable[Place],
    ) -> None:
        self._starts = [sentence.span.start for sentence in parse]
        self._spans = [sentence.span for sentence in parse]
        self._hearing = hearing
        self._timexes: Mapping[str, Timex] = {t.id: t for t in timexes}
        self._toponyms = sorted(toponyms, key=lambda t: t.span)
        self._places = {place.id: place for place in places}

    def __call__(self, events: Iterable[Event]) -> list[Event]:
        """The events, in the order given (that of their triggers), with what they take from their scene."""
        placed, timed = _Scenes(), _Scenes()
        told = []
        for event in events:
            if event.status != "asserted" or event.background or event.type in _DEALINGS:
                told.append(event)
                continue
            passage = self._hearing.passage(event.trigger)
            key = (passage.id if passage else "", event.voice, event.type)
            number = bisect.bisect_right(self._starts, event.trigger.start) - 1
            from_place, from_time = placed.near(key, number), timed.near(key, number)
            taken = event
            if event.place and event.place.place:
                placed.open(key, number, event)
            elif from_place and self._same_scene(event, from_place, number):
                taken = self._with_place(taken, from_place)
            if _told(event.time):
                timed.open(key, number, event)
            elif from_time and not self._moved(event, from_time):
                taken = self._with_time(taken, from_time)
            told.append(taken)
        return told

    def _same_scene(self, event: Event, source: Event, number: int) -> bool:
        """Whether the event's sentence names no other place and the event no other day than the source."""
        here = source.place.place if source.place else None
        if any(self._leaves(toponym, here) for toponym in within(self._toponyms, self._spans[number])):
            return False
        return not (_told(event.time) and _told(source.time) and _apart(event.time, source.time))

    def _leaves(self, toponym: Toponym, here: str | None) -> bool:
        """Whether a place name leads away: to another place than the scene's, countries ("U.S. troops") apart."""
        place = self._places.get(toponym.place or "")
        return toponym.place != here and (place is None or place.kind != "country")

    def _moved(self, event: Event, source: Event) -> bool:
        """Whether the event is placed elsewhere than the source."""
        return bool(event.place and source.place and event.place.place != source.place.place)

    def _with_place(self, event: Event, source: Event) -> Event:
        if source.place is None or source.place.span is None:
            return event
        words = event.place.span if event.place else None  # "the Rusty Anchor", which lies where the scene is
        place = dataclasses.replace(source.place, span=words) if words else source.place
        return dataclasses.replace(event, place=place, evidence=_joined(event.evidence, source.place.span))

    def _with_time(self, event: Event, source: Event) -> Event:
        timex = self._timexes.get(source.time.timex or "") if source.time else None
        if timex is None:
            return event
        return dataclasses.replace(event, time=source.time, evidence=_joined(event.evidence, timex.span))


class _Scenes:
    """The event that last set the scene of a passage, voice and type, and the number of its sentence."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str, str], tuple[int, Event]] = {}
        self._opened: set[int] = set()

    def near(self, key: tuple[str, str, str], number: int) -> Event | None:
        """The event that set the scene, where that is not too many sentences back."""
        scene = self._last.get(key)
        return scene[1] if scene and number - scene[0] <= _REACH else None

    def open(self, key: tuple[str, str, str], number: int, event: Event) -> None:
        """Let an event set the scene: only the first of its sentence does, the others may be asides ("after …")."""
        if number not in self._opened:
            self._opened.add(number)
            self._last[key] = (number, event)


def _told(time: EventTime | None) -> bool:
    """Whether words tell the time, in distinction from one inferred from the report's date."""
    return time is not None and time.timex is not None


def _apart(one: EventTime | None, other: EventTime | None) -> bool:
    """Whether two intervals share no day."""
    if one is None or other is None or not (one.earliest and one.latest and other.earliest and other.latest):
        return False
    return one.latest[:10] < other.earliest[:10] or other.latest[:10] < one.earliest[:10]


def _joined(evidence: tuple[Span, ...], span: Span) -> tuple[Span, ...]:
    """The evidence with the earlier words added, where it does not hold them."""
    return evidence if any(part.holds(span) for part in evidence) else (span, *evidence)
