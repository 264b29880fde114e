"""Events that are the outcome of another one in the same sentence: "an attack that killed nine" is one event."""

from __future__ import annotations

from dateline.events.triggers import Trigger
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence

_CAUSING = word_set("causing")
_INCLUDING = word_set("including")
_WHEN = frozenset({"when", "as", "after"})
_LEADING = frozenset({"in", "by", "during", "when", "from", "after", "following"})
_LATER = frozenset({"after", "following"})
_OUTCOMES = frozenset({"killed", "injured", "missing", "displaced"})


def hosts(sentence: Sentence, triggers: tuple[Trigger, ...]) -> dict[int, int]:
    """For each trigger that only tells another one's outcome or means, the trigger that it belongs to.

    Keys and values are token numbers; a chain of hosts is followed to its end.
    """
    by_token = {t.i: t for t in triggers}
    found: dict[int, int] = {}
    for trigger in triggers:
        host = _host(sentence, trigger, by_token)
        if host is not None and host != trigger.i and found.get(host) != trigger.i:
            found[trigger.i] = host
    return {i: _end(found, i) for i in found}


def parts(sentence: Sentence, triggers: tuple[Trigger, ...]) -> dict[int, int]:
    """For each event noun that a verb such as "include" makes part of another one, that other one."""
    nouns = {t.i for t in triggers if not t.slots.verbal}
    found: dict[int, int] = {}
    for i in nouns:
        verb = sentence.head(i)
        if verb is not None and sentence[i].dep == "dobj" and verb.lemma in _INCLUDING:
            for subject in sentence.children(verb.i, "nsubj"):
                if subject.i in nouns:
                    found[i] = subject.i
    return found


def _end(found: dict[int, int], i: int) -> int:
    seen = {i}
    while i in found and found[i] not in seen:
        i = found[i]
        seen.add(i)
    return i


def _host(sentence: Sentence, trigger: Trigger, by_token: dict[int, Trigger]) -> int | None:
    if not any(feed.what in _OUTCOMES for feed in trigger.predicate.counts):
        return _repeated(sentence, trigger, by_token)
    if trigger.slots.verbal:
        return _of_verb(sentence, trigger.i, by_token)
    if sentence[trigger.i].pos == "ADJ":
        return _of_adjective(sentence, trigger.i, by_token)
    return _of_noun(sentence, trigger.i, by_token)


def _repeated(sentence: Sentence, trigger: Trigger, by_token: dict[int, Trigger]) -> int | None:
    """The event that a clause or noun tells again: "marched to protest", "fired rockets in an attack on the port"."""
    token = sentence[trigger.i]
    if token.dep == "pobj" and sentence[token.head].lemma == "in" and _violent(by_token, trigger.i):
        verb = sentence.head(token.head)
        if verb is not None and _violent(by_token, verb.i) and by_token[verb.i].slots.verbal:
            fed = by_token[verb.i].predicate.counts
            return verb.i if not any(feed.what in _OUTCOMES for feed in fed) else None
    over = by_token.get(token.head)
    if token.dep not in ("advcl", "xcomp") or token.tag != "VB" or over is None or over is trigger:
        return None
    return over.i if over.predicate.type == trigger.predicate.type else None


def _violent(by_token: dict[int, Trigger], i: int) -> bool:
    trigger = by_token.get(i)
    return trigger is not None and trigger.predicate.type == "ASSAULT"


def _of_adjective(sentence: Sentence, i: int, by_token: dict[int, Trigger]) -> int | None:
    """The event of "left nine dead", "nine are dead after a shooting"."""
    head = sentence.head(i)
    if head is None:
        return None
    if _violent(by_token, head.i):
        return head.i
    if head.lemma in _CAUSING:
        return _cause(sentence, head.i, by_token)
    within = _within(sentence, i, by_token)
    return within if within is not None or head.pos != "AUX" else _within(sentence, head.i, by_token)


def _within(sentence: Sentence, i: int, by_token: dict[int, Trigger]) -> int | None:
    """The event noun that a preposition leads to: "killed in a raid", "dead after a shooting"."""
    active = bool(sentence.children(i, "dobj"))  # "found two bodies after the raid" came after it
    for prep in sentence.children(i, "prep", "agent"):
        if prep.lemma in _LEADING and not (active and prep.lemma in _LATER):
            for inner in sentence.children(prep.i, "pobj"):
                if _violent(by_token, inner.i) and not by_token[inner.i].slots.verbal:
                    return inner.i
    return None


def _of_verb(sentence: Sentence, i: int, by_token: dict[int, Trigger]) -> int | None:
    token, head = sentence[i], sentence.head(i)
    cause = _cause(sentence, i, by_token)
    if cause is not None:
        return cause
    if (
        head is not None
        and token.dep in ("advcl", "xcomp", "acl")
        and token.tag == "VBG"
        and _violent(by_token, head.i)
    ):
        return head.i
    apart = token.dep != "conj" or sentence.children(i, "nsubj", "nsubjpass")
    behind = _within(sentence, i, by_token) if apart else None
    if behind is None and token.dep != "conj":
        behind = _shared(sentence, i, by_token)
    if behind is not None:
        return behind
    if token.dep == "acl" and head is not None and head.dep == "conj" and _violent(by_token, head.head):
        return head.head  # "one was killed and another wounded"
    if token.dep == "conj" and head is not None and _violent(by_token, head.i):
        own = sentence.children(i, "nsubj", "nsubjpass")
        if not own or any(feed.what in _OUTCOMES for feed in by_token[head.i].predicate.counts):
            return head.i
    elif (
        token.dep == "conj"
        and head is not None
        and (head.lemma == "leave" or not sentence.children(i, "nsubj", "nsubjpass"))
    ):
        return _cause(sentence, head.i, by_token)
    if token.dep == "relcl" and head is not None and _violent(by_token, head.i):
        return head.i
    for clause in sentence.children(i, "advcl"):
        if _violent(by_token, clause.i) and any(
            t.lower in _WHEN for t in sentence.children(clause.i, "advmod", "mark")
        ):
            return clause.i
    return _within(sentence, i, by_token)


def _shared(sentence: Sentence, i: int, by_token: dict[int, Trigger]) -> int | None:
    """The event noun behind the last of coordinated outcomes: "three died and one was wounded in a raid"."""
    for k in sentence.conjuncts(i)[1:]:
        own = k in by_token and sentence.children(k, "nsubj", "nsubjpass")
        found = _within(sentence, k, by_token) if own else None
        if found is not None:
            return found
    return None


def _cause(sentence: Sentence, verb: int, by_token: dict[int, Trigger]) -> int | None:
    """The event that is a verb's subject, also where a relative clause hangs on a place inside its phrase."""
    token = sentence[verb]
    subjects = sentence.children(verb, "nsubj", "csubj")
    if not subjects:
        head = sentence.head(verb)
        if token.dep in ("conj", "xcomp", "acl", "advcl") and head is not None:
            if token.dep in ("acl", "advcl") and token.tag == "VBG" and _violent(by_token, head.i):
                return head.i
            if token.dep == "conj" and head.pos == "VERB":
                return _cause(sentence, head.i, by_token)
        return None
    last = subjects[-1]
    if last.tag not in ("WDT", "WP"):
        return last.i if _violent(by_token, last.i) else None
    if token.dep != "relcl":
        return None
    i = token.head
    for _ in range(4):
        if _violent(by_token, i):
            return i
        above = sentence.head(i)
        if sentence[i].dep not in ("pobj", "prep") or above is None:
            return None
        i = above.i
    return None


def _of_noun(sentence: Sentence, i: int, by_token: dict[int, Trigger]) -> int | None:
    """The event behind "resulted in the death of", "caused nine deaths"."""
    head = sentence.head(i)
    while head is not None and sentence[i].dep == "conj":
        i, head = head.i, sentence.head(head.i)
    if head is None:
        return None
    if head.pos == "ADP":
        above = sentence.head(head.i)
        if above is not None and above.lemma in _CAUSING:
            return _cause(sentence, above.i, by_token)
        return None
    return _cause(sentence, head.i, by_token) if head.lemma in _CAUSING else None
