"""All findings of a piece of text, from the rules and from elsewhere, brought to one list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from dateline.attribution.citing import cited
from dateline.attribution.clauses import read_clauses
from dateline.attribution.colons import read_colon, read_turn
from dateline.attribution.findings import Finding
from dateline.attribution.quoted import attach
from dateline.core import PassageRole, Span
from dateline.language import Sentence
from dateline.language.quotations import Quotation


class Hears(Protocol):
    """Another finder of attributions, made for one document: what it finds in some of its sentences, without voices."""

    def __call__(self, sentences: Sequence[Sentence]) -> Sequence[Finding]: ...


def nothing_heard(sentences: Sequence[Sentence]) -> Sequence[Finding]:
    """The finder that finds nothing: the rules alone speak."""
    return ()


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
    heard: Sequence[Finding] = (),
) -> list[Finding]:
    """One list, in the order of the cues: each quotation given to its cue, the cited put behind their tellers."""
    return cited(attach(text, quotations, sentences, merged(rules, heard)))


def merged(rules: list[Finding], heard: Sequence[Finding]) -> list[Finding]:
    """The findings of both, where they meet on a cue word only the heard one."""
    taken = sorted(finding.cue for finding in heard)
    return [*heard, *(f for f in rules if not any(f.cue.overlaps(cue) for cue in taken))] if taken else rules
