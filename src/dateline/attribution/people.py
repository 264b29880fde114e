"""What a source's words tell about people whom they do not name: how many, of which sector, nobody at all."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.attribution.findings import Source
from dateline.knowledge.agents import agents
from dateline.knowledge.cues import personal_words
from dateline.knowledge.numbers import read_number
from dateline.language import Sentence, Token

_NOBODY = frozenset({"nobody", "none", "nothing", "neither"})
_SINGLE = frozenset({"a", "an", "another"})
_POINTING = frozenset({"the", "this", "that"})
_CLAUSES = frozenset({"relcl", "acl", "appos", "advcl"})
_UNTOLD = frozenset({"", "UNK"})


@dataclass(frozen=True, slots=True)
class People:
    """How many speak, their PLOVER sector, and whether the text keeps them unnamed; empty where not told."""

    number: int | None = None
    sector: str | None = None
    anonymous: bool = False


def nobody(source: Source) -> bool:
    """Whether a source says that none of a kind speaks ("no group", "neither side", "nobody")."""
    sentence, head = source.sentence, source.sentence[source.head]
    if head.lower in _NOBODY:
        return True
    before = [*sentence.children(head.i, "det", "neg", "predet", "nmod", "preconj")]
    return any(child.lower in ("no", "neither") and child.i < head.i for child in before)


def people_of(source: Source) -> People:
    """Number, sector and anonymity of people described by a common noun; of names and pronouns nothing.

    "Two police officers": 2, COP, anonymous. "The minister" is one known man, "witnesses" are some unknown ones.
    """
    sentence, head = source.sentence, source.sentence[source.head]
    if head.pos != "NOUN":
        return People(anonymous=_asked_for_silence(sentence, source))
    plural = head.tag == "NNS"
    human = head.lower in personal_words() or head.lemma in personal_words()
    named = any(child.pos == "PROPN" and child.i > head.i for child in sentence.children(head.i, "appos"))
    number = None if named or not human else _number(sentence, head, plural)
    known = not plural and any(child.lower in _POINTING for child in sentence.children(head.i, "det", "poss"))
    hidden = human and not named and not known and not sentence.children(head.i, "poss")
    return People(number, _sector(sentence, head), hidden or _asked_for_silence(sentence, source))


def _number(sentence: Sentence, head: Token, plural: bool) -> int | None:
    told = [child.text for child in sentence.children(head.i, "nummod")]
    if told:
        read = read_number(told[:1])
        return read[0] if read is not None and read[0] == read[2] else None
    single = any(child.lower in _SINGLE for child in sentence.children(head.i, "det"))
    return 1 if not plural and (single or not sentence.children(head.i, "conj")) else None


def _sector(sentence: Sentence, head: Token) -> str | None:
    """The sector of the longest known role that ends in the head ("police officer" before "officer")."""
    first = head.i
    while first > 0 and head.i - first < 3 and sentence[first - 1].dep in ("compound", "amod", "nmod"):
        first -= 1
    for start in range(first, head.i + 1):
        words = [token.text for token in sentence.tokens[start : head.i + 1]]
        size, agent = agents().longest(words, 0)
        if agent is not None and size == len(words):
            return None if agent.sector in _UNTOLD else agent.sector
    return None


def _asked_for_silence(sentence: Sentence, source: Source) -> bool:
    """Whether the sentence says that this source would not be named ("on condition of anonymity")."""
    below = sentence.subtree(source.head)
    for token in sentence:
        if token.lower in ("anonymity", "anonymously"):
            return token.i in below or source.head in {t.i for t in _subjects(sentence, token)}
    return False


def _subjects(sentence: Sentence, token: Token) -> list[Token]:
    found: list[Token] = []
    for above in sentence.ancestors(token.i):
        found += sentence.children(above.i, "nsubj", "nsubjpass")
    return found
