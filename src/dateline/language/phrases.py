"""Noun phrases of a sentence: where they begin and end, and which word is meant."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.core import Span
from dateline.knowledge.word_sets import word_set
from dateline.language.parse import Sentence, Token

_PARTITIVE = word_set("partitive")
_LEFT = frozenset({"det", "amod", "compound", "nummod", "nmod", "quantmod", "predet", "poss", "advmod", "neg"})
_INSIDE = frozenset({"compound", "amod", "nummod", "quantmod", "det", "advmod", "npadvmod", "predet", "punct", "neg"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_ARGUMENTS = frozenset(
    {"nsubj", "nsubjpass", "dobj", "pobj", "conj", "attr", "agent", "dative", "appos", "ROOT", "oprd"}
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens ``first`` to ``last`` (inclusive); ``head`` is the word that is meant.

    ``outer`` is the syntactic head: "dozens" in "dozens of protesters", else the same as ``head``.
    """

    first: int
    last: int
    head: int
    outer: int

    def span(self, sentence: Sentence) -> Span:
        """Where the phrase stands in the document."""
        return Span(sentence[self.first].start, sentence[self.last].end)


def meant(sentence: Sentence, i: int) -> int:
    """The token that a noun phrase with syntactic head ``i`` is about ("dozens of protesters" → protesters)."""
    seen = 0
    while seen < 4 and (sentence[i].lemma in _PARTITIVE or sentence[i].pos == "NUM"):
        inner = [p for of in sentence.children(i, "prep") if of.lemma == "of" for p in sentence.children(of.i, "pobj")]
        if not inner:
            break
        i, seen = inner[0].i, seen + 1
    return i


def phrases(sentence: Sentence) -> tuple[Phrase, ...]:
    """The noun phrases of a sentence in order: modifiers before the head, and no relative clause after it.

    Coordinated heads are phrases of their own; "dozens of protesters" is one phrase.
    """
    found: list[Phrase] = []
    inside_other: set[int] = set()
    for token in sentence:
        if token.i in inside_other or not _heads(sentence, token):
            continue
        head = meant(sentence, token.i)
        if head != token.i:
            inside_other.add(head)
        found.append(Phrase(_first(sentence, token.i), max(head, token.i), head, token.i))
    return tuple(found)


def _heads(sentence: Sentence, token: Token) -> bool:
    if token.dep in ("compound", "nmod", "amod", "npadvmod", "nummod", "quantmod", "advmod") and token.head > token.i:
        return False
    if token.dep in ("npadvmod", "punct", "expl", "case", "prt") or token.tag in ("WDT", "WP", "WRB", "WP$"):
        return False
    if token.pos in _NOUNS:
        return True
    return token.dep in _ARGUMENTS and token.pos in ("NUM", "ADJ") and token.tag not in ("JJR", "JJS")


def _first(sentence: Sentence, i: int) -> int:
    """The first token of the phrase: the left modifiers, as far as they reach without a gap of other words."""
    first = i
    for child in reversed(sentence.children(i)):
        if child.i > i or child.dep not in _LEFT:
            continue
        if child.dep == "poss" and sentence[i].pos == "PROPN":
            continue
        if child.dep == "advmod" and child.i != first - 1:
            continue
        first = min(first, *sentence.subtree(child.i), child.i) if child.dep != "poss" else _first(sentence, child.i)
    return first
