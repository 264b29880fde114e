"""Which tellings sum up several happenings: "85 people were killed this month", "40 attacks in six weeks"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from dateline.core import EventTime, Timex
from dateline.events.tellings import Telling
from dateline.events.within import within
from dateline.knowledge.status_cues import status_cues
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence, Token

_WEEK = 7
_LENGTH = re.compile(r"P(\d+|X)([DWMY])")
_OVER = frozenset({"in", "over", "during", "within", "since", "throughout", "through", "across", "between"})
_COARSE = frozenset({"week", "month", "season", "quarter", "year", "decade"})
_ONE = frozenset({"a", "an", "another", "one", "this", "that"})
_PARTITIVE = word_set("partitive")
_HOPS = 5


def is_aggregate(sentence: Sentence, telling: Telling, time: EventTime | None, timexes: Sequence[Timex]) -> bool:
    """Whether a telling counts what happened over a week or more; ``timexes`` are sorted by span.

    One happening that is dated loosely ("a bomb killed nine in March") is none.
    """
    if _totals(sentence, telling):
        return True
    if not _many(sentence, telling):
        return False
    return _wide(time) or any(_stretches(sentence, telling, timex) for timex in within(timexes, sentence.span))


def _totals(sentence: Sentence, telling: Telling) -> bool:
    """Whether words say that the numbers are added up: "so far this year", "a total of 90", "altogether"."""
    if not telling.counts and not _numbered(sentence, telling.trigger.i):
        return False
    for child in sentence.children(telling.trigger.verb, "advmod", "prep"):
        if status_cues().of("total", child.lower):
            return True
        if child.lower == "far" and child.i and sentence[child.i - 1].lower == "so":
            return True
    for count in telling.counts:
        for token in sentence.tokens_in(count.span):
            if any(above.lemma == "total" for above in sentence.ancestors(token.i)):
                return True
    return False


def _many(sentence: Sentence, telling: Telling) -> bool:
    """Whether the words tell of more than one act: a number of attacks, or victims of nothing in particular."""
    i = telling.trigger.i
    if not telling.trigger.slots.verbal:
        return _numbered(sentence, i)
    if not any(count.low > 1 for count in telling.counts):
        return False
    subjects = sentence.children(telling.trigger.verb, "nsubj")
    agents = [p for by in sentence.children(i, "agent") for p in sentence.children(by.i, "pobj")]
    return not any(_single(sentence, token) for token in (*subjects, *agents))


def _single(sentence: Sentence, token: Token) -> bool:
    if token.tag not in ("NN", "NNP"):
        return False
    return any(t.lower in _ONE or t.lower == "the" for t in sentence.children(token.i, "det"))


def _numbered(sentence: Sentence, i: int) -> bool:
    """Whether a plural event noun is counted: "40 attacks", "dozens of raids"."""
    token = sentence[i]
    if token.tag != "NNS":
        return False
    if sentence.children(i, "nummod"):
        return True
    over = sentence.head(token.head) if token.dep == "pobj" else None
    return over is not None and over.lemma in _PARTITIVE


def _wide(time: EventTime | None) -> bool:
    if time is None or time.timex is None or time.precision not in _COARSE or not (time.earliest and time.latest):
        return False
    try:
        first = datetime.date.fromisoformat(time.earliest[:10])
        last = datetime.date.fromisoformat(time.latest[:10])
    except ValueError:
        return False
    return (last - first).days >= _WEEK - 1


def _stretches(sentence: Sentence, telling: Telling, timex: Timex) -> bool:
    """Whether a length of time of a week or more holds the event: "in six weeks", "since January"."""
    tokens = sentence.tokens_in(timex.span)
    if not tokens:
        return False
    told = _LENGTH.match(timex.value) if timex.type == "DURATION" else None
    long = told is not None and (told[2] != "D" or (told[1] != "X" and int(told[1]) >= _WEEK))
    chain = [tokens[0], *sentence.ancestors(tokens[0].i)][:_HOPS]
    near = {telling.trigger.i, telling.trigger.verb, sentence[telling.trigger.i].head}
    for number, token in enumerate(chain):
        if token.dep == "prep" and token.lower in _OVER and token.head in near:
            return long or token.lower == "since"
        if number and token.i in near:
            return False
    return False
