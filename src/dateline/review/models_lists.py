"""What the API gives back of names, decisions and runs, typed."""

from __future__ import annotations

from pydantic import BaseModel

from dateline.review.models import VerdictView


class ActorRow(BaseModel):
    """A party of incidents: its key, name, and in how many incidents it takes part, by role."""

    entity: str
    name: str
    incidents: int
    roles: dict[str, int]


class ActorPage(BaseModel):
    """A page of actors, those of most incidents first."""

    total: int
    items: list[ActorRow]
    next: str | None


class PlaceRow(BaseModel):
    """A place of incidents, with the mean of their points."""

    place: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    incidents: int


class PlacePage(BaseModel):
    """A page of places, those of most incidents first."""

    total: int
    items: list[PlaceRow]
    next: str | None


class ChangesPage(BaseModel):
    """The feed of decisions, the latest first."""

    items: list[VerdictView]
    next: str | None


class RunView(BaseModel):
    """One run over inputs; ``finished`` null: it was cut short."""

    number: int
    started: str
    finished: str | None
    inputs: list[str]
    version: str
    read: int
    skipped: int
    failed: int


class FailureView(BaseModel):
    """A document that could not be read."""

    document: str
    stage: str
    error: str


class RunsView(BaseModel):
    """What the store is made of: runs, documents, failures, and how many readings each producer wrote."""

    documents: int
    readings: int
    events: int
    incidents: int
    verdicts: int
    runs: list[RunView]
    failures: list[FailureView]
    producers: dict[str, dict[str, int]]
