"""Where and when the main event was, where its own sentence does not say: from its other tellings, or its report."""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Sequence

from dateline.core import Document, Event, EventPlace, Hearing, Mention, Passage, Place, Span, Toponym
from dateline.events.main_event import Happenings, apart, day
from dateline.knowledge.geography import fit
from dateline.knowledge.named_towns import TOWNS, named_places

_WIDE = ("country", "admin1", "admin2", "region")
_ENOUGH = 2.0


class Setting:
    """Gives the main event of a document the place and day that it is told with elsewhere, always marked.

    First its other tellings speak (``by`` "same happening"), if they name one town and one day between them; these
    tellings take from each other alike. Then, for them alone, the town that the report is set in, and where none is,
    the county or the country (``by`` "scene"). Where several compete, none is taken.
    """

    def __init__(
        self,
        document: Document,
        passages: Sequence[Passage],
        toponyms: Sequence[Toponym],
        places: Sequence[Place],
        mentions: Sequence[Mention],
    ) -> None:
        self._document = document
        self._hearing = Hearing(passages)
        self._toponyms = sorted(toponyms, key=lambda t: t.span)
        self._places = {place.id: place for place in places}
        names = sorted(m.head for m in mentions if m.level == "name" and m.kind == "person")
        self._others = frozenset(t.span for t in self._toponyms if t.metonym or _named(t.span, names))

    def __call__(self, events: Sequence[Event], happenings: Happenings, *, scene: bool = True) -> list[Event]:
        """The events in the order given; ``scene``: whether the report itself may speak for the main event."""
        main = happenings.main()
        if main is None:
            return list(events)
        same = [main, *happenings.tellings(main)]
        made = {event.id: self._dated(self._told_elsewhere(event, same), same) for event in same}
        if scene:
            made |= {event.id: self._on_scene(made[event.id]) for event in same if event.id in made}
        return [made.get(event.id, event) for event in events]

    def _place(self, event: Event) -> Place | None:
        return self._places.get(event.place.place or "") if event.place else None

    def _told_elsewhere(self, event: Event, same: Sequence[Event]) -> Event:
        """The event with the one town that other tellings name, where its own words name none or what holds it."""
        own = self._place(event)
        if own is not None and own.kind not in _WIDE:
            return event
        told = {p: e for e in reversed(same) if (p := self._place(e)) and p.kind not in _WIDE}
        if len(told) != 1:
            return event
        place, source = next(iter(told.items()))
        if source.place is None or (own is not None and not fit(own, place)):
            return event
        return self._with(event, EventPlace(place.id, source.place.span, "same happening"))

    def _dated(self, event: Event, same: Sequence[Event]) -> Event:
        """The event with the one day that other tellings give, where its own words give none or a stretch around it."""
        if day(event) is not None or event.aggregate:
            return event
        days = {time.earliest[:10]: time for e in reversed(same) if (time := day(e)) and time.earliest}
        if len(days) != 1:
            return event
        time = next(iter(days.values()))
        if apart(event.time, time):
            return event
        return dataclasses.replace(event, time=dataclasses.replace(time, by="same happening"))

    def _on_scene(self, event: Event) -> Event:
        own = self._place(event)
        if own is not None and own.kind not in _WIDE:
            return event
        wide = ((("admin2",), own), (("country",), None)) if own is None else ()
        found = self._set_in(TOWNS, own) or next((p for kinds, held in wide if (p := self._set_in(kinds, held))), None)
        if found is None:
            return event
        words = next(t.span for t in self._toponyms if t.place == found.id and t.span not in self._others)
        return self._with(event, EventPlace(found.id, words, "scene"))

    def _set_in(self, kinds: Sequence[str], within: Place | None) -> Place | None:
        """The place of some kinds that the report names most, twice at least, more than any that lies apart from it."""
        named = named_places(self._document, self._hearing, self._toponyms, self._places.values(), kinds, self._others)
        scores = {place: score for place, score in named.items() if within is None or fit(place, within)}
        if not scores:
            return None
        best = max(scores, key=lambda place: (scores[place], -place.radius_km, place.id))
        rivals = (score for place, score in scores.items() if not fit(place, best))
        return best if scores[best] >= _ENOUGH and scores[best] > max(rivals, default=0.0) else None

    def _with(self, event: Event, place: EventPlace) -> Event:
        """The event with a place; words of its own that are not on the map ("the old mill") stay its words."""
        words = event.place.span if event.place and event.place.place is None else None
        return dataclasses.replace(event, place=dataclasses.replace(place, span=words or place.span))


def _named(span: Span, names: Sequence[Span]) -> bool:
    """Whether a name of a person, of the sorted ones, holds a span: "Mr Lima"."""
    k = bisect.bisect_right(names, span.start, key=lambda name: name.start) - 1
    return k >= 0 and names[k].holds(span)
