"""Who says what in a document."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dateline.attribution.blocks import read_block
from dateline.attribution.findings import Finding
from dateline.attribution.heard import HeardFindings
from dateline.attribution.people import nobody
from dateline.attribution.settling import rule_findings, settled
from dateline.attribution.sources import phrase
from dateline.attribution.voices import ANYBODY, SELF, VoiceBook
from dateline.core import Attribution, CueClass, Directness, Document, Passage, Span, Voice, content_id
from dateline.knowledge.cues import TOPICAL, cue_adjectives, cue_nouns, cue_phrases, cue_verbs, source_kinds
from dateline.knowledge.outlets import publishers
from dateline.knowledge.speakers import Speaker
from dateline.language import Parse, Sentence, paragraphs
from dateline.language.quotations import Quotation, opens_quotation, quotations
from dateline.language.signals import NOTHING, Signals

_SPOKEN = frozenset({"headline", "narration", "quotation", "statement", "post", "caption"})
_NEIGHBOURS = 40
_PIECE, _MARKS = 4000, 3
_INNER: frozenset[CueClass] = frozenset(
    {"say", "ask", "announce", "confirm", "deny", "claim", "warn", "write", "order", "promise", "document"}
)
"""Classes that make a voice of its own inside another's sentence; the others tell what the outer voice makes of it."""
_UNNAMED = Speaker("unnamed", "unnamed")
_SAME = frozenset({"he", "she", "they", "it"})


class Attributions:
    """Source, cue and content of what is said in a document, and the voices that are heard through others.

    One attribution for each passage that is a quotation, statement or post as a whole; inside every
    passage those that sentences tell. No content ever reaches out of its passage or paragraph.

    The way of a piece of text: the rules' findings, and those ``heard`` beside them; one
    arbitration between both and the quotations; which stands inside which; their voices.

    The pipeline calls it:

    >>> import dateline
    >>> reading = dateline.read("Two men were killed in Goma, the army said.")
    >>> [told.cue.of(reading.document.text) for told in reading.attributions]
    ['said']
    """

    producer = "rules-attribution@2"

    def __init__(self, heard: str | None = None) -> None:
        """``heard``: the encoder whose signals are asked beside the rules, None for the rules alone."""
        self._hears = heard is not None
        if heard:
            self.producer += f"+{heard}"
        for load in (cue_verbs, cue_nouns, cue_adjectives, cue_phrases, source_kinds, publishers):
            load()

    def __call__(
        self,
        document: Document,
        parse: Parse,
        passages: tuple[Passage, ...],
        voices: tuple[Voice, ...],
        signals: Signals = NOTHING,
    ) -> tuple[tuple[Attribution, ...], tuple[Voice, ...]]:
        """The attributions, those of whole passages before those inside them, and all voices, old and new."""
        book = VoiceBook(document, voices)
        blocks = {p.id: read_block(document, parse, p, book.voice(p.voice)) for p in passages}
        taken = {block.cue for block in blocks.values() if block and block.cue}
        heard = HeardFindings(document.text, parse, signals if self._hears else NOTHING)
        made: list[Attribution] = []
        for passage in passages:
            block = blocks[passage.id]
            made += [block] if block else []
            if passage.role in _SPOKEN:
                reader = _PassageReader(document, parse, passage, block, book, taken, heard)
                made += reader.read()
        return tuple(made), book.voices


class _PassageReader:
    """The attributions inside one passage."""

    def __init__(
        self,
        document: Document,
        parse: Parse,
        passage: Passage,
        block: Attribution | None,
        book: VoiceBook,
        taken: set[Span],
        heard: HeardFindings,
    ) -> None:
        self._document, self._parse, self._passage = document, parse, passage
        self._block, self._book, self._taken, self._heard = block, book, taken, heard

    def read(self) -> list[Attribution]:
        text = self._document.text
        made: list[Attribution] = []
        parts = paragraphs(text, self._passage.span)
        going: int | None = None
        for k, part in enumerate(parts):
            goes_on = k + 1 < len(parts) and opens_quotation(text, parts[k + 1])
            found = quotations(text, part, goes_on=goes_on)
            new: list[Attribution] = []
            for sentences in _pieces(self._parse.within(part)):
                new += self._read_piece(part, sentences, _cut(found, sentences))
            if going is not None and (added := _continuation(part, found, new)):
                made[going] = replace(made[going], content=(*made[going].content, added))
            else:
                going = None
            still = goes_on and bool(found) and not found[-1].closed
            told = [k for k, a in enumerate(new, len(made)) if still and a.content[-1].end >= found[-1].span.end]
            going = told[0] if told else going if still else None
            made += new
        return made

    def _read_piece(
        self, part: Span, sentences: tuple[Sentence, ...], found: tuple[Quotation, ...]
    ) -> list[Attribution]:
        text = self._document.text
        findings = rule_findings(text, part, self._passage.role, sentences)
        findings = settled(text, found, sentences, findings, self._heard)
        findings = [f for f in findings if f.cue not in self._taken and self._tells(f, found)]
        return self._attributed(findings, found, sentences)

    def _tells(self, finding: Finding, found: tuple[Quotation, ...]) -> bool:
        """Whether somebody is meant: no "one", and no "I" inside a quotation, whose speaker is heard anyway."""
        word = _word(finding)
        return (word not in ANYBODY or _one_of_them(finding)) and (
            word not in SELF or not any(q.span.overlaps(finding.cue) for q in found)
        )

    def _attributed(
        self, findings: list[Finding], found: tuple[Quotation, ...], sentences: tuple[Sentence, ...]
    ) -> list[Attribution]:
        """The findings with ids and voices: outer ones before those in their contents, else in text order."""
        above = untangled(_above(findings))
        made: dict[int, Attribution | None] = {}
        subjects = iter(_subjects(sentences))
        waiting = next(subjects, None)
        for k in sorted(range(len(findings)), key=lambda k: (_depth(above, k), findings[k].cue)):
            while waiting is not None and waiting[0] < findings[k].cue.start and _depth(above, k) == 0:
                self._book.mention(phrase(waiting[1], waiting[2]), self._passage.voice)
                waiting = next(subjects, None)
            parent = above[k]
            while parent is not None and made[parent] is None:
                parent = above[parent]
            outer = made[parent] if parent is not None else self._block
            made[k] = self._one(findings[k], outer, found)
        while waiting is not None:
            self._book.mention(phrase(waiting[1], waiting[2]), self._passage.voice)
            waiting = next(subjects, None)
        return [attribution for k in sorted(made) if (attribution := made[k])]

    def _one(self, finding: Finding, outer: Attribution | None, found: tuple[Quotation, ...]) -> Attribution | None:
        """The attribution of a finding; None where the outer voice only speaks of itself again."""
        if outer is not None and outer is not self._block and not _own_voice(finding, outer):
            return None
        through = self._book.voice(outer.voice if outer else self._passage.voice)
        unsaid = finding.source is not None and nobody(finding.source)
        if finding.source is None:
            voice = self._book.named(_UNNAMED, through)
        elif unsaid or _word(finding) in SELF:
            # "no group said so" is the outer voice's word
            if outer is not None and outer is not self._block:
                return None
            voice = through
        else:
            voice = self._book.enter(finding.source, through)
            if outer is not None and outer is not self._block and voice.name == through.name:
                return None
        key = content_id("a", self._document.sha256, finding.cue.start, finding.cue.end, finding.content[0].start)
        source = finding.source.span if finding.source else None
        directness = _directness(finding.content, found, self._document.text)
        within = outer.id if outer else None
        topical = finding.kind in TOPICAL or unsaid
        return Attribution(
            key, voice.id, directness, source, finding.cue, finding.content, within, topical, finding.kind
        )


def _continuation(part: Span, found: tuple[Quotation, ...], new: list[Attribution]) -> Span | None:
    """The quotation that opens a paragraph and belongs to nobody in it, so to the speaker before."""
    if not found or found[0].span.start != part.start:
        return None
    span = found[0].span
    return None if any(c.overlaps(span) and not span.holds(a.cue or c) for a in new for c in a.content) else span


def _one_of_them(finding: Finding) -> bool:
    """Whether a "one" belongs to some people that are told ("one of them said")."""
    source = finding.source
    return source is not None and bool(source.sentence.children(source.head, "prep"))


def _word(finding: Finding) -> str:
    """The word that is meant as the source, in lower case; empty where none is named."""
    return finding.source.sentence[finding.source.head].lower if finding.source else ""


def _pieces(sentences: tuple[Sentence, ...]) -> Iterator[tuple[Sentence, ...]]:
    """The sentences of a paragraph in groups of bounded length, so that time grows with the text alone."""
    start = 0
    for k, sentence in enumerate(sentences):
        if sentence.span.end - sentences[start].span.start > _PIECE and k > start:
            yield sentences[start:k]
            start = k
    if sentences:
        yield sentences[start:]


def _cut(found: tuple[Quotation, ...], sentences: tuple[Sentence, ...]) -> tuple[Quotation, ...]:
    """The quotations as far as they stand between the first and the last of the sentences."""
    if not found:
        return found
    first, last = sentences[0].span.start, max(sentences[-1].span.end, sentences[0].span.start + 1)
    k = max(0, bisect.bisect_right([q.span.start for q in found], first) - 1)
    cut = []
    for quotation in found[k:]:
        start, end = quotation.span.start, quotation.span.end
        if start >= last:
            break
        # marks behind the last sentence's end belong to the quotation still
        if end > first:
            cut.append(Quotation(Span(max(start, first), end if end <= last + _MARKS else last), quotation.closed))
    return tuple(cut)


def _own_voice(finding: Finding, outer: Attribution) -> bool:
    """Whether a finding inside another's content tells of a third voice, and not of the outer one again."""
    if finding.kind not in _INNER or not finding.clausal:
        return False
    source = finding.source
    return source is None or outer.directness == "direct" or source.sentence[source.head].lower not in _SAME


def _above(findings: list[Finding]) -> list[int | None]:
    """For each finding the one in whose content its cue stands: the smallest such, among its neighbours."""
    above: list[int | None] = []
    for k, finding in enumerate(findings):
        best: tuple[int, int] | None = None
        for j in range(max(0, k - _NEIGHBOURS), min(len(findings), k + _NEIGHBOURS)):
            other = findings[j]
            if finding.through is not None and finding.through == other.cue:
                best = (0, j)
                break
            if j == k or not any(span.holds(finding.cue) for span in other.content):
                continue
            size = sum(span.end - span.start for span in other.content)
            mine = sum(span.end - span.start for span in finding.content)
            if any(span.holds(other.cue) for span in finding.content) and (mine, k) > (size, j):
                continue
            if best is None or size < best[0]:
                best = (size, j)
        above.append(best[1] if best else None)
    return above


def untangled(above: list[int | None]) -> list[int | None]:
    """The same, where findings stand around each other in a ring the first of them under none.

    >>> untangled([1, 2, 0, 0])
    [None, 2, 0, 0]
    """
    found = list(above)
    for k in range(len(found)):
        seen, at = {k}, found[k]
        while at is not None and at not in seen:
            seen.add(at)
            at = found[at]
        if at == k:
            found[k] = None
    return found


def _depth(above: list[int | None], k: int) -> int:
    depth = 0
    at = above[k]
    while at is not None and depth < _NEIGHBOURS:
        at, depth = above[at], depth + 1
    return depth


def _subjects(sentences: Iterable[Sentence]) -> list[tuple[int, Sentence, int]]:
    """The proper names that stand as subjects: where, in which sentence, which token."""
    return [
        (token.start, sentence, token.i)
        for sentence in sentences
        for token in sentence
        if token.dep in ("nsubj", "nsubjpass") and token.pos == "PROPN"
    ]


def _directness(content: tuple[Span, ...], found: tuple[Quotation, ...], text: str) -> Directness:
    """direct: all words stand in quotations; mixed: some; indirect: none."""
    inside = outside = 0
    for span in content:
        covered = sum(min(q.span.end, span.end) - max(q.span.start, span.start) for q in found if q.span.overlaps(span))
        inside += covered
        outside += span.end - span.start - covered
    if not inside:
        return "indirect"
    return "direct" if outside <= 2 else "mixed"
