"""Alerts handed on: an Atom file written whole, and a webhook that gets each alert until it has taken it."""

from __future__ import annotations

import os
import re
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from dateline.store.watching import Alert, WatchBook
from dateline.watch.errors import FetchError
from dateline.watch.fetching import Client
from dateline.watch.pacing import backoff

SHOWN = 200
TRIES = 12
_AT_ONCE = 3
_ATOM = "http://www.w3.org/2005/Atom"
_ODD = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(alerts: tuple[Alert, ...], store: str, now: str) -> bytes:
    """An Atom feed of alerts, the latest first; ``now`` is its date where there is no alert yet."""
    feed = Element("feed", xmlns=_ATOM)
    _put(feed, "id", _urn(f"alerts\x1f{Path(store).resolve()}"))
    _put(feed, "title", f"Alerts of {Path(store).name}")
    _put(feed, "updated", alerts[0].made if alerts else now)
    _put(SubElement(feed, "author"), "name", "dateline")
    for each in alerts:
        entry = SubElement(feed, "entry")
        _put(entry, "id", _urn(each.id))
        _put(entry, "title", each.title or each.name)
        _put(entry, "updated", each.made)
        SubElement(entry, "category", term=_clean(each.name))
        if each.url and each.url.startswith(("http://", "https://")):
            SubElement(entry, "link", rel="alternate", href=_clean(each.url))
        _put(entry, "summary", f"{each.name}: {each.title}")
    indent(feed)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def write_atom(path: Path, alerts: tuple[Alert, ...], store: str, now: str) -> None:
    """Put the feed in its file, whole or not at all. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.absolute().parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(atom(alerts, store, now))
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def post_alerts(
    book: WatchBook,
    client: Client,
    webhook: str,
    *,
    now: Callable[[], float],
    sleep: Callable[[float], None] = time.sleep,
) -> tuple[int, list[FetchError]]:
    """Send the alerts that the webhook has not taken yet; gives how many it took, and what went wrong.

    An alert is tried up to three times at once, then later and later, twelve times in all; then it is given up.
    Where the webhook cannot be had at present, the other alerts wait too.
    """
    sent, troubles = 0, []
    for alert in book.untold(now()):
        try:
            _posted(client, webhook, alert, sleep)
        except FetchError as error:
            troubles.append(error)
            if alert.tries + 1 >= TRIES:
                book.told(alert.id, "given up")
                continue
            book.tell_later(alert.id, now() + backoff(alert.tries + 1, error.after))
            if error.passing:
                break
            continue
        book.told(alert.id, "sent")
        sent += 1
    return sent, troubles


def _posted(client: Client, webhook: str, alert: Alert, sleep: Callable[[float], None]) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": alert.id}
    for attempt in range(1, _AT_ONCE + 1):
        try:
            client.post(webhook, alert.json.encode("utf-8", "replace"), headers)
            return
        except FetchError as error:
            if not error.passing or error.after is not None or attempt == _AT_ONCE:
                raise
            sleep(2.0**attempt)


def _put(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = _clean(words)


def _clean(words: str) -> str:
    return _ODD.sub("", words)


def _urn(words: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"dateline:{words}").urn
