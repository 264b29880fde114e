"""How many: the number words of a noun phrase, as an interval tied to their span."""

from __future__ import annotations

from dateline.core import Count, CountOf, Mention, Span
from dateline.knowledge.numbers import Interval, read_number
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence
from dateline.language.phrases import meant

_PARTITIVE = word_set("partitive")
_VAGUE = word_set("vague_number")
_NUMBERED: frozenset[CountOf] = frozenset({"targets", "participants", "munitions"})
_ONE = frozenset({"a", "an", "one", "another"})


def count_of(sentence: Sentence, i: int, what: CountOf, mention: Mention | None) -> Count | None:
    """The count that the phrase with syntactic head ``i`` tells, or None where it tells no number.

    A single victim counts as one ("a guard", a person's name); of things and parties only a number does.
    """
    found = _quantity(sentence, i, single=what not in _NUMBERED)
    if found is None:
        return None
    (low, best, high), span = found
    if low > (high if high is not None else low):
        return None
    of = sentence[meant(sentence, i)].text if sentence[meant(sentence, i)].pos != "NUM" else None
    return Count(what=what, low=low, best=best, high=high, span=span, of=of, mention=mention.id if mention else None)


def _quantity(sentence: Sentence, i: int, *, single: bool) -> tuple[Interval, Span] | None:
    head = meant(sentence, i)
    if head != i:
        outer = [k for k in sentence.subtree(i) if k <= i and sentence[k].dep != "det"]
        return _read(sentence, outer)
    token = sentence[i]
    if token.pos == "NUM" or token.lower in _VAGUE or token.lemma in _PARTITIVE:
        return _read(sentence, [k for k in sentence.subtree(i) if k <= i])
    numbers: list[int] = []
    for child in sentence.children(i):
        if child.i < i and (child.dep in ("nummod", "quantmod") or (child.dep == "amod" and child.lower in _VAGUE)):
            numbers += [k for k in sentence.subtree(child.i) if k < i]
    if numbers:
        return _read(sentence, numbers)
    if not single or token.tag not in ("NN", "NNP"):
        return None
    for child in sentence.children(i, "det"):
        if child.lower in _ONE:
            return (1, 1, 1), child.span
    if token.tag == "NNP" and token.dep in ("dobj", "nsubjpass", "pobj", "nsubj", "conj"):
        return (1, 1, 1), token.span
    return None


def _read(sentence: Sentence, numbers: list[int]) -> tuple[Interval, Span] | None:
    """The number in a run of tokens, with the modifiers before it ("at least", "more than")."""
    if not numbers:
        return None
    first, last = min(numbers), max(numbers)
    for start in range(max(0, first - 3), last + 1):
        words = [t.text for t in sentence.tokens[start : last + 1]]
        interval = read_number(words)
        if interval is not None:
            return interval, Span(sentence[start].start, sentence[last].end)
    return None
