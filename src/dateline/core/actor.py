"""Who is named: mentions, what they corefer to, and the registry's entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.core.span import Span

MentionKind = Literal[
    "person",
    "people",
    "organisation",
    "group",
    "government",
    "force",
    "facility",
    "weapon",
    "vehicle",
    "thing",
    "nationality",
    "money",
    "quantity",
    "document",
]
"""What is mentioned; the last four are written down as they stand, take no part in events and are of no entity."""
MentionLevel = Literal["name", "nominal", "pronoun"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that names or describes someone or something; ``head`` is its head word or name."""

    id: str
    span: Span
    head: Span
    kind: MentionKind
    level: MentionLevel
    entity: str | None


@dataclass(frozen=True, slots=True)
class Label:
    """What one voice calls an entity."""

    text: str
    voice: str
    span: Span


@dataclass(frozen=True, slots=True)
class Entity:
    """What the mentions of one document corefer to.

    ``actor`` is a registry key or None; ``country`` ISO 3166-1 alpha-2; ``sector`` a PLOVER code. ``number`` is how
    many the unnamed are where their phrase tells it ("three gunmen": 3).
    """

    id: str
    name: str
    kind: MentionKind
    aliases: tuple[str, ...] = ()
    actor: str | None = None
    country: str | None = None
    sector: str | None = None
    labels: tuple[Label, ...] = ()
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A registry entry, with the years in which the name is valid (None: open)."""

    key: str
    name: str
    kind: MentionKind
    aliases: tuple[str, ...]
    country: str | None
    sector: str | None
    start: int | None = None
    end: int | None = None
    source: str = ""
