"""The pages of the shell: incidents, one incident, changes, runs, and signing in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from dateline.knowledge.ontology import ontology
from dateline.review import lists, questions
from dateline.review.asking import StoreOf
from dateline.review.drawing import drawn
from dateline.review.errors import NotUnderstood
from dateline.review.incident_sheet import sheet_of
from dateline.review.models import FacetCount, FacetsView
from dateline.review.queries import ListQuery
from dateline.review.wording import words
from dateline.store import Store
from dateline.store.editing import COUNTED, ROLES

_SHORT, _MOST = 6, 30
_FAILURES = 200
_TITLES: Mapping[str, str] = {
    "state": "Review", "type": "Type", "mode": "Mode", "country": "Country", "admin1": "Region", "place": "Place",
    "actor": "Actor", "outlet": "Outlet", "year": "Year", "origins": "Independent origins",
    "disputed": "Disagreement on", "grade": "Evidence", "assigned": "Assigned to",
}  # fmt: skip
_NUMBERS = ("year", "origins")
_OPEN = ("state", "type", "country", "origins")
_SORTS = (
    ("newest", "latest first"), ("oldest", "earliest first"), ("origins", "most origins"),
    ("documents", "most reports"), ("killed", "most killed"), ("changed", "last changed"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet, how many incidents have it, and whether it is asked for."""

    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A facet: its first values are in sight, the ``rest`` one step away."""

    name: str
    title: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition of the search and the query without it."""

    name: str
    label: str
    address: str


def pages() -> APIRouter:
    """The routes of the pages."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    _incident_routes(router)
    _log_routes(router)
    return router


def _incident_routes(router: APIRouter) -> None:
    @router.get("/")
    def first() -> Response:
        return RedirectResponse("/incidents", 307)

    @router.get("/incidents")
    def incidents(request: Request, store: StoreOf) -> Response:
        query = _asked(request)
        page, facets = questions.incidents(store, query), questions.facets(store, query, most=_MOST)
        given = _given(query)
        return drawn(
            request,
            "incidents.html.j2",
            here="Incidents",
            page=page,
            query=query,
            groups=_groups(facets, query),
            chips=_chips(query, given, facets),
            narrowed=any(name not in ("sort", "limit") for name, _ in given),
            searches=_searches(store),
            sorts=_SORTS,
            first=urlencode(given),
            following=urlencode([*given, ("cursor", page.next)]) if page.next else "",
        )

    @router.get("/incidents/{id}")
    def incident(request: Request, store: StoreOf, id: str) -> Response:
        return drawn(
            request,
            "incident.html.j2",
            here="Incidents",
            it=sheet_of(store, id),
            types=ontology().types,
            counted=COUNTED,
            roles=ROLES,
        )


def _log_routes(router: APIRouter) -> None:
    @router.get("/changes")
    def changes(
        request: Request, store: StoreOf, cursor: Annotated[str | None, Query(max_length=60)] = None
    ) -> Response:
        page = lists.changes(store, cursor=cursor, limit=50)
        conflicts = [] if cursor else lists.conflicts(store)[:_FAILURES]
        agreement = [] if cursor else lists.agreement_of(store).pairs[:_FAILURES]
        return drawn(
            request,
            "changes.html.j2",
            here="Changes",
            page=page,
            cursor=cursor,
            conflicts=conflicts,
            agreement=agreement,
        )

    @router.get("/runs")
    def runs(request: Request, store: StoreOf) -> Response:
        view = lists.runs(store)
        return drawn(request, "runs.html.j2", here="Runs", view=view, most=_FAILURES)

    @router.get("/login")
    def login(request: Request) -> Response:
        return drawn(request, "login.html.j2", here="Sign in")


def _asked(request: Request) -> ListQuery:
    """The query of an address; a form's empty fields ask for nothing. Raises NotUnderstood."""
    held: dict[str, object] = {}
    for name, value in request.query_params.multi_items():
        if value and name in ListQuery.model_fields:
            several = ListQuery.model_fields[name].default == []
            held[name] = [*held.get(name, []), value] if several else value  # type: ignore[misc]
    try:
        return ListQuery.model_validate(held)
    except ValidationError as error:
        first = error.errors()[0]
        raise NotUnderstood(f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from error


def _given(query: ListQuery) -> list[tuple[str, str]]:
    """The conditions and the order as pairs for an address, without the cursor."""
    out: list[tuple[str, str]] = []
    for name, value in query.model_dump(exclude_defaults=True, exclude={"cursor"}).items():
        out += [(name, str(each)) for each in (value if isinstance(value, list) else [value])]
    return out


def _groups(facets: FacetsView, query: ListQuery) -> tuple[Group, ...]:
    """The facets as they are drawn: what is asked for comes first, facets without a choice are left out."""
    out = []
    for name, title in _TITLES.items():
        asked = getattr(query, name)
        choices = _choices(name, facets.facets.get(name, []), asked)
        if choices and (len(choices) > 1 or asked):
            shown = max(_SHORT, len(asked))
            opened = bool(asked) or name in _OPEN
            out.append(Group(name, title, choices[:shown], choices[shown:], opened))
    return tuple(out)


def _choices(name: str, counts: list[FacetCount], asked: list[str]) -> tuple[Choice, ...]:
    held = [Choice(each.value, _label(name, each.label), each.count, each.value in asked) for each in counts]
    known = {each.value for each in held}
    held += [Choice(value, _label(name, value), 0, True) for value in dict.fromkeys(asked) if value not in known]
    if name in _NUMBERS:
        held.sort(key=lambda each: each.value, reverse=name == "year")
    return tuple(sorted(held, key=lambda each: not each.checked))


def _chips(query: ListQuery, given: list[tuple[str, str]], facets: FacetsView) -> tuple[Chip, ...]:
    """Each condition with the address that takes it away."""
    names = {**_TITLES, "since": "From", "until": "Until", "bbox": "On the map", "q": "Words"}
    out = []
    for pair in given:
        name, value = pair
        if name in names:
            label = next((each.label for each in facets.facets.get(name, ()) if each.value == value), value)
            out.append(Chip(names[name], _label(name, label), urlencode([each for each in given if each != pair])))
    return tuple(out)


def _label(name: str, label: str) -> str:
    return words(label) if name in ("type", "mode", "disputed") else label


@dataclass(frozen=True, slots=True)
class _Saved:
    """A saved search and its query as an address."""

    id: str
    name: str
    address: str


def _searches(store: Store) -> tuple[_Saved, ...]:
    return tuple(
        _Saved(each.id, each.name, urlencode([(name, value) for name, held in each.query.items() for value in held]))
        for each in lists.searches(store)
    )
