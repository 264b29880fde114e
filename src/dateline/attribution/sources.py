"""The noun phrase that speaks: found from its cue, with its span and its neutral name."""

from __future__ import annotations

from dateline.attribution.findings import Source
from dateline.core import CueClass, Span
from dateline.knowledge.cues import cue_verbs, source_kinds
from dateline.knowledge.speakers import Speaker, kind_of, source_kind, speaker_of
from dateline.language import Sentence, Token

_CLIMB = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep"})
_LONGEST = 45
_TELLING: frozenset[CueClass] = frozenset({"say", "announce", "confirm", "deny", "claim", "warn", "write"})
_LEFT = frozenset({"compound", "amod", "poss", "nmod", "nummod", "quantmod", "case", "advmod", "npadvmod"})
_CLAUSES = frozenset({"relcl", "acl", "appos", "punct"})
_MARKS = frozenset('"“”«»')
_SPEAKS_FOR = frozenset({"by", "from", "of"})
_KEPT = frozenset({"of", "for", "in", "at", "from", "with", "on"})


def subject_of(sentence: Sentence, i: int) -> Source | None:
    """The source of the cue verb ``i``: its subject, that of the verb it hangs from, or the noun it describes."""
    at, steps = i, 0
    while steps < 5:
        found = _own_subject(sentence, at)
        if found is not None:
            # "it is right to say": nobody speaks
            return None if at != i and sentence[found.head].lower in ("it", "there") else found
        token = sentence[at]
        head = sentence.head(at)
        if head is None:
            return None
        if is_bare_passive(sentence, token):
            # "a town known as …", "asked about it, he …": they do not speak
            return None
        if token.dep in ("acl", "relcl") and head.pos in ("NOUN", "PROPN", "PRON"):
            return phrase(sentence, head.i, without_child=at)
        if adds_to(sentence, token):
            # the speaker goes on, not the one spoken of
            above = sentence.head(head.i)
            at, steps = (above.i if above is not None else head.i), steps + 1
            continue
        if token.dep not in _CLIMB or (token.dep == "ccomp" and token.i > head.i):
            return None
        at, steps = head.i, steps + 1
    return None


def is_bare_passive(sentence: Sentence, token: Token) -> bool:
    """Whether a participle without helping verb is passive: "a town known as …", "asked about it, he …"."""
    if token.tag != "VBN" or token.dep not in ("acl", "advcl"):
        return False
    return not sentence.children(token.i, "aux", "auxpass", "nsubj")


def adds_to(sentence: Sentence, token: Token) -> bool:
    """Whether a participle behind a comma continues the cue whose content it hangs from.

    "He said the road was shut, adding that …": the parser gives "adding" to the road.
    """
    cue = cue_verbs().get(token.lemma)
    head = sentence.head(token.i)
    if cue is None or cue.kind not in _TELLING or token.tag != "VBG" or token.dep != "advcl" or head is None:
        return False
    above = sentence.head(head.i)
    if head.dep != "ccomp" or head.i > token.i or above is None or above.i > head.i:
        return False
    return above.lemma in cue_verbs() and sentence[token.i - 1].text == ","


def _own_subject(sentence: Sentence, i: int) -> Source | None:
    passive = bool(sentence.children(i, "auxpass")) or is_bare_passive(sentence, sentence[i])
    for child in sentence.children(i, "auxpass", "aux"):
        if child.text == "IS" and not sentence[i].text.isupper():
            # the group, taken by the parser for a form of "be"
            return Source(sentence, child.i, child.span)
    # of two subjects one stands in the quotation: the nearer one speaks
    for child in sorted(sentence.children(i, "nsubj"), key=lambda child: abs(child.i - i)):
        if child.tag in ("WDT", "WP") or (child.lower == "that" and sentence[i].dep == "relcl"):
            head = sentence.head(i)
            if sentence[i].dep == "relcl" and head is not None:
                return Source(sentence, head.i, child.span)
            return None
        return phrase(sentence, child.i)
    if not passive and not sentence.children(i, "csubj", "expl"):
        lost = _lost_subject(sentence, i)
        if lost is not None:
            return lost
    if passive:
        for agent in sentence.children(i, "agent"):
            for child in sentence.children(agent.i, "pobj"):
                return phrase(sentence, child.i)
    return None


def _lost_subject(sentence: Sentence, i: int) -> Source | None:
    """The subject that the parser gave to the verb of its own relative clause: "Abe, who spoke late, said …"."""
    said = [child for child in sentence.children(i, "ccomp") if child.i > i]
    ahead = [child for child in sentence.children(i, "ccomp") if child.i < i]
    if len(said) != 1 or len(ahead) != 1 or sentence[i].tag not in ("VBD", "VBZ", "VBP"):
        return None
    numbers = sentence.subtree(ahead[0].i)
    if any(sentence[k].text in _MARKS for k in numbers) or (numbers[0] > 0 and sentence[numbers[0] - 1].text in _MARKS):
        return None
    for child in sentence.children(ahead[0].i, "nsubj", "nsubjpass"):
        if child.pos in ("NOUN", "PROPN") and child.i < ahead[0].i:
            first = sentence.subtree(child.i)[0]
            last = max(k for k in numbers if sentence[k].pos != "PUNCT")
            return Source(sentence, child.i, Span(sentence[first].start, sentence[last].end))
    return None


def phrase(sentence: Sentence, head: int, without_child: int | None = None) -> Source:
    """The whole noun phrase of a head word, appositions included, clauses behind a comma left out.

    ``without_child``: a branch that does not belong to it (the cue's own clause).
    """
    numbers = set(sentence.subtree(head))
    if without_child is not None:
        numbers -= set(sentence.subtree(without_child))
    for child in sentence.children(head, "relcl", "acl", "advcl"):
        branch = sentence.subtree(child.i)
        if branch[0] > head and sentence[branch[0] - 1].text == ",":
            numbers -= set(branch)
    first = last = head
    while first - 1 in numbers and head - first < _LONGEST:
        first -= 1
    while last + 1 in numbers and last - head < _LONGEST:
        last += 1
    while last > head and sentence[last].pos in ("PUNCT", "SPACE", "CCONJ"):
        last -= 1
    while first < head and sentence[first].pos in ("PUNCT", "SPACE", "CCONJ"):
        first += 1
    return Source(sentence, head, Span(sentence[first].start, sentence[last].end))


def owner_of(sentence: Sentence, i: int) -> Source | None:
    """Whose claim, plan or statement the noun ``i`` is: "Iran's claim", "a claim by Iran"; else the subject above."""
    for child in sentence.children(i, "poss"):
        return phrase(sentence, child.i)
    for prep in sentence.children(i, "prep"):
        if prep.lower in ("by", "from", "of", "among"):
            for child in sentence.children(prep.i, "pobj"):
                return phrase(sentence, child.i)
    head = sentence.head(i)
    if head is not None and head.pos in ("VERB", "AUX") and sentence[i].dep in ("dobj", "attr"):
        return subject_of(sentence, head.i)
    return None


def speaker(source: Source) -> Speaker | None:
    """The neutral name and kind of a source; None for a phrase without letters.

    An apposition that is a person's name gives the name; a document gives whoever it is by.
    """
    sentence, head = source.sentence, source.sentence[source.head]
    if source_kinds().get(head.lemma) == "document":
        whose = _behind(sentence, head)
        if whose is not None:
            return speaker(whose)
    if head.pos == "NOUN":
        for child in sentence.children(head.i, "appos"):
            if child.pos == "PROPN" and child.i > head.i:
                name = speaker_of(_words(sentence, child.i, bare=True))
                if name:
                    official = source_kind(head.text) == "official"
                    return Speaker(name.name, "official" if official else name.kind)
    words = _words(sentence, head.i, bare=head.pos == "PROPN")
    found = speaker_of(words)
    if found is None:
        return None
    if head.pos == "PROPN" and found.kind == "person":
        for child in sentence.children(head.i, "appos", "compound", "amod"):
            if source_kind(child.text) == "official":
                return Speaker(found.name, "official")
    if head.pos == "NOUN" and found.kind == "person":
        return Speaker(found.name, kind_of(found.name.lower()))
    return found


def _behind(sentence: Sentence, head: Token) -> Source | None:
    """Who wrote a document: "the ministry's statement", "a report by Human Rights Watch"."""
    for child in sentence.children(head.i, "poss"):
        if child.pos in ("PROPN", "NOUN"):
            return phrase(sentence, child.i)
    for prep in sentence.children(head.i, "prep"):
        if prep.lower in _SPEAKS_FOR:
            for child in sentence.children(prep.i, "pobj"):
                if prep.lower != "of" and child.pos in ("PROPN", "NOUN"):
                    return phrase(sentence, child.i)
    return None


def _words(sentence: Sentence, head: int, *, bare: bool) -> str:
    """The head with its modifiers before it and, for descriptions, a short "of …" behind it."""
    first = last = head
    while first > 0 and _modifies(sentence, first - 1, head):
        first -= 1
    while sentence[first].dep in ("det", "punct") and first < head:
        first += 1
    for prep in sentence.children(head, "prep"):
        numbers = sentence.subtree(prep.i, _CLAUSES)
        near = prep.i == last + 1 and len(numbers) <= 6
        named = (
            prep.lower in ("of", "for")
            and sentence[numbers[-1]].text[:1].isupper()
            and source_kind(sentence[head].text)
        )
        if near and prep.lower in _KEPT and (prep.lower == "of" or not bare or named) and numbers[-1] - numbers[0] < 7:
            last = numbers[-1]
            break
    return " ".join(t.text for t in sentence.tokens[first : last + 1]).replace(" ’s", "’s").replace(" 's", "'s")


def _modifies(sentence: Sentence, i: int, head: int) -> bool:
    """Whether the token before a phrase belongs to its head by modifiers alone."""
    steps = 0
    while i != head and steps < 6:
        if sentence[i].dep not in _LEFT and sentence[i].dep not in ("det", "punct"):
            return False
        if sentence[i].dep == "punct" and sentence[i].text not in ("-", "–", "."):
            return False
        i, steps = sentence[i].head, steps + 1
    return i == head
