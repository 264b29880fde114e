"""An entry → the Document to be read: its own text, or the page that it links to."""

from __future__ import annotations

import datetime

from dateline.core import Document, IngestError
from dateline.ingest import Known, Limits, Metadata, settled
from dateline.ingest.page import page
from dateline.store.watching import WaitingEntry
from dateline.watch.errors import FetchError
from dateline.watch.fetching import Client
from dateline.watch.robots import Robots
from dateline.watch.words import words_of

LARGEST = 5_000_000
TRIES = 5
_ACCEPT = "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.5"
_PAGES = ("text/html", "application/xhtml+xml", "")


def told_by_feed(entry: WaitingEntry) -> Document:
    """The document of an entry's own title and text. Raises IngestError where it has none."""
    name = entry.url or entry.feed
    body = words_of(entry.html or "")
    title = entry.title
    text = body if title is None or body.startswith(title) else f"{title}\n\n{body}".strip()
    metadata = Metadata(
        published=entry.published,
        url=entry.url,
        outlet=entry.outlet,
        title=title,
        byline=entry.byline,
        extra={"feed": entry.feed, "text": "entry"},
    )
    return settled(text, name, metadata, Known())


def told_by_page(entry: WaitingEntry, client: Client, robots: Robots) -> Document:
    """The document of the page that an entry links to; the feed's date, title and outlet count first.

    Raises FetchError where the page cannot be had (``passing``: not now), IngestError where it holds no report.
    """
    if entry.url is None:
        raise FetchError(entry.feed, "an entry without an address")
    answer = client.get(entry.url, most=LARGEST, headers={"Accept": _ACCEPT}, allowed=robots.allows)
    media, _, rest = answer.headers.get("content-type", "").partition(";")
    if media.strip().lower() not in _PAGES:
        raise IngestError(entry.url, f"no page ({media.strip()[:60]})")
    charset = rest.partition("charset=")[2].split(";")[0].strip(" \"'") or None
    known = Known(entry.published, entry.outlet, entry.url, entry.title, today=datetime.date.today())
    return page(answer.body, entry.url, known, Limits(), charset=charset)
