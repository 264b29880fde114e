"""The pages; each is a template over what the API gives."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from dateline.review import questions
from dateline.review.asking import StoreOf
from dateline.review.models import ListQuery
from dateline.review.writing_routes import session_of

_TEMPLATES = Path(__file__).parent / "templates"


def pages() -> APIRouter:
    """The routes of the pages."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=select_autoescape(default=True), undefined=StrictUndefined
    )

    def drawn(request: Request, name: str, **values: object) -> Response:
        response = HTMLResponse()
        page = environment.get_template(name).render(
            csrf=session_of(request, response), path=request.url.path, **values
        )
        response.body = page.encode()
        response.headers["content-length"] = str(len(response.body))
        return response

    @router.get("/")
    def first() -> Response:
        return RedirectResponse("/incidents", 307)

    @router.get("/incidents")
    def incidents(request: Request, store: StoreOf, query: Annotated[ListQuery, Query()]) -> Response:
        page, facets = questions.incidents(store, query), questions.facets(store, query)
        return drawn(request, "incidents.html", page=page, facets=facets, query=query)

    return router
