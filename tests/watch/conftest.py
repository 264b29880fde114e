"""A small site on this machine, and a watch over it with a clock that nobody waits for."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dateline.core import Document, Incident, Reading
from dateline.store import Store
from dateline.store.watching import WatchBook
from dateline.watch.addresses import origins
from dateline.watch.fetching import Client
from dateline.watch.opml import Feed
from dateline.watch.pacing import Pace
from dateline.watch.watching import Watch


@dataclass
class Site:
    """What the server answers, by path: a status, headers and a body, or a function that writes to the handler."""

    address: str = ""
    pages: dict[str, tuple[int, dict[str, str], bytes] | Callable[[BaseHTTPRequestHandler], None]] = field(
        default_factory=dict
    )
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)

    def put(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> str:
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, data)
        return self.address + path

    def paths(self) -> list[str]:
        return [path for _, path, _, _ in self.asked]


class Clock:
    """A clock that sleeping moves on."""

    def __init__(self) -> None:
        self.time = 1_700_000_000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture
def site() -> Iterator[Site]:
    held = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            held.asked.append((self.command, self.path, dict(self.headers), self.rfile.read(size)))
            page = held.pages.get(self.path, (404, {}, b""))
            if callable(page):
                page(self)
                return
            status, headers, body = page
            if status == 200 and headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            with contextlib.suppress(OSError):  # the client hung up, as it should
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    held.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield held
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(site: Site, clock: Clock) -> Client:
    return Client(origins([site.address]), Pace(0, now=clock.now, sleep=clock.sleep), seconds=5)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "news.db") as held:
        yield held


@pytest.fixture
def book(store: Store) -> Iterator[WatchBook]:
    with WatchBook(store.path) as held:
        yield held


def no_reading(document: Document) -> Reading:
    """The reading of a report in which nothing is found."""
    return Reading(document, *((),) * 10)


def unread() -> Callable[[Document], Reading]:
    """A reader that finds nothing."""
    return no_reading


@pytest.fixture
def watch(store: Store, book: WatchBook, client: Client, clock: Clock, site: Site) -> Watch:
    def nothing(_: object) -> tuple[Incident, ...]:
        return ()

    return Watch(
        store=store,
        book=book,
        feeds=(Feed(site.address + "/feed"),),
        client=client,
        now=clock.now,
        sleep=clock.sleep,
        load=unread,
        link=nothing,
        say=lambda _: None,
    )
