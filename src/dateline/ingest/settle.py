"""The end of every way in: a text and what is known about it become a Document."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from dateline.core import Document, IngestError, content_id, sha256
from dateline.ingest.facts import dated_by_address, told
from dateline.ingest.limits import Known
from dateline.knowledge.outlets import publishers
from dateline.language.dates import FIRST_YEAR, LAST_YEAR, read_date

_BLANK = "".join(map(chr, (*range(33), 0x85, 0xA0, 0x200B, 0x2028, 0x2029, 0xFEFF)))


@dataclass(frozen=True, slots=True)
class Metadata:
    """What stands beside a text in its file (None: nothing); ``stem`` is the file's name without its ending.

    >>> Metadata(id="d1", published="2024-03-05").language
    'en'
    """

    id: str | None = None
    stem: str | None = None
    published: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str | None = "en"
    extra: Mapping[str, Any] = field(default_factory=dict)


def settled(text: str, name: str, metadata: Metadata, known: Known) -> Document:
    """The document of a final text.

    For every fact the file's own metadata count first, then what the caller knows, then what the text
    tells, then the address. Where no id is given it is made of the text and of the file's name or the
    address, where there is one. Raises IngestError, naming the document, where there is no text or no such date.

    >>> from dateline.ingest import Known
    >>> settled("Nine died in Lima on Monday.", "note", Metadata(), Known(outlet="Post")).outlet
    'Post'
    """
    if not text.strip(_BLANK):
        raise IngestError(name, "no text")
    published = checked_date(metadata.published, name) or checked_date(known.published, name)
    url = metadata.url or known.url
    title = metadata.title or known.title
    facts = told(text, title=title)
    return Document.of(
        text,
        id=metadata.id or _made_id(text, metadata.stem, url),
        published=published or facts.published or (dated_by_address(url) if url else None),
        url=url,
        outlet=metadata.outlet or known.outlet or facts.outlet or (outlet_of(url) if url else None),
        title=title or facts.title,
        byline=metadata.byline or facts.byline,
        language=metadata.language,
        extra=dict(metadata.extra),
        clues=tuple(facts.clues),
    )


def _made_id(text: str, stem: str | None, url: str | None) -> str | None:
    if stem:
        return f"{stem}-{sha256(text)[:8]}"
    return content_id("d", url, sha256(text)) if url else None


def checked_date(value: str | None, name: str) -> str | None:
    """An ISO date or date-time as it is given; a written date ("5 March 2024", RFC 2822) as ISO.

    Raises IngestError where it is no date between the years 1500 and 2200.

    >>> checked_date("2024-03-05T10:00:00Z", "d1"), checked_date("Tue, 05 Mar 2024 10:00:00 +0000", "d1")
    ('2024-03-05T10:00:00Z', '2024-03-05T10:00:00+00:00')
    """
    if value is None or not value.strip():
        return None
    value = value.strip()
    try:
        year = datetime.datetime.fromisoformat(value).year
        if value[4:5] == "-" and value[7:8] == "-" and FIRST_YEAR <= year <= LAST_YEAR:
            return value
    except ValueError:
        pass
    iso = read_date(value) if any(ch.isalpha() for ch in value) or value.isdigit() else None
    if iso is None:
        raise IngestError(name, f"published: {value[:60]!r} is no ISO date between {FIRST_YEAR} and {LAST_YEAR}")
    return iso


def outlet_of(url: str) -> str | None:
    """The outlet that an address belongs to, where the tables know it.

    >>> outlet_of("https://www.bbc.co.uk/news/1"), outlet_of("https://unknown.example/1")
    ('BBC', None)
    """
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    found = publishers().domain(host) if host else None
    return found.name if found else None
