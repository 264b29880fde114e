"""Requests to a hostile server: bounded in bytes, time and redirects, and out of the private network."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from http.server import BaseHTTPRequestHandler

import pytest
from tests.watch.conftest import Clock, Site

from dateline.watch.addresses import address, looked_up, origins
from dateline.watch.errors import FetchError
from dateline.watch.fetching import Client
from dateline.watch.pacing import Pace
from dateline.watch.robots import Robots

MOST = 100_000


def test_watch_fetches_and_unpacks(site: Site, client: Client) -> None:
    url = site.put("/a", gzip.compress(b"hello" * 100), Content_Encoding="gzip")
    assert client.get(url, most=MOST).body == b"hello" * 100
    (_, _, headers, _) = site.asked[0]
    assert headers["User-Agent"].startswith("dateline/") and headers["Host"] == site.address[7:]


def test_watch_gzip_bomb_is_refused(site: Site, client: Client) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(80)) + packer.flush()
    url = site.put("/bomb", bomb, Content_Encoding="gzip")
    with pytest.raises(FetchError, match="larger than"):
        client.get(url, most=MOST)


def _endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 10_000)


def _dripping(handler: BaseHTTPRequestHandler) -> None:
    for _ in range(100):
        handler.wfile.write(b"H")
        handler.wfile.flush()
        time.sleep(0.05)


def _short(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"x")


def test_watch_endless_body_is_refused(site: Site, client: Client) -> None:
    site.pages["/endless"] = _endless
    with pytest.raises(FetchError, match="larger than"):
        client.get(site.address + "/endless", most=MOST)


def test_watch_slow_headers_are_cut(site: Site, client: Client) -> None:
    site.pages["/drip"] = _dripping
    client.seconds = 0.4
    began = time.monotonic()
    with pytest.raises(FetchError, match="longer than") as caught:
        client.get(site.address + "/drip", most=MOST)
    assert caught.value.passing and time.monotonic() - began < 3


def test_watch_short_body_is_not_taken_for_whole(site: Site, client: Client) -> None:
    site.pages["/short"] = _short
    with pytest.raises(FetchError, match="cut short"):
        client.get(site.address + "/short", most=MOST)


def test_watch_redirects_are_followed_and_bounded(site: Site, client: Client) -> None:
    site.put("/loop", "", 302, Location="/loop")
    site.put("/old", "", 301, Location="new")
    site.put("/new", "here")
    assert client.get(site.address + "/old", most=MOST).body == b"here"
    with pytest.raises(FetchError, match="redirects"):
        client.get(site.address + "/loop", most=MOST)


@pytest.mark.parametrize(
    "target",
    ["http://localhost:{port}/", "http://127.0.0.1:1/", "http://[::1]:{port}/", "http://2130706433/", "file:///etc/passwd",
     "http://0.0.0.0/", "http://169.254.169.254/latest/", "ftp://127.0.0.1/", "http://[::ffff:10.0.0.1]/", "http://u:p@x/"],
)  # fmt: skip
def test_watch_redirects_into_the_private_network_are_refused(target: str, site: Site, client: Client) -> None:
    site.put("/go", "", 302, Location=target.format(port=site.address.rpartition(":")[2]))
    with pytest.raises(FetchError):
        client.get(site.address + "/go", most=MOST)
    assert site.paths() == ["/go"]


def test_watch_private_names_are_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        ips = {"mixed.example": ("10.0.0.1", "9.9.9.9"), "inner.example": ("192.168.0.7",)}[host]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    assert looked_up(address("http://mixed.example/"), named=False) == [(socket.AF_INET, "9.9.9.9")]
    assert looked_up(address("http://inner.example/"), named=True) == [(socket.AF_INET, "192.168.0.7")]
    with pytest.raises(FetchError, match="private network"):
        looked_up(address("http://inner.example/"), named=False)


def test_watch_hosts_that_ask_for_rest_get_it(site: Site, client: Client, clock: Clock) -> None:
    url = site.put("/busy", "", 429, Retry_After="1200")
    with pytest.raises(FetchError, match="429") as caught:
        client.get(url, most=MOST)
    assert caught.value.passing and caught.value.after == 1200
    site.put("/busy", "fine")
    with pytest.raises(FetchError, match="left alone"):
        client.get(url, most=MOST)
    assert len(site.asked) == 1
    clock.time += 1201
    assert client.get(url, most=MOST).body == b"fine"


def test_watch_waits_between_requests_to_one_host(site: Site, clock: Clock) -> None:
    client = Client(origins([site.address]), Pace(3, now=clock.now, sleep=clock.sleep))
    url = site.put("/a", "x")
    for _ in range(3):
        client.get(url, most=MOST)
    assert clock.slept == [3, 3]


def test_watch_robots_are_obeyed_after_redirects_too(site: Site, client: Client, clock: Clock) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 4\nDisallow: /private/\n")
    site.put("/go", "", 302, Location="/private/1")
    site.put("/open", "x")
    robots = Robots(client, client.pace, now=clock.now)
    assert client.get(site.address + "/open", most=MOST, allowed=robots.allows).body == b"x"
    with pytest.raises(FetchError, match=r"robots\.txt"):
        client.get(site.address + "/go", most=MOST, allowed=robots.allows)
    assert site.paths() == ["/robots.txt", "/open", "/go"] and 4 in clock.slept


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, None)])
def test_watch_robots_that_cannot_be_had(status: int, allowed: bool | None, site: Site, client: Client) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /", status)
    robots = Robots(client, client.pace)
    if allowed is None:
        with pytest.raises(FetchError) as caught:
            robots.allows(site.address + "/a")
        assert caught.value.passing
    else:
        assert robots.allows(site.address + "/a") is allowed
