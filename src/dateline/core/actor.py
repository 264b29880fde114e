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
"""How it is mentioned: by a name, a description or a pronoun."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that names or describes someone or something; ``head`` is its head word or name.

    ``kind`` says what it is, ``level`` whether it is a name, a description or a pronoun; ``entity`` is the id of what
    it corefers to in this document, None where it is of none.

    >>> soldiers = Mention("m1", Span(0, 14), Span(6, 14), "people", "nominal", "e1")
    >>> soldiers.span.of("three soldiers fell"), soldiers.head.of("three soldiers fell")
    ('three soldiers', 'soldiers')
    """

    id: str
    span: Span
    head: Span
    kind: MentionKind
    level: MentionLevel
    entity: str | None


@dataclass(frozen=True, slots=True)
class Label:
    """What one voice calls an entity.

    The words as they stand, the id of the voice that uses them, and where.

    >>> Label("rioters", "v4", Span(0, 7)).voice
    'v4'
    """

    text: str
    voice: str
    span: Span


@dataclass(frozen=True, slots=True)
class Entity:
    """What the mentions of one document corefer to.

    ``actor`` is a registry key or None; ``country`` ISO 3166-1 alpha-2; ``sector`` a PLOVER code. ``number`` is how
    many the unnamed are where their phrase tells it ("three gunmen": 3).

    ``aliases`` are the other names that the document gives it.

    >>> band = Entity("e1", "gunmen", "people", number=3)
    >>> (band.actor, band.sector, band.number)
    (None, None, 3)
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
    """A registry entry, with the years in which the name is valid (None: open).

    ``country`` is ISO 3166-1 alpha-2, ``sector`` a PLOVER code; ``source`` names the table's source.

    >>> un = Actor("united-nations", "United Nations", "organisation", ("UN",), None, "IGO", start=1945)
    >>> (un.aliases, un.end)
    (('UN',), None)
    """

    key: str
    name: str
    kind: MentionKind
    aliases: tuple[str, ...]
    country: str | None
    sector: str | None
    start: int | None = None
    end: int | None = None
    source: str = ""
