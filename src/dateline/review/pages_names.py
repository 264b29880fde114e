"""The Actors and Places pages: who and where, each with the incidents that it leads to."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from dateline.review import questions
from dateline.review.asking import StoreOf
from dateline.review.drawing import drawn
from dateline.review.models import IncidentRow
from dateline.review.models_lists import ActorPage, ActorRow, PlacePage, PlaceRow
from dateline.review.queries import ListQuery
from dateline.store import Store

_FEW = 5
_PAGE = 50
Name = Annotated[str, Query(max_length=200)]
Opened = Annotated[str | None, Query(alias="open", max_length=300)]


def name_pages() -> APIRouter:
    """The routes of the Actors and Places pages; ``open`` names the row whose incidents are shown."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/actors")
    def actors(
        request: Request,
        store: StoreOf,
        query: Annotated[ListQuery, Query()],
        name: Name = "",
        opened: Opened = None,
    ) -> Response:
        page: ActorPage = questions.actors(store, query.model_copy(update={"limit": _PAGE}), name)
        shown = _incidents(store, ListQuery(actor=[opened])) if opened else ([], 0)
        return drawn(
            request, "actors.html.j2", here="Actors", page=page, name=name, opened=opened, shown=shown, most=_most(page)
        )

    @router.get("/places")
    def places(
        request: Request,
        store: StoreOf,
        query: Annotated[ListQuery, Query()],
        name: Name = "",
        opened: Opened = None,
    ) -> Response:
        page: PlacePage = questions.places(store, query.model_copy(update={"limit": _PAGE}), name)
        shown = _incidents(store, ListQuery(place=[opened])) if opened else ([], 0)
        return drawn(
            request, "places.html.j2", here="Places", page=page, name=name, opened=opened, shown=shown, most=_most(page)
        )

    return router


def _incidents(store: Store, query: ListQuery) -> tuple[list[IncidentRow], int]:
    """The newest incidents of one actor or place, and how many there are."""
    page = questions.incidents(store, query.model_copy(update={"limit": _FEW}))
    return page.items, page.total


def _most(page: ActorPage | PlacePage) -> int:
    """The largest number of incidents on the page: the lines are as long as the share of it."""
    rows: list[ActorRow | PlaceRow] = [*page.items]
    return max((row.incidents for row in rows), default=1)
