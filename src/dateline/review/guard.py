"""What every request must pass: the right host, the token, the same origin, a bounded body; what every answer wears.

One ASGI layer around the application, so that no route can be forgotten.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
import secrets
from collections.abc import Collection, Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import unquote, urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

SESSION, TOKEN, REVIEWER = "dateline_session", "dateline_token", "dateline_reviewer"
CSRF = "x-csrf-token"
BODY = 1 << 20
UPLOAD = 32 << 20
UPLOADS = ("/api/verdicts/import",)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"geolocation=(), camera=(), microphone=()"),
)
_SAFE = ("GET", "HEAD", "OPTIONS")
_OPEN = ("/api/session", "/login", "/api/health")


class Guard:
    """Refuses requests that must not reach the application. ``hosts`` are names it answers to beside local ones."""

    def __init__(self, app: ASGIApp, *, token: str | None = None, hosts: Collection[str] = ()) -> None:
        self._app = app
        self._token = token
        self._hosts = frozenset(host.lower() for host in hosts) | {"localhost"}
        self._secret = secrets.token_bytes(32)

    def csrf(self, session: str) -> str:
        """The token that a page of this session sends back with a write."""
        return hmac.new(self._secret, session.encode(), hashlib.sha256).hexdigest()

    def grants(self, token: str | None) -> bool:
        """Whether this is the token, or none is needed."""
        if self._token is None:
            return True
        return hmac.compare_digest((token or "").encode(), self._token.encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = _headers(scope)
        cookies = cookies_of(headers.get("cookie", ""))
        scope["state"] = {**scope.get("state", {}), "guard": self, "cookies": cookies}

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name.lower() for name, _ in message.get("headers", ())}
                more = [pair for pair in HEADERS if pair[0] not in names]
                if b"cache-control" not in names:
                    more.append((b"cache-control", b"no-cache, private"))
                message = {**message, "headers": [*message.get("headers", ()), *more]}
            await send(message)

        refused = self._refused(scope, headers, cookies)
        if refused:
            await _answer(dressed, *refused, html=not scope["path"].startswith("/api"))
            return
        most = UPLOAD if scope["path"] in UPLOADS else BODY
        if int(headers.get("content-length") or 0) > most:
            await _answer(dressed, 413, "Too large", f"at most {most} bytes", html=False)
            return
        await self._bounded(scope, receive, dressed, most)

    async def _bounded(self, scope: Scope, receive: Receive, send: Send, most: int) -> None:
        """Read the body no further than its bound; one that tells no length is cut off there."""
        if scope["method"] in _SAFE:
            await self._app(scope, receive, send)
            return
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return
            body += message.get("body", b"")
            if len(body) > most:
                await _answer(send, 413, "Too large", f"at most {most} bytes", html=False)
                return
            if not message.get("more_body"):
                break
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": bytes(body), "more_body": False}

        await self._app(scope, replay, send)

    def _refused(
        self, scope: Scope, headers: Mapping[str, str], cookies: Mapping[str, str]
    ) -> tuple[int, str, str] | None:
        """Status, title and detail of a refusal, or None."""
        path, method = scope["path"], scope["method"]
        if not self._known_host(headers.get("host", "")):
            return 421, "Unknown host", "this name is not one of the server's (see --name)"
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit() and len(length) < 16):
            return 400, "Bad request", "content-length"
        bearer = headers.get("authorization", "").removeprefix("Bearer ").strip()
        by_bearer = self._token is not None and bool(bearer) and self.grants(bearer)
        if not by_bearer and not self.grants(cookies.get(TOKEN)) and not _is_open(path):
            return 401, "A token is needed", "send Authorization: Bearer TOKEN, or sign in at /login"
        if method in _SAFE or by_bearer:
            return None
        if not _same_origin(headers):
            return 403, "Another origin", "writes are taken from pages of this server only"
        session = cookies.get(SESSION, "")
        sent = headers.get(CSRF, "")
        if not session or not hmac.compare_digest(self.csrf(session).encode(), sent.encode("utf-8", "replace")):
            return 403, "No CSRF token", "send X-CSRF-Token as GET /api/session gives it, with its cookie"
        return None

    def _known_host(self, host: str) -> bool:
        """Addresses are known, names only where they are ours: a foreign name that leads here is a rebound one."""
        name = _bare(host)
        if name in self._hosts:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


def cookies_of(header: str) -> dict[str, str]:
    """Cookies by name; nothing where the header cannot be read."""
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(header)
    except CookieError:
        return {}
    return {name: unquote(morsel.value) for name, morsel in jar.items()}


def _is_open(path: str) -> bool:
    return path in _OPEN or path.startswith("/static/")


def _bare(host: str) -> str:
    """The name in a Host header, without port and brackets."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _same_origin(headers: Mapping[str, str]) -> bool:
    """Browsers send Origin with every write; what sends none is no browser."""
    site = headers.get("sec-fetch-site")
    if site not in (None, "same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.lower() == headers.get("host", "").strip().lower()
    except ValueError:
        return False


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


async def _answer(send: Send, status: int, title: str, detail: str, *, html: bool) -> None:
    if html:
        kind, text = "text/html; charset=utf-8", f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{detail}</p>"
    else:
        kind = "application/problem+json"
        text = json.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail})
    body = text.encode()
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
