"""Which words of a sentence tell an event, by the lexicon's rows and their conditions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dateline.events.signs import Sign
from dateline.events.slots import Light, Slots
from dateline.knowledge.lexicon import Lexicon, Need, PartOfSpeech, Predicate
from dateline.language import Sentence, Token
from dateline.language.phrases import meant

_HARM = frozenset({"wound", "injury", "burn", "gunshot"})
KindTest = Callable[[int, str], bool]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A token that tells an event, the row that says which, and the slots around it.

    ``intention``: the status of a deed that is only announced or refused, whose row then has that other type.
    """

    i: int
    predicate: Predicate
    slots: Slots
    intention: Sign | None = None

    @property
    def verb(self) -> int:
        """The verb whose tense and mood count: the light verb where there is one."""
        return self.slots.light.verb if self.slots.light else self.i


def find_triggers(sentence: Sentence, lexicon: Lexicon, is_kind: KindTest) -> tuple[Trigger, ...]:
    """The triggers of a sentence in order; a light verb that carries an event noun is none of its own."""
    found: list[Trigger] = []
    absorbed: set[int] = set()
    for token in sentence:
        if token.dep == "amod" and token.i > 0 and sentence[token.i - 1].tag == "HYPH":
            continue  # "state-backed", "life-threatening": a quality, not an event
        if token.dep == "amod" and token.tag in ("VBG", "VBN") and not _feeds(lexicon, token.lemma):
            continue  # "alleged crimes", "the visiting envoy"
        rows: tuple[Predicate, ...] = ()
        gerund = _is_gerund(sentence, token)
        for pos in ("n",) if gerund else _parts(token.pos, token.tag):
            rows += lexicon.of(token.lower if gerund else token.lemma, pos)
        if not rows:
            continue
        light = carrier(sentence, token.i, lexicon) if token.pos in ("NOUN", "PROPN") else None
        slots = Slots(sentence, token.i, light, nominal=gerund)
        row = next((r for r in rows if all(holds(need, slots, is_kind) for need in r.needs)), None)
        if row is None or row.type is None:
            continue
        absorbed |= _absorbed(row, slots)
        found.append(Trigger(token.i, row, slots))
    told = [t for t in found if t.i not in absorbed or t.slots.light]
    carriers = {t.slots.light.verb for t in told if t.slots.light}
    return tuple(t for t in told if t.i not in carriers)


def _absorbed(row: Predicate, slots: Slots) -> set[int]:
    """What is part of what the verb tells: "called off the strike" is no strike, "shot dead" no second death.

    Nor is the harm behind "died of wounds" or "treated for injuries" another one.
    """
    if row.keeps or not slots.verbal:
        return set()
    particles = {value for need in row.needs if need.test == "lemma" and need.slot == "prt" for value in need.values}
    if particles:
        return {k for k in slots["prt"] if slots.sentence[k].lemma in particles}
    found: set[int] = set()
    for need in row.needs:
        if need.test == "lemma" and (need.slot == "obj" or need.slot.startswith("prep_")):
            wanted = need.values if need.slot == "obj" else need.values & _HARM
            heads = {meant(slots.sentence, k) for k in slots[need.slot]} if wanted else set()
            found |= {k for k in heads if slots.sentence[k].lemma in wanted}
    return found


def _is_gerund(sentence: Sentence, token: Token) -> bool:
    """Whether a form in -ing is a noun here: "the shelling of the port"."""
    if token.tag != "VBG":
        return False
    return any(t.lemma == "of" for t in sentence.children(token.i, "prep")) or bool(sentence.children(token.i, "det"))


def _feeds(lexicon: Lexicon, lemma: str) -> bool:
    """Whether a verb's rows count victims ("wounded soldiers", "a kidnapped engineer")."""
    return any(row.counts for row in lexicon.of(lemma, "v"))


def _parts(pos: str, tag: str) -> tuple[PartOfSpeech, ...]:
    if pos in ("VERB", "AUX"):
        return ("v", "a") if tag == "VBN" else ("v",)
    if pos in ("NOUN", "PROPN"):
        return ("n",)
    if pos == "ADJ":
        return ("a", "v") if tag == "VBN" else ("a",)
    return ()


def holds(need: Need, slots: Slots, is_kind: KindTest) -> bool:
    """Whether a condition of the lexicon holds here."""
    sentence = slots.sentence
    if need.test == "light":
        return slots.light is not None
    if need.test == "passive":
        return slots.passive
    fillers = slots[need.slot]
    if need.test == "has":
        return bool(fillers)
    if need.test == "no":
        return not fillers
    if need.test == "lemma":
        return any(
            sentence[k].lemma in need.values or sentence[meant(sentence, k)].lemma in need.values for k in fillers
        )
    return any(is_kind(meant(sentence, k), kind) for k in fillers for kind in need.values)


def carrier(sentence: Sentence, i: int, lexicon: Lexicon) -> Light | None:
    """The light verb that carries an event noun: "launched an attack", "the raid that they staged"."""
    token = sentence[i]
    while token.dep == "conj" and token.head < token.i and sentence[token.head].pos in ("NOUN", "PROPN"):
        token = sentence[token.head]
    head = sentence.head(token.i)
    if head is not None and token.dep in ("dobj", "nsubjpass"):
        light = _link(sentence, head.i, lexicon, ())
        if light:
            return light
    if head is not None and token.dep == "pobj":
        above = sentence.head(head.i)
        over = sentence.head(above.i) if above is not None else None
        light = None
        if above is not None and above.pos == "VERB":
            light = _link(sentence, above.i, lexicon, (head.lemma,))
        elif above is not None and over is not None and above.dep in ("dobj", "nsubjpass"):
            light = _link(sentence, over.i, lexicon, (above.lemma, head.lemma))
        if light:
            return light
    for clause in sentence.children(i, "relcl", "acl"):
        objects = sentence.children(clause.i, "dobj", "nsubjpass")
        if clause.tag == "VBN" or any(t.tag in ("WDT", "WP") for t in objects) or not objects:
            light = _link(sentence, clause.i, lexicon, ())
            if light and (clause.tag == "VBN" or objects):
                return light
    return None


def _link(sentence: Sentence, verb: int, lexicon: Lexicon, path: tuple[str, ...]) -> Light | None:
    """The light verb, where its particle, preposition or idle noun is the one on the path."""
    for light in lexicon.light(sentence[verb].lemma):
        if light.link == path:
            return Light(verb, light.status)
        if not path and len(light.link) == 1:
            particles = {t.lemma for t in sentence.children(verb, "prt", "advmod")}
            if light.link[0] in particles:
                return Light(verb, light.status)
    return None
