"""A feed's bytes → its entries. RSS, Atom and RDF are understood by feedparser; bounds and dates are ours."""

from __future__ import annotations

import datetime
import io
import warnings
from email.utils import parsedate_to_datetime
from typing import Any

from dateline.core import sha256
from dateline.ingest.settle import outlet_of
from dateline.ingest.web import is_address
from dateline.store.watching import NewEntry
from dateline.watch.addresses import address
from dateline.watch.errors import FetchError, WatchError
from dateline.watch.words import line_of

LARGEST = 5_000_000
MOST = 500
_HTML = 300_000
_FIRST_YEAR = 1990
_AHEAD = datetime.timedelta(hours=26)  # a day's difference of zones, and clocks that are wrong


def entries_of(body: bytes, url: str, *, media: str = "", name: str | None = None) -> tuple[NewEntry, ...]:
    """The entries of a feed in the order in which it gives them (the first 500).

    ``media``: the server's Content-Type; ``name``: the outlet where the article's address tells none. Raises
    WatchError where this is no feed, or declares entities.
    """
    if b"<!entity" in body.replace(b"\0", b"").lower():
        raise WatchError(f"{url}: declares entities, which no feed needs")
    found = _parsed(body, url, media)
    entries = found.get("entries") or []
    if not found.get("version") and not entries:
        raise WatchError(f"{url}: no RSS or Atom feed")
    title = name or line_of((found.get("feed") or {}).get("title"), html=True, most=200)
    now = datetime.datetime.now(datetime.UTC)
    made = (_entry(each, url, title, now) for each in entries[:MOST])
    return tuple(each for each in made if each is not None)


def _parsed(body: bytes, url: str, media: str) -> Any:
    import feedparser

    headers = {"content-location": url, **({"content-type": media} if media else {})}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return feedparser.parse(io.BytesIO(body), response_headers=headers)
    except Exception as error:  # whatever the parser stumbles over is the feed's fault and must not end the watch
        raise WatchError(f"{url}: cannot be parsed ({type(error).__name__})") from error


def _entry(entry: Any, feed: str, outlet: str | None, now: datetime.datetime) -> NewEntry | None:
    url = _link(entry.get("link"), feed)
    detail = entry.get("title_detail") or {}
    title = line_of(entry.get("title"), html=detail.get("type") != "text/plain")
    html = max(_texts(entry), key=len, default="")[:_HTML]
    if not (title or html):
        return None
    guid = line_of(entry.get("id"), most=2000)
    return NewEntry(
        key=sha256(guid or "\x1f".join(["", url or "", title or "", "" if url else html])),
        url=url,
        title=title,
        published=_published(entry, now),
        byline=line_of(entry.get("author"), most=200),
        outlet=(outlet_of(url) if url else None) or outlet,
        html=html,
    )


def _texts(entry: Any) -> list[str]:
    """What the entry says, as HTML: its content and its summary."""
    held = [*(entry.get("content") or []), entry.get("summary_detail") or {}]
    return [_as_html(str(each.get("value") or ""), each.get("type")) for each in held]


def _as_html(value: str, kind: str | None) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;") if kind == "text/plain" else value


def _link(url: object, feed: str) -> str | None:
    """The article's address; anything that is no http(s) address is dropped."""
    if not isinstance(url, str) or not is_address(url) or len(url) > 2000:
        return None
    try:
        return address(url, feed).url
    except FetchError:
        return None


def _published(entry: Any, now: datetime.datetime) -> str | None:
    """The entry's date as ISO with its own offset; None where it is odd or lies ahead."""
    for name in ("published", "updated", "created"):
        for key in (name, f"{name}_parsed"):
            if key in entry and (when := moment(entry[key], now)):
                return when
    return None


def moment(said: object, now: datetime.datetime) -> str | None:
    """A date of RFC 2822 or ISO 8601, or feedparser's nine figures, as ISO; None where it is none or lies ahead.

    >>> now = datetime.datetime(2024, 3, 9, tzinfo=datetime.UTC)
    >>> moment("Tue, 05 Mar 2024 10:00:00 +0200", now), moment("yesterday-ish", now), moment("2091-01-01", now)
    ('2024-03-05T10:00:00+02:00', None, None)
    """
    try:
        when = _datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if when is None or not _FIRST_YEAR <= when.year <= now.year + 1:
        return None
    aware = when if when.tzinfo else when.replace(tzinfo=datetime.UTC)
    return aware.isoformat(timespec="seconds") if aware <= now + _AHEAD else None


def _datetime(said: object) -> datetime.datetime | None:
    if isinstance(said, tuple):
        year, month, day, hour, minute, second = said[:6]
        return datetime.datetime(year, month, day, hour, minute, min(second, 59), tzinfo=datetime.UTC)
    if not isinstance(said, str) or len(said) > 100:
        return None
    said = said.strip()
    return datetime.datetime.fromisoformat(said) if said[:4].isdigit() else parsedate_to_datetime(said)
