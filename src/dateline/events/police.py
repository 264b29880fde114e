"""What the police did, by the classes of IndiaPoliceEvents: told by events, and heard of sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dateline.core import Entity, Event, Mention, Span
from dateline.core.event import PoliceAct
from dateline.knowledge.word_sets import word_set
from dateline.language import Parse, Sentence
from dateline.language.signals import Signals

ACTS: tuple[PoliceAct, ...] = ("KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION")
_LEAST: Mapping[PoliceAct, float] = {"KILL": 0.3, "ARREST": 0.25, "FORCE": 0.3, "ANY_ACTION": 0.2}
"""From where a mark of the encoder counts, chosen on the dev part of india_police; FAIL is left to the rules."""
_UNSURE = frozenset({"hypothetical", "generic", "planned", "threatened"})
_HANDS_OFF = frozenset({"negated", "denied"})


class Police:
    """Knows the police among the parties of a document, and what they did."""

    def __init__(self, mentions: Iterable[Mention], entities: Iterable[Entity], text: str) -> None:
        self._words = word_set("police")
        self._wide = self._words | word_set("order_forces")
        sectors = {entity.id: entity.sector or "" for entity in entities}
        self._police = {
            m.id
            for m in mentions
            if sectors.get(m.entity or "", "").startswith("COP") or self._words & set(m.span.of(text).lower().split())
        }

    def ruled(self, event: Event) -> tuple[PoliceAct, ...]:
        """What an event says the police did, by its actor, type and status.

        Arrests and the breaking up of crowds without an actor are taken as theirs.
        """
        actors = [a.mention for a in event.arguments if a.role == "actor"]
        theirs = (event.type, event.mode) in {("COERCE", "arrest"), ("ASSAULT", "crowd-control")}
        if event.status in _UNSURE or not (self._police & set(actors) if actors else theirs):
            return ()
        if event.status in _HANDS_OFF:
            return ("FAIL",)
        found: set[PoliceAct] = {"ANY_ACTION"}
        if event.type == "ASSAULT":
            found.add("FORCE")
            if any(c.what == "killed" and (c.best or c.low) for c in event.counts):
                found.add("KILL")
        if (event.type, event.mode) == ("COERCE", "arrest"):
            found.add("ARREST")
        return _ordered(found)

    def heard(self, sentence: Sentence, signals: Signals) -> tuple[PoliceAct, ...]:
        """What the encoder hears that the police did in a sentence that names them."""
        if not any(token.lower in self._wide for token in sentence):
            return ()
        marks = {act: signals.mark(f"police:{act}", sentence.span) for act in _LEAST}
        return _ordered({act for act, mark in marks.items() if mark is not None and mark >= _LEAST[act]})


def police_acts(
    events: Sequence[Event], parse: Parse, police: Police, signals: Signals
) -> tuple[tuple[Event, ...], tuple[tuple[Sentence, tuple[PoliceAct, ...]], ...]]:
    """The events with what the police did; and the sentences in which they did something that no event tells.

    What is heard of a sentence joins the event in it that the police do by the rules, else its first event.
    """
    made = {event.id: replace(event, police=police.ruled(event)) for event in events}
    wanting = []
    for sentence, inside in _by_sentence(events, parse):
        heard = police.heard(sentence, signals)
        if not heard:
            continue
        if not inside:
            wanting.append((sentence, heard))
            continue
        best = max(inside, key=lambda e: (bool(made[e.id].police), -e.trigger.start))
        made[best.id] = replace(best, police=_ordered({*made[best.id].police, *heard}))
    return tuple(made[event.id] for event in events), tuple(wanting)


def _by_sentence(events: Sequence[Event], parse: Parse) -> Iterator[tuple[Sentence, list[Event]]]:
    """Every sentence with the events whose trigger it holds; ``events`` in the order of their triggers."""
    k = 0
    for sentence in parse:
        span: Span = sentence.span
        inside = []
        while k < len(events) and events[k].trigger.start < span.end:
            if events[k].trigger.start >= span.start:
                inside.append(events[k])
            k += 1
        yield sentence, inside


def _ordered(acts: set[PoliceAct]) -> tuple[PoliceAct, ...]:
    return tuple(act for act in ACTS if act in acts)
