"""How far the words of a mention reach, and which words tell it from others with the same head."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence, Token
from dateline.language.phrases import Phrase

_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "npadvmod"})
_STAMP = re.compile(r"\d{4}-\d\d-\d\d")
_DEPTH = 3
_APART = word_set("telling_apart")


@dataclass(frozen=True, slots=True)
class Modifiers:
    """The words beside a head: ``every`` lemma, and the ``firm`` ones that another bearer would not share."""

    every: frozenset[str] = frozenset()
    firm: frozenset[str] = frozenset()
    number: str | None = None


def begin(sentence: Sentence, phrase: Phrase) -> int:
    """The first token of a phrase, a possessor included and what the parse wrongly puts in front left out."""
    first = phrase.first
    for child in sentence.children(phrase.outer, "poss"):
        if child.i < first:
            first = min(first, sentence.subtree(child.i)[0])
    for i in range(first, phrase.outer):
        if _STAMP.fullmatch(sentence[i].text) or sentence[i].dep in ("preconj", "cc"):
            first = max(first, i + 1) if i - first <= 1 else first
    return first


def end(sentence: Sentence, phrase: Phrase, heads: dict[int, Phrase]) -> int:
    """The last token of a phrase with what follows it by "of": "the families of the victims"."""
    last, depth = phrase.last, 0
    while depth < _DEPTH and last + 1 < len(sentence) and sentence[last + 1].lower == "of":
        inner = [heads.get(child.i) for child in sentence.children(last + 1, "pobj")]
        if sentence[last + 1].head > last or not inner or inner[0] is None or inner[0].first > last + 2:
            break
        if any(sentence.children(inner[0].outer, "conj")):
            break
        last, depth = inner[0].last, depth + 1
    return last


def modifiers(
    sentence: Sentence, phrase: Phrase, keys: dict[int, str], country: Callable[[str], str | None]
) -> Modifiers:
    """What a phrase says of its head besides; a possessor by the key of its entity where that is known.

    Words for countries are not firm: the entity's own country is asked instead.
    """
    every, firm, number = set(), set(), None
    for child in sentence.children(phrase.head):
        if child.dep == "nummod":
            number = child.lower
        elif child.dep in _MODIFIERS:
            word = "@" + keys[child.i] if child.dep == "poss" and child.i in keys else child.lemma
            every.add(word)
            if child.dep == "poss" or child.lemma in _APART or _named(child) and not country(child.text):
                firm.add(word)
        elif child.dep == "prep" and child.lower == "of":
            of = {inner.lemma for inner in sentence.children(child.i, "pobj")}
            every |= of
            firm |= of
    return Modifiers(frozenset(every), frozenset(firm), number)


def _named(token: Token) -> bool:
    return token.pos == "PROPN" or token.text[:1].isupper()


def empty(sentence: Sentence, i: int) -> bool:
    """Whether an "it" stands for nothing: "it was unclear who fired", "it seems that".

    A weather word or a cleft sentence is not told from the rest.
    """
    token = sentence[i]
    verb = sentence[token.head]
    if token.lower != "it" or token.dep != "nsubj":
        return False
    if verb.lemma in ("seem", "appear", "happen"):
        return True
    said = verb.lemma == "be" and bool(sentence.children(verb.i, "acomp", "attr", "prep"))
    return said and bool(sentence.children(verb.i, "ccomp", "xcomp", "csubj", "advcl"))
