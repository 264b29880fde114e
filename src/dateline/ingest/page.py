"""Web pages: the report without what stands around it, and what the page tells about itself."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import Any

from dateline.core import Document, IngestError
from dateline.ingest.clock import within
from dateline.ingest.encoding import decoded, lines_settled
from dateline.ingest.limits import Known, Limits
from dateline.ingest.settle import Metadata, checked_date, outlet_of, settled

_DECLARED = re.compile(
    rb"""<meta[^>]{1,200}charset\s*=\s*["']?\s*([\w-]{2,30})|<\?xml[^>]{1,100}encoding=["']([\w-]{2,30})""", re.I
)
_LANGUAGE = re.compile(r"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.I)


def page(
    data: bytes, name: str, known: Known, limits: Limits, *, charset: str | None = None, stem: str | None = None
) -> Document:
    """The document of an HTML page; paragraphs are divided by blank lines, the headline comes first.

    ``charset`` is what the server said. The page's date is never later than ``known.today``. Raises
    IngestError where the page holds no report, is too large, or takes too long.
    """
    if len(data) > limits.page:
        raise IngestError(name, f"a page larger than {limits.page:,} bytes")
    declared = _DECLARED.search(data[:4096])
    inside = (declared[1] or declared[2]).decode("ascii", "replace") if declared else None
    try:
        with within(limits.parsing):
            return page_of(decoded(data, name, charset or inside), name, known, stem=stem)
    except TimeoutError as error:
        raise IngestError(name, f"a page that {error}") from None


def page_of(html: str, name: str, known: Known, *, stem: str | None = None) -> Document:
    """The document of a page's source, decoded."""
    found = _extracted(html, known.url)
    text = lines_settled((found.text if found else None) or _all_words(html)).strip()
    if not text:
        raise IngestError(name, "no report found in the page")
    text = re.sub(r"\n+", "\n\n", text)
    title = known.title or (_line(found.title) if found else None)
    if title and title not in text[: len(title) + 200]:
        text = f"{title}\n\n{text}"
    url = known.url or (found.url if found else None)
    language = _LANGUAGE.search(html[:5000])
    metadata = Metadata(
        stem=stem,
        published=checked_date(known.published, name) or _date(html, url, known.today),
        url=url,
        outlet=known.outlet or (outlet_of(url) if url else None) or (_line(found.sitename) if found else None),
        title=title,
        byline=_line(found.author) if found else None,
        language=language[1].lower() if language else "en",
    )
    return settled(text, name, metadata, replace(known, published=None))


def _extracted(html: str, url: str | None) -> Any:
    from trafilatura import bare_extraction

    try:
        return bare_extraction(html, url=url, with_metadata=True, include_comments=False, include_tables=False)
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError):
        return None


def _all_words(html: str) -> str:
    """The words of a page too small for its report to be told from the rest."""
    from trafilatura import baseline

    try:
        return str(baseline(html)[1])
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError):
        return ""


def _date(html: str, url: str | None, today: datetime.date | None) -> str | None:
    from htmldate import find_date

    latest = today.isoformat() if today else None
    try:
        return find_date(html, url=url, original_date=True, extensive_search=False, max_date=latest)
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError):
        return None


def _line(words: str | None) -> str | None:
    return " ".join(words.split()) or None if words else None
