"""A speaker before a colon: headlines ("Police: Two men held") and the turns of a conversation."""

from __future__ import annotations

import re

from dateline.attribution.findings import Finding
from dateline.attribution.sources import phrase
from dateline.core import Span
from dateline.knowledge.cues import colon_labels
from dateline.knowledge.speakers import source_kind
from dateline.language import Sentence
from dateline.language.paragraphs import trim

_LONGEST = 60
_TURN = re.compile(r"(?P<name>[A-Z][^\n:“\"]{0,50}):[ \u00a0]+(?P<marked>[“\"‘«„])?(?=\S)")


def read_turn(text: str, part: Span, sentences: tuple[Sentence, ...]) -> list[Finding]:
    """The attribution of a paragraph that begins with its speaker's name and a colon, as in a transcript.

    In a paragraph more than a name is asked for: a quotation behind the colon, or a name in capital letters.
    A single letter ("Q:") names nobody.
    """
    opening = _TURN.match(text, part.start, min(part.end, part.start + _LONGEST))
    if opening is None or len(opening["name"]) < 2 or not (opening["marked"] or opening["name"].isupper()):
        return []
    return read_colon(text, part, sentences)


def read_colon(text: str, line: Span, sentences: tuple[Sentence, ...]) -> list[Finding]:
    """The attribution that a headline's colon tells; none where a label or no name stands before it."""
    colon = text.find(":", line.start, min(line.end, line.start + _LONGEST))
    source = trim(text, line.start, colon) if colon > 0 else None
    content = trim(text, colon + 1, line.end) if colon > 0 else None
    if source is None or content is None or not sentences:
        return []
    sentence = sentences[0]
    tokens = sentence.tokens_in(source)
    words = source.of(text).split()
    if not tokens or len(words) > 5 or any(word.lower() in colon_labels() for word in words):
        return []
    named = all(word[:1].isupper() for word in words) or source_kind(words[-1]) is not None
    if not named or any(token.pos in ("VERB", "AUX") and token.text.islower() for token in tokens):
        return []
    found = phrase(sentence, tokens[-1].i)
    head = found.head
    return [Finding(sentence, "say", Span(colon, colon + 1), type(found)(sentence, head, source), (content,), True)]
