"""Which way an expression points: the tense of the verb that governs it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dateline.core import Span
from dateline.knowledge.word_sets import word_set
from dateline.language import Parse, Sentence, Token

Tense = Literal["past", "present", "future", "unknown"]

_FUTURE = frozenset({"will", "'ll", "’ll", "shall", "would", "wo", "may", "might", "should", "must"})
_IS = frozenset({"is", "are", "am", "'re", "'m", "be", "being"})
_WAS = frozenset({"was", "were", "did", "been"})
_HAS = frozenset({"has", "have", "'ve", "’ve", "having"})
_HAD = frozenset({"had", "'d"})
_MODIFIES = frozenset({"poss", "compound", "nmod", "amod"})
_UNTIL = frozenset({"until", "till", "'til"})
_AFTERWARDS = word_set("afterwards")
_GAP = re.compile(r"\s+")
_REACH = 20


@dataclass(frozen=True, slots=True)
class Ahead:
    """What points ahead: lemmas whose bare time does ("scheduled for Friday"), lemmas before a to-infinitive
    ("agreed to meet on Friday"), words right before a time ("effective"), and lemmas of what goes by a
    timetable, whose present does ("arrives on Friday").
    """

    verbs: frozenset[str]
    before_to: frozenset[str]
    cues: frozenset[str]
    timetable: frozenset[str]


def tense(text: str, parse: Parse, span: Span, ahead: Ahead) -> Tense:
    """The tense of the nearest verb above an expression; "unknown" without a parse or a verb."""
    left = _GAP.sub(" ", text[max(0, span.start - _REACH) : span.start].lower()).rstrip()
    if any(left.endswith(" " + cue) for cue in ahead.cues):
        return "future"
    sentence = parse.at(span.start)
    tokens = sentence.tokens_in(span) if sentence else ()
    if not sentence or not tokens:
        return "unknown"
    inside = {token.i for token in tokens}
    token = next((t for t in tokens if t.head not in inside), tokens[0])
    if token.dep in _MODIFIES:
        return "past"
    until = False
    for _ in range(len(sentence)):
        until = until or token.lower in _UNTIL
        if token.pos in ("VERB", "AUX"):
            told = _of_verb(sentence, token, ahead, until, span.end <= token.start)
            if told != "unknown":
                return told
        elif token.pos == "ADJ" and token.lemma in ahead.verbs:
            return "future"
        if token.head == token.i:
            break
        token = sentence[token.head]
    return "unknown"


def _of_verb(sentence: Sentence, verb: Token, ahead: Ahead, until: bool, fronted: bool) -> Tense:
    helpers = {child.lower for child in sentence.children(verb.i, "aux", "auxpass")}
    if helpers & _FUTURE:
        return "future"
    if "to" in helpers:
        return _of_infinitive(sentence, verb, ahead)
    if helpers & _HAD or (verb.lower in _HAD and verb.pos == "AUX"):
        return "past"
    if fronted and verb.tag == "VBD":
        return "past"
    if verb.lemma in ahead.verbs or (until and helpers & _HAS):
        return "future"
    if helpers & (_HAS | _WAS):
        return "past"
    if helpers & _IS:
        if verb.lemma in _AFTERWARDS:
            return "past"  # "are investigating a shooting on Friday"
        return "future" if verb.tag == "VBG" else "present"
    if verb.tag in ("VBD", "VBN"):
        return "past"
    if verb.tag in ("VBZ", "VBP"):
        return "future" if until or verb.lemma in ahead.timetable else "present"
    return "future" if verb.tag == "VB" and verb.dep == "ROOT" else "unknown"


def _of_infinitive(sentence: Sentence, verb: Token, ahead: Ahead) -> Tense:
    """ "is to meet", "agreed to meet" point ahead; "had been due to meet" does not; others say nothing."""
    head = sentence.head(verb.i)
    if head is None:
        return "future"
    if head.lower in _IS | {"was", "were"} and head.i < verb.i:
        return "future"
    if head.lemma not in ahead.before_to:
        return "unknown"
    above = [head, *sentence.ancestors(head.i)]
    helpers = {child.lower for token in above[:2] for child in sentence.children(token.i, "aux", "auxpass")}
    return "past" if helpers & _HAD else "future"
