"""A passage before its voice has an id."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.core import PassageRole, Span
from dateline.knowledge.speakers import Speaker


@dataclass(frozen=True, slots=True)
class Draft:
    """A passage-to-be: ``speaker`` None is the outlet, ``through`` the one who passed the speaker's words on."""

    span: Span
    role: PassageRole
    speaker: Speaker | None = None
    anchor: str | None = None
    intro: Span | None = None
    through: Speaker | None = None
