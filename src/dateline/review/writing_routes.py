"""POST and DELETE /api/…: sessions, decisions, saved searches."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from dateline import __version__
from dateline.review import deciding, lists
from dateline.review.asking import ReviewerOf, StoreOf
from dateline.review.decisions import (
    Decided,
    Imported,
    Problem,
    SearchGiven,
    SearchView,
    SessionGiven,
    SessionView,
    Undone,
)
from dateline.review.errors import NotThere, Refused
from dateline.review.guard import REVIEWER, SESSION, TOKEN, Guard
from dateline.review.models import VerdictView

_YEAR = 365 * 24 * 3600
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": about}
    for status, about in (
        (401, "A token is needed"),
        (403, "Another origin, or no CSRF token"),
        (404, "Not there"),
        (409, "Clash"),
        (413, "Too large"),
        (422, "Not understood"),
    )
}


class WrongToken(Refused):
    """The token is not the one that the server was started with."""

    status = 401
    title = "A token is needed"


def writing_routes() -> APIRouter:
    """The routes that change something, and the session that they need."""
    router = APIRouter(tags=["deciding"], responses=_PROBLEMS)
    _session_routes(router)
    _verdict_routes(router)
    _search_routes(router)
    return router


def session_of(request: Request, response: Response) -> str:
    """The CSRF token of this browser's session; a browser without a session gets one."""
    guard: Guard = request.state.guard
    session: str = request.state.cookies.get(SESSION, "")
    if len(session) != 43:
        session = secrets.token_urlsafe(32)
        response.set_cookie(SESSION, session, httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return guard.csrf(session)


def _session_routes(router: APIRouter) -> None:
    @router.get("/session")
    def session(request: Request, response: Response, reviewer: ReviewerOf) -> SessionView:
        """Who is at the keyboard, and the token for writes; begins a session where there is none."""
        return SessionView(reviewer=reviewer, csrf=session_of(request, response), version=__version__)

    @router.post("/session")
    def begin(request: Request, response: Response, given: SessionGiven, reviewer: ReviewerOf) -> SessionView:
        """Name the reviewer of this browser, and show the token where one is needed."""
        guard: Guard = request.state.guard
        secure = request.url.scheme == "https"
        if given.token is not None:
            if not guard.grants(given.token):
                raise WrongToken("this is not the token")
            response.set_cookie(TOKEN, quote(given.token), httponly=True, samesite="strict", secure=secure)
        if given.reviewer is not None:
            response.set_cookie(
                REVIEWER, quote(given.reviewer), max_age=_YEAR, httponly=True, samesite="strict", secure=secure
            )
        named = given.reviewer or reviewer
        return SessionView(reviewer=named, csrf=session_of(request, response), version=__version__)


def _verdict_routes(router: APIRouter) -> None:
    @router.post("/verdicts", status_code=201)
    def decide(store: StoreOf, given: Decided, reviewer: ReviewerOf) -> VerdictView:
        """Record a decision."""
        return lists.verdict(store, deciding.decide(store, given, reviewer).id)

    @router.post("/verdicts/{id}/undo", status_code=201)
    def undo(store: StoreOf, id: str, given: Undone, reviewer: ReviewerOf) -> VerdictView:
        """Take a decision back."""
        return lists.verdict(store, deciding.undo(store, id, given, reviewer).id)

    @router.post("/verdicts/import", openapi_extra={"requestBody": {"content": {"application/jsonl": {}}}})
    async def take_in(store: StoreOf, request: Request) -> Imported:
        """Take in decisions as JSONL; those that are there already are passed over."""
        body = await request.body()
        return await run_in_threadpool(lists.take_in, store, body)


def _search_routes(router: APIRouter) -> None:
    @router.post("/searches", status_code=201)
    def keep(store: StoreOf, given: SearchGiven, reviewer: ReviewerOf) -> SearchView:
        """Keep a search under a name."""
        return lists.keep_search(store, given, reviewer)

    @router.delete("/searches/{id}", status_code=204)
    def drop(store: StoreOf, id: str) -> None:
        """Drop a saved search."""
        if not store.drop_search(id):
            raise NotThere(f"no saved search {id}")
