"""Attributions that grammar tells: a cue word with its subject and its complement."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.attribution.cue_spans import cue_span
from dateline.attribution.findings import Finding, Source, runs, without
from dateline.attribution.phrases import from_phrase, phrase_heads
from dateline.attribution.sources import adds_to, is_bare_passive, owner_of, subject_of
from dateline.core import CueClass
from dateline.knowledge.cues import Cue, cue_adjectives, cue_nouns, cue_verbs
from dateline.language import Sentence, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_LOOSE: frozenset[CueClass] = frozenset({"believe", "promise", "announce"})
_CONDITIONS = frozenset({"if", "unless", "because", "until", "once", "so", "although", "though"})
_TELLING: frozenset[CueClass] = frozenset({"say", "announce", "confirm", "deny", "claim", "warn", "write"})
_LONGEST_GROUP = 25
_LONGEST_NAME = 5
_ONESELF = frozenset({"itself", "himself", "herself", "themselves"})
_ABOUT: frozenset[CueClass] = frozenset({"judge", "label", "talk", "accuse", "express"})
_OF_OBJECT = frozenset({"as", "for", "over", "of", "from", "about"})


def read_clauses(sentence: Sentence) -> list[Finding]:
    """The attributions of a sentence that its parse tells, in the order of their cues."""
    verbs, nouns, adjectives = cue_verbs(), cue_nouns(), cue_adjectives()
    found: list[Finding] = []
    for token in sentence:
        if token.pos in ("VERB", "AUX"):
            cue = verbs.get(token.lemma)
            found += _from_verb(sentence, token, cue) if cue else []
        elif token.pos == "NOUN":
            cue = nouns.get(token.lemma)
            found += _from_noun(sentence, token, cue) if cue else []
        elif token.pos == "ADJ":
            cue = adjectives.get(token.lemma)
            found += _from_adjective(sentence, token, cue) if cue else []
        if token.lower in phrase_heads():
            found += from_phrase(sentence, token)
    return found


def _from_verb(sentence: Sentence, token: Token, cue: Cue) -> Iterator[Finding]:
    source = subject_of(sentence, token.i)
    passive = any(child.text != "IS" or token.text.isupper() for child in sentence.children(token.i, "auxpass"))
    passive = passive or is_bare_passive(sentence, token)
    if source is None and not passive:
        return
    numbers = verb_content(sentence, token, cue, passive)
    if not numbers and source is not None and cue.kind in _TELLING and not passive:
        numbers = _told_before(sentence, token, source)
    if any(thing.lower in _ONESELF for thing in sentence.children(token.i, "dobj")) and "label" in cue.frames:
        return
    if numbers:
        named = "label" in cue.frames and any(child.dep in ("oprd", "ccomp") for child in sentence.children(token.i))
        yield from _finding(sentence, token, "label" if named else cue.kind, source, numbers)


def _told_before(sentence: Sentence, token: Token, source: Source) -> set[int]:
    """What stands before ", he told reporters." at a sentence's end, where the parse does not tie the two."""
    group = [t.i for t in sentence.tokens_in(source.span)] + [token.i]
    first, last = min(group), max(group)
    before = sentence[first - 1] if first else None
    if before is None or before.text != "," or last - first > _LONGEST_GROUP or token.dep == "relcl":
        return set()
    start = max((i + 1 for i in range(first) if sentence[i].text == ";"), default=0)
    ahead = sentence.tokens[start : first - 1]
    return {t.i for t in ahead} if any(t.tag in _FINITE for t in ahead) else set()


def verb_content(sentence: Sentence, token: Token, cue: Cue, passive: bool) -> set[int]:
    """The tokens of the content that the verb's frames allow; the first frame that fits gives it."""
    frames = cue.frames
    for child in sentence.children(token.i):
        if child.dep == "ccomp" and "clause" in frames and _is_clause(sentence, child, cue):
            if numbers := _clause(sentence, token, child, cue):
                return numbers
            continue
        if child.dep == "ccomp" and frames & {"object-clause", "label", "to"} and child.i > token.i:
            return set(sentence.subtree(child.i))
        if child.dep == "xcomp":
            to = any(c.tag == "TO" for c in sentence.children(child.i))
            if (to and "to" in frames) or (not to and "ing" in frames and child.tag == "VBG"):
                return _infinitive(sentence, token, child, cue, passive)
    head = sentence.head(token.i)
    if token.dep == "parataxis" and "clause" in frames and head is not None:
        return set(sentence.subtree(head.i)) - set(sentence.subtree(token.i))
    if token.dep == "advcl" and "clause" in frames and head is not None and _as(sentence, token):
        # "As Reuters noted, roads were shut."
        return set(sentence.subtree(head.i)) - set(sentence.subtree(token.i))
    return _phrasal(sentence, token, cue)


def _as(sentence: Sentence, token: Token) -> bool:
    return any(c.lower == "as" and c.dep in ("mark", "advmod") for c in sentence.children(token.i))


def _is_clause(sentence: Sentence, child: Token, cue: Cue) -> bool:
    """Whether a complement is a clause that can be said: finite, or a bare predicate with its subject.

    "Saw them leave" and "hold Tehran accountable" are none.
    """
    below = sentence.children(child.i)
    if any(c.lower == "that" and c.dep == "mark" for c in below):
        return True
    finite = child.tag in _FINITE or any(c.dep in ("aux", "auxpass") and c.tag in _FINITE for c in below)
    return finite or (cue.kind not in _LOOSE and any(c.dep in _SUBJECTS for c in below))


def _clause(sentence: Sentence, token: Token, child: Token, cue: Cue) -> set[int]:
    """A complement clause, with clauses joined to it where the cue stands behind or in the middle of it."""
    numbers = set(sentence.subtree(child.i)) - _others_words(sentence, token, child)
    for added in sentence.children(child.i, "advcl"):
        if child.i > token.i and adds_to(sentence, added):
            numbers -= set(sentence.subtree(added.i))
    if child.i < token.i and _parted(sentence, token, numbers):
        return set()
    for clause in sentence.children(token.i, "advcl"):
        # the parser often hangs the content's last clause from the cue
        if clause.i > max(token.i, child.i) and any(
            c.dep == "mark" and c.lower in _CONDITIONS for c in sentence.children(clause.i)
        ):
            numbers |= set(sentence.subtree(clause.i))
    if cue.kind in ("order", "ask") and token.i < child.i:
        for thing in sentence.children(token.i, "dobj"):
            if thing.i < child.i and not any(c.dep == "mark" for c in sentence.children(child.i)):
                numbers |= set(sentence.subtree(thing.i))
    return numbers


def _parted(sentence: Sentence, token: Token, numbers: set[int]) -> bool:
    """Whether a semicolon parts a content from the cue behind it: "A said no; B said yes"."""
    last = max(i for i in numbers if i < token.i)
    return any(sentence[i].text == ";" for i in range(last + 1, token.i))


def _others_words(sentence: Sentence, token: Token, child: Token) -> set[int]:
    """Clauses joined to a content that tell what someone else says ("…, while residents said …")."""
    numbers: set[int] = set()
    for joined in (*sentence.conjuncts(child.i)[1:], *(c.i for c in sentence.children(child.i, "advcl", "ccomp"))):
        other = cue_verbs().get(sentence[joined].lemma)
        if joined < token.i or other is None or other.kind not in _TELLING or numbers.issuperset({joined}):
            continue
        subjects = sentence.children(joined, "nsubj")
        if sentence[joined].dep != "conj" and not any(
            c.dep in ("mark", "advmod") and c.lower in ("while", "whereas", "as") for c in sentence.children(joined)
        ):
            continue
        if subjects and subjects[0].pos != "PRON":
            numbers |= set(sentence.subtree(joined))
    return numbers


def _infinitive(sentence: Sentence, token: Token, child: Token, cue: Cue, passive: bool) -> set[int]:
    numbers = set(sentence.subtree(child.i))
    for thing in sentence.children(token.i, "nsubjpass" if passive else "dobj"):
        if cue.kind in ("order", "ask", "believe", "want") or passive:
            numbers |= set(sentence.subtree(thing.i))
    return numbers


def _phrasal(sentence: Sentence, token: Token, cue: Cue) -> set[int]:
    """A noun phrase or a prepositional phrase as content."""
    frames = cue.frames
    things = sentence.children(token.i, "dobj")
    named = [t for t in things or sentence.children(token.i, "nsubjpass") if _bare(sentence, t)]
    for prep in sentence.children(token.i, "prep"):
        word = "to-noun" if prep.lower == "to" else prep.lower
        inner = sentence.children(prep.i, "pobj", "pcomp")
        if f"object+{word}" in frames and things and inner and prep.i > things[0].i:
            return set(sentence.subtree(prep.i)) | set(sentence.subtree(things[0].i))
        if word in frames and inner and prep.i > token.i:
            numbers = set(sentence.subtree(inner[0].i))
            if word == "for" and things and cue.kind in _ABOUT:
                numbers |= set(sentence.subtree(prep.i)) | set(sentence.subtree(things[0].i))
            if word == "at":
                counted = things and any(sentence[i].pos == "NUM" for i in numbers)
                return (
                    numbers | set(sentence.subtree(prep.i)) | set(sentence.subtree(things[0].i)) if counted else set()
                )
            if word == "of" and things:
                numbers |= set(sentence.subtree(prep.i)) | set(sentence.subtree(things[0].i))
            if word == "as":
                numbers = numbers.union(sentence.subtree(prep.i), *(sentence.subtree(t.i) for t in named))
            if word in ("on", "for") and token.lemma == "call":
                numbers = numbers.union(*(sentence.subtree(c.i) for c in sentence.children(token.i, "xcomp")))
            return numbers
    if "of" in frames and things and any(p.lower == "of" for p in sentence.children(things[0].i, "prep")):
        # "accused the army of burning houses", the charge hung from the army
        return set(sentence.subtree(things[0].i))
    if "label" in frames:
        for name in sentence.children(token.i, "oprd"):
            return set(sentence.subtree(name.i)).union(*(sentence.subtree(t.i) for t in named))
    if "pred" in frames:
        for said in sentence.children(token.i, "acomp", "oprd", "xcomp"):
            return set(sentence.subtree(said.i)).union(*(sentence.subtree(t.i) for t in named))
    if "object" in frames and things and (things[0].pos != "PRON" or cue.kind in _ABOUT):
        return set(sentence.subtree(things[0].i)) | _of_object(sentence, token, things[0], cue)
    if not things and ("subject" in frames or ("object" in frames and sentence.children(token.i, "agent"))):
        return set().union(*(sentence.subtree(t.i) for t in sentence.children(token.i, "nsubjpass")))
    return set()


def _bare(sentence: Sentence, thing: Token) -> bool:
    """Whether who or what is labelled is only named; a longer phrase tells of it, and the label's giver does not."""
    below = sentence.subtree(thing.i)
    return len(below) <= _LONGEST_NAME and not any(sentence[i].pos == "VERB" for i in below)


def _of_object(sentence: Sentence, token: Token, thing: Token, cue: Cue) -> set[int]:
    """What is said of an object behind it: "praised Torres for her calm", "recalled her days as a nurse"."""
    if cue.kind not in _ABOUT:
        return set()
    numbers: set[int] = set()
    for prep in sentence.children(token.i, "prep"):
        if prep.i > thing.i and prep.lower in _OF_OBJECT:
            numbers |= set(sentence.subtree(prep.i))
    return numbers


def _from_noun(sentence: Sentence, token: Token, cue: Cue) -> Iterator[Finding]:
    source = owner_of(sentence, token.i)
    if source is None:
        return
    numbers: set[int] = set()
    for child in sentence.children(token.i, "acl", "prep"):
        to = any(c.tag == "TO" for c in sentence.children(child.i))
        clause = any(c.dep == "mark" for c in sentence.children(child.i)) or _said_clause(sentence, child)
        if child.dep == "acl" and ((to and "to" in cue.frames) or (clause and not to and "clause" in cue.frames)):
            numbers = set(sentence.subtree(child.i))
        elif child.dep == "prep" and ("to-noun" if child.lower == "to" else child.lower) in cue.frames:
            inner = sentence.children(child.i, "pobj", "pcomp")
            if inner and not source.span.overlaps(inner[0].span):
                numbers = set(sentence.subtree(inner[0].i))
        if numbers:
            break
    if numbers:
        yield from _finding(sentence, token, cue.kind, source, numbers)


def _said_clause(sentence: Sentence, child: Token) -> bool:
    return child.pos in ("VERB", "AUX") and bool(sentence.children(child.i, "nsubj", "nsubjpass"))


def _from_adjective(sentence: Sentence, token: Token, cue: Cue) -> Iterator[Finding]:
    source = subject_of(sentence, token.i)
    head = sentence.head(token.i)
    if source is None and head is not None and head.pos in ("AUX", "VERB"):
        source = subject_of(sentence, head.i)
    if source is None or sentence[source.head].lower == "it":
        return
    for child in sentence.children(token.i, "ccomp", "xcomp", "prep"):
        word = child.lower if child.dep == "prep" else ("clause" if child.dep == "ccomp" else "to")
        if word in cue.frames:
            inner = sentence.children(child.i, "pobj", "pcomp") if child.dep == "prep" else (child,)
            if inner:
                yield from _finding(sentence, token, cue.kind, source, set(sentence.subtree(inner[0].i)))
                return


def _finding(
    sentence: Sentence, token: Token, kind: CueClass, source: Source | None, numbers: set[int]
) -> Iterator[Finding]:
    cue = cue_span(sentence, token)
    content = runs(sentence, numbers)
    if source is not None:
        content = without(content, source.span)
    content = tuple(s for s in without(content, cue) if any(t.pos != "PUNCT" for t in sentence.tokens_in(s)))
    if content:
        clausal = any(t.tag in _FINITE and t.i in numbers for t in sentence)
        yield Finding(sentence, kind, cue, source, content, clausal)
