"""The step: triggers, roles, counts, scene, status and voice of every event of a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from dateline.core import (
    Argument,
    Attribution,
    Document,
    Entity,
    Event,
    EventTime,
    Explanation,
    Hearing,
    Mention,
    Passage,
    Place,
    Reading,
    Span,
    Timex,
    Toponym,
    Voice,
    content_id,
)
from dateline.core.event import UNTYPED
from dateline.events.aggregate import is_aggregate
from dateline.events.background import around_main, is_background
from dateline.events.blame import Blaming
from dateline.events.commitment import Commitment
from dateline.events.discourse import Discourse
from dateline.events.fates import settle_fates
from dateline.events.fillers import Fillers
from dateline.events.main_event import Happenings
from dateline.events.parties_heard import hear_parties
from dateline.events.police import Police, police_acts
from dateline.events.scene import Scene
from dateline.events.setting import Setting
from dateline.events.status import StatusJudge
from dateline.events.sub_event import sub_event
from dateline.events.tellings import Telling, Tellings
from dateline.events.time import reported_window, up_to
from dateline.events.totals import add_up
from dateline.events.triggers import Trigger
from dateline.events.untyped import Untyped
from dateline.knowledge.event_place_weights import event_place_weights
from dateline.knowledge.lexicon import lexicon
from dateline.knowledge.ontology import ontology
from dateline.language import Parse, Sentence
from dateline.language.signals import NOTHING, Signals


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document before its events are."""

    document: Document
    hearing: Hearing
    around: Scene
    fillers: Fillers
    blaming: Blaming
    timexes: Sequence[Timex]
    signals: Signals


class Events:
    """Finds who did what to whom, one telling a happening in a sentence.

    A word of the lexicon tells an event where its conditions hold in the parse; its frame says in
    which slots the roles stand. Outcomes ("… that killed nine") join the event that they belong to.

    ``place_weights``: the learned weights of an event's place, None for rules alone; ``every``: events of no coded type
    too; ``heard``: the producer's name of the encoder that is asked. The pipeline calls it:

    >>> import dateline
    >>> [event.type for event in dateline.read("Protesters marched in Lima on Tuesday.").events]
    ['PROTEST']
    """

    producer = "rules-events@1"

    def __init__(
        self, place_weights: Mapping[str, float] | None = None, *, every: bool = False, heard: str | None = None
    ) -> None:
        """``place_weights``: other weights than those that ship; without any (an empty mapping) rules choose places.

        ``every``: events of no coded type too (type ``OTHER``), one for every other verb and event noun.
        ``heard``: whose signals count beside the rules for certainty and places; None: nobody's.
        """
        self._weights = dict(event_place_weights() if place_weights is None else place_weights)
        if self._weights:
            self.producer += "+event-place@1"
        self._hears = heard is not None
        if heard:
            self.producer += f"+{heard}"
        self.tellings = Tellings(lexicon())
        self._ontology = ontology()
        self.judge = StatusJudge()
        self._words = Untyped(lexicon())
        self._untyped = self._words if every else None

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
        voices: tuple[Voice, ...] = (),
        signals: Signals = NOTHING,
    ) -> tuple[Event, ...]:
        """The events in the order of their triggers; ``voices`` tell who accuses whom, ``signals`` what was heard."""
        facts, told = self.opened(
            document, parse, passages, attributions, timexes, toponyms, places, mentions, entities, voices, signals
        )
        violent = any(t.trigger.predicate.type == "ASSAULT" and t.attested for _, t in told)
        found = [
            self._event(facts, sentence, telling)
            for sentence, telling in told
            if violent or not _needs_attack(telling.trigger)
        ]
        heard = hear_parties(sorted(found, key=_order), parse, mentions, facts.signals, attributions)
        ordered = add_up(settle_fates(heard, mentions, document.text), mentions, document.text)
        events = Discourse(parse, facts.hearing, timexes, toponyms, places)(ordered)
        happenings = Happenings(document, passages, mentions, events)
        events = around_main(events, happenings.main())
        events = Setting(document, passages, toponyms, places, mentions)(
            events, happenings, scene=self._untyped is None
        )
        taken = frozenset(e.trigger.start for e in events)
        others = [self._event(facts, s, telling) for s, telling in self.untold(parse, passages, taken, facts)]
        police = Police(mentions, entities, document.text)
        told_all, wanting = police_acts(sorted((*events, *others), key=_order), parse, police, facts.signals)
        acts = [
            replace(self._event(facts, sentence, telling), police=heard)
            for sentence, heard in wanting
            if sentence.passage not in _silent(passages)
            for telling in self.act(sentence, facts.fillers)
        ]
        return tuple(sorted((*told_all, *acts), key=_order))

    def main_event(
        self,
        document: Document,
        passages: tuple[Passage, ...],
        mentions: tuple[Mention, ...],
        events: tuple[Event, ...],
    ) -> str | None:
        """The id of the event that a document is about, of those that this step read; None where nothing happened."""
        main = Happenings(document, passages, mentions, events).main()
        return main.id if main else None

    def explain(
        self, reading: Reading, parse: Parse, signals: Signals, ruled: tuple[Attribution, ...] | None = None
    ) -> tuple[Explanation, ...]:
        """What gave each field of the typed events that this step read; every question is asked once more.

        ``ruled``: the attributions that rules alone find, so that those that were only heard can be told.
        """
        from dateline.events.explaining import Explaining

        return Explaining(self, self.judge)(reading, parse, signals, ruled)

    def opened(
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
    ) -> tuple[Facts, list[tuple[Sentence, Telling]]]:
        """What is known of a document, and the happenings of each sentence, before events are made of them."""
        signals = signals if self._hears else NOTHING
        hearing = Hearing(passages, attributions)
        fillers = Fillers(mentions, toponyms, timexes)
        cues = [a.cue for a in attributions if a.cue]
        silent = _silent(passages)
        told = [
            (sentence, telling)
            for sentence in parse
            if sentence.passage not in silent
            for telling in self.tellings(sentence, fillers)
        ]
        asked = [(sentence, word) for sentence, telling in told for word in telling.words]
        around = Scene(timexes, toponyms, places, mentions, entities, hearing, cues, asked, self._weights, signals)
        facts = Facts(
            document,
            hearing,
            around,
            fillers,
            Blaming(mentions, entities, voices, attributions),
            sorted(timexes, key=lambda t: t.span),
            signals,
        )
        return facts, told

    def untold(
        self, parse: Parse, passages: tuple[Passage, ...], taken: Set[int], facts: Facts
    ) -> Iterator[tuple[Sentence, Telling]]:
        """The happenings of no coded type, none unless they are asked for; ``taken``: where other triggers start."""
        silent = _silent(passages)
        for sentence in parse if self._untyped is not None else ():
            if self._untyped is not None and sentence.passage not in silent:
                held = {t.i for t in sentence if t.start in taken}
                yield from ((sentence, telling) for telling in self._untyped(sentence, facts.fillers, held))

    def act(self, sentence: Sentence, fillers: Fillers) -> list[Telling]:
        """The happening of no coded type on the sentence's topmost verb or event noun; none where it has neither."""
        found = self._words(sentence, fillers, frozenset())
        return sorted(found, key=lambda t: (sum(1 for _ in sentence.ancestors(t.trigger.i)), t.trigger.i))[:1]

    def _event(self, facts: Facts, sentence: Sentence, telling: Telling) -> Event:
        document, hearing, around = facts.document, facts.hearing, facts.around
        trigger = telling.trigger
        span = sentence[trigger.i].span
        passage = hearing.passage(span)
        attribution = hearing.attribution(span)
        if telling.counts and around.is_cue(span):  # "police put the crowd at 1,200"
            attribution = hearing.attribution(telling.counts[0].span) or attribution
        commitment = self.judge(sentence, trigger, facts.signals.value("factuality", span))
        place = around.place(sentence, telling.words)
        told = around.time(sentence, telling.words)
        background = is_background(document, sentence, trigger, passage, told)
        time = told or self._untold(document, passage, telling, commitment, background)
        kind = trigger.predicate.type or ""
        entry = self._ontology.entry(kind, telling.mode) if kind != UNTYPED else None
        voice = attribution.voice if attribution else (passage.voice if passage else "")
        return Event(
            id=content_id("x", document.sha256, span.start, kind),
            trigger=span,
            type=kind,
            mode=telling.mode,
            arguments=_arguments(sentence, telling, commitment, voice, facts),
            place=place,
            time=time,
            counts=tuple(sorted(set(telling.counts), key=lambda c: (c.span, c.what))),
            status=commitment.status,
            certainty=commitment.certainty,
            background=background,
            attribution=attribution.id if attribution else None,
            voice=voice,
            evidence=(_clause(sentence, trigger),),
            acled=sub_event(sentence, telling, facts.fillers, telling.acled or (entry.acled if entry else None)),
            muc4=telling.muc4 or (entry.muc4 if entry else None),
            status_cue=commitment.cue,
            aggregate=is_aggregate(sentence, telling, time, facts.timexes),
        )

    def _untold(
        self,
        document: Document,
        passage: Passage | None,
        telling: Telling,
        commitment: Commitment,
        background: bool,
    ) -> EventTime | None:
        """The time of an event without a date: its telling's day or the day before, if it is told as new.

        A noun that only speaks of an event ("the attacks in the north") tells no more than that it
        was no later than its telling.
        """
        if commitment.status not in ("asserted", "denied", "attempted"):
            return None
        told = telling.trigger.slots.verbal or telling.trigger.slots.light or telling.counts
        window = reported_window if told and not background else up_to
        return window(passage, document.published)


def _silent(passages: tuple[Passage, ...]) -> set[str]:
    """The passages that tell no events of their own."""
    return {p.id for p in passages if p.role in ("header", "byline", "dateline", "boilerplate")}


def _order(event: Event) -> tuple[Span, str]:
    return event.trigger, event.id


def _needs_attack(trigger: Trigger) -> bool:
    """Whether the word alone ("nine died") is no evidence of an attack, unless the document tells one."""
    return trigger.predicate.weak and trigger.predicate.type == "ASSAULT"


def _arguments(
    sentence: Sentence, telling: Telling, commitment: Commitment, voice: str, facts: Facts
) -> tuple[Argument, ...]:
    found: dict[tuple[str, str], Argument] = {}
    violent = telling.trigger.predicate.type == "ASSAULT"
    for role, i in telling.arguments:
        for mention in facts.fillers.all_told(sentence, i, role):
            if (role, mention.id) in found:
                continue
            blame = None
            if role == "actor" and violent:
                blame = facts.blaming.of(sentence, telling.trigger, i, mention, commitment, voice, facts.fillers)
            found[role, mention.id] = Argument(role, mention.id, blame)
    return tuple(found.values())


def _clause(sentence: Sentence, trigger: Trigger) -> Span:
    """The clause that tells the event: the subtree of the nearest verb at or above it, whole where short."""
    i = trigger.verb
    for above in sentence.ancestors(i):
        if sentence[i].pos in ("VERB", "AUX"):
            break
        i = above.i
    numbers = sentence.subtree(i, frozenset({"punct"}))
    return sentence.cover(numbers)
