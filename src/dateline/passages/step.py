"""The passages of a document, and the voices that speak in them."""

from __future__ import annotations

from dataclasses import replace

from dateline.core import Document, Passage, Span, Voice, content_id
from dateline.knowledge.folding import fold
from dateline.knowledge.outlets import intro_verbs, neutral, page_phrases, publishers
from dateline.knowledge.page_headings import headed_block
from dateline.knowledge.speakers import Speaker
from dateline.passages.body import read_body
from dateline.passages.drafts import Draft
from dateline.passages.front import read_front
from dateline.passages.stamps import day_of


class Passages:
    """Which part of a text is what, and whose voice it is.

    The first voice is always the outlet. Anchors are set for dated posts alone; those of the other
    passages need the times step.

    >>> document = Document.of("It was calm.\\n\\nThe Army issued this statement:\\n\\nWe hold the town.")
    >>> passages, voices = Passages()(document)
    >>> [(p.role, p.span.of(document.text)[:9]) for p in passages]
    [('narration', 'It was ca'), ('statement', 'We hold t')]
    >>> [v.name for v in voices]
    ['outlet', 'Army']
    """

    producer = "rules-passages@1"

    def __init__(self) -> None:
        publishers()
        page_phrases()
        headed_block("")
        intro_verbs()

    def __call__(self, document: Document) -> tuple[tuple[Passage, ...], tuple[Voice, ...]]:
        """Passages in order, without overlap, and the voices in the order in which they are first heard."""
        front, start = read_front(document)
        above = (
            day_of(front[-1].span.of(document.text), document.published)
            if front and front[-1].role == "header"
            else None
        )
        drafts = _joined(front + read_body(document.text, start, document.published, above))
        outlet = _outlet(document, drafts)
        voices = {outlet.name: outlet}
        passages = []
        for draft in drafts:
            voice = outlet
            for speaker in (draft.through, draft.speaker):
                if speaker and fold(speaker.name) != fold(outlet.name):
                    key = fold(speaker.name) if voice is outlet else f"{voice.id} {fold(speaker.name)}"
                    voice = voices.setdefault(key, _voice(document, speaker, voice))
            start, end = draft.span.start, draft.span.end
            name = content_id("p", document.sha256, start, end, draft.role)
            passages.append(Passage(name, draft.span, draft.role, voice.id, draft.anchor, draft.intro))
        return tuple(passages), tuple(voices.values())


def _outlet(document: Document, drafts: list[Draft]) -> Voice:
    """The outlet's voice: as the document tells it, else the agency of its first dateline."""
    name = neutral(document.outlet or "")
    if not name:
        credited = [draft.speaker.name for draft in drafts if draft.role == "dateline" and draft.speaker]
        name = credited[0] if credited else "outlet"
    known = publishers().find(name)
    name = known.name if known else name
    key = content_id("v", document.sha256, name)
    return Voice(key, name, "outlet", (key,))


def _voice(document: Document, speaker: Speaker, through: Voice) -> Voice:
    """The voice of a speaker, heard through another."""
    key = content_id("v", document.sha256, through.name if through.kind == "outlet" else through.id, fold(speaker.name))
    return Voice(key, speaker.name, speaker.kind, (*through.chain, key))


def _joined(drafts: list[Draft]) -> list[Draft]:
    """Neighbouring paragraphs of narration, or of one quotation, as one passage."""
    joined: list[Draft] = []
    for draft in drafts:
        last = joined[-1] if joined else None
        if last and draft.role in ("narration", "quotation") and _alike(last, draft):
            joined[-1] = replace(last, span=Span(last.span.start, draft.span.end))
        else:
            joined.append(draft)
    return joined


def _alike(one: Draft, other: Draft) -> bool:
    return (one.role, one.speaker, one.intro, one.anchor, one.through) == (
        other.role,
        other.speaker,
        other.intro,
        other.anchor,
        other.through,
    )
