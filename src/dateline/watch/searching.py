"""Saved searches asked of a store: which incidents are new since a search is watched."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable

from dateline.core import content_id
from dateline.store import Store
from dateline.store.filters import FACETS, Filter
from dateline.store.records import SavedSearch
from dateline.store.watching import Alert, WatchBook
from dateline.watch.errors import WatchError

_PAGE = 1000


def chosen(store: Store, names: Iterable[str]) -> tuple[SavedSearch, ...]:
    """The saved searches of these names or ids; all where none is named. Raises WatchError where one is not there."""
    held = store.searches()
    wanted = tuple(names)
    missing = [name for name in wanted if not any(name in (each.name, each.id) for each in held)]
    if missing:
        raise WatchError(f"{store.path}: no saved search {', '.join(missing)}")
    return tuple(each for each in held if not wanted or each.name in wanted or each.id in wanted)


def filter_of(search: SavedSearch) -> Filter:
    """The store's filter of a saved search; what it does not know is passed over.

    >>> filter_of(SavedSearch("q1", "raids", {"type": ("ASSAULT",), "q": ("mill",)}, "ana", "")).words
    'mill'
    """
    query = search.query

    def one(name: str) -> str | None:
        return next((value for value in query.get(name, ()) if value), None)

    return Filter(
        **{name: tuple(value for value in query.get(name, ()) if value) for name in FACETS},
        since=one("since"),
        until=one("until"),
        bbox=_box(one("bbox")),
        words=one("q") or "",
    )


def begin(store: Store, book: WatchBook, searches: Iterable[SavedSearch]) -> None:
    """Watch searches from now on: what those not watched before find at present is never alerted."""
    for search in searches:
        query = _query(search)
        if not book.is_watched(search.id, query):
            book.begin(search.id, query, _found(store, search))


def raise_alerts(store: Store, book: WatchBook, searches: Iterable[SavedSearch], made: str, *, webhook: bool) -> int:
    """Keep an alert for every incident that a search finds for the first time; gives how many there are.

    An incident that shares a telling with one alerted before is the same one, grown or parted, and is not new.
    """
    count = 0
    for search in searches:
        found = _found(store, search)
        alerts = []
        for row in store.shown_rows(book.unalerted(search.id, found)):
            if row["state"] != "rejected":
                alerts.append(_alert(store, search, str(row["id"]), made))
        count += book.alert(search.id, found, [each for each in alerts if each], webhook=webhook)
    return count


def _alert(store: Store, search: SavedSearch, incident: str, made: str) -> Alert | None:
    from dateline.codec import to_json

    record = store.shown_record(incident)
    if record is None:
        return None
    id = content_id("a", search.id, incident)
    documents = store.documents_of(record.documents)
    reports = [
        {"document": each.id, "title": each.title, "url": each.url, "outlet": each.outlet, "published": each.published}
        for each in documents.values()
    ]
    head = {"id": id, "made": made, "search": {"id": search.id, "name": search.name}, "reports": reports}
    line = json.dumps(head, ensure_ascii=False)[:-1] + f', "incident": {to_json(record)}}}'
    url = next((each.url for each in documents.values() if each.url), None)
    return Alert(id, search.name, made, record.summary, url, line)


def _found(store: Store, search: SavedSearch) -> list[int]:
    wanted = filter_of(search)
    numbers: list[int] = []
    after: tuple[int, int] | None = None
    while True:
        page = store.page(wanted, sort="oldest", after=after, limit=_PAGE)
        numbers += page.numbers
        after = page.next
        if after is None:
            return numbers


def _query(search: SavedSearch) -> str:
    return json.dumps({name: list(values) for name, values in sorted(search.query.items())}, ensure_ascii=False)


def _box(words: str | None) -> tuple[float, float, float, float] | None:
    with contextlib.suppress(ValueError):
        west, south, east, north = (float(each) for each in (words or "").split(","))
        return west, south, east, north
    return None
