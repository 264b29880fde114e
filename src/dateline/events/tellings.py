"""The happenings of one sentence: triggers with who fills their roles and how many, outcomes joined to their events."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from dateline.core import ArgumentRole, Count
from dateline.core.event import UNTYPED
from dateline.events.chains import hosts, parts
from dateline.events.fillers import Fillers
from dateline.events.intentions import Intentions
from dateline.events.numbers import count_of, dying, either, is_part
from dateline.events.own_counts import own_counts
from dateline.events.sharing import both_sides, in_a_country, of_complements, of_things_named, parties_of_things
from dateline.events.topics import topics_of
from dateline.events.triggers import Trigger, find_triggers
from dateline.knowledge.lexicon import Lexicon
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence

_ROLES: tuple[ArgumentRole, ...] = ("actor", "recipient", "victim", "target", "instrument")
_CROWDS = frozenset({"person", "people"})
_NOMINAL = frozenset({"dobj", "pobj", "nsubj", "nsubjpass"})
_CONFLICT = frozenset({"ASSAULT", "PROTEST"})
_WHERE = word_set("locative_strong")
_OWNED = frozenset({"facility", "thing", "vehicle"})


@dataclass
class Telling:
    """An event while its sentence is being read.

    ``attested``: whether its sentence has a word that is evidence of an attack, be it no event of its own.
    """

    trigger: Trigger
    arguments: list[tuple[ArgumentRole, int]] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    outcomes: list[Trigger] = field(default_factory=list)
    mode: str | None = None
    acled: str | None = None
    muc4: str | None = None
    attested: bool = False

    @property
    def words(self) -> tuple[Trigger, ...]:
        """The words that tell it: the trigger and its outcomes."""
        return (self.trigger, *self.outcomes)


class Tellings:
    """Finds the happenings of a sentence by the lexicon's triggers and frames."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._intentions = Intentions()

    def __call__(self, sentence: Sentence, fillers: Fillers) -> list[Telling]:
        """The happenings of one sentence, outcomes joined to their events."""
        found = find_triggers(sentence, self._lexicon, lambda i, kind: fillers.is_kind(sentence, i, kind))
        acting = {i for t in found if t.slots.verbal for slot in ("subj", "obj") for i in t.slots[slot]}
        triggers = tuple(
            self._intentions(sentence, t)
            for t in found
            if not fillers.in_name(sentence, t.i)
            and not (
                t.i in acting and sentence[t.i].pos == "NOUN" and fillers.is_kind(sentence, t.i, "people")
            )  # "two bombers killed nine"
        )
        if not triggers:
            return []
        hosted = self._intentions.promised(sentence, triggers) | hosts(sentence, triggers)
        tellings = {t.i: self._telling(sentence, t, fillers) for t in triggers}
        for i, host in hosted.items():
            if host in tellings:
                _join(sentence, tellings[host], tellings[i])
        for part, whole in parts(sentence, triggers).items():
            _inherit(tellings[part], tellings[whole])
        _share(tellings, fillers)
        topics = topics_of(sentence, triggers)
        attested = any(_is_evidence(t) for t in triggers)
        for i, telling in tellings.items():
            telling.attested = attested
            if i not in hosted and not any(count.what == "killed" for count in telling.counts):
                telling.counts += own_counts(sentence, telling.trigger)
        told = [
            telling
            for i, telling in tellings.items()
            if i not in hosted and i not in topics and _specific(sentence, telling)
        ]
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
                bare = sentence[i].pos == "NUM"  # "put the crowd at 1,200"
                crowd = bare or (mention is not None and mention.kind in _CROWDS)
                if role != wanted or (what == "participants" and not crowd):
                    continue
                count = None if is_part(sentence, i) else count_of(sentence, i, what, mention)
                split = dying(sentence, i, count) if count and what == "injured" else None
                if split:
                    telling.counts += [each for each in split if each.best]
                elif count:
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
                and (i != trigger.i or sentence[i].pos == "ADJ" or sentence[i].lemma == "dead")
                and fillers.fits(sentence, i, role, slot, trigger.predicate.type or "", trigger.predicate.lemma)
            ]
            found += fits
            if found and role in ("actor", "instrument"):
                break
        return tuple(found)


def _is_evidence(trigger: Trigger) -> bool:
    """Whether a word is evidence of an attack: not what may be an accident ("nine died"), but "shots" are."""
    predicate = trigger.predicate
    return predicate.type == "ASSAULT" and (not predicate.weak or predicate.mode == "firearms")


def _specific(sentence: Sentence, telling: Telling) -> bool:
    """Whether a telling says more than that there are such events: who, to whom, how many, or where.

    A verb always does. A noun without any argument ("talks", "the violence") does where it is what
    its clause is about, or where a place hangs on it.
    """
    trigger = telling.trigger
    token = sentence[trigger.i]
    if token.tag in ("VBN", "JJ") and token.dep in _NOMINAL and sentence.children(trigger.i, "det"):
        return bool(telling.counts)  # "evacuated the wounded": people
    if trigger.slots.verbal or trigger.slots.light or telling.arguments or telling.counts:
        return True
    if trigger.predicate.type == UNTYPED:
        return True  # a quake, a crash
    if trigger.predicate.type in _CONFLICT and sentence[trigger.i].dep in ("nsubj", "nsubjpass", "ROOT", "dobj"):
        return True
    return any(prep.lemma in _WHERE for prep in sentence.children(trigger.i, "prep"))


def _join(sentence: Sentence, host: Telling, outcome: Telling) -> None:
    """Give an event the victims and counts that its outcome tells."""
    if _alternative(sentence, host.trigger.i, outcome.trigger.i):
        kinds = [feed.what for word in (host, outcome) for feed in word.trigger.predicate.counts]
        bounded = [either(count) for count in outcome.counts]
        host.counts = [c for c in host.counts if c.what not in kinds]
        outcome.counts = [replace(count, what=what) for count in bounded if count for what in kinds]
    host.arguments = [(role, i) for role, i in host.arguments if i != outcome.trigger.i]
    known = {host.trigger.i, *(i for _, i in host.arguments)}
    led = not outcome.trigger.slots.verbal or any(role == "actor" for role, _ in host.arguments)
    for role, i in outcome.arguments:
        if i not in known and not (role == "actor" and led):
            host.arguments.append((role, i))
    host.outcomes.append(outcome.trigger)
    host.counts = _deaths_win([*host.counts, *outcome.counts])
    if host.trigger.predicate.type == outcome.trigger.predicate.type:
        host.mode = host.mode or outcome.mode
        host.acled = host.acled or outcome.acled
        host.muc4 = host.muc4 or outcome.muc4


def _deaths_win(counts: list[Count]) -> list[Count]:
    """The counts of both without the injured who are also said to be killed: "was shot and killed"."""
    killed = {count.span for count in counts if count.what == "killed"}
    return [count for count in counts if count.what != "injured" or count.span not in killed or count.best is None]


def _alternative(sentence: Sentence, i: int, k: int) -> bool:
    """Whether "or" joins two verbs: "killed or wounded"."""
    return (
        sentence[k].dep == "conj" and sentence[k].head == i and any(t.lower == "or" for t in sentence.children(i, "cc"))
    )


def _role(sentence: Sentence, role: ArgumentRole, i: int, fillers: Fillers) -> ArgumentRole:
    """People who are a target are victims."""
    return "victim" if role == "target" and fillers.is_kind(sentence, i, "people") else role


def _add_owners(sentence: Sentence, telling: Telling, fillers: Fillers) -> None:
    """Whose things were hit ("five NVF camps", "computers of the army") and who acts by them ("UN trucks")."""
    known = {i for _, i in telling.arguments}
    kind = telling.trigger.predicate.type
    for role, i in tuple(telling.arguments):
        mention = fillers.at(sentence, i)
        theirs = role == "target" or kind == "ASSAULT" or (mention is not None and mention.kind != "thing")
        if role in ("recipient", "target") and theirs and mention and mention.kind in _OWNED:
            telling.arguments += [("recipient", k) for k in fillers.owners(sentence, i) if k not in known]
    if all(role != "actor" for role, _ in telling.arguments) and telling.trigger.slots.verbal:
        for i in telling.trigger.slots["subj"]:
            if fillers.is_kind(sentence, i, "vehicle"):
                telling.arguments += [("actor", k) for k in fillers.owners(sentence, i) if k not in known]


def _share(tellings: dict[int, Telling], fillers: Fillers) -> None:
    """Fill the other side of each happening from what it is stated to be about."""
    told = {i: list(telling.arguments) for i, telling in tellings.items()}
    for telling in tellings.values():
        arguments = both_sides(telling.trigger, telling.arguments)
        arguments = of_complements(telling.trigger, arguments, told, fillers)
        arguments = parties_of_things(telling.trigger, arguments, fillers)
        arguments = of_things_named(telling.trigger, arguments, fillers)
        telling.arguments = in_a_country(telling.trigger, arguments, fillers)


def _inherit(part: Telling, whole: Telling) -> None:
    """Give a part of a series the series' actor ("the strikes included an attack on …")."""
    if all(role != "actor" for role, _ in part.arguments):
        part.arguments += [(role, i) for role, i in whole.arguments if role == "actor"]
