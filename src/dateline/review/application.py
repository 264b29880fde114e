"""The application: the API, the pages and what ships with them, behind one guard."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from dateline import __version__
from dateline.core import StoreError
from dateline.review.drawing import drawn
from dateline.review.errors import Refused
from dateline.review.explaining import Explainer
from dateline.review.guard import Guard
from dateline.review.pages import pages
from dateline.review.pages_map import map_pages
from dateline.review.pages_names import name_pages
from dateline.review.pages_reading import reading_pages
from dateline.review.reading_routes import reading_routes
from dateline.review.tags import Tags
from dateline.review.writing_routes import writing_routes
from dateline.store import Store

_HERE = Path(__file__).parent


def app(
    store: Store, token: str | None = None, *, hosts: Collection[str] = (), explainer: Explainer | None = None
) -> FastAPI:
    """The review application over a store.

    ``token``: what every request must show (None: nobody is asked; for loopback only). ``hosts``: the names, beside
    localhost and addresses, under which the server may be called.
    ``explainer``: what tells why an event says what it says; None: who read it is all that is told.

    Raises ImportError where the extra ``review`` is not installed.

    >>> from dateline.store import Store
    >>> with Store(":memory:") as store:
    ...     app(store).title
    'dateline'
    """
    made = FastAPI(
        title="dateline",
        version=__version__,
        summary="Incidents with their evidence, and decisions about them.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    made.state.store = store
    made.state.explainer = explainer
    made.include_router(reading_routes(), prefix="/api")
    made.include_router(writing_routes(), prefix="/api")
    made.include_router(pages())
    made.include_router(map_pages())
    made.include_router(reading_pages())
    made.include_router(name_pages())
    made.mount("/static", StaticFiles(directory=_HERE / "static", check_dir=False), name="static")
    made.add_exception_handler(Refused, _refused)
    made.add_exception_handler(StoreError, _store_failed)
    made.add_exception_handler(RequestValidationError, _not_understood)
    made.add_exception_handler(HTTPException, _http)
    made.add_exception_handler(Exception, _defect)
    made.add_middleware(Tags, store=store)
    made.add_middleware(Guard, token=token, hosts=hosts)
    return made


def problem(status: int, title: str, detail: str | None = None) -> Response:
    """An error as application/problem+json (RFC 9457)."""
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(content, status, media_type="application/problem+json")


def _told(request: Request, status: int, title: str, detail: str | None = None) -> Response:
    """An error as a page where a page was asked for."""
    if request.method != "GET" or request.url.path.startswith(("/api", "/static")):
        return problem(status, title, detail)
    return drawn(request, "trouble.html.j2", here="", status=status, told=title, detail=detail, again=status >= 500)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _told(request, error.status, error.title, error.detail)


def _store_failed(request: Request, error: Exception) -> Response:
    return _told(request, 503, "The store cannot answer", str(error))


def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    told = [f"{'.'.join(str(part) for part in each['loc'][1:])}: {each['msg']}" for each in error.errors()[:5]]
    return _told(request, 422, "Not understood", "; ".join(told))


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _told(request, error.status_code, str(error.detail))


def _defect(request: Request, _error: Exception) -> Response:
    return _told(request, 500, "A defect", "the server's own error; it is told in its log")
