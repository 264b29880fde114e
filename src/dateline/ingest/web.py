"""One address, fetched once and bounded."""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from dateline.core import IngestError
from dateline.ingest.limits import Limits

_SCHEMES = ("http", "https")
_AGENT = "dateline/1 (reads one page at its user's wish)"
_ACCEPT = "text/html, text/plain;q=0.9, application/json;q=0.8, */*;q=0.1"
_MOST_REDIRECTS = 5
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: the body, its media type and charset, and the address after redirects."""

    body: bytes
    media: str
    charset: str | None
    url: str


def is_address(name: str) -> bool:
    """Whether an input is an address on the web.

    >>> is_address("https://example.org/a"), is_address("ftp://example.org/a"), is_address("a.txt")
    (True, False, False)
    """
    return urlsplit(name).scheme.lower() in _SCHEMES if "://" in name else False


def fetched(url: str, limits: Limits) -> Fetched:
    """The page at an address; http and https only, after redirects too.

    Raises IngestError, naming the address, where it cannot be had within the limits.
    """
    results: list[Fetched | IngestError] = []
    # A server may send its headers byte by byte: only the clock of another thread bounds that.
    worker = threading.Thread(target=lambda: results.append(_outcome(url, limits)), daemon=True)
    worker.start()
    worker.join(limits.seconds + 1)
    result = results[0] if results else IngestError(url, f"took longer than {limits.seconds:g} seconds")
    if isinstance(result, IngestError):
        raise result
    return result


def _outcome(url: str, limits: Limits) -> Fetched | IngestError:
    deadline = time.monotonic() + limits.seconds
    try:
        request = urllib.request.Request(url, headers={"User-Agent": _AGENT, "Accept": _ACCEPT})
        with _opener().open(request, timeout=limits.seconds) as answer:
            body = _body(answer, url, limits, deadline)
            return Fetched(body, answer.headers.get_content_type(), answer.headers.get_content_charset(), answer.url)
    except IngestError as error:
        return error
    except urllib.error.HTTPError as error:
        return IngestError(url, f"the server says {error.code} {error.reason}")
    except urllib.error.URLError as error:
        return IngestError(url, f"cannot be fetched ({error.reason})")
    except TimeoutError:
        return IngestError(url, f"took longer than {limits.seconds:g} seconds")
    except (OSError, HTTPException, ValueError) as error:
        return IngestError(url, f"cannot be fetched ({type(error).__name__}: {error})")


def _body(answer: Any, url: str, limits: Limits, deadline: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > limits.fetched:
            raise IngestError(url, f"larger than {limits.fetched:,} bytes")
        if time.monotonic() > deadline:
            raise IngestError(url, f"took longer than {limits.seconds:g} seconds")
    return b"".join(pieces)


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = _MOST_REDIRECTS

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if urlsplit(newurl).scheme.lower() not in _SCHEMES:
            raise urllib.error.URLError(f"it leads to {newurl[:100]}, which is neither http nor https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> urllib.request.OpenerDirector:
    """An opener that knows http and https alone: no files, no FTP, no data addresses."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        _Redirects(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener
