"""The part of a store that a watch keeps: feeds, their entries, what was alerted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.core import sha256
from dateline.store.session import Session

Settled = Literal["read", "failed"]
Told = Literal["sent", "given up"]
_ENTRY = "number, feed, url, title, published, byline, outlet, html, tries"
_ALERT = "id, name, made, title, url, json, tries"


@dataclass(frozen=True, slots=True)
class FeedState:
    """What a feed said last: the marks for asking conditionally, failures in a row, when to ask again (Unix time)."""

    etag: str | None = None
    modified: str | None = None
    failures: int = 0
    due: float = 0.0
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as its feed gives it; ``key`` is its guid, else made of address, title and text."""

    key: str
    url: str | None
    title: str | None
    published: str | None
    byline: str | None
    outlet: str | None
    html: str

    @property
    def twin(self) -> str:
        """What two feeds' entries for one article have in common: address and title, else the text."""
        return sha256("\x1f".join([self.url or "", self.title or "", "" if self.url else self.html]))


@dataclass(frozen=True, slots=True)
class WaitingEntry:
    """An entry that is still to be read; ``tries`` is how often its page was asked for in vain."""

    number: int
    feed: str
    url: str | None
    title: str | None
    published: str | None
    byline: str | None
    outlet: str | None
    html: str | None
    tries: int


@dataclass(frozen=True, slots=True)
class Alert:
    """An incident that a saved search found for the first time; ``json`` is what a webhook gets."""

    id: str
    name: str
    made: str
    title: str
    url: str | None
    json: str
    tries: int = 0


class WatchBook(Session):
    """A watch's own tables in a store; every method is one transaction. Times are Unix times."""

    # Feeds and entries ------------------------------------------------------------------------------

    def feed(self, url: str) -> FeedState:
        """What is known of a feed; a fresh state where nothing is."""
        rows = self._rows("SELECT etag, modified, failures, due, trouble FROM watch_feeds WHERE url = ?", url)
        return FeedState(*rows[0]) if rows else FeedState()

    def keep_feed(self, url: str, state: FeedState, entries: Sequence[NewEntry] = ()) -> int:
        """Keep a feed's state together with the entries not seen before; gives how many are to be read.

        An entry whose twin another feed has given already is noted and not read.
        """
        fresh = 0
        with self._writing() as db:
            row = (url, state.etag, state.modified, state.failures, state.due, state.trouble)
            db.execute("INSERT OR REPLACE INTO watch_feeds VALUES (?, ?, ?, ?, ?, ?)", row)
            for e in entries:
                known = "SELECT 1 FROM watch_entries WHERE twin = ? AND feed != ? LIMIT 1"
                twin = db.execute(known, (e.twin, url)).fetchone() is not None
                told = (url, e.key, e.twin, e.url, e.title, e.published, e.byline, e.outlet)
                done = db.execute(
                    "INSERT OR IGNORE INTO watch_entries (feed, key, twin, url, title, published, byline, outlet,"
                    " html, state, tries, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
                    (*told, None if twin else e.html, "twin" if twin else "waiting"),
                )
                fresh += done.rowcount if not twin else 0
        return fresh

    def waiting(self, now: float) -> tuple[WaitingEntry, ...]:
        """The entries to be read that are due, in the order in which they came."""
        query = f"SELECT {_ENTRY} FROM watch_entries WHERE state = 'waiting' AND due <= ? ORDER BY number"
        return tuple(WaitingEntry(*row) for row in self._rows(query, now))

    def put_off(self, number: int, due: float, *, tried: bool) -> None:
        """Read an entry later; ``tried`` counts the attempt."""
        with self._writing() as db:
            query = "UPDATE watch_entries SET due = ?, tries = tries + ? WHERE number = ?"
            db.execute(query, (due, int(tried), number))

    def settle(self, number: int, state: Settled, document: str | None) -> None:
        """An entry is read or has failed for good; its text is not needed any more."""
        with self._writing() as db:
            query = "UPDATE watch_entries SET state = ?, document = ?, html = NULL WHERE number = ?"
            db.execute(query, (state, document, number))

    # Linking ----------------------------------------------------------------------------------------

    def note(self, name: str, value: str) -> None:
        """Keep a word under a name."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO watch_notes VALUES (?, ?)", (name, value))

    def noted(self, name: str) -> str | None:
        """The word kept under a name, or None."""
        rows = self._rows("SELECT value FROM watch_notes WHERE name = ?", name)
        return rows[0][0] if rows else None

    # Alerts -----------------------------------------------------------------------------------------

    def is_watched(self, search: str, query: str) -> bool:
        """Whether a search is watched already and still asks for the same."""
        return bool(self._rows("SELECT 1 FROM watch_searches WHERE search = ? AND query = ?", search, query))

    def begin(self, search: str, query: str, numbers: Sequence[int]) -> None:
        """Watch a search from now on: what it finds at present (numbers of shown incidents) is never alerted."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO watch_searches VALUES (?, ?)", (search, query))
            db.execute(_MARK, (search, json.dumps(numbers)))

    def unalerted(self, search: str, numbers: Sequence[int]) -> tuple[int, ...]:
        """Of shown incidents those with no telling in common with one that was alerted (or there at the start)."""
        rows = self._rows(
            "SELECT k.value FROM json_each(?) k WHERE NOT EXISTS (SELECT 1 FROM shown_members m JOIN watch_alerted a"
            " ON a.search = ? AND a.document = m.document AND a.event = m.event WHERE m.number = k.value)"
            " ORDER BY k.key",
            json.dumps(numbers),
            search,
        )
        return tuple(row[0] for row in rows)

    def alert(self, search: str, numbers: Sequence[int], alerts: Sequence[Alert], *, webhook: bool) -> int:
        """Keep alerts, and that all these incidents are known, at once; gives how many alerts are new."""
        fresh = 0
        with self._writing() as db:
            for a in alerts:
                row = (a.id, a.name, a.made, a.title, a.url, a.json, "waiting" if webhook else "none")
                names = "id, name, made, title, url, json, webhook, tries, due"
                query = f"INSERT OR IGNORE INTO watch_alerts ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0)"
                fresh += db.execute(query, row).rowcount
            db.execute(_MARK, (search, json.dumps(numbers)))
        return fresh

    def alerts(self, most: int) -> tuple[Alert, ...]:
        """The alerts, the latest first."""
        return tuple(
            Alert(*row) for row in self._rows(f"SELECT {_ALERT} FROM watch_alerts ORDER BY number DESC LIMIT ?", most)
        )

    def untold(self, now: float) -> tuple[Alert, ...]:
        """The alerts that the webhook has not taken yet and that are due."""
        query = f"SELECT {_ALERT} FROM watch_alerts WHERE webhook = 'waiting' AND due <= ? ORDER BY number"
        return tuple(Alert(*row) for row in self._rows(query, now))

    def told(self, alert: str, state: Told) -> None:
        """The webhook took an alert, or never will."""
        with self._writing() as db:
            db.execute("UPDATE watch_alerts SET webhook = ? WHERE id = ?", (state, alert))

    def tell_later(self, alert: str, due: float) -> None:
        """The webhook did not take an alert now."""
        with self._writing() as db:
            db.execute("UPDATE watch_alerts SET tries = tries + 1, due = ? WHERE id = ?", (due, alert))


_MARK = (
    "INSERT OR IGNORE INTO watch_alerted SELECT ?, m.document, m.event FROM shown_members m"
    " WHERE m.number IN (SELECT value FROM json_each(?))"
)
