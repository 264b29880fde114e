"""One request at a time: paced, bounded in bytes, seconds and redirects, and kept out of the private network."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse

from dateline import __version__
from dateline.watch.addresses import Address, address, looked_up
from dateline.watch.errors import FetchError
from dateline.watch.pacing import FIRST, Pace, retry_after

NAME = "dateline"
AGENT = f"{NAME}/{__version__} (watches feeds at its user's wish)"
REDIRECTS = 5
_MOVED = (301, 302, 303, 307, 308)
_PASSING = (408, 425, 429, 500, 502, 503, 504)
_RESTING = (429, 503)
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: the last address, status, headers (names in lower case) and the body, unpacked."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class _Line:
    """The open connection of a request, which its time limit can cut."""

    sock: socket.socket | None = None
    late: bool = False

    def cut(self) -> None:
        self.late = True
        if self.sock is not None:
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


@dataclass(slots=True)
class Client:
    """Asks addresses. ``named`` are the hosts and ports that the user gave: only these may be private.

    ``seconds`` is the whole time of one request. No proxy is used: the checked address is the one that is asked.
    """

    named: frozenset[tuple[str, int]]
    pace: Pace
    seconds: float = 30.0
    _context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def resting(self, url: str) -> float:
        """For how many seconds more the address's host is left alone, as it asked."""
        try:
            return self.pace.resting(address(url).host)
        except FetchError:
            return 0.0

    def get(
        self,
        url: str,
        *,
        most: int,
        headers: Mapping[str, str] | None = None,
        allowed: Callable[[str], bool] | None = None,
    ) -> Answer:
        """The answer at an address (200 or 304), redirects followed; ``allowed`` is asked before every step.

        Raises FetchError where there is none within ``most`` bytes.
        """
        asked = address(url)
        for _ in range(REDIRECTS + 1):
            if allowed and not allowed(asked.url):
                raise FetchError(asked.url, "robots.txt does not allow it")
            answer = self._ask("GET", asked, None, {"Accept-Encoding": "gzip", **(headers or {})}, most)
            if answer.status not in _MOVED or not answer.headers.get("location"):
                return self._good(asked, answer, (200, 304))
            asked = address(answer.headers["location"], asked.url)
        raise FetchError(url, f"more than {REDIRECTS} redirects")

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send a body; redirects are not followed. Raises FetchError unless the server takes it (2xx)."""
        asked = address(url)
        return self._good(asked, self._ask("POST", asked, body, headers, _CHUNK), range(200, 300))

    def _good(self, asked: Address, answer: Answer, wanted: tuple[int, ...] | range) -> Answer:
        if answer.status in wanted:
            return answer
        passing = answer.status in _PASSING
        after = retry_after(answer.headers.get("retry-after")) if passing else None
        if answer.status in _RESTING:
            self.pace.rest(asked.host, after if after is not None else FIRST)
        raise FetchError(asked.url, f"the server says {answer.status}", passing=passing, after=after)

    def _ask(self, verb: str, asked: Address, body: bytes | None, headers: Mapping[str, str], most: int) -> Answer:
        rest = self.pace.resting(asked.host)
        if rest > 0:
            raise FetchError(asked.url, f"{asked.host} is left alone for {rest:.0f} seconds", passing=True, after=rest)
        self.pace.wait(asked.host)
        line = _Line()
        clock = threading.Timer(self.seconds, line.cut)
        clock.daemon = True
        clock.start()
        try:
            with self._connected(asked, line) as connection:
                connection.request(verb, asked.target, body, {"User-Agent": AGENT, "Connection": "close", **headers})
                answer = connection.getresponse()
                said = {name.lower(): value for name, value in answer.getheaders()}
                held = _body(answer, said, asked.url, most) if answer.status in (200, 304) and verb == "GET" else b""
        except FetchError:
            if line.late:
                raise self._late(asked) from None
            raise
        except (OSError, HTTPException, ValueError, zlib.error) as error:
            if line.late or isinstance(error, TimeoutError):
                raise self._late(asked) from error
            raise FetchError(asked.url, f"{type(error).__name__}: {error}"[:200], passing=True) from error
        finally:
            clock.cancel()
        if line.late:
            raise self._late(asked)
        return Answer(asked.url, answer.status, said, held)

    def _late(self, asked: Address) -> FetchError:
        return FetchError(asked.url, f"took longer than {self.seconds:g} seconds", passing=True)

    @contextmanager
    def _connected(self, asked: Address, line: _Line) -> Iterator[HTTPConnection]:
        named = (asked.host, asked.port) in self.named
        deadline = time.monotonic() + self.seconds
        connection = HTTPConnection(asked.host, asked.port)
        connection.default_port = 443 if asked.scheme == "https" else 80
        try:
            sock = line.sock = _dialled(looked_up(asked, named=named), asked.port, deadline)
            if asked.scheme == "https":
                sock = line.sock = self._context.wrap_socket(
                    sock, server_hostname=asked.host, do_handshake_on_connect=False
                )
                sock.do_handshake()
            if line.late:
                raise TimeoutError
            connection.sock = sock
            yield connection
        finally:
            connection.close()
            if line.sock is not None:
                line.sock.close()


def _dialled(places: list[tuple[int, str]], port: int, deadline: float) -> socket.socket:
    """A connection to the first of the places that answers."""
    trouble: OSError = TimeoutError("timed out")
    for family, ip in places:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(left)
            sock.connect((ip, port))
        except OSError as error:
            sock.close()
            trouble = error
        else:
            return sock
    raise trouble


def _body(answer: HTTPResponse, said: Mapping[str, str], url: str, most: int) -> bytes:
    """The body, unpacked piece by piece so that neither it nor what it unpacks to can outgrow ``most`` bytes."""
    packing = said.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "", "gzip", "x-gzip"):
        raise FetchError(url, f"packed as {packing[:40]}, which was not asked for")
    unpack = zlib.decompressobj(47) if "gzip" in packing else None
    pieces: list[bytes] = []
    size = packed = 0
    while piece := answer.read1(_CHUNK):
        packed += len(piece)
        piece = unpack.decompress(piece, most + 1 - size) if unpack else piece
        size += len(piece)
        pieces.append(piece)
        if size > most or packed > most:
            raise FetchError(url, f"larger than {most:,} bytes")
    if answer.length:
        raise FetchError(url, "cut short", passing=True)
    return b"".join(pieces)
