"""A round of a watch: feeds asked, what is new read, stored and linked, alerts raised. Cut short, it goes on there."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dateline.batch import Tally, code
from dateline.batch.coding import Link
from dateline.batch.reading import Load, pipeline
from dateline.core import Document, Failure, IngestError, Reading
from dateline.store import Store
from dateline.store.watching import FeedState, WaitingEntry, WatchBook
from dateline.watch import entries, parsing, searching, telling
from dateline.watch.articles import TRIES, told_by_feed, told_by_page
from dateline.watch.errors import FetchError, WatchError
from dateline.watch.fetching import Client
from dateline.watch.opml import Feed
from dateline.watch.pacing import backoff
from dateline.watch.robots import Robots

_ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
_UNLINKED = "unlinked"


@dataclass(frozen=True, slots=True)
class Polled:
    """What a round did: feeds asked, unchanged and failed, new entries; documents read; alerts raised and posted."""

    feeds: int = 0
    unchanged: int = 0
    failed: int = 0
    fresh: int = 0
    done: Tally = field(default_factory=Tally)
    alerts: int = 0
    posted: int = 0


@dataclass(slots=True)
class Watch:
    """Polls feeds into a store. ``alerts``: the Atom file; ``webhook``: an address; ``searches``: names, () for all.

    ``articles``: fetch the pages that entries link to. ``say`` hears what goes wrong; it stops nothing.
    """

    store: Store
    book: WatchBook
    feeds: Sequence[Feed]
    client: Client
    articles: bool = False
    alerts: Path | None = None
    webhook: str | None = None
    searches: tuple[str, ...] = ()
    jobs: int = 1
    say: Callable[[str], None] = print
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    load: Load = pipeline
    link: Link | None = None
    _robots: Robots | None = None

    def poll(self) -> Polled:
        """One round. Raises StoreError where the store cannot be written, WatchError for an unknown search."""
        telling_any = self.alerts is not None or self.webhook is not None
        searches = searching.chosen(self.store, self.searches) if telling_any else ()
        searching.begin(self.store, self.book, searches)
        done = Polled()
        for feed in self.feeds:
            done = self._asked(feed, done)
        done = replace(done, done=self._read())
        made = datetime.datetime.fromtimestamp(self.now(), datetime.UTC).isoformat(timespec="seconds")
        hook = self.webhook is not None
        raised = searching.raise_alerts(self.store, self.book, searches, made, webhook=hook)
        if self.alerts is not None:
            telling.write_atom(self.alerts, self.book.alerts(telling.SHOWN), self.store.path, made)
        posted = self._post() if self.webhook else 0
        return replace(done, alerts=raised, posted=posted)

    def _post(self) -> int:
        sent, troubles = telling.post_alerts(self.book, self.client, self.webhook or "", now=self.now, sleep=self.sleep)
        for trouble in troubles:
            self.say(f"webhook: {trouble}")
        return sent

    # Feeds --------------------------------------------------------------------------------------------

    def _asked(self, feed: Feed, done: Polled) -> Polled:
        state = self.book.feed(feed.url)
        if state.due > self.now() or self.client.resting(feed.url) > 0:
            return done
        done = replace(done, feeds=done.feeds + 1)
        marks = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
        headers = {"Accept": _ACCEPT, **{name: mark for name, mark in marks.items() if mark}}
        try:
            answer = self.client.get(feed.url, most=entries.LARGEST, headers=headers)
            if answer.status == 304:
                self.book.keep_feed(feed.url, FeedState(state.etag, state.modified))
                return replace(done, unchanged=done.unchanged + 1)
            media = answer.headers.get("content-type", "")
            found = parsing.entries_within(answer.body, answer.url, media=media, name=feed.name)
        except (FetchError, WatchError) as error:
            self.say(str(error))
            after = error.after if isinstance(error, FetchError) else None
            failures = state.failures + 1
            due = self.now() + backoff(failures, after)
            self.book.keep_feed(feed.url, FeedState(state.etag, state.modified, failures, due, str(error)))
            return replace(done, failed=done.failed + 1)
        fresh = FeedState(_mark(answer.headers.get("etag")), _mark(answer.headers.get("last-modified")))
        # A feed gives the latest first: read in the order in which they were written.
        return replace(done, fresh=done.fresh + self.book.keep_feed(feed.url, fresh, found[::-1]))

    # Entries ------------------------------------------------------------------------------------------

    def _read(self) -> Tally:
        waiting = self.book.waiting(self.now())
        if not waiting and self.book.noted(_UNLINKED) != "yes":
            return Tally()
        self.book.note(_UNLINKED, "yes")
        handed: dict[int, Document] = {}
        named = [feed.url for feed in self.feeds]
        done = code(
            named,
            self.store,
            jobs=self.jobs,
            items=self._documents(waiting, handed),
            failed=lambda failure: self.say(f"{failure.document}: {failure.error}"),
            load=self.load,
            link=self.link,
        )
        self._settle(handed)
        for number, document in handed.items():
            self.book.settle(number, "failed", document.id)
        self.book.note(_UNLINKED, "no")
        return done

    def _documents(
        self, waiting: Sequence[WaitingEntry], handed: dict[int, Document]
    ) -> Iterator[Document | Reading | Failure]:
        """The documents of entries, made one at a time; those stored meanwhile are struck off ``handed``."""
        for entry in waiting:
            try:
                document = self._document(entry)
            except IngestError as error:
                self.book.settle(entry.number, "failed", None)
                yield Failure(error.document, "ingest", error.reason)
                continue
            if document is not None:
                handed[entry.number] = document
                yield document
                self._settle(handed)

    def _settle(self, handed: dict[int, Document]) -> None:
        stored = [number for number, each in handed.items() if self.store.sha256_of(each.id) == each.sha256]
        for number in stored:
            self.book.settle(number, "read", handed.pop(number).id)

    def _document(self, entry: WaitingEntry) -> Document | None:
        """The document; None where its page is to be asked for again later."""
        if self.articles and entry.url is not None and entry.tries < TRIES:
            rest = self.client.resting(entry.url)
            if rest > 0:
                self.book.put_off(entry.number, self.now() + rest, tried=False)
                return None
            self._robots = self._robots or Robots(self.client, self.client.pace)
            try:
                return told_by_page(entry, self.client, self._robots)
            except FetchError as error:
                if error.passing:
                    self.book.put_off(entry.number, self.now() + backoff(entry.tries + 1, error.after), tried=True)
                    return None
                self.say(f"{error}; the feed's own words are read")
            except IngestError as error:
                self.say(f"{error}; the feed's own words are read")
        return told_by_feed(entry)


def _mark(value: str | None) -> str | None:
    """A mark that can be sent back as it is."""
    return value if value and len(value) <= 1000 and value.isprintable() and value.isascii() else None
