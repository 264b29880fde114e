"""The one page: a Document is read from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from dateline.core import (
    Attribution,
    Document,
    Entity,
    Event,
    Explanation,
    Failure,
    Medium,
    Mention,
    ModelError,
    Passage,
    Place,
    Reading,
    Timex,
    Toponym,
    Voice,
)
from dateline.knowledge.folder import folder
from dateline.language import Parse
from dateline.language.signals import NOTHING, Signals
from dateline.language.tongues import in_its_tongue, is_read, unread


class PassagesStep(Protocol):
    """Which part of the text is what, and whose voice it is; the passages cover the text in order."""

    producer: str

    def __call__(self, document: Document) -> tuple[tuple[Passage, ...], tuple[Voice, ...]]: ...


class MediaStep(Protocol):
    """Links, pictures, video and posts that the text embeds or speaks of."""

    producer: str

    def __call__(self, document: Document, passages: tuple[Passage, ...]) -> tuple[Medium, ...]: ...


class LanguageStep(Protocol):
    """Sentences, tokens and the parse, once a document."""

    producer: str

    def __call__(self, document: Document, passages: tuple[Passage, ...]) -> Parse: ...


class EncoderStep(Protocol):
    """What the shared encoder's heads say of the words, once a document; nothing where there are no weights."""

    producer: str

    def __call__(self, document: Document, parse: Parse, passages: tuple[Passage, ...]) -> Signals: ...


class TimesStep(Protocol):
    """Time expressions, resolved; and the passages with their anchor dates settled."""

    producer: str

    def __call__(
        self, document: Document, parse: Parse, passages: tuple[Passage, ...]
    ) -> tuple[tuple[Timex, ...], tuple[Passage, ...]]: ...


class PlacesStep(Protocol):
    """Place names and what they stand for."""

    producer: str

    def __call__(
        self, document: Document, parse: Parse, passages: tuple[Passage, ...], signals: Signals
    ) -> tuple[tuple[Toponym, ...], tuple[Place, ...]]: ...


class AttributionStep(Protocol):
    """Who says what; the voices grow by the sources that are heard through others."""

    producer: str

    def __call__(
        self,
        document: Document,
        parse: Parse,
        passages: tuple[Passage, ...],
        voices: tuple[Voice, ...],
        signals: Signals,
    ) -> tuple[tuple[Attribution, ...], tuple[Voice, ...]]: ...


class ActorsStep(Protocol):
    """Mentions, the entities they corefer to, and what each voice calls them."""

    producer: str

    def __call__(
        self,
        document: Document,
        parse: Parse,
        passages: tuple[Passage, ...],
        voices: tuple[Voice, ...],
        attributions: tuple[Attribution, ...],
        toponyms: tuple[Toponym, ...],
        places: tuple[Place, ...],
    ) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]: ...


class EventsStep(Protocol):
    """Who did what to whom, where, when, how many, how sure."""

    producer: str

    def __call__(
        self,
        document: Document,
        parse: Parse,
        passages: tuple[Passage, ...],
        attributions: tuple[Attribution, ...],
        timexes: tuple[Timex, ...],
        toponyms: tuple[Toponym, ...],
        places: tuple[Place, ...],
        mentions: tuple[Mention, ...],
        entities: tuple[Entity, ...],
        voices: tuple[Voice, ...],
        signals: Signals,
    ) -> tuple[Event, ...]: ...


@runtime_checkable
class ExplainingStep(Protocol):
    """A step of events that can say what gave each of their fields."""

    def explain(
        self, reading: Reading, parse: Parse, signals: Signals, ruled: tuple[Attribution, ...] | None = None
    ) -> tuple[Explanation, ...]: ...


@runtime_checkable
class LeadingStep(Protocol):
    """A step of events that can say which of them a document is about."""

    def main_event(
        self,
        document: Document,
        passages: tuple[Passage, ...],
        mentions: tuple[Mention, ...],
        events: tuple[Event, ...],
    ) -> str | None: ...


@dataclass(frozen=True)
class Pipeline:
    """One step a field; another implementation goes in with ``dataclasses.replace``."""

    passages: PassagesStep
    media: MediaStep
    language: LanguageStep
    encoder: EncoderStep
    times: TimesStep
    places: PlacesStep
    attribution: AttributionStep
    actors: ActorsStep
    events: EventsStep

    @classmethod
    def load(cls, *, every: bool = False) -> Pipeline:
        """The implementations that ship with the package: the only place that names them.

        Without the encoder's weights every step falls back to its rules, and ``producers`` say so.
        ``every``: read the events of no coded type too (type ``OTHER``).
        """
        from dateline.actors import Actors
        from dateline.attribution import Attributions
        from dateline.events import Events
        from dateline.language.encoder import load_encoder
        from dateline.language.spacy_door import SpacyLanguage
        from dateline.passages import Media, Passages
        from dateline.places import Places
        from dateline.times import Times

        with ThreadPoolExecutor(1) as beside:  # the encoder's library loads outside the interpreter's lock
            waiting = beside.submit(load_encoder)
            language = SpacyLanguage()
            encoder = waiting.result()
        heard = encoder.producer if encoder else None
        return cls(
            passages=Passages(),
            media=Media(),
            language=language,
            encoder=encoder,
            times=Times(),
            places=Places(heard),
            attribution=Attributions(heard),
            actors=Actors(),
            events=Events(every=every, heard=heard),
        )

    @property
    def producers(self) -> dict[str, str]:
        """Who writes each layer, and the user's own knowledge where a folder of it is in use."""
        told = {name: getattr(self, name).producer for name in self.__dataclass_fields__}
        own = folder()
        return told | ({"knowledge": own.producer} if own else {})

    def __call__(self, document: Document) -> Reading:
        """Everything that can be read from a document; nothing of one that is not in English."""
        document = in_its_tongue(document)
        if not is_read(document):
            return unread(document, self.__dataclass_fields__)
        passages, voices = self.passages(document)
        media = self.media(document, passages)
        parse = self.language(document, passages)
        signals = self.encoder(document, parse, passages)
        timexes, passages = self.times(document, parse, passages)
        toponyms, places = self.places(document, parse, passages, signals)
        attributions, voices = self.attribution(document, parse, passages, voices, signals)
        mentions, entities = self.actors(document, parse, passages, voices, attributions, toponyms, places)
        events = self.events(
            document, parse, passages, attributions, timexes, toponyms, places, mentions, entities, voices, signals
        )
        return Reading(
            document=document,
            passages=passages,
            voices=voices,
            attributions=attributions,
            timexes=timexes,
            toponyms=toponyms,
            places=places,
            mentions=mentions,
            entities=entities,
            events=events,
            media=media,
            producers=self.producers,
            main_event=self.events.main_event(document, passages, mentions, events)
            if isinstance(self.events, LeadingStep)
            else None,
        )

    def explain(self, document: Document) -> tuple[Reading, tuple[Explanation, ...]]:
        """The reading of a document, and what gave each field of its events.

        The document is parsed and heard a second time for it, so that reading itself keeps no books.
        Raises ModelError where another step of events went in that cannot explain.
        """
        if not isinstance(self.events, ExplainingStep):
            raise ModelError(f"{self.events.producer} cannot explain its events")
        reading = self(document)
        if reading.unsupported:
            return reading, ()
        parse = self.language(document, reading.passages)
        signals = self.encoder(document, parse, reading.passages)
        passages, voices = self.passages(document)
        ruled, _ = self.attribution(document, parse, passages, voices, NOTHING)
        return reading, self.events.explain(reading, parse, signals, ruled)

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        """A Reading or a Failure for each document, in order; one bad report never stops a run.

        Every error ends here, one in our own code too: it is named and the next document is read.
        """
        for document in documents:
            try:
                yield self(document)
            except Exception as error:
                yield Failure(document.id, "read", f"{type(error).__name__}: {error}")
