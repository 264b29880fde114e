"""A report as it was settled at ingest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from dateline.core.ids import sha256
from dateline.core.record import Record
from dateline.core.span import Span

FactName = Literal["published", "title", "byline", "outlet"]


@dataclass(frozen=True, slots=True)
class Clue:
    """Where the text itself told a fact about the document (its date, title, byline or outlet).

    >>> Clue("published", Span(8, 18)).span.of("LIMA —  2024-03-05")
    '2024-03-05'
    """

    name: FactName
    span: Span


@dataclass(frozen=True, slots=True)
class Document(Record):
    """One report: final text and what is known about it.

    ``published`` is an ISO date or date-time, or None where nobody tells it; every later span points
    into ``text``. ``extra`` keeps the caller's own keys. ``clues`` say which words of the text gave
    a fact, so that those words are not read as news.

    >>> Document.of("Nine people died.", published="2024-03-05").published
    '2024-03-05'
    """

    id: str
    sha256: str
    text: str
    published: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str | None = "en"
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    clues: tuple[Clue, ...] = ()

    @classmethod
    def of(
        cls,
        text: str,
        *,
        id: str | None = None,
        published: str | None = None,
        url: str | None = None,
        outlet: str | None = None,
        title: str | None = None,
        byline: str | None = None,
        language: str | None = "en",
        extra: dict[str, Any] | None = None,
        clues: tuple[Clue, ...] = (),
    ) -> Document:
        """A document of a text taken exactly as given; its id defaults to a hash of the text."""
        digest = sha256(text)
        return cls(
            id=id or "d" + digest[:16],
            sha256=digest,
            text=text,
            published=published,
            url=url,
            outlet=outlet,
            title=title,
            byline=byline,
            language=language,
            extra=dict(extra or {}),
            clues=clues,
        )
