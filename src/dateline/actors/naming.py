"""Where a sentence says that somebody is called something: "X calls Y a Z", "Y are Z", "what X called Z"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.knowledge.agents import Agents
from dateline.language import Sentence
from dateline.language.parse import Token
from dateline.language.phrases import meant

_STRICT = frozenset({"call", "brand", "label", "dub", "deem", "designate", "declare", "term", "name", "consider"})
_TO = frozenset({"refer", "speak", "talk", "think", "point"})
_REFUSED = frozenset({"refuse", "decline", "deny", "avoid", "stop", "hesitate", "reject", "fail", "cease", "refrain"})
_WHAT = frozenset({"what", "whom", "whatever"})


@dataclass(frozen=True, slots=True)
class Naming:
    """``label`` is the token that is the name given, ``target`` who bears it, ``namer`` who gives it (None: not told).

    ``spoken`` is the pronoun that stands for the namer beside the verb ("what it called Z").
    ``told``: the sentence's own voice gives it ("Y are Z"). ``void``: it says that nobody does
    ("refused to call Y a Z", "Y are not Z").
    """

    target: int | None
    label: int
    namer: int | None
    told: bool = False
    void: bool = False
    spoken: int | None = None


def namings(sentence: Sentence, verbs: frozenset[str], agents: Agents) -> tuple[Naming, ...]:
    """The namings of a sentence in the order of their verbs."""
    found: list[Naming] = []
    for token in sentence:
        if token.lemma == "be":
            found += _predicated(sentence, token)
        elif token.pos == "VERB" and token.lemma in verbs | _TO:
            found += _named(sentence, token, agents)
    return tuple(found)


def _predicated(sentence: Sentence, verb: Token) -> Iterator[Naming]:
    """ "Y are Z", "not Y but Z", "accused Y of being Z"."""
    labels = sentence.children(verb.i, "attr", "acomp")
    if not labels or labels[0].pos not in ("NOUN", "PROPN"):
        return
    target = next((meant(sentence, c.i) for c in sentence.children(verb.i, "nsubj")), None)
    if target is None and verb.dep == "pcomp":
        target = _object_above(sentence, verb)
    negated = bool(sentence.children(verb.i, "neg") or sentence.children(labels[0].i, "neg"))
    asked = any(t.lower in ("if", "whether", "?") for t in sentence.children(verb.i, "mark", "punct"))
    yield Naming(target, meant(sentence, labels[0].i), None, told=not negated, void=negated or asked)
    turned = any(c.lower == "but" for c in sentence.children(labels[0].i, "cc"))
    for other in sentence.children(labels[0].i, "conj"):
        void = negated and not turned
        yield Naming(target, meant(sentence, other.i), None, told=not void, void=void or asked)


def _object_above(sentence: Sentence, verb: Token) -> int | None:
    """The object of the verb over "of being": "accused the strikers of being saboteurs"."""
    preposition = sentence.head(verb.i)
    above = sentence.head(preposition.i) if preposition else None
    if above is None:
        return None
    if above.pos in ("NOUN", "PROPN", "PRON"):
        return meant(sentence, above.i)
    return next((meant(sentence, c.i) for c in sentence.children(above.i, "dobj", "nsubjpass")), None)


def _named(sentence: Sentence, verb: Token, agents: Agents) -> Iterator[Naming]:
    target, label = _parts(sentence, verb, agents)
    if label is None:
        return
    void = bool(sentence.children(verb.i, "neg")) or any(
        above.lemma in _REFUSED
        for above in list(sentence.ancestors(verb.i))[:2]
        if verb.dep in ("xcomp", "ccomp", "pcomp")
    )
    namer = _namer(sentence, verb, target)
    spoken = next((c.i for c in sentence.children(verb.i, "nsubj") if c.pos == "PRON" and c.i != namer), None)
    for i in sentence.conjuncts(label):
        yield Naming(target, meant(sentence, i), namer, void=void, spoken=spoken)


def _parts(sentence: Sentence, verb: Token, agents: Agents) -> tuple[int | None, int | None]:
    """The token that is named, and the token of the name."""
    objects = [c for c in sentence.children(verb.i, "dobj") if c.tag not in ("WDT", "WP")]
    as_what = [
        p.i for c in sentence.children(verb.i, "prep") if c.lower == "as" for p in sentence.children(c.i, "pobj")
    ]
    as_what += [
        p.i
        for o in objects
        for c in sentence.children(o.i, "prep")
        if c.lower == "as"
        for p in sentence.children(c.i, "pobj")
    ]
    label = as_what[:1] or [c.i for c in sentence.children(verb.i, "oprd", "attr")][:1]
    if verb.lemma in _TO:
        onto = [
            p.i
            for c in sentence.children(verb.i, "prep")
            if c.lower in ("to", "of")
            for p in sentence.children(c.i, "pobj")
        ]
        return (meant(sentence, onto[0]), as_what[0]) if onto and as_what else (None, None)
    if label:
        return _target(sentence, verb.i), label[0]
    if verb.lemma not in _STRICT or not objects:
        return None, None
    if len(objects) < len(sentence.children(verb.i, "dobj")):
        # "villagers whom the army calls terrorists"
        return _target(sentence, verb.i), objects[0].i
    if len(objects) > 1:
        return meant(sentence, objects[0].i), objects[-1].i
    subject = next((c.i for c in sentence.children(verb.i, "nsubj", "nsubjpass")), None)
    if _by(sentence, verb) is not None or (verb.tag == "VBN" and verb.dep == "acl"):
        return (subject if subject is not None else _target(sentence, verb.i)), objects[0].i
    return _run_together(sentence, objects[0], agents)


def _run_together(sentence: Sentence, head: Token, agents: Agents) -> tuple[int | None, int | None]:
    """ "called the Taliban terrorists", read as one phrase: a name or "the dead" before a plural word for people."""
    before = [c for c in sentence.children(head.i, "compound", "amod") if c.i == head.i - 1]
    row = agents.get(head.lemma)
    if not before or row is None or head.tag != "NNS" or not (row.loaded or row.armed):
        return None, None
    named = before[0].tag in ("NNP", "NNPS") or before[0].lower in ("dead", "wounded", "detained", "missing")
    return (before[0].i, head.i) if named and sentence.children(head.i, "det") else (None, None)


def _by(sentence: Sentence, verb: Token) -> int | None:
    """The one behind "by": of the verb, or of its object where the parse hangs it there."""
    owners = [verb.i, *(c.i for c in sentence.children(verb.i, "dobj", "oprd", "attr"))]
    owners += [p.i for c in sentence.children(verb.i, "prep") for p in sentence.children(c.i, "pobj")]
    for owner in owners:
        for child in sentence.children(owner, "agent", "prep"):
            if child.lower == "by":
                return next((p.i for p in sentence.children(child.i, "pobj")), None)
    return None


def _namer(sentence: Sentence, verb: Token, target: int | None) -> int | None:
    by = _by(sentence, verb)
    if by is not None or verb.dep == "acl" or sentence.children(verb.i, "nsubjpass"):
        return by
    subject = next((c for c in sentence.children(verb.i, "nsubj") if c.i != target), None)
    if subject is None and verb.dep in ("xcomp", "conj", "advcl"):
        above = sentence.head(verb.i)
        subject = next(iter(sentence.children(above.i, "nsubj")), None) if above else None
    if subject is None:
        return None
    free = any(c.lower in _WHAT for c in sentence.children(verb.i, "dobj", "nsubj"))
    if free and subject.pos == "PRON":
        # "condemned what he called …": he is who condemns
        outer = next((c for above in sentence.ancestors(verb.i) for c in sentence.children(above.i, "nsubj")), None)
        return outer.i if outer else subject.i
    return subject.i


def _target(sentence: Sentence, i: int) -> int | None:
    """The thing that a naming verb names: its object, passive subject, or the noun it is a clause of."""
    token = sentence[i]
    for child in sentence.children(i, "dobj", "nsubjpass", "nsubj"):
        if child.dep == "nsubj" and sentence.children(i, "dobj", "nsubjpass"):
            continue
        if child.tag in ("WDT", "WP"):
            return meant(sentence, token.head) if token.dep == "relcl" else None
        if child.dep != "nsubj":
            return meant(sentence, child.i)
    return token.head if token.dep == "acl" else None
