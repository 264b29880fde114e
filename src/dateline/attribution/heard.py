"""Attributions that the encoder hears: its stretches of source, cue and content, tied by its pointers."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dateline.attribution.findings import Finding, Source, united
from dateline.core import CueClass, Span
from dateline.knowledge.cues import cue_adjectives, cue_nouns, cue_phrases, cue_verbs, source_kinds
from dateline.language import Parse, Sentence, Token
from dateline.language.signals import Signals, Stretch, WindowSignals

_GAP = 3
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_WEAK = 0.2
_GROWN = 0.3
_LINKS = frozenset({"PUNCT", "ADP", "SCONJ", "CCONJ", "PART", "DET", "AUX"})
_OPENING = frozenset("\"'“‘«„([")


class HeardFindings:
    """The findings of a document, asked for by sentences; empty where nothing was heard."""

    def __init__(self, text: str, parse: Parse, signals: Signals) -> None:
        self._text, self._parse, self._signals = text, parse, signals
        found = [
            finding
            for number, window in enumerate(signals.windows)
            for finding in self._window(window, window.stretches("attribution", number))
        ]
        self._found = sorted(found, key=lambda finding: finding.cue)
        self._starts = [finding.cue.start for finding in self._found]

    def __call__(self, sentences: Sequence[Sentence]) -> list[Finding]:
        """The findings whose cue stands in these sentences, in order."""
        if not self._found or not sentences:
            return []
        first = bisect.bisect_left(self._starts, sentences[0].span.start)
        last = bisect.bisect_left(self._starts, sentences[-1].span.end)
        return self._found[first:last]

    def likely(self, finding: Finding) -> float:
        """How probable the encoder takes a finding's cue for one, 0 to 1; 1 where it has not heard the words."""
        found = self._signals.at(finding.cue)
        if found is None:
            return 1.0
        window, _ = found
        return max((_cue_chance(window, k) for k in window.pieces(finding.cue)), default=1.0)

    def _window(self, window: WindowSignals, stretches: list[Stretch]) -> list[Finding]:
        """One finding for each cue that some content points to."""
        others = [(s, window.pair_mean("cue", s.first, s.last)) for s in stretches if s.label != "cue"]
        cues = [_grown(window, s) for s in stretches if s.label == "cue"]
        for stretch, row in others:
            if stretch.label == "content" and (weak := _weak_cue(window, row, cues)):
                cues.append(weak)
        contents: dict[int, list[Span]] = {}
        sources: dict[int, list[Stretch]] = {}
        for stretch, row in others:
            to = _pointed(row, cues)
            if to is None:
                continue
            if stretch.label == "content":
                contents.setdefault(to, []).append(stretch.span)
            else:
                sources.setdefault(to, []).append(stretch)
        found = (self._finding(cues[k], spans, sources.get(k, [])) for k, spans in contents.items())
        return [finding for finding in found if finding]

    def _finding(self, cue: Stretch, contents: list[Span], sources: list[Stretch]) -> Finding | None:
        sentence = self._parse.at(cue.span.start)
        words = sentence.tokens_in(cue.span) if sentence else ()
        if sentence is None or not words:
            return None
        span = Span(words[0].start, words[-1].end)
        content = tuple(cut for cut in (self._snapped(c) for c in self._closed(contents)) if cut)
        best = max(sources, key=lambda s: (s.score, -s.span.start), default=None)
        source = self._source(best) if best else None
        known = _known(words)
        if not content or (source is None and known is None) or all(t.pos == "PUNCT" for t in words):
            return None
        clausal = any(token.tag in _FINITE for c in content for s in self._parse.within(c) for token in s.tokens_in(c))
        kind = "talk" if source and _paper(source) else known or ("say" if clausal else "talk")
        return Finding(sentence, kind, span, source, content, clausal)

    def _closed(self, spans: list[Span]) -> tuple[Span, ...]:
        """The stretches of a content, small gaps of marks between them closed."""
        made: list[Span] = []
        for span in united(spans):
            gap = self._text[made[-1].end : span.start] if made else ""
            if made and len(gap) <= _GAP and not any(c.isalnum() for c in gap):
                made[-1] = Span(made[-1].start, span.end)
            else:
                made.append(span)
        return tuple(made)

    def _snapped(self, span: Span) -> Span | None:
        """The span as whole tokens of the parse, marks at its edges left out; None for mere links."""
        sentences = self._parse.within(span)
        tokens = [t for s in (sentences[:1] + sentences[1:][-1:]) for t in s.tokens_in(span)]
        if all(token.pos in _LINKS or token.tag in ("WDT", "WP") for token in tokens):
            return None
        first = next(t for t in tokens if t.pos != "PUNCT" or t.text in _OPENING)
        return Span(first.start, max(span.end, tokens[-1].end))

    def _source(self, stretch: Stretch) -> Source | None:
        sentence = self._parse.at(stretch.span.start)
        words = sentence.tokens_in(stretch.span) if sentence else ()
        if sentence is None or not words:
            return None
        inside = {token.i for token in words}
        heads = [t for t in words if t.head not in inside or t.head == t.i]
        nouns = [t for t in heads if t.pos in ("NOUN", "PROPN", "PRON")] or heads or list(words)
        return Source(sentence, nouns[0].i, Span(words[0].start, words[-1].end))


def _cue_chance(window: WindowSignals, piece: int) -> float:
    """The probability that a piece begins or goes on in a cue."""
    return float(window.chances("attribution", piece)[3:5].sum())


def _pointed(row: NDArray[np.float32], cues: list[Stretch]) -> int | None:
    """The cue that a stretch points to by its scores (entry 0: none, k + 1: piece k); None where it points nowhere."""
    if not cues:
        return None
    best = int(row[[0, *(cue.first + 1 for cue in cues)]].argmax())
    return best - 1 if best else None


def _weak_cue(window: WindowSignals, row: NDArray[np.float32], cues: list[Stretch]) -> Stretch | None:
    """The cue that a content points to although its words hardly look like one; None where known."""
    piece = int(row.argmax()) - 1
    if piece < 0 or any(cue.first <= piece <= cue.last for cue in cues) or _cue_chance(window, piece) < _WEAK:
        return None
    span = window.spans[piece]
    weak = _grown(window, Stretch("cue", span, _cue_chance(window, piece), -1, piece, piece))
    return None if any(cue.first <= weak.last and weak.first <= cue.last for cue in cues) else weak


def _grown(window: WindowSignals, cue: Stretch) -> Stretch:
    """A cue with the pieces beside it that may well belong to it: sure where it begins, it is less so where it ends."""
    first, last = cue.first, cue.last
    while first > 0 and _cue_chance(window, first - 1) >= _GROWN:
        first -= 1
    while last + 1 < len(window.spans) and _cue_chance(window, last + 1) >= _GROWN:
        last += 1
    return replace(cue, span=Span(window.spans[first].start, window.spans[last].end), last=last)


def _known(words: Sequence[Token]) -> CueClass | None:
    """The class of a cue by the word or phrase in it that the tables know."""
    lowers = tuple(token.lower for token in words)
    for known in cue_phrases():
        if any(lowers[k : k + len(known.words)] == known.words for k in range(len(lowers))):
            return known.kind
    for pos, table in (("VERB", cue_verbs()), ("AUX", cue_verbs()), ("NOUN", cue_nouns()), ("ADJ", cue_adjectives())):
        for token in words:
            if token.pos == pos and (cue := table.get(token.lemma)):
                return cue.kind
    return None


def _paper(source: Source) -> bool:
    """Whether a document speaks whose author is not told ("video shows", "the report finds"): nobody's word."""
    head = source.sentence[source.head]
    return source_kinds().get(head.lemma) == "document" and not source.sentence.children(head.i, "poss", "prep")
