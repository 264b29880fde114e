"""Attributions that the encoder hears: its stretches of source, cue and content, tied by its pointers."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import numpy as np

from dateline.attribution.findings import Finding, Source, united
from dateline.core import CueClass, Span
from dateline.knowledge.cues import cue_adjectives, cue_nouns, cue_phrases, cue_verbs
from dateline.language import Parse, Sentence, Token
from dateline.language.signals import Signals, Stretch, WindowSignals

_GAP = 3
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


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
        cues = [s for s in stretches if s.label == "cue"]
        if not cues:
            return []
        contents: dict[int, list[Span]] = {}
        sources: dict[int, list[Stretch]] = {}
        for stretch in stretches:
            if stretch.label == "cue":
                continue
            to = _pointed(window, stretch, cues)
            if to is None:
                continue
            if stretch.label == "content":
                contents.setdefault(to, []).append(stretch.span)
            else:
                sources.setdefault(to, []).append(stretch)
        made = []
        for k, spans in contents.items():
            finding = self._finding(cues[k], spans, sources.get(k, []))
            if finding:
                made.append(finding)
        return made

    def _finding(self, cue: Stretch, contents: list[Span], sources: list[Stretch]) -> Finding | None:
        sentence = self._parse.at(cue.span.start)
        words = sentence.tokens_in(cue.span) if sentence else ()
        if sentence is None or not words:
            return None
        span = Span(words[0].start, words[-1].end)
        content = tuple(cut for cut in (self._snapped(c) for c in self._closed(contents)) if cut)
        if not content:
            return None
        best = max(sources, key=lambda s: (s.score, -s.span.start), default=None)
        clausal = any(token.tag in _FINITE for c in content for s in self._parse.within(c) for token in s.tokens_in(c))
        kind = _kind(words, clausal)
        return Finding(sentence, kind, span, self._source(best) if best else None, content, clausal)

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
        """The span widened to whole tokens of the parse."""
        sentences = self._parse.within(span)
        tokens = [t for s in (sentences[:1] + sentences[-1:]) for t in s.tokens_in(span)]
        if not tokens:
            return None
        return Span(min(span.start, tokens[0].start), max(span.end, tokens[-1].end))

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


def _pointed(window: WindowSignals, stretch: Stretch, cues: list[Stretch]) -> int | None:
    """The cue that the pieces of a stretch point to, None where they point to none of this window."""
    rows = np.stack([window.pair_row("cue", k) for k in range(stretch.first, stretch.last + 1)])
    picked = rows[:, [0, *(cue.first + 1 for cue in cues)]].mean(0)
    best = int(picked.argmax())
    return best - 1 if best else None


def _kind(words: Sequence[Token], clausal: bool) -> CueClass:
    """The class of a cue by the word in it that the tables know, else plain saying or talk."""
    lowers = tuple(token.lower for token in words)
    for known in cue_phrases():
        if any(lowers[k : k + len(known.words)] == known.words for k in range(len(lowers))):
            return known.kind
    for pos, table in (("VERB", cue_verbs()), ("AUX", cue_verbs()), ("NOUN", cue_nouns()), ("ADJ", cue_adjectives())):
        for token in words:
            if token.pos == pos and (cue := table.get(token.lemma)):
                return cue.kind
    return "say" if clausal else "talk"
