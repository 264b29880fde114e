"""What the pages and the API ask of a store: lists, facets, map, timeline, actors, places."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence

from dateline.review.errors import NotUnderstood
from dateline.review.models import (
    BinView,
    FacetCount,
    FacetsView,
    IncidentPage,
    IncidentRow,
    MapView,
    SpotView,
    TimelineView,
)
from dateline.review.models_lists import ActorPage, ActorRow, PlacePage, PlaceRow
from dateline.review.queries import FilterQuery, ListQuery, MapQuery, TimelineQuery
from dateline.store import Store
from dateline.store.filters import FACETS, FacetValue, Filter
from dateline.store.plots import POINTS

_CURSOR = re.compile(r"(-?\d{1,15})\.(\d{1,15})")


def filter_of(query: FilterQuery) -> Filter:
    """The store's filter of a query."""
    given = {name: tuple(getattr(query, name)) for name in FACETS}
    return Filter(**given, since=query.since, until=query.until, bbox=_box(query.bbox), words=query.q)


def incidents(store: Store, query: ListQuery) -> IncidentPage:
    """A page of incidents."""
    page = store.page(filter_of(query), sort=query.sort, after=cursor_of(query.cursor), limit=query.limit)
    following = None if page.next is None else f"{page.next[0]}.{page.next[1]}"
    return IncidentPage(total=page.total, items=rows(store, page.numbers), next=following)


def rows(store: Store, numbers: Sequence[int]) -> list[IncidentRow]:
    """Incidents as lists show them, in the order of their numbers given."""
    return [
        IncidentRow.model_construct(
            **{**row, "edited": bool(row["edited"]), "disputed": row["disputed"].split("\n") if row["disputed"] else []}
        )
        for row in store.shown_rows(numbers)
    ]


def facets(store: Store, query: FilterQuery, *, most: int = 50) -> FacetsView:
    """The facets with their counts."""
    total, found = store.facets(filter_of(query), most=most)
    return FacetsView(total=total, facets={name: _counts(values) for name, values in found.items()})


def map_of(store: Store, query: MapQuery) -> MapView:
    """The map's spots."""
    total, placed, spots = store.spots(filter_of(query), query.zoom)
    drawn = [
        SpotView.model_construct(
            lat=spot.lat,
            lon=spot.lon,
            count=spot.count,
            type=spot.type,
            incident=spot.incident,
            bbox=spot.bbox,
            radius_km=spot.radius_km,
        )
        for spot in spots
    ]
    return MapView(total=total, placed=placed, clustered=placed > POINTS, spots=drawn)


def timeline(store: Store, query: TimelineQuery) -> TimelineView:
    """The timeline's bins."""
    total, undated, bins = store.bins(filter_of(query), query.step)
    drawn = [BinView(first=b.first, last=b.last, count=b.count, types=_counts(b.types)) for b in bins]
    return TimelineView(total=total, undated=undated, bins=drawn)


def actors(store: Store, query: ListQuery, name: str = "") -> ActorPage:
    """A page of the parties of the incidents that fit, those of most incidents first."""
    found = [each for each in store.counts("actor", filter_of(query)) if name.lower() in each.label.lower()]
    start = offset_of(query.cursor)
    mine = found[start : start + query.limit]
    roles = store.roles([each.value for each in mine])
    items = [
        ActorRow(entity=each.value, name=each.label, incidents=each.count, roles=roles.get(each.value, {}))
        for each in mine
    ]
    return ActorPage(total=len(found), items=items, next=_following(start, query.limit, len(found)))


def places(store: Store, query: ListQuery, name: str = "") -> PlacePage:
    """A page of the places of the incidents that fit, those of most incidents first."""
    found = [each for each in store.counts("place", filter_of(query)) if name.lower() in each.label.lower()]
    start = offset_of(query.cursor)
    mine = found[start : start + query.limit]
    points = store.points([each.value for each in mine])
    nothing = (None, None, None, None)
    items = [
        PlaceRow(place=each.value, country=at[0], admin1=at[1], lat=at[2], lon=at[3], incidents=each.count)
        for each in mine
        for at in [points.get(each.value, nothing)]
    ]
    return PlacePage(total=len(found), items=items, next=_following(start, query.limit, len(found)))


def cursor_of(words: str | None) -> tuple[int, int] | None:
    """The key that a cursor of a list holds."""
    if words is None:
        return None
    found = _CURSOR.fullmatch(words)
    if not found:
        raise NotUnderstood("cursor: not one that an answer gave")
    return int(found[1]), int(found[2])


def offset_of(words: str | None) -> int:
    """The place in a counted list, or the number, that a cursor holds."""
    if words is None:
        return 0
    if not re.fullmatch(r"\d{1,15}", words):
        raise NotUnderstood("cursor: not one that an answer gave")
    return int(words)


def _following(start: int, limit: int, total: int) -> str | None:
    return str(start + limit) if start + limit < total else None


def _counts(values: Sequence[FacetValue]) -> list[FacetCount]:
    return [FacetCount.model_construct(value=each.value, label=each.label, count=each.count) for each in values]


def _box(words: str | None) -> tuple[float, float, float, float] | None:
    if not words:
        return None
    with contextlib.suppress(ValueError):
        west, south, east, north = (float(each) for each in words.split(","))
        if -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90:
            return west, south, east, north
    raise NotUnderstood("bbox: west,south,east,north in degrees")
