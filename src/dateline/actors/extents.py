"""How far the words of a mention reach, and which words tell it from others with the same head."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence, Token
from dateline.language.phrases import Phrase

_MODIFIERS = frozenset({"amod", "compound", "nmod", "npadvmod"})
_MARKS = frozenset("@:^")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d")
_DEPTH = 3
_YEAR = 4
_PLACING = word_set("locative_strong")
_APART = word_set("telling_apart")


@dataclass(frozen=True, slots=True)
class Modifiers:
    """The words beside a head: ``every`` one, and the ``firm`` ones that may tell its bearer from another.

    A possessor is marked "@", a complement with "of" ":", a name "^"; adjectives have no mark.
    """

    every: frozenset[str] = frozenset()
    firm: frozenset[str] = frozenset()
    number: str | None = None

    def against(self, others: set[str]) -> bool:
        """Whether a firm word speaks against a bearer of these: an adjective it lacks, or a rival of the same mark.

        >>> words = frozenset({"@iraq"})
        >>> Modifiers(words, words).against({"@syria"}), Modifiers(words, words).against({"armed"})
        (True, False)
        """
        marks = {other[:1] for other in others}
        return any(word not in others and (word[:1] not in _MARKS or word[:1] in marks) for word in self.firm)


def begin(sentence: Sentence, phrase: Phrase) -> int:
    """The first token of a phrase, a possessor included and what the parse wrongly puts in front left out."""
    first = phrase.first
    for child in sentence.children(phrase.outer, "poss"):
        if child.i < first:
            first = min(first, sentence.subtree(child.i)[0])
    for i in range(first, phrase.outer):
        if _STAMP.fullmatch(sentence[i].text) or (i == first and sentence[i].dep in ("preconj", "cc")):
            first = i + 1
    return first


def trimmed(sentence: Sentence, phrase: Phrase) -> Phrase:
    """The phrase without a preposition that the parse took for part of a name: "Near Tulkhana" in a heading."""
    first = sentence[phrase.first]
    led = phrase.first < min(phrase.head, phrase.outer) and first.lower in _PLACING
    hangs = first.head in (phrase.head, phrase.outer)  # the "at" of "at least ten people" hangs on "least"
    return replace(phrase, first=phrase.first + 1) if led and hangs else phrase


def number(sentence: Sentence, phrase: Phrase, first: int) -> tuple[int, int] | None:
    """The first and the last token of the numeral in the words of number that a phrase begins with.

    Of "at least ten people" that is "ten". None where a determiner comes first ("the ten people"), and for a year
    before a singular.
    """
    if phrase.outer != phrase.head:
        return None
    for child in sentence.children(phrase.head, "nummod"):
        told = sentence.subtree(child.i)
        year = child.text.isdigit() and len(child.text) == _YEAR and sentence[phrase.head].tag == "NN"
        if not year and told[0] == first and told[-1] + 1 - first == len(told) and told[-1] < phrase.head:
            return next(i for i in told if sentence[i].pos == "NUM" or i == child.i), told[-1]
    return None


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


def led(sentence: Sentence, phrase: Phrase, first: int, heads: dict[int, Phrase]) -> int:
    """The first token of a name with the noun that leads it: "the rebel leader Ana Ruiz", with no comma between."""
    before = heads.get(first - 1)
    leads = before is not None and before.outer == first - 1 and sentence[phrase.outer].dep == "appos"
    return begin(sentence, before) if before and leads and sentence[phrase.outer].head == first - 1 else first


def tops(sentence: Sentence, phrase: Phrase, first: int, last: int) -> bool:
    """Whether the phrase's head, inside the tokens ``first`` to ``last``, hangs on none of them."""
    above = sentence[phrase.outer].head
    return above == phrase.outer or not first <= above <= last


def modifiers(
    sentence: Sentence, phrase: Phrase, keys: dict[int, str], country: Callable[[str], str | None]
) -> Modifiers:
    """What a phrase says of its head besides; a possessor by the key of its entity where that is known.

    Words for countries are not firm: the entity's own country is asked instead.
    """
    every: set[str] = set()
    firm: set[str] = set()
    number = None
    for child in sentence.children(phrase.head):
        if child.dep == "nummod":
            number = child.lower
        elif child.dep == "poss":
            every.add("@" + keys.get(child.i, child.lemma))
        elif child.dep in _MODIFIERS:
            named = _named(child) and not country(child.text)
            every.add("^" * named + child.lemma)
            if child.lemma in _APART:
                firm.add(child.lemma)
        elif child.dep == "prep" and child.lower == "of":
            every |= {":" + inner.lemma for inner in sentence.children(child.i, "pobj")}
    firm |= {word for word in every if word[:1] in _MARKS}
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
