""" "Reuters reported, citing police, that …": the content is the cited one's, heard through the citing one."""

from __future__ import annotations

from dataclasses import replace

from dateline.attribution.findings import Finding, Source
from dateline.attribution.sources import phrase
from dateline.knowledge.cues import citing_verbs
from dateline.language import Token

_TELLING = frozenset({"say", "announce", "confirm", "claim", "warn", "write"})


def cited(findings: list[Finding]) -> list[Finding]:
    """The findings, each participle of citing beside a verb of telling given that verb's content."""
    return [_told_through(finding, findings) or finding for finding in findings]


def _told_through(finding: Finding, findings: list[Finding]) -> Finding | None:
    token = _participle(finding)
    source = _object(finding, token) if token else None
    if token is None or source is None:
        return None
    sentence = finding.sentence
    above = {above.i for above in sentence.ancestors(token.i)}
    for teller in findings:
        if teller.sentence is not sentence or teller.kind not in _TELLING or not teller.clausal or teller is finding:
            continue
        same = finding.source and teller.source and finding.source.head == teller.source.head
        if same or any(t.i in above for t in sentence.tokens_in(teller.cue)):
            if any(span.holds(finding.cue) for span in teller.content):
                return None
            return replace(finding, kind="say", source=source, content=teller.content, clausal=True, through=teller.cue)
    return None


def _participle(finding: Finding) -> Token | None:
    for token in finding.sentence.tokens_in(finding.cue):
        if token.lemma in citing_verbs() and token.tag == "VBG":
            return token
    return None


def _object(finding: Finding, token: Token) -> Source | None:
    for thing in finding.sentence.children(token.i, "dobj"):
        return phrase(finding.sentence, thing.i)
    return None
