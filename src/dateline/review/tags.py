"""ETags: an answer of the API is known by the store's version and the question, before it is worked out."""

from __future__ import annotations

import hashlib

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline import __version__
from dateline.core import StoreError
from dateline.store import Store

_NEVER = ("/api/session", "/api/health")


class Tags:
    """Answers 304 where the asker has the answer already."""

    def __init__(self, app: ASGIApp, store: Store) -> None:
        self._app = app
        self._store = store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its ETag set, or say that nothing changed."""
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "GET" or not path.startswith("/api/") or path in _NEVER:
            await self._app(scope, receive, send)
            return
        try:
            version = self._store.version()
        except StoreError:  # the application says so in its own words
            await self._app(scope, receive, send)
            return
        question = f"{__version__} {version} {path}?".encode() + scope.get("query_string", b"")
        tag = b'W/"' + hashlib.sha256(question).hexdigest()[:24].encode() + b'"'
        given = b",".join(value for name, value in scope["headers"] if name == b"if-none-match")
        if tag in (each.strip() for each in given.split(b",")):
            await send({"type": "http.response.start", "status": 304, "headers": [(b"etag", tag)]})
            await send({"type": "http.response.body", "body": b""})
            return

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                message = {**message, "headers": [*message.get("headers", ()), (b"etag", tag)]}
            await send(message)

        await self._app(scope, receive, tagged)
