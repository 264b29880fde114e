"""Who speaks where: passages, voices, attributions, media."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.core.span import Span

PassageRole = Literal[
    "header",
    "headline",
    "byline",
    "dateline",
    "narration",
    "quotation",
    "statement",
    "post",
    "caption",
    "boilerplate",
]
"""Which part of a page a passage is (docs/voices.md)."""

VoiceKind = Literal["outlet", "agency", "official", "organisation", "person", "post", "unnamed"]
"""Who speaks."""

Directness = Literal["direct", "indirect", "mixed", "statement", "post"]
"""How a voice's words are given."""

CueClass = Literal[
    "say",
    "ask",
    "announce",
    "confirm",
    "deny",
    "claim",
    "warn",
    "believe",
    "fear",
    "want",
    "order",
    "promise",
    "write",
    "document",
    "judge",
    "label",
    "express",
    "accuse",
    "talk",
]
"""What a source does with a content: tells it, believes it, fears it, orders it …"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text with one role and one voice.

    ``anchor`` is the ISO date that "yesterday" means here (None: unknown). ``intro`` is the
    sentence that announced the passage ("The ministry issued this note on Monday:"), the
    place to look for its date.

    >>> note = Passage("p2", Span(40, 90), "statement", "v3", anchor="2024-03-04")
    >>> (note.role, note.anchor)
    ('statement', '2024-03-04')
    """

    id: str
    span: Span
    role: PassageRole
    voice: str
    anchor: str | None = None
    intro: Span | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker and the chain of voice ids through which it reaches us, the outlet first, itself last.

    ``anonymous``: people whom the text keeps unnamed ("witnesses", "a senior official"); ``number`` is
    how many they are where the words tell it ("two officials"), ``sector`` their PLOVER sector where
    their role tells it ("police officers": COP). All three stay empty for voices of whole passages.

    >>> police = Voice("v3", "police", "official", ("v1", "v2", "v3"), sector="COP")
    >>> police.chain[0], police.chain[-1] == police.id
    ('v1', True)
    """

    id: str
    name: str
    kind: VoiceKind
    chain: tuple[str, ...]
    actor: str | None = None
    number: int | None = None
    sector: str | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content: who is said to have said what (PARC and PolNeAR terms).

    ``content`` may have several parts; ``within`` is the attribution that this one stands inside.
    ``topical``: the content is only what is spoken about ("praised the raid"); the voice does not tell it.
    ``cue_class`` parts telling from believing, fearing, ordering and the rest; None where no cue is known.

    Source of the terms: PARC 3.0 and PolNeAR 1.0.

    >>> text = "Nine died, police said."
    >>> told = Attribution("a1", "v2", "indirect", Span(11, 17), Span(18, 22), (Span(0, 9),), cue_class="say")
    >>> told.source.of(text), told.cue.of(text), told.content[0].of(text)
    ('police', 'said', 'Nine died')
    """

    id: str
    voice: str
    directness: Directness
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    within: str | None = None
    topical: bool = False
    cue_class: CueClass | None = None


@dataclass(frozen=True, slots=True)
class Medium:
    """A link, picture, video or post that the text embeds or speaks of.

    ``posted`` is an ISO date; ``claim`` whether the text calls it purported or verified, None where it says neither.

    >>> Medium(Span(0, 26), "post", handle="PortMedics", posted="2026-03-03").kind
    'post'
    """

    span: Span
    kind: Literal["post", "image", "video", "link"]
    url: str | None = None
    handle: str | None = None
    posted: str | None = None
    claim: Literal["purported", "verified"] | None = None
