"""Incidents as one web page: chosen figures beside every claim, by origin, with the words that make it.

The page is a single file that loads nothing. Left out: offsets, ids of events, and the text around
the quotes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.core import Incident, Reading
from dateline.exports.html import atlas
from dateline.exports.page import render
from dateline.exports.phrases import clean
from dateline.exports.tally import ClaimView, CountView, IncidentView, incident_views
from dateline.exports.timeline import Moment, Timeline, timeline
from dateline.exports.worldmap import Atlas, Site, WorldMap

_BAR = 150.0
_ROWS_AT_ONCE = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """A claim drawn on its count's scale: from ``x1`` to ``x2``, open to the right where no upper bound is told."""

    x1: float
    x2: float
    open: bool


@dataclass(frozen=True, slots=True)
class CountTable:
    """A count with its claims and their bars; ``low``, ``best`` and ``high`` are the chosen figures on the scale."""

    count: CountView
    rows: tuple[tuple[ClaimView, Bar | None], ...]
    width: float
    low: float
    best: float | None
    high: float


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """Everything that the template draws of one incident."""

    key: str
    view: IncidentView
    tables: tuple[CountTable, ...]
    timeline: Timeline | None
    map: WorldMap | None


def write_html(
    incidents: Sequence[Incident], readings: Mapping[str, Reading], *, map_of: Atlas | None = None
) -> Iterator[str]:
    """The page, one section an incident; ``readings`` by document id give the quotes."""
    draw = map_of or atlas()
    pages = [_page(view, readings, draw) for view in incident_views(incidents, readings)]
    moments = [Moment(page.key, page.view.number, page.view.incident.time) for page in pages]
    drawn = timeline(moments)
    yield render(
        "incidents.html.j2",
        pages=pages,
        timeline=drawn if len(pages) > 1 and drawn and len(drawn.rows) <= _ROWS_AT_ONCE else None,
        map=draw(_sites(pages)) if len(pages) > 1 else None,
        documents=len({document for page in pages for document in page.view.incident.documents}),
    )


def _page(view: IncidentView, readings: Mapping[str, Reading], draw: Atlas) -> IncidentPage:
    key = f"i{view.number}"
    incident = view.incident
    dates = sorted(
        published
        for document in incident.documents
        if document in readings and (published := readings[document].document.published)
    )
    flags = [(dates[0], "first report" if len(dates) > 1 else "report", True)] if dates else []
    if dates and dates[-1][:10] != dates[0][:10]:
        flags.append((dates[-1], "latest report", False))
    return IncidentPage(
        key=key,
        view=view,
        tables=tuple(_table(count) for count in view.counts),
        timeline=timeline([Moment(key, view.number, incident.time)], flags) if incident.time else None,
        map=draw(_site(incident, key, view.number)),
    )


def _site(incident: Incident, key: str, number: int) -> tuple[Site, ...]:
    place = incident.place
    return (Site(clean(place.name), place.lat, place.lon, place.radius_km, ((key, number),)),) if place else ()


def _sites(pages: Sequence[IncidentPage]) -> tuple[Site, ...]:
    """One site a place, with all its incidents."""
    found: dict[tuple[str, float, float], list[Site]] = {}
    for page in pages:
        for site in _site(page.view.incident, page.key, page.view.number):
            found.setdefault((site.name, site.lat, site.lon), []).append(site)
    return tuple(
        Site(name, lat, lon, max(s.radius_km for s in same), tuple(event for s in same for event in s.events))
        for (name, lat, lon), same in found.items()
    )


def _table(count: CountView) -> CountTable:
    numbers = [n for claim in count.claims for n in (claim.low, claim.high) if n is not None]
    top = max([count.low, count.best or 0, count.high or 0, *numbers, 1])

    def x(number: int) -> float:
        return round(4 + (_BAR - 16) * number / top, 1)

    def bar(claim: ClaimView) -> Bar | None:
        if claim.low is None:
            return None
        return Bar(x(claim.low), x(claim.high) if claim.high is not None else _BAR - 4, claim.high is None)

    return CountTable(
        count=count,
        rows=tuple((claim, bar(claim)) for claim in count.claims),
        width=_BAR,
        low=x(count.low),
        best=x(count.best) if count.best is not None else None,
        high=x(count.high) if count.high is not None else _BAR,
    )
