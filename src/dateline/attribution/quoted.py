"""Quotations given to their cue: the verb beside them, or the speaker who goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dateline.attribution.cue_spans import cue_span
from dateline.attribution.findings import Finding, united
from dateline.attribution.sources import subject_of
from dateline.core import Span
from dateline.knowledge.cues import cue_verbs
from dateline.language import Sentence
from dateline.language.quotations import Quotation

_ENDS = re.compile(r"[.!?;][\"”’»')]*\s")
_STOPPED = re.compile(r"[.!?,;—–…-][\"”’»'“]{0,2}$")
_WORDS = re.compile(r"\w+")
_JOINED = re.compile(r"[\s,;]*(?:(?:and|or|then)\s+)?")
_GAP = 90
_SPEECH_WORDS, _SHORT_SPEECH = 5, 3


@dataclass(frozen=True, slots=True)
class Anchor:
    """A cue that can govern a quotation: what stands for it where it has no content of its own yet."""

    finding: Finding
    start: int
    end: int


def attach(
    text: str, quotations: tuple[Quotation, ...], sentences: tuple[Sentence, ...], findings: list[Finding]
) -> list[Finding]:
    """The findings of a paragraph with its quotations among their contents, in the order of their cues.

    A cue inside a quotation keeps to that quotation; a quotation without any cue or earlier speaker
    in its paragraph stays without an attribution.
    """
    spans = [quotation.span for quotation in quotations]
    made = {finding.cue: _kept_in(finding, spans) for finding in findings}
    anchors = _anchors(text, sentences, spans, made)
    last: Span | None = None
    for number, span in enumerate(spans):
        owner = _overlapping(span, made)
        if owner is None:
            before = spans[number - 1].end if number else 0
            after = spans[number + 1].start if number + 1 < len(spans) else len(text)
            joined = last is not None and _JOINED.fullmatch(text, before, span.start)
            if not joined and not _speech(text, span):
                continue
            anchor = None if joined else _beside(text, span, anchors, before, after)
            if anchor is not None:
                made.setdefault(anchor.finding.cue, anchor.finding)
                owner = anchor.finding.cue
            elif last is not None and (joined or _new_sentence(text, span)):
                owner = last
            else:
                continue
        held = made[owner]
        made[owner] = replace(held, content=united([*held.content, span]), clausal=True)
        last = owner
    return sorted((f for f in made.values() if f.content), key=lambda f: f.cue)


def _kept_in(finding: Finding, spans: list[Span]) -> Finding:
    """A finding whose cue stands in a quotation, its content cut at that quotation's marks."""
    for span in spans:
        if span.holds(finding.cue):
            cut = [Span(max(c.start, span.start), min(c.end, span.end)) for c in finding.content if c.overlaps(span)]
            return replace(finding, content=tuple(cut))
    return finding


def _anchors(text: str, sentences: tuple[Sentence, ...], spans: list[Span], made: dict[Span, Finding]) -> list[Anchor]:
    """The cues outside the quotations that may govern one."""
    found = []
    verbs = cue_verbs()
    at = 0
    for sentence in sentences:
        for token in sentence:
            while at < len(spans) and spans[at].end <= token.start:
                at += 1
            quoted = at < len(spans) and spans[at].start <= token.start
            cue = verbs.get(token.lemma) if token.pos in ("VERB", "AUX") and not quoted else None
            if cue is None or "quote" not in cue.frames:
                continue
            span = cue_span(sentence, token)
            finding = made.get(span)
            if finding is None:
                source = subject_of(sentence, token.i)
                if source is None or any(source.span.overlaps(s) for s in spans[max(0, at - 1) : at + 1]):
                    continue
                finding = Finding(sentence, cue.kind, span, source, (), True)
            start, end = finding.cue.start, finding.cue.end
            if finding.source and finding.source.span.end <= start:
                start = finding.source.span.start
            elif finding.source:
                end = max(end, finding.source.span.end)
            found.append(Anchor(finding, start, end))
        # phrases such as "according to" govern quotations too
        found += [
            Anchor(f, f.cue.start, max(f.cue.end, f.source.span.end if f.source else 0))
            for f in made.values()
            if f.sentence is sentence and f.source and f.source.span.start > f.cue.end and " " in f.cue.of(text)
        ]
    return found


def _overlapping(span: Span, made: dict[Span, Finding]) -> Span | None:
    """The cue, outside the quotation, whose content already reaches into it; the widest where there are several."""
    best: tuple[int, Span] | None = None
    for cue, finding in made.items():
        if span.holds(cue):
            continue
        shared = sum(min(c.end, span.end) - max(c.start, span.start) for c in finding.content if c.overlaps(span))
        size = sum(c.end - c.start for c in finding.content)
        if shared and (best is None or size > best[0]):
            best = (size, cue)
    return best[1] if best else None


def _speech(text: str, span: Span) -> bool:
    """Whether a quotation is speech: long, or stopped inside or led in by a comma or colon; not a word set apart."""
    words = span.of(text)
    count = len(_WORDS.findall(words))
    if count >= _SPEECH_WORDS or _STOPPED.search(words):
        return True
    if count >= _SHORT_SPEECH and text[span.end : span.end + 1] == ",":
        return True
    return text[max(0, span.start - 3) : span.start].rstrip().endswith((":", ","))


def _beside(text: str, span: Span, anchors: list[Anchor], before: int, after: int) -> Anchor | None:
    """The cue right behind the quotation, else right before it, else another of the same sentence."""
    stopped = text[max(span.start, span.end - 3) : span.end].rstrip("\"”’»'“").endswith((".", "…"))
    near: list[tuple[int, Anchor]] = []
    for anchor in anchors:
        if anchor.start >= span.end and anchor.start < after:
            gap = text[span.end : anchor.start]
            begins = stopped and text[anchor.start].isupper() and "," not in gap
            if len(gap) <= _GAP and not begins and not _ENDS.search(gap + " "):
                near.append((len(gap), anchor))
        elif before <= anchor.end <= span.start:
            gap = text[anchor.end : span.start]
            if len(gap) <= 2 * _GAP and not _ENDS.search(gap):
                near.append((len(gap) + 20, anchor))
    if near:
        return min(near, key=lambda pair: pair[0])[1]
    return None


def _new_sentence(text: str, span: Span) -> bool:
    """Whether the quotation begins a sentence of its own."""
    before = text[max(0, span.start - 3) : span.start].rstrip()
    return not before or before[-1] in '.!?”"’»:,'
