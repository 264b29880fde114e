"""What lists, maps and timelines of the API take, typed."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from dateline.review.models import Words
from dateline.store.filters import Sort
from dateline.store.plots import Step

Many = Annotated[list[Words], Field(max_length=50)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]


class FilterQuery(BaseModel):
    """Conditions of a list, a map or a timeline; a field given several times means any of its values."""

    model_config = ConfigDict(extra="ignore")

    type: Many = []
    mode: Many = []
    country: Many = []
    admin1: Many = []
    place: Many = []
    actor: Many = []
    outlet: Many = []
    year: Many = []
    origins: Many = []
    disputed: Many = []
    grade: Many = []
    state: Many = []
    assigned: Many = []
    since: Day | None = None
    until: Day | None = None
    bbox: Annotated[str, Field(max_length=100, description="west,south,east,north in degrees")] | None = None
    q: Annotated[str, Field(max_length=500, description="words in titles, texts, quotes, names")] = ""


class ListQuery(FilterQuery):
    """A page of a list: the order, the size, and where the last page ended."""

    sort: Sort = "newest"
    cursor: Annotated[str, Field(max_length=60)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class MapQuery(FilterQuery):
    """A map: ``zoom`` is that of web maps, 0 the world in one tile."""

    zoom: Annotated[int, Field(ge=0, le=20)] = 2


class TimelineQuery(FilterQuery):
    """A timeline: ``step`` is the width of its bins."""

    step: Step = "auto"
