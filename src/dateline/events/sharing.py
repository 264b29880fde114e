"""Who else takes part by a stated link: both sides of a pact, whose thing it is, to whom what is agreed is done."""

from __future__ import annotations

from collections.abc import Mapping, Set

from dateline.core import ArgumentRole, MentionKind
from dateline.events.fillers import Fillers
from dateline.events.slots import Slots
from dateline.events.triggers import Trigger
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence

_OTHER_SIDE: frozenset[ArgumentRole] = frozenset({"recipient", "victim", "target"})
_BEYOND = ("to", "with", "against", "on", "upon", "toward", "towards", "between")
_OUTWARD = (*_BEYOND, "for", "of", "from", "by", "at", "over")
_AUTHORS = ("by", "from", "of", "for")
_JUDGING = frozenset({"ACCUSE", "PROTEST", "REJECT", "SUPPORT"})
_CREATING = word_set("creating")
_PLACED = word_set("done_in_country")
_MEANT_FOR = word_set("takes_complement")
_REACHES = ("obj", "iobj", "prep_to", "prep_against", "prep_on", "prep_with", "prep_from", "prep_for", "prep_into")
_INTO = ("prep_in", "prep_into", "prep_to", "prep_from", "prep_across")
_THING: frozenset[MentionKind] = frozenset({"thing"})
_SITES: frozenset[MentionKind] = frozenset({"facility", "vehicle"})
_DEPTH = 3

Arguments = list[tuple[ArgumentRole, int]]


def both_sides(trigger: Trigger, arguments: Arguments) -> Arguments:
    """The arguments with each side of a mutual act as the other's: of "A and B signed", A and B.

    Only where the sides are coordinated; what already has another side stays as it is.
    """
    frame = trigger.predicate.frame
    if frame is None or not frame.mutual or any(role == "recipient" for role, _ in arguments):
        return arguments
    sides = [i for role, i in arguments if role == "actor"]
    joined = len(sides) > 1 and set(sides[1:]) <= set(trigger.slots.sentence.conjuncts(sides[0]))
    return [*arguments, *(("recipient", i) for i in sides)] if joined else arguments


def parties_of_things(trigger: Trigger, arguments: Arguments, fillers: Fillers) -> Arguments:
    """The arguments with the parties that a thing is about in its place: of "suspended aid to Chad", Chad.

    Who judges an act judges it and who did it: of "condemned the strike by the army on a village", the
    strike and the army.
    """
    kind = trigger.predicate.type or ""
    if kind == "ASSAULT":
        return arguments
    sentence = trigger.slots.sentence
    actors = {fillers.entity(sentence, i) for role, i in arguments if role == "actor"} - {None}
    found: Arguments = []
    for role, i in arguments:
        own = fillers.is_any(sentence, i, _SITES) and _is_own(sentence, i, fillers, actors)
        if role != "recipient" or not (own or fillers.is_any(sentence, i, _THING)):
            found.append((role, i))
            continue
        judged = kind in _JUDGING
        parties = _parties(sentence, i, fillers, judged=judged)
        if not parties and (not judged or kind == "REJECT"):  # "will not lift the ban on Chad"
            judged = False
            parties = _parties(sentence, i, fillers) or _beyond(trigger, fillers)
        others = [k for k in parties if fillers.entity(sentence, k) not in actors]
        found += [("recipient", k) for k in ([i, *others] if judged or not others else others)]
    return list(dict.fromkeys(found))


def _beyond(trigger: Trigger, fillers: Fillers) -> tuple[int, ...]:
    """The parties that the verb itself leads to: "closed its border with Chad"."""
    slots = trigger.slots
    found = (slots[f"prep_{word}"] for word in _BEYOND if slots.verbal)
    return next((heads for heads in found if heads and fillers.is_party(slots.sentence, heads[0])), ())


def _is_own(sentence: Sentence, i: int, fillers: Fillers, actors: Set[str | None]) -> bool:
    """Whether it belongs to one of those who act: "closed its border", "sent its troops"."""
    return any(fillers.entity(sentence, t.i) in actors for t in sentence.children(i, "poss"))


def _parties(
    sentence: Sentence,
    i: int,
    fillers: Fillers,
    *,
    judged: bool = False,
    words: tuple[str, ...] | None = None,
    depth: int = 0,
) -> tuple[int, ...]:
    """The parties that hang on a noun, through other things too: "curbs on exports to Chad".

    ``judged``: those who did it, not those to whom it was done; ``words``: only those behind these prepositions.
    """
    slots = Slots(sentence, i, nominal=True)
    beside = tuple(k for k in (*slots["poss"], *slots["comp"]) if fillers.is_party(sentence, k))
    if judged and beside:
        return beside
    for word in words or (_AUTHORS if judged else _OUTWARD):
        heads = slots[f"prep_{word}"]
        parties = tuple(k for k in heads if fillers.is_party(sentence, k))
        if parties:
            return parties
        for k in heads if depth < _DEPTH and not judged else ():
            inner = _parties(sentence, k, fillers, words=words, depth=depth + 1) if _thing(sentence, k, fillers) else ()
            if inner:
                return inner
    return () if words else beside


def _thing(sentence: Sentence, i: int, fillers: Fillers) -> bool:
    return fillers.is_any(sentence, i, _THING) and not fillers.is_place(sentence, i)


def of_complements(
    trigger: Trigger, arguments: Arguments, told: Mapping[int, Arguments], fillers: Fillers
) -> Arguments:
    """The arguments with the other side of what is agreed to, refused or threatened: "vowed to shell the town".

    ``told``: the arguments of the sentence's other happenings, by the token of their trigger.
    """
    sentence = trigger.slots.sentence
    if trigger.predicate.type not in _MEANT_FOR or _has_other_side(sentence, arguments, fillers):
        return arguments
    acting = {i for role, i in arguments if role == "actor"}
    actors = {fillers.entity(sentence, i) for i in acting} - {None}
    i = trigger.verb
    for _ in range(_DEPTH):
        inner = [t.i for t in sentence.children(i, "xcomp") if t.tag == "VB" or t.i in told]
        if not inner:
            break
        i = inner[0]
        parties = [k for role, k in told.get(i, ()) if role in _OTHER_SIDE and fillers.is_party(sentence, k)]
        others = [k for k in parties or _reached(sentence, i, fillers, actors) if k not in acting]
        others = [k for k in others if not _is_own(sentence, k, fillers, actors)]
        if others:
            kept = [(role, k) for role, k in arguments if role not in _OTHER_SIDE]
            return [*kept, *(("recipient", k) for k in dict.fromkeys(others))]
    return arguments


def _has_other_side(sentence: Sentence, arguments: Arguments, fillers: Fillers) -> bool:
    return any(role in _OTHER_SIDE and not fillers.is_any(sentence, i, _THING) for role, i in arguments)


def _reached(sentence: Sentence, verb: int, fillers: Fillers, actors: Set[str | None]) -> list[int]:
    """To whom a verb is done by its own slots, whether or not the lexicon knows it; what is created is nobody yet."""
    slots = Slots(sentence, verb)
    found = [k for slot in _REACHES if slot != "obj" or sentence[verb].lemma not in _CREATING for k in slots[slot]]
    parties = [k for k in found if fillers.is_party(sentence, k) and not _is_own(sentence, k, fillers, actors)]
    return (
        list(sentence.conjuncts(parties[0]))
        if parties
        else [p for k in found if _thing(sentence, k, fillers) for p in _parties(sentence, k, fillers)]
    )


def of_things_named(trigger: Trigger, arguments: Arguments, fillers: Fillers) -> Arguments:
    """The arguments with whom it is aimed at by its object or purpose: "called for curbs on Chad"."""
    if trigger.predicate.type == "ASSAULT" or any(role in _OTHER_SIDE for role, _ in arguments):
        return arguments
    sentence, slots = trigger.slots.sentence, trigger.slots
    if not slots.verbal:
        return arguments
    acting = {i for role, i in arguments if role == "actor"}
    actors = {fillers.entity(sentence, i) for i in acting} - {None}
    for slot in ("obj", "prep_for"):
        for i in slots[slot]:
            parties = _parties(sentence, i, fillers, words=_BEYOND) if _thing(sentence, i, fillers) else ()
            others = [k for k in parties if k not in acting and fillers.entity(sentence, k) not in actors]
            if others:
                return [*arguments, *(("recipient", k) for k in others)]
    return arguments


def in_a_country(trigger: Trigger, arguments: Arguments, fillers: Fillers) -> Arguments:
    """The arguments with the country where it is done, where no other side is named: "sent troops into Chad"."""
    sentence, slots = trigger.slots.sentence, trigger.slots
    if trigger.predicate.type not in _PLACED or any(role in _OTHER_SIDE for role, _ in arguments):
        return arguments
    actors = {fillers.entity(sentence, i) for role, i in arguments if role == "actor"} - {None}
    light = tuple(f"light_{slot}" for slot in _INTO) if slots.light else ()
    for slot in (*_INTO, *light):
        named = [k for k in slots[slot] if fillers.is_party(sentence, k) and fillers.is_place(sentence, k)]
        others = [k for k in named if fillers.entity(sentence, k) not in actors]
        if others:
            return [*arguments, *(("recipient", k) for k in others)]
    return arguments
