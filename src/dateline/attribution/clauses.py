"""Attributions that grammar tells: a cue word with its subject and its complement."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.attribution.findings import Finding, Source, runs, without
from dateline.attribution.sources import owner_of, phrase, subject_of
from dateline.core import Span
from dateline.knowledge.cues import Cue, CueClass, cue_adjectives, cue_nouns, cue_phrases, cue_verbs
from dateline.language import Sentence, Token

_BEFORE = frozenset({"aux", "auxpass", "neg", "advmod"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_LOOSE: frozenset[CueClass] = frozenset({"believe", "promise", "announce"})
_CONDITIONS = frozenset({"if", "unless", "because", "until", "once", "so", "although", "though"})
_TELLING: frozenset[CueClass] = frozenset({"say", "announce", "confirm", "deny", "claim", "warn", "write"})
_CLAUSES = frozenset({"ROOT", "ccomp", "conj", "advcl", "relcl", "parataxis"})
_LONGEST_GROUP = 25


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
        if token.lower in _phrase_heads():
            found += _from_phrase(sentence, token)
    return found


def _from_verb(sentence: Sentence, token: Token, cue: Cue) -> Iterator[Finding]:
    source = subject_of(sentence, token.i)
    passive = any(child.text != "IS" or token.text.isupper() for child in sentence.children(token.i, "auxpass"))
    if source is None and not passive:
        return
    numbers = verb_content(sentence, token, cue, passive)
    if not numbers and source is not None and cue.kind in _TELLING and not passive:
        numbers = _told_before(sentence, token, source)
    if numbers:
        yield from _finding(sentence, token, cue.kind, source, numbers)


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
    return _phrasal(sentence, token, frames)


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


def _phrasal(sentence: Sentence, token: Token, frames: frozenset[str]) -> set[int]:
    """A noun phrase or a prepositional phrase as content."""
    things = sentence.children(token.i, "dobj")
    for prep in sentence.children(token.i, "prep"):
        word = "to-noun" if prep.lower == "to" else prep.lower
        inner = sentence.children(prep.i, "pobj", "pcomp")
        if word in frames and inner and prep.i > token.i:
            numbers = set(sentence.subtree(inner[0].i))
            if word == "at":
                counted = things and any(sentence[i].pos == "NUM" for i in numbers)
                return (
                    numbers | set(sentence.subtree(prep.i)) | set(sentence.subtree(things[0].i)) if counted else set()
                )
            if word == "of" and things:
                numbers |= set(sentence.subtree(prep.i)) | set(sentence.subtree(things[0].i))
            if word in ("on", "for") and token.lemma == "call":
                numbers = numbers.union(*(sentence.subtree(c.i) for c in sentence.children(token.i, "xcomp")))
            return numbers
    if "of" in frames and things and any(p.lower == "of" for p in sentence.children(things[0].i, "prep")):
        # "accused the army of burning houses", the charge hung from the army
        return set(sentence.subtree(things[0].i))
    if "label" in frames:
        for name in sentence.children(token.i, "oprd"):
            return set(sentence.subtree(name.i))
    if "object" in frames and things and things[0].pos != "PRON":
        return set(sentence.subtree(things[0].i))
    return set()


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


def _phrase_heads() -> frozenset[str]:
    return frozenset(phrase.words[0] for phrase in cue_phrases() if phrase.place == "before")


def _from_phrase(sentence: Sentence, token: Token) -> Iterator[Finding]:
    """ "According to X, …": the source behind the phrase, and the clause that it hangs from."""
    for known in cue_phrases():
        last = token.i + len(known.words) - 1
        if known.place != "before" or last >= len(sentence):
            continue
        if tuple(t.lower for t in sentence.tokens[token.i : last + 1]) != known.words:
            continue
        things = sentence.children(last, "pobj")
        if not things:
            return
        source = phrase(sentence, things[0].i)
        clause = _clause_above(sentence, token)
        numbers = set(sentence.subtree(clause)) - set(sentence.subtree(token.i))
        numbers -= {t.i for t in sentence.tokens_in(source.span)} | set(range(token.i, last + 1))
        cue = Span(token.start, sentence[last].end)
        content = runs(sentence, numbers)
        if content:
            yield Finding(sentence, known.kind, cue, source, content, True)
        return


def _clause_above(sentence: Sentence, token: Token) -> int:
    """The verb whose clause a phrase speaks of: the nearest that is no bare participle."""
    ends = token.i > 0 and sentence[token.i - 1].text == ","
    for above in sentence.ancestors(token.i):
        # behind a comma the phrase speaks of all the joined clauses before it
        if above.pos in ("VERB", "AUX") and above.dep in _CLAUSES and not (ends and above.dep == "conj"):
            return above.i
    root = token.i
    for above in sentence.ancestors(token.i):
        root = above.i
    return root


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


def cue_span(sentence: Sentence, token: Token) -> Span:
    """The cue word with its helping verbs, negation and particle ("has not called for")."""
    first = last = token.i
    children = {child.i: child.dep for child in sentence.children(token.i)}
    while first - 1 in children and children[first - 1] in _BEFORE and sentence[first - 1].text != "IS":
        first -= 1
    behind = children.get(last + 1)
    frames = cue_verbs()[token.lemma].frames if token.lemma in cue_verbs() else frozenset()
    word = sentence[last + 1].lower if behind else ""
    if behind == "prt" or (behind == "prep" and ("to-noun" if word == "to" else word) in frames):
        last += 1
    return Span(sentence[first].start, sentence[last + _document(sentence, last + 1)].end)


def _document(sentence: Sentence, i: int) -> int:
    """How many tokens from ``i`` on say where the words stand ("in a statement")."""
    words = tuple(token.lower for token in sentence.tokens[i : i + 4])
    for known in cue_phrases():
        if known.place == "document" and words[: len(known.words)] == known.words:
            return len(known.words)
    return 0
