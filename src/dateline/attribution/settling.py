"""All findings of a piece of text, from the rules and from elsewhere, brought to one list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from dateline.attribution.citing import cited
from dateline.attribution.clauses import read_clauses
from dateline.attribution.colons import read_colon, read_turn
from dateline.attribution.findings import Finding
from dateline.attribution.heard import HeardFindings
from dateline.attribution.quoted import attach
from dateline.core import PassageRole, Span
from dateline.language import Sentence
from dateline.language.quotations import Quotation

_LEAST_ALONE = 0.3


def rule_findings(text: str, part: Span, role: PassageRole, sentences: tuple[Sentence, ...]) -> list[Finding]:
    """What the rules find in the sentences of a paragraph: by grammar, and by a colon behind a speaker's name."""
    findings = [finding for sentence in sentences for finding in read_clauses(sentence)]
    findings += read_colon(text, part, sentences) if role == "headline" else read_turn(text, part, sentences)
    return findings


def settled(
    text: str,
    quotations: tuple[Quotation, ...],
    sentences: tuple[Sentence, ...],
    rules: list[Finding],
    heard: HeardFindings,
) -> list[Finding]:
    """One list, in the order of the cues: each quotation given to its cue, the cited put behind their tellers."""
    found = merged(rules, _inside(heard(sentences), sentences), heard.likely)
    cut = [_kept(one, quotations, rules, sentences) for one in found]
    return cited(attach(text, quotations, sentences, cut))


def _inside(found: Sequence[Finding], sentences: tuple[Sentence, ...]) -> list[Finding]:
    """The findings with what stands in these sentences of their contents; those that keep none left out."""
    if not sentences:
        return []
    start, end = sentences[0].span.start, sentences[-1].span.end
    cut = [
        replace(
            one,
            content=tuple(
                Span(max(start, c.start), min(end, c.end)) for c in one.content if c.start < end and start < c.end
            ),
        )
        for one in found
    ]
    return [one for one in cut if one.content]


def _kept(
    one: Finding, quotations: tuple[Quotation, ...], rules: list[Finding], sentences: tuple[Sentence, ...]
) -> Finding:
    """A finding, its content cut where a later sentence has a speaker of its own and no quotation holds both."""
    last = max(span.end for span in one.content)
    for sentence in sentences:
        if sentence.span.start <= one.cue.start or sentence.span.start >= last:
            continue
        own = any(f.source and f.sentence is sentence and not f.cue.overlaps(one.cue) for f in rules)
        held = any(q.closed and q.span.start < sentence.span.start < q.span.end for q in quotations)
        if own and not held:
            content = tuple(
                Span(span.start, min(span.end, sentence.span.start))
                for span in one.content
                if span.start < sentence.span.start
            )
            return replace(one, content=content) if content else one
    return one


def merged(rules: list[Finding], heard: Sequence[Finding], likely: Callable[[Finding], float]) -> list[Finding]:
    """The findings of both, one a cue.

    Where both have a cue, the rules know the source and the class, the encoder how far the content goes. A
    finding of the rules alone stays where the encoder takes its cue for one too (``likely``), where it
    stands inside another's content, of which the encoder hears only the outermost, or where somebody is
    named something, of which the texts that taught the encoder have little.
    """
    if not heard:
        return [f for f in rules if f.kind == "label" or likely(f) >= _LEAST_ALONE]
    made, met = [], set()
    for one in heard:
        same = [k for k, f in enumerate(rules) if f.cue.overlaps(one.cue)]
        met.update(same)
        made.append(_both(rules[same[0]], one) if same else one)
    inside = [span for one in made for span in one.content]
    for k, f in enumerate(rules):
        alone = f.kind == "label" or likely(f) >= _LEAST_ALONE
        if k not in met and (alone or any(span.holds(f.cue) for span in inside)):
            made.append(f)
    return made


def _both(rule: Finding, heard: Finding) -> Finding:
    cue = Span(min(rule.cue.start, heard.cue.start), max(rule.cue.end, heard.cue.end))
    clear = not any(cue.overlaps(span) for span in heard.content)
    return replace(
        heard,
        kind=rule.kind,
        cue=cue if clear else heard.cue,
        source=rule.source or heard.source,
        clausal=rule.clausal or heard.clausal,
    )
