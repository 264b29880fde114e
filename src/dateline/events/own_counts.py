"""How many victims an event noun tells by itself: "two deaths", "a triple murder", "a deadly attack"."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.core import Count, CountOf, Span
from dateline.events.numbers import number_before
from dateline.events.triggers import Trigger
from dateline.knowledge.event_multiples import event_multiples
from dateline.knowledge.numbers import Interval
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence, Token

_SINGLE = word_set("single_victim")
_HYPHENS = frozenset({"-", "‑", "non", "not"})
_ONE = frozenset({"a", "an", "one", "another"})


def own_counts(sentence: Sentence, trigger: Trigger) -> Iterator[Count]:
    """The count of the dead that an event noun tells without naming anybody, at most one.

    Words such as "murder" tell of one dead each, "triple" before them of three; "deadly" before any act tells of one
    at least. "Non-fatal" tells none.
    """
    token = sentence[trigger.i]
    if token.pos not in ("NOUN", "PROPN") or trigger.predicate.type != "ASSAULT":
        return
    deadly: Count | None = None
    for child in sentence.children(trigger.i, "amod", "compound", "nmod"):
        told = event_multiples().get(child.lower)
        if told is None or child.i > trigger.i or (child.i and sentence[child.i - 1].text in _HYPHENS):
            continue
        if token.lemma in _SINGLE and told[1] is not None:
            yield _killed(told, child.span)
            return
        if told[1] is None:
            deadly = deadly or _killed(told, child.span)
    alone = _alone(sentence, token)
    if alone is not None:
        yield alone
    elif deadly is not None:
        yield deadly


def _alone(sentence: Sentence, token: Token) -> Count | None:
    """The number before a noun that tells of one dead each."""
    if token.lemma not in _SINGLE:
        return None
    told = number_before(sentence, token.i)
    if told is not None:
        return _killed(*told)
    for child in sentence.children(token.i, "det"):
        if child.lower in _ONE and token.tag in ("NN", "NNP"):
            return _killed((1, 1, 1), child.span)
    return None


def _killed(told: Interval, span: Span, what: CountOf = "killed") -> Count:
    low, best, high = told
    return Count(what=what, low=low, best=best, high=high, span=span)
