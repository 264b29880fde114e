"""What each voice calls each party, kept apart from the party's registry name."""

from __future__ import annotations

from dateline.core import Label, Span
from dateline.knowledge.agents import Agents
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence
from dateline.language.phrases import Phrase, meant

_SIDES = frozenset({"REB", "UAF", "OPP", "PRM", "CRM", "SEP", "INS"})
_CLAIMED = word_set("claimed_standing")
_DETERMINERS = frozenset({"DET", "NUM", "PRON", "PUNCT", "SYM"})


def of_phrase(sentence: Sentence, phrase: Phrase, voice: str, agents: Agents, text: str) -> Label | None:
    """The label in a description of people or a group ("Iraqi protesters"), or None for a plain office.

    Offices and bystanders (soldiers, officials, villagers) name a role, not a view of it; a word that
    places somebody in a conflict (rebels, protesters, civilians) does, and a loaded word always counts.
    """
    row = agents.get(sentence[phrase.head].lemma)
    if row is None or row.kind not in ("person", "people", "group"):
        return None
    first = phrase.first
    if phrase.outer != phrase.head:
        first = min([t.i for t in sentence.children(phrase.head) if t.i < phrase.head] + [phrase.head])
        first = min(sentence.subtree(first)[0], first)
    while first < phrase.head and (sentence[first].pos in _DETERMINERS or sentence[first].dep == "det"):
        first += 1
    words = sentence.tokens[first : phrase.last + 1]
    loaded = any(agents.loaded(token.lemma) for token in words)
    if not loaded and row.sector not in _SIDES and sentence[phrase.head].lemma not in _CLAIMED:
        return None
    span = Span(words[0].start, words[-1].end)
    return Label(span.of(text), voice, span)


def of_descriptor(sentence: Sentence, phrase: Phrase, name_last: int, voice: str, text: str) -> Label | None:
    """The words after a name inside one phrase: "the NVF terrorist organization" → terrorist organization."""
    words = sentence.tokens[name_last + 1 : phrase.head + 1]
    if not words or any(token.pos not in ("NOUN", "ADJ", "PROPN") for token in words):
        return None
    span = Span(words[0].start, words[-1].end)
    return Label(span.of(text), voice, span)


def designations(sentence: Sentence, verbs: frozenset[str]) -> tuple[tuple[int, int, int | None], ...]:
    """(named token, first label token, namer token) for each "X designated Y as a Z", "Y, called Z by X"."""
    found = []
    for token in sentence:
        if token.pos != "VERB" or token.lemma not in verbs:
            continue
        target = _target(sentence, token.i)
        label = [p.i for c in sentence.children(token.i, "prep") if c.lemma == "as" for p in sentence.children(c.i)]
        label += [c.i for c in sentence.children(token.i, "oprd")]
        if target is None or not label:
            continue
        by = [p.i for c in sentence.children(token.i, "agent") for p in sentence.children(c.i, "pobj")]
        subjects = [c.i for c in sentence.children(token.i, "nsubj")]
        namers = by or subjects
        found.append((target, label[0], namers[0] if namers else None))
    return tuple(found)


def _target(sentence: Sentence, i: int) -> int | None:
    """The thing that a naming verb names: its object, passive subject, or the noun it is a clause of."""
    token = sentence[i]
    for child in sentence.children(i, "dobj", "nsubjpass", "nsubj"):
        if child.dep == "nsubj" and sentence.children(i, "dobj", "nsubjpass"):
            continue
        if child.tag in ("WDT", "WP"):
            return meant(sentence, token.head) if token.dep == "relcl" else None
        if child.dep != "nsubj":
            return meant(sentence, child.i)
    return token.head if token.dep == "acl" else None
