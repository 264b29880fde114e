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
        placed: dict[tuple[str, str, str], tuple[int, Event]] = {}
        timed: dict[tuple[str, str, str], tuple[int, Event]] = {}
        told = []
        for event in events:
            if event.status != "asserted" or event.background or event.type in _DEALINGS:
                told.append(event)
                continue
            passage = self._hearing.passage(event.trigger)
            key = (passage.id if passage else "", event.voice, event.type)
            number = bisect.bisect_right(self._starts, event.trigger.start) - 1
            from_place, from_time = (_near(scene.get(key), number) for scene in (placed, timed))
            own_place, own_time = event.place is not None, _told(event.time)
            taken = event
            if from_place and not own_place and self._same_scene(event, from_place, number):
                taken = self._with_place(taken, from_place)
            if from_time and not own_time and not self._moved(event, from_time):
                taken = self._with_time(taken, from_time)
            for scene, own in ((placed, own_place), (timed, own_time)):
                if own and (key not in scene or scene[key][0] < number):  # a sentence's first event sets its scene
                    scene[key] = (number, event)
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
        return dataclasses.replace(event, place=source.place, evidence=_joined(event.evidence, source.place.span))

    def _with_time(self, event: Event, source: Event) -> Event:
        timex = self._timexes.get(source.time.timex or "") if source.time else None
        if timex is None:
            return event
        return dataclasses.replace(event, time=source.time, evidence=_joined(event.evidence, timex.span))


def _near(scene: tuple[int, Event] | None, number: int) -> Event | None:
    """The event that set a scene, where it is not too many sentences back."""
    return scene[1] if scene and number - scene[0] <= _REACH else None


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
