"""What a list of incidents is narrowed to, how it is ordered, and where it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sort = Literal["newest", "oldest", "origins", "documents", "killed", "changed"]
State = Literal["new", "accepted", "rejected", "contested"]
FACETS = ("type", "mode", "country", "admin1", "place", "actor", "outlet", "year", "origins", "disputed", "grade",
          "state", "assigned")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions that must all hold; within one field any of the values will do; an empty one asks for nothing.

    ``since`` and ``until`` are ISO dates: incidents that end not before, begin not after. ``origins`` are "1", "2",
    "3" … "5+". ``disputed`` are fields on which voices differ, or "none", "any". ``bbox``: west, south, east, north in
    degrees (west above east: across the antimeridian). ``words`` are looked for in titles, texts, quotes and names.
    """

    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    admin1: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    assigned: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    bbox: tuple[float, float, float, float] | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of numbers of incidents, how many there are in all, and the key after which the next page begins."""

    numbers: tuple[int, ...]
    total: int
    next: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet and how many incidents have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Incidents drawn as one point: how many, where in the mean, the incident where it is one, the widest doubt."""

    lat: float
    lon: float
    count: int
    incident: str | None
    type: str
    bbox: tuple[float, float, float, float]
    radius_km: float = 0.0


@dataclass(frozen=True, slots=True)
class Bin:
    """A stretch of the timeline (inclusive ISO dates) and how many incidents begin in it, in all and by type."""

    first: str
    last: str
    count: int
    types: tuple[FacetValue, ...]
