"""The Reading pages: the list of documents, and one text with its voices and its events in the margin."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from dateline.core import Reading
from dateline.knowledge.ontology import ontology
from dateline.review import evidence, lists
from dateline.review.asking import StoreOf
from dateline.review.drawing import drawn
from dateline.review.errors import NotThere
from dateline.review.layout import laid_out
from dateline.store.editing import COUNTED, ROLES


def reading_pages() -> APIRouter:
    """The routes of the Reading pages."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/readings")
    def readings(
        request: Request,
        store: StoreOf,
        q: Annotated[str, Query(max_length=500)] = "",
        outlet: Annotated[str | None, Query(max_length=200)] = None,
        cursor: Annotated[str | None, Query(max_length=60)] = None,
    ) -> Response:
        page = lists.documents(store, words=q, outlet=outlet or None, cursor=cursor, limit=50)
        return drawn(request, "readings.html.j2", here="Reports", page=page, q=q, outlet=outlet or "")

    @router.get("/readings/{document:path}")
    def reading(request: Request, store: StoreOf, document: str) -> Response:
        held = store.reading(document)
        if held is None:
            raise NotThere(f"no document {document}")
        layout = laid_out(held, evidence.reading_view(store, document).events)
        return drawn(
            request,
            "reading.html.j2",
            here="Reports",
            document=held.document,
            link=_web(held.document.url),
            layout=layout,
            unsupported=held.unsupported,
            producers=sorted(set(held.producers.values())),
            roles_of={card.id: json.dumps(card.roles) for card in layout.cards},
            signs={sign.voice.id: sign for sign in layout.signs},
            places=_places(held),
            types=ontology().types,
            counted=COUNTED,
            parties=ROLES,
            incidents=list(dict.fromkeys(card.incident for card in layout.cards if card.incident)),
        )

    return router


def _web(url: str | None) -> str:
    """The address where it is one of the web; other schemes could act when followed."""
    return url if url and url.lower().startswith(("http://", "https://")) else ""


def _places(reading: Reading) -> list[tuple[str, str]]:
    """The places of a text as names, and as what an edit of a place sets."""
    return [
        (
            place.name,
            json.dumps(
                {
                    "name": place.name,
                    "lat": place.lat,
                    "lon": place.lon,
                    "country": place.country,
                    "admin1": place.admin1,
                    "radius_km": place.radius_km,
                    "precision": place.kind,
                }
            ),
        )
        for place in sorted(reading.places, key=lambda each: each.name)
    ]
