"""One attribution for each passage that is another's words as a whole."""

from __future__ import annotations

import re

from dateline.core import Attribution, Directness, Document, Passage, Span, Voice, content_id
from dateline.knowledge.cues import cue_verbs
from dateline.knowledge.outlets import intro_verbs, publishers
from dateline.language import Parse
from dateline.language.paragraphs import trim

_FOOTER = 200
_WORD = re.compile(r"[^\W\d_]+")


def read_block(document: Document, parse: Parse, passage: Passage, voice: Voice) -> Attribution | None:
    """The attribution of a quotation, statement or post; None for other passages."""
    if passage.role not in ("quotation", "statement", "post"):
        return None
    text = document.text
    where = passage.intro
    if where is None and passage.role == "post":
        where = trim(text, max(passage.span.start, passage.span.end - _FOOTER), passage.span.end)
    source = _named(text, where, voice) if where else None
    cue = _cue(text, parse, passage.intro, source) if passage.intro else None
    directness: Directness = (
        "direct" if passage.role == "quotation" else "post" if passage.role == "post" else "statement"
    )
    key = content_id("a", document.sha256, "block", passage.span.start, passage.span.end)
    return Attribution(key, voice.id, directness, source, cue, (passage.span,), None)


def _named(text: str, where: Span, voice: Voice) -> Span | None:
    """The words in a stretch that name the voice, by its name, an alias or its last word; the last of them."""
    publisher = publishers().find(voice.name)
    names = [voice.name, *(publisher.aliases if publisher else ()), voice.name.split()[-1]]
    words = where.of(text)
    for name in names:
        found = list(re.finditer(rf"(?<!\w)(?:[Tt]he\s)?{re.escape(name)}(?!\w)", words))
        if found:
            match = found[-1 if where.end - where.start <= _FOOTER and voice.kind == "post" else 0]
            return Span(where.start + match.start(), where.start + match.end())
    return None


def _cue(text: str, parse: Parse, intro: Span, source: Span | None) -> Span | None:
    """The verb that announces: the first behind the source, else the last of the intro."""
    verbs = [
        token.span
        for sentence in parse.within(intro)
        for token in sentence.tokens_in(intro)
        if token.lower in intro_verbs() or (token.pos == "VERB" and token.lemma in cue_verbs())
    ]
    behind = [verb for verb in verbs if source and verb.start >= source.end]
    return behind[0] if behind else verbs[-1] if verbs else None
