"""A reading looked up by id, and its events as a person wants to see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.core import (
    ArgumentRole,
    Count,
    Entity,
    Event,
    Label,
    Mention,
    Place,
    Reading,
    Span,
    Voice,
)
from dateline.exports.phrases import around, clean, day, figure, interval, kind_of, passage, quote, short, when
from dateline.knowledge.agents import agents
from dateline.knowledge.folding import fold, sound
from dateline.knowledge.label_terms import label_standing

Standing = Literal["new", "other", "background"]
STANDINGS: tuple[tuple[Standing, str], ...] = (
    ("new", "Reported as new"),
    ("other", "Planned, attempted, denied or supposed"),
    ("background", "Background"),
)
INFERRED = " (inferred)"
_WHOM: tuple[ArgumentRole, ...] = ("recipient", "victim", "target")


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer of an event: what it says and the spans of the words that say it."""

    words: str
    spans: tuple[Span, ...] = ()
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class CountFact:
    """A count in words (``killed``, ``24–30–99``), of whom, and the words that say so."""

    what: str
    figure: str
    of: str
    quoted: str
    span: Span


@dataclass(frozen=True, slots=True)
class EventView:
    """An event put in words. ``number`` is its place in the report, counted from 1."""

    number: int
    event: Event
    standing: Standing
    kind: str
    trigger: str
    who: tuple[Fact, ...]
    whom: tuple[Fact, ...]
    means: tuple[Fact, ...]
    when: Fact | None
    where: Fact | None
    counts: tuple[CountFact, ...]
    chain: tuple[Voice, ...]
    evidence: tuple[Span, ...]
    quote: tuple[tuple[str, bool], ...]

    @property
    def flags(self) -> tuple[str, ...]:
        """What is not plain about it: status, certainty, background."""
        event = self.event
        return tuple(
            flag for flag, plain in ((event.status, "asserted"), (event.certainty, "certain")) if flag != plain
        ) + (("background",) if event.background else ())


@dataclass(frozen=True, slots=True)
class Framing:
    """What an entity is called and by whom; ``contested`` where voices call it differently.

    ``entity`` is its registry name, else what the report calls it, else only what it is
    ("unnamed group") where every word for it judges. ``times``: how often this voice uses the
    word; ``quote``: the words around its first use; ``span``: where that is.
    """

    entity: str
    actor: str | None
    text: str
    chain: tuple[Voice, ...]
    span: Span
    contested: bool
    times: int = 1
    quote: str = ""


class ReadingView:
    """A reading with its records by id. Ids that lead nowhere are passed over, never an error."""

    __slots__ = (
        "_entities",
        "_mentions",
        "_places",
        "_resolved",
        "_timexes",
        "events",
        "reading",
        "voices",
    )

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.voices = {voice.id: voice for voice in reading.voices}
        self._mentions = {mention.id: mention for mention in reading.mentions}
        self._entities = {entity.id: entity for entity in reading.entities}
        self._places = {place.id: place for place in reading.places}
        self._timexes = {timex.id: timex for timex in reading.timexes}
        told = ((toponym.span, self._places.get(toponym.place or "")) for toponym in reading.toponyms)
        self._resolved = {span: place_words(place) for span, place in told if place}
        self._resolved |= {t.span: interval(t.earliest, t.latest) for t in reading.timexes}
        ordered = sorted(reading.events, key=lambda e: (_rank(standing(e)), e.trigger, e.id))
        self.events = tuple(self._event(number, event) for number, event in enumerate(ordered, 1))

    @property
    def title(self) -> str:
        """The document's title, its headline, or its first words."""
        document = self.reading.document
        if document.title and clean(document.title):
            return clean(document.title)
        for role in ("headline", "narration"):
            for each in self.reading.passages:
                if each.role == role and (words := quote(document.text, each.span, 90 if role == "narration" else 160)):
                    return words
        return short(clean(document.text[:400]), 90) or "An empty report"

    @property
    def byline(self) -> tuple[str, ...]:
        """Outlet, author and date of publication, as far as they are known."""
        document = self.reading.document
        published = f"published {day(document.published)}" if document.published else "date of publication unknown"
        told = (document.outlet or "", document.byline or "", published)
        return tuple(clean(words) for words in told if clean(words))

    def chain(self, voice: str) -> tuple[Voice, ...]:
        """The voices through which a voice reaches us, the outlet first, itself last."""
        own = self.voices.get(voice)
        if own is None:
            return ()
        found = tuple(self.voices[each] for each in own.chain if each in self.voices)
        return found if found and found[-1].id == voice else (*found, own)

    def voice_name(self, voice: Voice) -> str:
        """A voice's name; the outlet's own where the document tells it."""
        if voice.kind == "outlet" and voice.name in ("", "outlet"):
            return clean(self.reading.document.outlet or "outlet")
        return clean(voice.name) or voice.kind

    def chain_names(self, voices: tuple[Voice, ...]) -> tuple[str, ...]:
        """The names along a chain."""
        return tuple(self.voice_name(voice) for voice in voices)

    def resolved(self, span: Span) -> str:
        """What the time expression or place name at a span stands for; empty where that is not known."""
        return self._resolved.get(span, "")

    def place(self, id: str | None) -> Place | None:
        """A place by its id."""
        return self._places.get(id) if id else None

    def mention(self, id: str | None) -> Mention | None:
        """A mention by its id."""
        return self._mentions.get(id) if id else None

    def framings(self) -> tuple[Framing, ...]:
        """Who calls what how: one row an entity, label and voice, in the order of the entities and of first use."""
        rows: list[Framing] = []
        for entity in self.reading.entities:
            names = {fold(label.text) for label in entity.labels}
            uses: dict[tuple[str, str], list[Label]] = {}
            for label in entity.labels:
                uses.setdefault((fold(label.text), label.voice), []).append(label)
            for labels in uses.values():
                first = labels[0]
                rows.append(
                    Framing(
                        entity=self._party_name(entity),
                        actor=entity.actor,
                        text=short(clean(first.text), 80),
                        chain=self.chain(first.voice),
                        span=first.span,
                        contested=len(names) > 1,
                        times=len(labels),
                        quote=around(self.reading.document.text, first.span),
                    )
                )
        return tuple(rows)

    def _party_name(self, entity: Entity) -> str:
        """A name that judges nobody: a loaded word is one voice's label, never the party's name in a report."""
        name = short(clean(entity.name), 60)
        if entity.actor or not judges(name):
            return name
        plain = next((words for words in entity.aliases if not judges(words)), None)
        return short(clean(plain), 60) if plain else f"unnamed {entity.kind}"

    def _event(self, number: int, event: Event) -> EventView:
        text = self.reading.document.text
        return EventView(
            number=number,
            event=event,
            standing=standing(event),
            kind=kind_of(event.type, event.mode),
            trigger=quote(text, event.trigger, 40),
            who=self._parties(event, ("actor",)),
            whom=self._parties(event, _WHOM),
            means=self._parties(event, ("instrument",)),
            when=self._when(event),
            where=self._where(event),
            counts=tuple(self._count(count) for count in event.counts),
            chain=self.chain(event.voice),
            evidence=event.evidence or (event.trigger,),
            quote=passage(text, event.evidence, event.trigger),
        )

    def _parties(self, event: Event, roles: tuple[ArgumentRole, ...]) -> tuple[Fact, ...]:
        found: dict[str, Fact] = {}
        for argument in event.arguments:
            mention = self._mentions.get(argument.mention)
            if argument.role in roles and mention and mention.id not in found:
                found[mention.id] = Fact(self.party(mention), (mention.span,))
        return tuple(found.values())

    def party(self, mention: Mention) -> str:
        """The mention's words, with the entity's name where the words alone do not tell it."""
        words = quote(self.reading.document.text, mention.span, 70)
        entity = self._entities.get(mention.entity or "")
        name = short(clean(entity.name), 50) if entity else ""
        if not name or fold(name) in fold(words) or (sound(name) and sound(name) in sound(words)):
            return words
        if mention.level == "pronoun":
            return name
        return f"{words} [{name}]" if entity and (entity.actor or mention.level == "nominal") else words

    def _when(self, event: Event) -> Fact | None:
        told = when(event.time)
        timex = self._timexes.get(event.time.timex or "") if event.time else None
        if not told and not timex:
            return None
        quoted = quote(self.reading.document.text, timex.span, 60) if timex else ""
        if timex is None:
            return Fact(told + INFERRED)
        return Fact(told or "not resolved", (timex.span,), quoted)

    def _where(self, event: Event) -> Fact | None:
        if event.place is None:
            return None
        place, span = self.place(event.place.place), event.place.span
        quoted = quote(self.reading.document.text, span, 60) if span else ""
        if place is None and not quoted:
            return None
        if span is None:
            return Fact((place_words(place) if place else "") + INFERRED)
        return Fact(place_words(place) if place else "not resolved", (span,), quoted)

    def _count(self, count: Count) -> CountFact:
        return CountFact(
            what=count.what,
            figure=figure(count.low, count.best, count.high),
            of=short(clean(count.of or ""), 60),
            quoted=quote(self.reading.document.text, count.span, 60),
            span=count.span,
        )


def standing(event: Event) -> Standing:
    """Whether an event is the report's news, something else than a plain happening, or background."""
    if event.background:
        return "background"
    return "new" if event.status == "asserted" else "other"


def judges(words: str) -> bool:
    """Whether a name or description takes sides, in its last words or anywhere in it.

    >>> judges("the terrorists"), judges("freedom fighters"), judges("Free River Front")
    (True, True, False)
    """
    parts = words.lower().split()
    if not parts:
        return False
    row = agents().get(parts[-1])
    bare = parts[-1].removesuffix("s")
    standing = label_standing([*parts[:-1], row.lemma if row else bare]) or label_standing([*parts[:-1], bare])
    return standing in ("for", "against") or any(agents().loaded(part) for part in parts)


def place_words(place: Place) -> str:
    """A place with its first-order division and country: ``Kirkuk, IQ``."""
    parts = [clean(place.name)]
    if place.admin1 and place.kind != "admin1" and fold(place.admin1) != fold(place.name):
        parts.append(clean(place.admin1))
    if place.country and place.kind != "country":
        parts.append(place.country)
    return ", ".join(parts)


def _rank(each: Standing) -> int:
    return [name for name, _ in STANDINGS].index(each)
