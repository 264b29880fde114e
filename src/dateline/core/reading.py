"""Everything that was read from one document, or why nothing was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dateline.core.actor import Entity, Mention
from dateline.core.document import Document
from dateline.core.event import Event
from dateline.core.record import Record
from dateline.core.voice import Attribution, Medium, Passage, Voice
from dateline.core.when_where import Place, Timex, Toponym

READING_SCHEMA = "dateline.reading/1"
"""The name and version of a reading's JSON."""

UNSUPPORTED = "unsupported"
"""The producer of every layer of a reading whose document is in a language that is not read."""


@dataclass(frozen=True, slots=True)
class Reading(Record):
    """Everything read from one Document. ``producers`` says which rule set or model wrote each layer.

    ``main_event``: the id of the event that the report is about, None where it tells of none.

    The records point at each other by id: an event's ``voice`` is the id of one of ``voices``. Spans are code points
    into ``document.text``.

    >>> import dateline
    >>> reading = dateline.read("Gunmen killed three farmers in Kaduna on Monday, police said.", published="2024-03-05")
    >>> voices = {voice.id: voice.name for voice in reading.voices}
    >>> [(event.type, voices[event.voice]) for event in reading.events]
    [('ASSAULT', 'police')]
    >>> reading.to_dict()["schema"]
    'dateline.reading/1'
    """

    document: Document
    passages: tuple[Passage, ...]
    voices: tuple[Voice, ...]
    attributions: tuple[Attribution, ...]
    timexes: tuple[Timex, ...]
    toponyms: tuple[Toponym, ...]
    places: tuple[Place, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    events: tuple[Event, ...]
    media: tuple[Medium, ...]
    producers: Mapping[str, str] = field(default_factory=dict, hash=False)
    schema: str = READING_SCHEMA
    main_event: str | None = None

    @property
    def unsupported(self) -> str | None:
        """The document's language where that is why nothing was read, else None."""
        return self.document.language if self.producers.get("language") == UNSUPPORTED else None


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read: its name, the stage and the reason.

    >>> Failure("d2", "ingest", "many.jsonl:2: no text").stage
    'ingest'
    """

    document: str
    stage: str
    error: str
