"""Attributions that a phrase tells: "according to residents, …"."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.attribution.findings import Finding, runs
from dateline.attribution.sources import phrase
from dateline.core import Span
from dateline.knowledge.cues import cue_phrases
from dateline.language import Sentence, Token

_CLAUSES = frozenset({"ROOT", "ccomp", "conj", "advcl", "relcl", "parataxis"})


def phrase_heads() -> frozenset[str]:
    """The words with which such phrases begin."""
    return frozenset(phrase.words[0] for phrase in cue_phrases() if phrase.place == "before")


def from_phrase(sentence: Sentence, token: Token) -> Iterator[Finding]:
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
