"""Who gives a figure where the verb itself gives it: "police put the crowd at 1,200"."""

from __future__ import annotations

from dateline.core import Event, Mention, MentionKind, Reading, VoiceKind
from dateline.incidents.voices import Origin, Speakers, origin_key
from dateline.knowledge.folding import fold
from dateline.knowledge.side_words import toll_verbs

_KINDS: dict[MentionKind, VoiceKind] = {
    "government": "official",
    "force": "official",
    "organisation": "organisation",
    "group": "organisation",
    "person": "person",
    "people": "unnamed",
}


def teller(reading: Reading, speakers: Speakers, event: Event) -> Origin | None:
    """The subject of a verb that gives a figure, where the text names no other source; None elsewhere."""
    if not gives_figure(event, reading.document.text) or not speakers.origin(event.voice).reports:
        return None
    subject = max(
        (m for m in reading.mentions if _before(reading, m, event)),
        key=lambda m: m.span.end - m.span.start,
        default=None,
    )
    party = speakers.party(subject.id) if subject else None
    kind = _KINDS.get(party[1].kind) if party else None
    if party is None or kind is None:
        return None
    entity = party[1]
    known = next((v for v in reading.voices if fold(v.name) == fold(entity.name)), None)
    return speakers.origin(known.id) if known else Origin(entity.actor or origin_key(entity.name), entity.name, kind)


def gives_figure(event: Event, text: str) -> bool:
    """Whether the verb is one with which a source gives a figure: its subject and its day are not the deed's."""
    return bool(event.counts) and event.trigger.of(text).lower() in toll_verbs()


def _before(reading: Reading, mention: Mention, event: Event) -> bool:
    gap = event.trigger.start - mention.span.end
    return 0 < gap <= 2 and reading.document.text[mention.span.end : event.trigger.start].isspace()
