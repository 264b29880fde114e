"""What the API gives back of incidents and documents, typed; incidents and readings are objects of the contract."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field, WithJsonSchema

from dateline.core import Decision
from dateline.store.filters import State
from dateline.store.overlay import ConflictKind

IncidentJson = Annotated[dict[str, Any], WithJsonSchema({"type": "object", "description": "see /api/schema/incident"})]
ReadingJson = Annotated[dict[str, Any], WithJsonSchema({"type": "object", "description": "see /api/schema/reading"})]
Scalar = str | int | float | bool | None
Values = dict[Annotated[str, Field(max_length=200)], Scalar]
Words = Annotated[str, Field(max_length=200)]


class SpanModel(BaseModel):
    """Code points of a document's text, the end exclusive."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]


class IncidentRow(BaseModel):
    """An incident as lists show it."""

    id: str
    type: str
    mode: str | None
    earliest: str | None
    latest: str | None
    place: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    exactness: str | None
    origins: int
    documents: int
    tellings: int
    killed: int | None
    injured: int | None
    disputed: list[str]
    grade: str | None
    state: State
    assigned: str | None
    edited: bool
    summary: str


class IncidentPage(BaseModel):
    """A page of incidents; ``next`` is the cursor of the next page, null on the last."""

    total: int
    items: list[IncidentRow]
    next: str | None


class FacetCount(BaseModel):
    """One value of a facet and how many incidents have it."""

    value: str
    label: str
    count: int


class FacetsView(BaseModel):
    """The facets in the order in which they are shown."""

    total: int
    facets: dict[str, list[FacetCount]]


class SpotView(BaseModel):
    """Incidents drawn as one point; ``incident`` is set where it is one, ``radius_km`` the widest doubt."""

    lat: float
    lon: float
    count: int
    type: str
    incident: str | None
    bbox: tuple[float, float, float, float]
    radius_km: float = 0.0


class MapView(BaseModel):
    """The map: how many incidents fit, how many of them have a place, and whether points were gathered."""

    total: int
    placed: int
    clustered: bool
    spots: list[SpotView]


class BinView(BaseModel):
    """A stretch of the timeline, inclusive days."""

    first: str
    last: str
    count: int
    types: list[FacetCount]


class TimelineView(BaseModel):
    """The bins that hold an incident, in order, and how many incidents have no day."""

    total: int
    undated: int
    bins: list[BinView]


class TellingView(BaseModel):
    """One event of one document that tells the incident, with its sentence; ``edits`` are the fields people set."""

    document: str
    event: str
    voice: list[str]
    outlet: str | None
    title: str | None
    published: str | None
    type: str
    status: str
    certainty: str
    trigger: SpanModel
    sentence: SpanModel
    quote: str
    added: bool = False
    edits: dict[str, Values] = {}


class ClaimView(BaseModel):
    """One voice's claim on one field, with the sentence that it stands in; ``edited``: a person set it."""

    field: str
    value: list[Scalar]
    origin: str
    voice: list[str]
    document: str
    outlet: str | None
    title: str | None
    reported: str | None
    superseded: bool
    edited: bool
    words: SpanModel
    quote: str
    sentence: SpanModel
    before: str
    after: str


class VerdictView(BaseModel):
    """A decision as it was recorded; ``standing`` is false where it was undone."""

    id: str
    number: int | None = None
    subject: str
    decision: Decision
    reviewer: str
    decided: str
    note: str
    field: str | None
    value: Values
    was: Values
    document: str | None
    words: SpanModel | None
    standing: bool
    incident: str | None = None


class ConflictView(BaseModel):
    """A standing verdict that no longer fits what was read."""

    verdict: VerdictView
    kind: ConflictKind
    about: str
    incident: str | None


class IncidentView(BaseModel):
    """An incident with everything that its page shows; ``editable`` tells each field's value as an edit sets it."""

    row: IncidentRow
    incident: IncidentJson
    tellings: list[TellingView]
    claims: list[ClaimView]
    verdicts: list[VerdictView]
    conflicts: list[ConflictView]
    editable: dict[str, Values]


class DocumentRow(BaseModel):
    """A document as lists show it."""

    id: str
    number: int
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None
    language: str | None
    events: int


class DocumentPage(BaseModel):
    """A page of documents."""

    total: int
    items: list[DocumentRow]
    next: str | None


class EventState(BaseModel):
    """How an event of a reading stands with the reviewers, and the incident that it tells."""

    event: str
    incident: str | None
    state: State
    edits: dict[str, Values]
    added: bool = False
    type: str
    trigger: SpanModel


class ReadingView(BaseModel):
    """A reading with the standing of its events; added events are listed, the reading itself is never changed."""

    reading: ReadingJson
    events: list[EventState]
    verdicts: list[VerdictView]


class ReasonView(BaseModel):
    """Why a field of an event says what it says: what gave it, how in words, the table's row, the text's words."""

    field: str
    value: str | None
    by: str
    because: str = ""
    row: str | None = None
    words: SpanModel | None
    quote: str | None


class WhyView(BaseModel):
    """The reasons of an event; ``explained`` false: only its producers are known. ``note`` says what to mind."""

    explained: bool
    note: str
    reasons: list[ReasonView]
