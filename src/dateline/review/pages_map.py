"""The Map page: incidents on a grey map and along a timeline, a table for those who see no map."""

from __future__ import annotations

import functools
import itertools
import json
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from dateline.knowledge.shapes import Ring, country_shapes
from dateline.review import questions
from dateline.review.asking import StoreOf
from dateline.review.drawing import drawn
from dateline.review.queries import ListQuery
from dateline.store.filters import FACETS

_ROWS = 50
_WEEK = "public, max-age=604800"


def map_pages() -> APIRouter:
    """The routes of the Map page and of the land that it draws."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/map")
    def map_page(request: Request, store: StoreOf, query: Annotated[ListQuery, Query()]) -> Response:
        asked = query.model_copy(update={"limit": _ROWS, "cursor": None})
        wanted = questions.filter_of(query)
        kept = [(name, value) for name in FACETS for value in getattr(query, name) if name not in ("type", "country")]
        return drawn(
            request,
            "map.html.j2",
            here="Map",
            query=query,
            asked=bool(request.query_params),
            kept=kept,
            types=store.counts("type", wanted),
            countries=store.counts("country", wanted),
            places=questions.places(store, asked),
        )

    @router.get("/map/land.json")
    def land() -> Response:
        return Response(_land(), media_type="application/geo+json", headers={"cache-control": _WEEK})

    return router


@functools.cache
def _land() -> bytes:
    """The countries as GeoJSON: their shapes, and a point for the name of each that has room for one."""
    features: list[dict[str, object]] = []
    for shape in country_shapes():
        polygons = [[_unrolled(ring) for ring in polygon] for polygon in shape.polygons]
        geometry = {"type": "MultiPolygon", "coordinates": polygons}
        features.append({"type": "Feature", "properties": {}, "geometry": geometry})
        area, middle = max(_middle(polygon[0]) for polygon in polygons)
        told = {"name": shape.name, "area": round(area, 1)}
        features.append({"type": "Feature", "properties": told, "geometry": {"type": "Point", "coordinates": middle}})
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")).encode()


def _unrolled(ring: Ring) -> Ring:
    """A ring whose longitudes run on past 180 degrees instead of leaping to the other side.

    One that goes round a pole is drawn along the map's edge as it is.

    >>> _unrolled(((179.0, 66.0), (-179.0, 66.0), (179.0, 65.0)))
    ((179.0, 66.0), (181.0, 66.0), (179.0, 65.0))
    """
    if any(abs(lat) > 89 for _, lat in ring):
        return ring
    turned: list[tuple[float, float]] = []
    turn = 0.0
    for k, (lon, lat) in enumerate(ring):
        if k and abs(lon - ring[k - 1][0]) > 180:
            turn += 360.0 if lon < ring[k - 1][0] else -360.0
        turned.append((lon + turn, lat))
    return tuple(turned)


def _middle(ring: Ring) -> tuple[float, tuple[float, float]]:
    """Area in square degrees and centre of a ring (the shoelace formula)."""
    twice = x = y = 0.0
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        cross = x1 * y2 - x2 * y1
        twice += cross
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    if abs(twice) < 1e-9:
        return 0.0, ring[0]
    return abs(twice) / 2, (round(x / (3 * twice), 2), round(y / (3 * twice), 2))
