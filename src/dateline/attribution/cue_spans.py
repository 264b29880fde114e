"""How far a cue reaches: its helping words before it, its particle, its preposition, its document behind it."""

from __future__ import annotations

from dateline.core import Span
from dateline.knowledge.cues import cue_adjectives, cue_nouns, cue_phrases, cue_verbs
from dateline.language import Sentence, Token

_BEFORE = frozenset({"aux", "auxpass", "neg", "advmod"})
_MODIFIERS = frozenset({"amod", "advmod", "compound", "nummod", "npadvmod"})
_FARTHEST = 6


def cue_span(sentence: Sentence, token: Token) -> Span:
    """The cue word with what belongs to it.

    A verb with its helping verbs, negation and particle ("has not called for"); a noun with its
    adjectives, the verb that it is the object of and its preposition ("raised serious doubts about");
    an adjective with its copula ("was not sure about").
    """
    if token.pos == "NOUN":
        return _noun_span(sentence, token)
    if token.pos == "ADJ":
        return _adjective_span(sentence, token)
    return _verb_span(sentence, token)


def _noun_span(sentence: Sentence, token: Token) -> Span:
    first = _led(sentence, token, _MODIFIERS)
    head = sentence.head(token.i)
    object_of = head if head is not None and token.dep == "dobj" and not sentence.children(token.i, "poss") else None
    # a verb that is a cue itself has the noun in its content: "welcomed the plan to …"
    if object_of is not None and 0 < token.i - object_of.i <= _FARTHEST and object_of.lemma not in cue_verbs():
        first = _first(sentence, object_of)
    last = _preposition(sentence, token, cue_nouns()[token.lemma].frames)
    return Span(sentence[first].start, sentence[last].end)


def _adjective_span(sentence: Sentence, token: Token) -> Span:
    first = _led(sentence, token, _BEFORE)
    head = sentence.head(token.i)
    if head is not None and token.dep == "acomp" and 0 < token.i - head.i <= _FARTHEST:
        first = _first(sentence, head)
    last = _preposition(sentence, token, cue_adjectives()[token.lemma].frames)
    return Span(sentence[first].start, sentence[last].end)


def _led(sentence: Sentence, token: Token, labels: frozenset[str]) -> int:
    """The first of the words right before a cue that hang from it by one of the labels, or the cue's own number."""
    children = {child.i: child.dep for child in sentence.children(token.i)}
    first = token.i
    while children.get(first - 1) in labels:
        first -= 1
    return first


def _preposition(sentence: Sentence, token: Token, frames: frozenset[str]) -> int:
    """The number of the preposition right behind the cue that leads to its content, else of the cue itself."""
    for child in sentence.children(token.i, "prep"):
        if child.i == token.i + 1 and ("to-noun" if child.lower == "to" else child.lower) in frames:
            return child.i
    return token.i


def _first(sentence: Sentence, verb: Token) -> int:
    """The number of the first helping word of a verb."""
    first = verb.i
    children = {child.i: child.dep for child in sentence.children(verb.i)}
    while children.get(first - 1) in _BEFORE and sentence[first - 1].text != "IS":
        first -= 1
    return first


def _verb_span(sentence: Sentence, token: Token) -> Span:
    first, last = _first(sentence, token), token.i
    children = {child.i: child.dep for child in sentence.children(token.i)}
    behind = children.get(last + 1)
    frames = cue_verbs()[token.lemma].frames if token.lemma in cue_verbs() else frozenset()
    word = sentence[last + 1].lower if behind else ""
    if behind == "prt" or (behind == "prep" and ("to-noun" if word == "to" else word) in frames):
        last += 1
    return Span(sentence[first].start, sentence[last + _document(sentence, last + 1)].end)


def _document(sentence: Sentence, i: int) -> int:
    """How many tokens from ``i`` on say where the words stand ("in a statement")."""
    words = tuple(token.lower for token in sentence.tokens[i : i + 4])
    for known in cue_phrases():
        if known.place == "document" and words[: len(known.words)] == known.words:
            return len(known.words)
    return 0
