"""GET /api/…: everything that the pages show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, StreamingResponse

from dateline import codec
from dateline.review import evidence, lists, questions, reasons
from dateline.review.asking import StoreOf
from dateline.review.decisions import AgreementView, HitView, LinkView, Problem, SearchView
from dateline.review.models import (
    ConflictView,
    DocumentPage,
    FacetsView,
    IncidentPage,
    IncidentView,
    MapView,
    ReadingView,
    TimelineView,
    VerdictView,
    WhyView,
)
from dateline.review.models_lists import ActorPage, ChangesPage, PlacePage, RunsView
from dateline.review.queries import FilterQuery, ListQuery, MapQuery, TimelineQuery

Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=60)]
Name = Annotated[str, Query(max_length=200)]
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": about}
    for status, about in ((401, "A token is needed"), (404, "Not there"), (422, "Not understood"))
}


def reading_routes() -> APIRouter:
    """The routes that change nothing."""
    router = APIRouter(tags=["reading"], responses=_PROBLEMS)
    _incident_routes(router)
    _document_routes(router)
    _review_routes(router)
    return router


def _incident_routes(router: APIRouter) -> None:
    @router.get("/incidents")
    def incidents(store: StoreOf, query: Annotated[ListQuery, Query()]) -> IncidentPage:
        """A page of incidents."""
        return questions.incidents(store, query)

    @router.get("/facets")
    def facets(store: StoreOf, query: Annotated[FilterQuery, Query()]) -> FacetsView:
        """How many incidents there are by each facet; a facet's own condition does not count for it."""
        return questions.facets(store, query)

    @router.get("/map")
    def map_view(store: StoreOf, query: Annotated[MapQuery, Query()]) -> MapView:
        """Points, or clusters beyond 5,000 incidents."""
        return questions.map_of(store, query)

    @router.get("/timeline")
    def timeline(store: StoreOf, query: Annotated[TimelineQuery, Query()]) -> TimelineView:
        """How many incidents begin in each stretch of time."""
        return questions.timeline(store, query)

    @router.get("/incidents/{id}")
    def incident(store: StoreOf, id: str) -> IncidentView:
        """One incident with its evidence and the decisions about it."""
        return evidence.incident_view(store, id)

    @router.get("/actors")
    def actors(store: StoreOf, query: Annotated[ListQuery, Query()], name: Name = "") -> ActorPage:
        """The parties of the incidents that fit, those of most incidents first."""
        return questions.actors(store, query, name)

    @router.get("/places")
    def places(store: StoreOf, query: Annotated[ListQuery, Query()], name: Name = "") -> PlacePage:
        """The places of the incidents that fit, those of most incidents first."""
        return questions.places(store, query, name)


def _document_routes(router: APIRouter) -> None:
    @router.get("/readings")
    def readings(
        store: StoreOf,
        q: Annotated[str, Query(max_length=500)] = "",
        outlet: Annotated[str | None, Query(max_length=200)] = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> DocumentPage:
        """A page of documents."""
        return lists.documents(store, words=q, outlet=outlet, cursor=cursor, limit=limit)

    @router.get("/readings/{document:path}/events/{event}/why")
    def why(request: Request, store: StoreOf, document: str, event: str) -> WhyView:
        """Why each field of an event says what it says, by the models that read it where they are at hand."""
        return reasons.why(store, document, event, request.app.state.explainer)

    @router.get("/readings/{document:path}")
    def reading(store: StoreOf, document: str) -> ReadingView:
        """One reading and how its events stand."""
        return evidence.reading_view(store, document)

    @router.get("/search")
    def search(store: StoreOf, q: Annotated[str, Query(max_length=500)], limit: Limit = 50) -> list[HitView]:
        """Documents and events that hold the words."""
        return [HitView(document=h.document, event=h.event, snippet=h.snippet) for h in store.search(q, limit=limit)]

    @router.get("/schema/{name}")
    def schema(name: Literal["incident", "reading"]) -> JSONResponse:
        """The JSON Schema of an incident or a reading."""
        return JSONResponse(codec.schema(name))

    @router.get("/health")
    def health() -> dict[str, str]:
        """Whether the server answers."""
        return {"status": "ok"}


def _review_routes(router: APIRouter) -> None:
    @router.get("/changes")
    def changes(store: StoreOf, cursor: Cursor = None, limit: Limit = 50) -> ChangesPage:
        """The feed of decisions, the latest first."""
        return lists.changes(store, cursor=cursor, limit=limit)

    @router.get("/conflicts")
    def conflicts(store: StoreOf) -> list[ConflictView]:
        """Decisions that no longer fit."""
        return lists.conflicts(store)

    @router.get("/runs")
    def runs(store: StoreOf) -> RunsView:
        """Runs, failures, producers and sizes."""
        return lists.runs(store)

    @router.get("/agreement")
    def agreement(store: StoreOf) -> AgreementView:
        """How far every two reviewers agree."""
        return lists.agreement_of(store)

    @router.get("/links")
    def links(store: StoreOf) -> list[LinkView]:
        """Tellings that people hold to be of one happening or of two."""
        return lists.links(store)

    @router.get("/searches")
    def searches(store: StoreOf) -> list[SearchView]:
        """Saved searches."""
        return lists.searches(store)

    @router.get("/verdicts", response_class=StreamingResponse)
    def verdicts(store: StoreOf) -> StreamingResponse:
        """All decisions as JSONL, in the order in which they were taken."""

        def lines() -> Iterator[str]:
            for verdict in store.verdicts():
                yield codec.to_json(verdict) + "\n"

        return StreamingResponse(lines(), media_type="application/jsonl; charset=utf-8")

    @router.get("/verdicts/{id}")
    def verdict(store: StoreOf, id: str) -> VerdictView:
        """One decision."""
        return lists.verdict(store, id)
