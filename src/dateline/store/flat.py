"""Events and incidents laid flat for queries: place, voices and parties by name."""

from __future__ import annotations

import json
import sqlite3

from dateline import codec
from dateline.core import Entity, Event, Incident, Mention, Place, Reading, Voice, cover


class FlatEvents:
    """Writes the events of one reading into the tables for queries."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._places: dict[str, Place] = {place.id: place for place in reading.places}
        self._voices: dict[str, Voice] = {voice.id: voice for voice in reading.voices}
        self._mentions: dict[str, Mention] = {mention.id: mention for mention in reading.mentions}
        self._entities: dict[str, Entity] = {entity.id: entity for entity in reading.entities}

    def write(self, connection: sqlite3.Connection) -> None:
        """One row an event, and one for each of its arguments and counts."""
        for event in self._reading.events:
            row = self._row(event)
            marks = ", ".join("?" * len(row))
            number = connection.execute(f"INSERT INTO events VALUES (NULL, {marks})", row).lastrowid
            connection.executemany(
                "INSERT INTO event_arguments VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(number, *argument) for argument in self._arguments(event)],
            )
            connection.executemany(
                "INSERT INTO event_counts VALUES (?, ?, ?, ?, ?, ?)",
                [(number, c.what, c.low, c.best, c.high, c.of) for c in event.counts],
            )

    def _row(self, event: Event) -> tuple[object, ...]:
        document, time = self._reading.document, event.time
        place = self._places.get(event.place.place) if event.place and event.place.place else None
        quote = cover(event.evidence or (event.trigger,)).of(document.text)
        return (
            document.id,
            event.id,
            event.type,
            event.mode,
            event.status,
            event.certainty,
            int(event.background),
            time.earliest if time else None,
            time.latest if time else None,
            time.precision if time else None,
            place.name if place else None,
            place.country if place else None,
            place.admin1 if place else None,
            place.lat if place else None,
            place.lon if place else None,
            json.dumps(self._chain(event.voice), ensure_ascii=False),
            event.trigger.start,
            event.trigger.end,
            quote,
        )

    def _chain(self, voice: str) -> list[str]:
        chain = self._voices[voice].chain if voice in self._voices else (voice,)
        return [self._voices[each].name if each in self._voices else each for each in chain]

    def _arguments(self, event: Event) -> list[tuple[object, ...]]:
        rows: list[tuple[object, ...]] = []
        for argument in event.arguments:
            mention = self._mentions.get(argument.mention)
            if mention is None:
                continue
            entity = self._entities.get(mention.entity or "")
            words = mention.span.of(self._reading.document.text)
            told = (entity.name, entity.actor, entity.country, entity.sector) if entity else (None,) * 4
            rows.append((argument.role, words, *told))
        return rows


def incident_row(incident: Incident) -> tuple[object, ...]:
    """An incident's row: what queries ask for, and the whole record."""
    time, place = incident.time, incident.place
    return (
        incident.id,
        incident.type,
        incident.mode,
        time.earliest if time else None,
        time.latest if time else None,
        place.name if place else None,
        place.country if place else None,
        place.lat if place else None,
        place.lon if place else None,
        incident.origins,
        codec.to_json(incident),
    )
