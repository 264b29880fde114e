"""An event as other documents see it: its family, days, place, parties and weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dateline.core import Entity, Event, Mention, Place, Reading
from dateline.incidents.similarity import day_of
from dateline.knowledge.families import Families, Family
from dateline.knowledge.folding import fold, sound

WIDE = 7
_FOUNDING = ("asserted", "attempted")
_DENYING = ("denied", "negated")
_EARLY = 0.25


@dataclass(frozen=True, slots=True)
class Tale:
    """One event of one reading, ready to be compared.

    ``reading`` is the reading's number; ``first`` and ``last`` are day ordinals (None: open);
    ``wide`` marks a telling of more than a week, which sums up rather than reports; ``actors`` and
    ``others`` are keys of named parties, ``heads`` the head words of the described ones. ``weight``
    says how much the document is about it.
    """

    reading: int
    event: Event
    family: Family
    denies: bool
    first: int | None
    last: int | None
    place: Place | None
    actors: frozenset[str]
    others: frozenset[str]
    heads: frozenset[str]
    weight: float

    @property
    def wide(self) -> bool:
        """Whether the telling covers more than a week."""
        return self.first is not None and self.last is not None and self.last - self.first >= WIDE

    @property
    def dated(self) -> bool:
        """Whether both ends are told and lie within a week."""
        return self.first is not None and self.last is not None and not self.wide


def tales_of(reading: Reading, number: int, families: Families) -> tuple[Tale, ...]:
    """The tellings of a reading that can take part in an incident, in the order of the text.

    Plans, threats, suppositions and generic statements are left out: nothing has happened.
    """
    cast = _Cast(reading)
    places = {place.id: place for place in reading.places}
    length = max(1, len(reading.document.text))
    headlines = [passage.span for passage in reading.passages if passage.role == "headline"]
    found = []
    for event in sorted(reading.events, key=lambda e: (e.trigger, e.id)):
        if event.status in _FOUNDING or event.status in _DENYING:
            family = families.of(event.type, event.mode)
            actors, others, heads = cast.parties(event)
            headline = any(span.holds(event.trigger) for span in headlines)
            found.append(
                Tale(
                    reading=number,
                    event=event,
                    family=family,
                    denies=event.status in _DENYING,
                    first=day_of(event.time.earliest) if event.time else None,
                    last=day_of(event.time.latest) if event.time else None,
                    place=places.get(event.place.place or "") if event.place else None,
                    actors=actors,
                    others=others,
                    heads=heads,
                    weight=_weight(event, family, headline, event.trigger.start / length),
                )
            )
    return tuple(found)


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

    def parties(self, event: Event) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """Keys of the named actors, keys of the other named parties, head words of the rest."""
        actors: set[str] = set()
        others: set[str] = set()
        heads: set[str] = set()
        for argument in event.arguments:
            mention = self._mentions.get(argument.mention)
            if mention is None or argument.role == "instrument":
                continue
            entity = self._entities.get(mention.entity or "")
            if entity and (entity.actor or entity.id in self._named):
                (actors if argument.role == "actor" else others).add(party_key(entity))
            elif mention.level == "nominal":
                heads.add(fold(mention.head.of(self._text)).removesuffix("s"))
        return frozenset(actors), frozenset(others), frozenset(heads)


def _weight(event: Event, family: Family, headline: bool, depth: float) -> float:
    weight = 1.0 + (2.0 if headline else 0.0) + (1.0 if event.counts else 0.0) + _EARLY * (1 - depth)
    if family.speech:
        weight *= 0.3
    if event.background or event.status in _DENYING:
        weight *= 0.2
    return weight
