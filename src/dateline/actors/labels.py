"""What each voice calls each party, kept apart from the party's registry name.

A label is given to a voice only where the text says whose word it is: the voice that tells the
words, or the one who is said to use them. Where that is open ("were labelled vandals", a word in
scare quotes) nobody gets it.
"""

from __future__ import annotations

import re

from dateline.actors.naming import Naming
from dateline.core import Label, Span
from dateline.knowledge.agents import Agents
from dateline.knowledge.label_terms import label_standing
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence
from dateline.language.phrases import Phrase

_SIDES = frozenset({"REB", "UAF", "OPP", "PRM", "CRM", "SEP", "INS"})
_CLAIMED = word_set("claimed_standing")
_PARTIES = ("person", "people", "group")
_DETERMINERS = frozenset({"DET", "NUM", "PRON", "PUNCT", "SYM"})
_DISTANT = frozenset({"so-called", "self-styled", "self-proclaimed", "self-described", "supposed", "purported", "ex"})
_OPENS, _CLOSES = "\"“”„«‘'", "\"”“»’'"
_WORDS = re.compile(r"[\w'’ -]{0,40}")


def of_phrase(sentence: Sentence, phrase: Phrase, voice: str, agents: Agents, text: str) -> Label | None:
    """The label in a description of people or a group ("Iraqi protesters"), or None for a plain office.

    Offices and bystanders (soldiers, officials, villagers) name a role, not a view of it; a word that
    places somebody in a conflict (rebels, protesters, civilians) does, and a loaded word always counts.
    """
    first = phrase.first
    if phrase.outer != phrase.head:
        first = min([t.i for t in sentence.children(phrase.head) if t.i < phrase.head] + [phrase.head])
        first = min(sentence.subtree(first)[0], first)
    while first < phrase.head and (sentence[first].pos in _DETERMINERS or sentence[first].dep == "det"):
        first += 1
    if not is_label(sentence, first, phrase.head, agents):
        return None
    words = sentence.tokens[first : phrase.last + 1]
    span = Span(words[0].start, words[-1].end)
    return Label(span.of(text), voice, span)


def is_label(sentence: Sentence, first: int, head: int, agents: Agents) -> bool:
    """Whether the words from ``first`` to ``head`` take a view of somebody."""
    words = sentence.tokens[first : head + 1]
    if label_standing([*(token.lower for token in words[:-1]), sentence[head].lemma]):
        return True
    row = agents.get(sentence[head].lemma)
    if row is None:
        return False
    if any(agents.loaded(token.lemma) for token in words):
        return True
    return row.kind in _PARTIES and (row.sector in _SIDES or sentence[head].lemma in _CLAIMED)


def at_a_distance(sentence: Sentence, phrase: Phrase, text: str) -> bool:
    """Whether the writer holds the word off: "so-called", or in quotation marks of its own."""
    words = sentence.tokens[phrase.first : phrase.last + 1]
    if any(token.lower in _DISTANT for token in words):
        return True
    joined = " ".join(token.lower for token in words)
    if any(each in joined for each in ("so - called", "self - styled", "self - proclaimed", "self - described")):
        return True
    head = sentence[phrase.head]
    start = max(sentence.span.start, head.start - 40)
    before, after = text[start : head.start], text[head.end : head.end + 41]
    opened = max((before.rfind(mark) for mark in _OPENS), default=-1)
    closed = min((at for mark in _CLOSES if (at := after.find(mark)) >= 0), default=-1)
    if opened < 0 or closed < 0:
        return False
    inside = before[opened + 1 :] + head.text + after[:closed]
    apostrophe = before[opened] in "'’" and opened > 0 and before[opened - 1].isalnum()
    return not apostrophe and len(inside.split()) <= 4 and _WORDS.fullmatch(inside) is not None


def of_naming(sentence: Sentence, naming: Naming, phrase: Phrase, voice: str, text: str) -> Label:
    """The label that a verb of naming gives, without its determiners and without a name run into it."""
    first = phrase.first
    if naming.target is not None and phrase.first <= naming.target < phrase.head:
        first = naming.target + 1
    while first < phrase.last and (sentence[first].dep in ("det", "punct") or sentence[first].pos == "PUNCT"):
        first += 1
    span = Span(sentence[first].start, sentence[phrase.last].end)
    return Label(span.of(text), voice, span)


def of_descriptor(sentence: Sentence, phrase: Phrase, name_last: int, voice: str, text: str) -> Label | None:
    """The words after a name inside one phrase: "the NVF terrorist organization" → terrorist organization."""
    words = sentence.tokens[name_last + 1 : phrase.head + 1]
    if not words or any(token.pos not in ("NOUN", "ADJ", "PROPN") for token in words):
        return None
    span = Span(words[0].start, words[-1].end)
    return Label(span.of(text), voice, span)


def before_name(
    sentence: Sentence, phrase: Phrase, name_first: int, voice: str, agents: Agents, text: str
) -> Label | None:
    """The words before a name that describe it: "the terrorist group NVF" → terrorist group."""
    first = phrase.first
    while first < name_first and (sentence[first].dep == "det" or sentence[first].pos in _DETERMINERS):
        first += 1
    if first >= name_first or not is_label(sentence, first, name_first - 1, agents):
        return None
    span = Span(sentence[first].start, sentence[name_first - 1].end)
    return Label(span.of(text), voice, span)
