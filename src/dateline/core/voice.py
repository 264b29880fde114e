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
VoiceKind = Literal["outlet", "agency", "official", "organisation", "person", "post", "unnamed"]
Directness = Literal["direct", "indirect", "mixed", "statement", "post"]
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
    """A link, picture, video or post that the text embeds or speaks of."""

    span: Span
    kind: Literal["post", "image", "video", "link"]
    url: str | None = None
    handle: str | None = None
    posted: str | None = None
    claim: Literal["purported", "verified"] | None = None
