"""Readings made by hand: what the other rooms would have found, told in a few words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.core import (
    Argument,
    Attribution,
    Count,
    Document,
    Entity,
    Event,
    EventPlace,
    EventTime,
    Label,
    Mention,
    Passage,
    Place,
    Reading,
    Span,
    Voice,
)

AHFIR = Place("g1", "Ahfir", "town", 34.95, -2.10, "MA", "Oriental", radius_km=5.0)
OUJDA = Place("g2", "Oujda", "city", 34.68, -1.91, "MA", "Oriental", radius_km=10.0)
RABAT = Place("g3", "Rabat", "city", 34.01, -6.83, "MA", "Rabat-Salé-Kénitra", radius_km=10.0)
MOROCCO = Place("g4", "Morocco", "country", 32.0, -6.0, "MA", radius_km=700.0)
FEZ = Place("g5", "Fez", "city", 34.03, -5.0, "MA", "Fès-Meknès", radius_km=10.0)
PLACES = {place.name: place for place in (AHFIR, OUJDA, RABAT, MOROCCO, FEZ)}

FILLER = (
    " Windows were broken along the street and a grocery lost its roof. People carried the wounded to a clinic in"
    " handcarts, and the road to the coast stayed shut until the evening while men with dogs went through the ruins."
)


class Maker:
    """Makes one reading; every quoted string is looked up in the text."""

    def __init__(self, id: str, text: str, published: str | None, outlet: str | None, title: str | None) -> None:
        self.document = Document.of(text, id=id, published=published, outlet=outlet, title=title)
        self.voices = [Voice("v1", "outlet", "outlet", ("v1",))]
        self.mentions: list[Mention] = []
        self.entities: dict[str, Entity] = {}
        self.events: list[Event] = []
        self.places: dict[str, Place] = {}
        self.attributions: list[Attribution] = []

    def span(self, words: str) -> Span:
        start = self.document.text.index(words)
        return Span(start, start + len(words))

    def voice(self, name: str, kind: str = "official", through: str | None = None) -> str:
        chain = ["v1"]
        if through:
            chain.append(self.voice(through, "agency"))
        for voice in self.voices:
            if voice.name == name:
                return voice.id
        id = f"v{len(self.voices) + 1}"
        self.voices.append(Voice(id, name, kind, (*chain, id)))  # type: ignore[arg-type]
        return id

    def says(self, words: str, kind: str = "official") -> str:
        """A source that the text names in these words."""
        id = self.voice(words, kind)
        self.attributions.append(Attribution(f"a{id}", id, "indirect", self.span(words), None, ()))
        return id

    def party(self, words: str, kind: str = "group", level: str = "name", label: str | None = None) -> str:
        id = f"m{len(self.mentions) + 1}"
        span = self.span(words)
        self.mentions.append(Mention(id, span, span, kind, level, "e" + words))  # type: ignore[arg-type]
        labels = (Label(label, "v1", self.span(label)),) if label else ()
        self.entities["e" + words] = Entity("e" + words, words, kind, labels=labels)  # type: ignore[arg-type]
        return id

    def event(
        self,
        trigger: str,
        type: str = "ASSAULT",
        mode: str | None = None,
        day: str | tuple[str, str] | None = None,
        place: str | None = None,
        voice: str = "v1",
        status: str = "asserted",
        background: bool = False,
        actor: str | None = None,
        victim: str | None = None,
        **counts: tuple[str, int, int | None],
    ) -> Maker:
        first, last = (day, day) if isinstance(day, str) else day or (None, None)
        if place:
            self.places[place] = PLACES[place]
        arguments = []
        if actor:
            arguments.append(Argument("actor", self.party(actor)))
        if victim:
            arguments.append(Argument("victim", self.party(victim, "people", "nominal")))
        span = self.span(trigger)
        self.events.append(
            Event(
                id=f"x{len(self.events) + 1}",
                trigger=span,
                type=type,
                mode=mode,
                arguments=tuple(arguments),
                place=EventPlace(PLACES[place].id, None) if place else None,
                time=EventTime(first, last, "day" if first == last else "unknown", "t1") if first or last else None,
                counts=tuple(
                    Count(what, low, low, high, self.span(words))  # type: ignore[arg-type]
                    for what, (words, low, high) in counts.items()
                ),
                status=status,  # type: ignore[arg-type]
                certainty="certain",
                background=background,
                attribution=None,
                voice=voice,
                evidence=(span,),
            )
        )
        return self

    def made(self) -> Reading:
        whole = Span(0, len(self.document.text))
        return Reading(
            document=self.document,
            passages=(Passage("p1", whole, "narration", "v1", self.document.published),),
            voices=tuple(self.voices),
            attributions=tuple(self.attributions),
            timexes=(),
            toponyms=(),
            places=tuple(self.places.values()),
            mentions=tuple(self.mentions),
            entities=tuple(self.entities.values()),
            events=tuple(self.events),
            media=(),
        )


@pytest.fixture
def report() -> Callable[..., Maker]:
    def make(
        id: str,
        text: str,
        published: str | None = "2021-03-03",
        outlet: str | None = None,
        title: str | None = None,
    ) -> Maker:
        return Maker(id, text, published, outlet or f"The {id} Gazette", title)

    return make


@pytest.fixture
def filler() -> str:
    """Two sentences that make texts alike without being news."""
    return FILLER
