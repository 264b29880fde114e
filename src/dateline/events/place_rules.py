"""The place of an event by rules alone: the toponym nearest in the tree, behind a preposition of place.

What is used where the weights of the learned choice are missing.
"""

from __future__ import annotations

from dateline.events.candidates import Candidate
from dateline.events.reach import cost
from dateline.events.triggers import Trigger
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence

_LOCATIVE = word_set("locative")
_STRONG = word_set("locative_strong")
_SITES = word_set("site")


def nearest(
    sentence: Sentence, trigger: Trigger, candidates: tuple[Candidate, ...], cues: frozenset[int]
) -> Candidate | None:
    """The toponym that is cheapest to reach from the trigger, or None."""
    best: tuple[float, Candidate] | None = None
    for candidate in candidates:
        if candidate.toponym is None:
            continue
        way = _preposition(sentence, candidate.last, frozenset(range(candidate.first, candidate.last + 1)))
        if way is None:
            continue
        arcs = cost(sentence, trigger, candidate.last, cues)
        if arcs is not None and (best is None or arcs + way < best[0]):
            best = (arcs + way, candidate)
    return best[1] if best else None


def _preposition(sentence: Sentence, i: int, inside: frozenset[int]) -> float | None:
    """The price of the way in: cheap behind "in", dear as a modifier, None where it names a party."""
    token = sentence[i]
    above = sentence.head(i)
    while token.dep in ("conj", "compound", "nmod", "appos") and above is not None:
        if token.dep in ("compound", "nmod") and above.i not in inside:
            return 4.0 if above.lemma in _SITES else None
        token, above = above, sentence.head(above.i)
    if token.dep == "pobj" and above is not None:
        if above.lemma in _STRONG:
            return 0.0
        return 1.5 if above.lemma in _LOCATIVE else None
    if token.dep == "poss":
        return 3.0
    if token.dep in ("dobj", "nsubjpass"):
        return 1.0
    return 2.0 if token.dep in ("npadvmod", "ROOT", "dep", "appos") else None
