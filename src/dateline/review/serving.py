"""A store served over HTTP: on this machine alone, or elsewhere with a token."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection

import uvicorn

from dateline.review.application import app
from dateline.review.commands import ReviewError
from dateline.review.explaining import ModelsApart
from dateline.store import Store

_SHORTEST_TOKEN = 16


def bound(host: str, port: int, token: str | None) -> tuple[socket.socket, bool]:
    """A socket that listens, and whether it is reached from this machine alone.

    Raises ReviewError where it would be reached from elsewhere without a token, or cannot listen there.
    """
    local = is_local(host)
    if not local and token is None:
        raise ReviewError(f"--host {host} is reached from other machines: give a --token too")
    if token is not None and len(token) < _SHORTEST_TOKEN:
        raise ReviewError(f"the token must have at least {_SHORTEST_TOKEN} characters")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except (OSError, OverflowError) as error:
        made.close()
        raise ReviewError(f"cannot listen at {host}:{port}: {error}") from error
    return made, local


def is_local(host: str) -> bool:
    """Whether an address to listen at is reached from this machine alone.

    >>> is_local("localhost"), is_local("127.0.0.1"), is_local("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(store: Store, listening: socket.socket, *, token: str | None, hosts: Collection[str]) -> None:
    """Answer requests until the process is told to stop."""
    store.refresh()
    explainer = ModelsApart()
    made = app(store, token, hosts=hosts, explainer=explainer)
    config = uvicorn.Config(
        made, log_level="warning", access_log=False, server_header=False, ws="none", timeout_keep_alive=30,
        limit_concurrency=200, h11_max_incomplete_event_size=64 * 1024,
    )  # fmt: skip
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        explainer.close()
