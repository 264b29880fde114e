"""An event as other documents see it: its family, days, place, parties and weight."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from dateline.core import Entity, Event, EventTime, Mention, Place, Reading
from dateline.core.event import UNTYPED
from dateline.incidents.wording import day_of
from dateline.knowledge.families import Families, Family
from dateline.knowledge.folding import fold, sound

WIDE = 7
_FOUNDING = ("asserted", "attempted")
_DENYING = ("denied", "negated")
_EARLY = 0.25


@dataclass(frozen=True, slots=True)
class Tale:
    """One event of one reading, ready to be compared.

    ``reading`` is the reading's number; ``first`` and ``last`` are day ordinals (None: open) as far
    as words of the text tell them, ``guess`` is the stretch that was assumed where none do; ``wide``
    marks a telling of more than a week, which sums up rather than reports; ``actors`` and ``others``
    are keys of named parties, ``agents`` and ``heads`` the head words of both.
    ``weight`` says how much the document is about it.
    """

    reading: int
    event: Event
    family: Family
    denies: bool
    first: int | None
    last: int | None
    guess: tuple[int, int] | None
    place: Place | None
    actors: frozenset[str]
    others: frozenset[str]
    agents: frozenset[str]
    heads: frozenset[str]
    weight: float

    @property
    def wide(self) -> bool:
        """Whether the telling covers more than a week or sums up several happenings."""
        return self.event.aggregate or (
            self.first is not None and self.last is not None and self.last - self.first >= WIDE
        )

    @property
    def last_told(self) -> bool:
        """Whether words of the text bound it in time."""
        return self.last is not None and self.guess is None

    @property
    def dated(self) -> bool:
        """Whether both ends are told and lie within a week."""
        return self.first is not None and self.last is not None and not self.wide


def tales_of(reading: Reading, number: int, families: Families) -> tuple[Tale, ...]:
    """The tellings of a reading that can take part in an incident, in the order of the text.

    Plans, threats, suppositions and generic statements are left out: nothing has happened. Where a
    conflict is told, so is what is only said of it and what the police and courts do after it.
    """
    cast = _Cast(reading)
    places = {place.id: place for place in reading.places}
    length = max(1, len(reading.document.text))
    present = {timex.id for timex in reading.timexes if timex.value == "PRESENT_REF"}
    headlines = [passage.span for passage in reading.passages if passage.role == "headline"]
    found = []
    for event in sorted(reading.events, key=lambda e: (e.trigger, e.id)):
        if event.type == UNTYPED:
            continue
        if event.status in _FOUNDING or event.status in _DENYING:
            family = families.of(event.type, event.mode)
            headline = any(span.holds(event.trigger) for span in headlines)
            first, last, guess = _days(event.time, present)
            cast_of = cast.parties(event)
            found.append(
                Tale(
                    reading=number,
                    event=event,
                    family=family,
                    denies=event.status in _DENYING,
                    first=first,
                    last=last,
                    guess=guess,
                    place=places.get(event.place.place or "") if event.place and event.place.by != "scene" else None,
                    actors=cast_of["actors"],
                    others=cast_of["others"],
                    agents=cast_of["agents"],
                    heads=cast_of["heads"],
                    weight=_weight(event, family, headline, event.trigger.start / length),
                )
            )
    conflict = any(tale.family.part == "conflict" and not tale.denies for tale in found)
    return tuple(tale for tale in found if not (conflict and tale.family.part == "follow"))


def _days(time: EventTime | None, present: Set[str]) -> tuple[int | None, int | None, tuple[int, int] | None]:
    """First and last day as told, and the stretch assumed where no words (or only "now") tell them.

    Of an assumed stretch only the end is kept as told: it was over when the report was written.
    """
    if time is None:
        return None, None, None
    first, last = day_of(time.earliest), day_of(time.latest)
    if (time.timex is not None and time.timex not in present) or first is None or last is None:
        return first, last, None
    return None, last, (first, last)


def party_key(entity: Entity) -> str:
    """What an entity is known by in every document: its registry key, a person's last name, or its name's sound.

    >>> party_key(Entity("e1", "Gen. Adel Haddad", "person")) == party_key(Entity("e9", "Haddad", "person"))
    True
    """
    if entity.actor:
        return entity.actor
    key = sound(entity.name) or fold(entity.name)
    return "person " + key.split()[-1] if entity.kind == "person" and key else f"name {key}"


class _Cast:
    """Who takes part in the events of one reading."""

    __slots__ = ("_entities", "_mentions", "_named", "_text")

    def __init__(self, reading: Reading) -> None:
        self._text = reading.document.text
        self._mentions: Mapping[str, Mention] = {mention.id: mention for mention in reading.mentions}
        self._entities: Mapping[str, Entity] = {entity.id: entity for entity in reading.entities}
        self._named = {mention.entity for mention in reading.mentions if mention.level == "name"}

    def parties(self, event: Event) -> dict[str, frozenset[str]]:
        """Keys of the named ``actors`` and ``others``, head words of actors (``agents``) and others (``heads``)."""
        found: dict[str, set[str]] = {"actors": set(), "others": set(), "agents": set(), "heads": set()}
        for argument in event.arguments:
            mention = self._mentions.get(argument.mention)
            if mention is None or argument.role == "instrument":
                continue
            acts = argument.role == "actor"
            entity = self._entities.get(mention.entity or "")
            if entity and (entity.actor or entity.id in self._named):
                found["actors" if acts else "others"].add(party_key(entity))
            if mention.level != "pronoun":
                words = fold(mention.head.of(self._text)).split()
                found["agents" if acts else "heads"] |= {word.removesuffix("s") for word in words[-1:]}
        return {name: frozenset(keys) for name, keys in found.items()}


def _weight(event: Event, family: Family, headline: bool, depth: float) -> float:
    weight = 1.0 + (2.0 if headline else 0.0) + (1.0 if event.counts else 0.0) + _EARLY * (1 - depth)
    if family.speech:
        weight *= 0.3
    if event.background or event.status in _DENYING:
        weight *= 0.2
    return weight
