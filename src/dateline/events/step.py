"""The step: triggers, roles, counts, scene, status and voice of every event of a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dateline.core import (
    Argument,
    ArgumentRole,
    Attribution,
    Count,
    Document,
    Entity,
    Event,
    EventTime,
    Hearing,
    Mention,
    Passage,
    Place,
    Span,
    Timex,
    Toponym,
    content_id,
)
from dateline.events.chains import hosts, parts
from dateline.events.discourse import Discourse
from dateline.events.fillers import Fillers
from dateline.events.numbers import count_of
from dateline.events.scene import Scene
from dateline.events.status import Commitment, StatusJudge
from dateline.events.time import days_before, reported_window, up_to
from dateline.events.triggers import Trigger, find_triggers
from dateline.knowledge.event_place_weights import event_place_weights
from dateline.knowledge.lexicon import lexicon
from dateline.knowledge.ontology import ontology
from dateline.knowledge.word_sets import word_set
from dateline.language import Parse, Sentence

_ROLES: tuple[ArgumentRole, ...] = ("actor", "recipient", "victim", "target", "instrument")
_CROWDS = frozenset({"person", "people"})
_CONFLICT = frozenset({"ASSAULT", "PROTEST"})
_WHERE = word_set("locative_strong")
_OLD_DAYS = 14
_OTHER_DAY = 30


@dataclass
class Telling:
    """An event while its sentence is being read."""

    trigger: Trigger
    arguments: list[tuple[ArgumentRole, int]] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    outcomes: list[Trigger] = field(default_factory=list)
    mode: str | None = None
    acled: str | None = None
    muc4: str | None = None

    @property
    def words(self) -> tuple[Trigger, ...]:
        """The words that tell it: the trigger and its outcomes."""
        return (self.trigger, *self.outcomes)


class Events:
    """Finds who did what to whom, one telling a happening in a sentence.

    A word of the lexicon tells an event where its conditions hold in the parse; its frame says in
    which slots the roles stand. Outcomes ("… that killed nine") join the event that they belong to.
    """

    producer = "rules-events@1"

    def __init__(self, place_weights: Mapping[str, float] | None = None) -> None:
        """``place_weights``: other weights than those that ship; without any (an empty mapping) rules choose places."""
        self._weights = dict(event_place_weights() if place_weights is None else place_weights)
        if self._weights:
            self.producer = "rules-events@1+event-place@1"
        self._lexicon = lexicon()
        self._ontology = ontology()
        self._judge = StatusJudge()
        self._background = {kind: word_set(f"background_{kind}") for kind in ("adjective", "adverb")}

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
    ) -> tuple[Event, ...]:
        """The events in the order of their triggers."""
        hearing = Hearing(passages, attributions)
        fillers = Fillers(mentions, toponyms, timexes)
        cues = [a.cue for a in attributions if a.cue]
        silent = {p.id for p in passages if p.role in ("header", "byline", "dateline", "boilerplate")}
        told = [
            (sentence, telling)
            for sentence in parse
            if sentence.passage not in silent
            for telling in self.tellings(sentence, fillers)
        ]
        asked = [(sentence, word) for sentence, telling in told for word in telling.words]
        around = Scene(timexes, toponyms, places, mentions, entities, hearing, cues, asked, self._weights)
        violent = any(t.trigger.predicate.type == "ASSAULT" and not t.trigger.predicate.weak for _, t in told)
        found = [
            self._event(document, sentence, telling, hearing, around, fillers)
            for sentence, telling in told
            if violent or not _needs_attack(telling.trigger)
        ]
        ordered = sorted(found, key=lambda event: (event.trigger, event.id))
        return tuple(Discourse(parse, hearing, timexes, toponyms, places)(ordered))

    def tellings(self, sentence: Sentence, fillers: Fillers) -> list[Telling]:
        """The happenings of one sentence, outcomes joined to their events."""
        found = find_triggers(sentence, self._lexicon, lambda i, kind: fillers.is_kind(sentence, i, kind))
        acting = {i for t in found if t.slots.verbal for slot in ("subj", "obj") for i in t.slots[slot]}
        triggers = tuple(
            t
            for t in found
            if not fillers.in_name(sentence, t.i)
            and not (
                t.i in acting and sentence[t.i].pos == "NOUN" and fillers.is_kind(sentence, t.i, "people")
            )  # "two bombers killed nine"
        )
        if not triggers:
            return []
        hosted = hosts(sentence, triggers)
        tellings = {t.i: self._telling(sentence, t, fillers) for t in triggers}
        for i, host in hosted.items():
            if host in tellings:
                _join(tellings[host], tellings[i])
        for part, whole in parts(sentence, triggers).items():
            _inherit(tellings[part], tellings[whole])
        told = [telling for i, telling in tellings.items() if i not in hosted and _specific(sentence, telling)]
        strong = any(not telling.trigger.predicate.weak for telling in told)
        return [t for t in told if not (strong and t.trigger.predicate.weak and not t.counts)]

    def _telling(self, sentence: Sentence, trigger: Trigger, fillers: Fillers) -> Telling:
        telling = Telling(
            trigger, mode=trigger.predicate.mode, acled=trigger.predicate.acled, muc4=trigger.predicate.muc4
        )
        frame = trigger.predicate.frame
        if frame is None:
            return telling
        taken: set[int] = set()
        for role in _ROLES:
            for i in self._fill(sentence, trigger, role, fillers):
                if i not in taken or (frame.mutual and role == "recipient"):
                    taken.add(i)
                    telling.arguments.append((role, i))
        telling.arguments = [(_role(sentence, role, i, fillers), i) for role, i in telling.arguments]
        _add_owners(sentence, telling, fillers)
        self._count(sentence, telling, fillers)
        telling.arguments = [(r, i) for r, i in telling.arguments if sentence[i].pos != "NUM" or r != "recipient"]
        return telling

    def _count(self, sentence: Sentence, telling: Telling, fillers: Fillers) -> None:
        """The counts that the row feeds, and how many people act where their phrase says so."""
        fed = {(feed.what, feed.role) for feed in telling.trigger.predicate.counts}
        if not any(role == "actor" for _, role in fed):
            fed.add(("participants", "actor"))
        for what, wanted in sorted(fed):
            for role, i in telling.arguments:
                mention = fillers.at(sentence, i)
                if role != wanted or (what == "participants" and (not mention or mention.kind not in _CROWDS)):
                    continue
                count = count_of(sentence, i, what, mention)
                if count:
                    telling.counts.append(count)

    def _fill(self, sentence: Sentence, trigger: Trigger, role: ArgumentRole, fillers: Fillers) -> tuple[int, ...]:
        """The tokens that fill a role: of an actor the first filled slot, of the others every slot."""
        frame = trigger.predicate.frame
        found: list[int] = []
        for slot in frame.slots(role) if frame else ():
            fits = [
                i
                for i in trigger.slots[slot]
                if i not in found
                and (i != trigger.i or sentence[i].pos == "ADJ")
                and fillers.fits(sentence, i, role, slot, trigger.predicate.type or "")
            ]
            found += fits
            if found and role in ("actor", "instrument"):
                break
        return tuple(found)

    def _event(
        self,
        document: Document,
        sentence: Sentence,
        telling: Telling,
        hearing: Hearing,
        around: Scene,
        fillers: Fillers,
    ) -> Event:
        trigger = telling.trigger
        span = sentence[trigger.i].span
        passage = hearing.passage(span)
        attribution = hearing.attribution(span)
        if telling.counts and around.is_cue(span):  # "police put the crowd at 1,200"
            attribution = hearing.attribution(telling.counts[0].span) or attribution
        commitment = self._judge(sentence, trigger)
        place = around.place(sentence, telling.words)
        told = around.time(sentence, telling.words)
        background = self._is_background(document, sentence, trigger, passage, told)
        time = told or self._untold(document, passage, telling, commitment, background)
        kind = trigger.predicate.type or ""
        entry = self._ontology.entry(kind, telling.mode)
        voice = attribution.voice if attribution else (passage.voice if passage else "")
        return Event(
            id=content_id("x", document.sha256, span.start, kind),
            trigger=span,
            type=kind,
            mode=telling.mode,
            arguments=_arguments(sentence, telling, fillers),
            place=place,
            time=time,
            counts=tuple(sorted(set(telling.counts), key=lambda c: (c.span, c.what))),
            status=commitment.status,
            certainty=commitment.certainty,
            background=background,
            attribution=attribution.id if attribution else None,
            voice=voice,
            evidence=(_clause(sentence, trigger),),
            acled=telling.acled or entry.acled,
            muc4=telling.muc4 or entry.muc4,
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

    def _is_background(
        self,
        document: Document,
        sentence: Sentence,
        trigger: Trigger,
        passage: Passage | None,
        time: EventTime | None,
    ) -> bool:
        anchor = (passage.anchor if passage else None) or document.published
        age = days_before(time, anchor)
        if age is not None and age > _OLD_DAYS:
            return True
        if passage and passage.anchor and document.published:
            lag = days_before(EventTime(None, passage.anchor, "day"), document.published)
            if lag is not None and lag > _OTHER_DAY:
                return True
        for child in sentence.children(trigger.i):
            word = child.lower
            if child.dep in ("amod", "compound") and word in self._background["adjective"]:
                return True
        if trigger.slots.verbal or trigger.slots.light:
            for child in sentence.children(trigger.verb, "advmod", "aux"):
                if child.lower in self._background["adverb"]:
                    return True
                if child.dep == "aux" and child.lower == "had" and sentence[trigger.verb].dep != "ccomp":
                    return True
        return False


def _specific(sentence: Sentence, telling: Telling) -> bool:
    """Whether a telling says more than that there are such events: who, to whom, how many, or where.

    A verb always does. A noun without any argument ("talks", "the violence") does where it is what
    its clause is about, or where a place hangs on it.
    """
    trigger = telling.trigger
    if trigger.slots.verbal or trigger.slots.light or telling.arguments or telling.counts:
        return True
    if trigger.predicate.type in _CONFLICT and sentence[trigger.i].dep in ("nsubj", "nsubjpass", "ROOT", "dobj"):
        return True
    return any(prep.lemma in _WHERE for prep in sentence.children(trigger.i, "prep"))


def _needs_attack(trigger: Trigger) -> bool:
    """Whether the word alone ("nine died") is no evidence of an attack, unless the document tells one."""
    return trigger.predicate.weak and trigger.predicate.type == "ASSAULT"


def _join(host: Telling, outcome: Telling) -> None:
    """Give an event the victims and counts that its outcome tells."""
    known = {host.trigger.i, *(i for _, i in host.arguments)}
    led = not outcome.trigger.slots.verbal or any(role == "actor" for role, _ in host.arguments)
    for role, i in outcome.arguments:
        if i not in known and not (role == "actor" and led):
            host.arguments.append((role, i))
    host.outcomes.append(outcome.trigger)
    host.counts += outcome.counts
    host.mode = host.mode or outcome.mode
    host.acled = host.acled or outcome.acled
    host.muc4 = host.muc4 or outcome.muc4


def _role(sentence: Sentence, role: ArgumentRole, i: int, fillers: Fillers) -> ArgumentRole:
    """People who are a target are victims."""
    return "victim" if role == "target" and fillers.is_kind(sentence, i, "people") else role


def _add_owners(sentence: Sentence, telling: Telling, fillers: Fillers) -> None:
    """Whose things were hit ("five NVF camps", "computers of the army") and who acts by them ("UN trucks")."""
    known = {i for _, i in telling.arguments}
    for role, i in tuple(telling.arguments):
        mention = fillers.at(sentence, i)
        if role in ("recipient", "target") and mention and mention.kind in ("facility", "thing", "vehicle"):
            telling.arguments += [("recipient", k) for k in fillers.owners(sentence, i) if k not in known]
    if all(role != "actor" for role, _ in telling.arguments) and telling.trigger.slots.verbal:
        for i in telling.trigger.slots["subj"]:
            if fillers.is_kind(sentence, i, "vehicle"):
                telling.arguments += [("actor", k) for k in fillers.owners(sentence, i) if k not in known]


def _inherit(part: Telling, whole: Telling) -> None:
    """Give a part of a series the series' actor ("the strikes included an attack on …")."""
    if all(role != "actor" for role, _ in part.arguments):
        part.arguments += [(role, i) for role, i in whole.arguments if role == "actor"]


def _arguments(sentence: Sentence, telling: Telling, fillers: Fillers) -> tuple[Argument, ...]:
    found: dict[tuple[str, str], Argument] = {}
    for role, i in telling.arguments:
        mention = fillers.at(sentence, i)
        if mention:
            found.setdefault((role, mention.id), Argument(role, mention.id))
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
