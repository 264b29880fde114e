"""The words that the encoder hears as the place of an event."""

from __future__ import annotations

from dateline.core import Span
from dateline.events.candidates import Candidate
from dateline.language import Sentence
from dateline.language.signals import Signals

EVEN = 3.0
"""The score of a pair of which the encoder is as sure as not (the bias of its training)."""
_GAP = 2
_EDGES = frozenset({"DET", "ADP", "PUNCT", "CCONJ", "SCONJ", "PART"})


def heard_places(sentence: Sentence, word: Span, signals: Signals) -> list[tuple[float, Span]] | None:
    """The stretches of the sentence that are heard as where the event of a word happened, the surest first.

    None where the encoder has not read the word.
    """
    found = signals.at(word)
    if found is None:
        return None
    window, piece = found
    row = window.pair_row("where", piece)
    stretches: list[tuple[float, int, int]] = []
    for k in window.pieces(sentence.span):
        score = float(row[k + 1])
        if score <= EVEN:
            continue
        if stretches and k - stretches[-1][2] <= _GAP:
            best, first, _ = stretches[-1]
            stretches[-1] = (max(best, score), first, k)
        else:
            stretches.append((score, k, k))
    made = []
    for score, first, last in sorted(stretches, key=lambda s: (-s[0], s[1])):
        span = _trimmed(sentence, Span(window.spans[first].start, window.spans[last].end))
        if span is not None:
            made.append((score, span))
    return made


def _trimmed(sentence: Sentence, span: Span) -> Span | None:
    """The tokens of a stretch without articles, prepositions and marks at its edges."""
    words = list(sentence.tokens_in(span))
    while words and words[0].pos in _EDGES:
        words.pop(0)
    while words and words[-1].pos in _EDGES:
        words.pop()
    return Span(words[0].start, words[-1].end) if words else None


def fitting(span: Span, candidates: list[Candidate]) -> list[Candidate]:
    """The names that overlap a stretch, those that cover most of it first."""

    def shared(name: Candidate) -> int:
        return min(name.span.end, span.end) - max(name.span.start, span.start)

    return sorted((c for c in candidates if c.span.overlaps(span)), key=lambda c: (-shared(c), c.span))
