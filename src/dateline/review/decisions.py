"""What the API takes of people and gives back about their decisions: verdicts, agreement, searches, sessions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dateline.review.models import SpanModel, Values, Words
from dateline.review.queries import Many


class Decided(BaseModel):
    """A decision to be recorded. See docs/api.md for what each kind needs."""

    model_config = ConfigDict(extra="forbid")

    decision: Literal["accept", "reject", "edit", "add", "link", "merge", "split", "assign", "comment"]
    subject: Annotated[str, Field(min_length=1, max_length=300)]
    document: Annotated[str, Field(max_length=300)] | None = None
    other: Annotated[str, Field(max_length=300)] | None = None
    tellings: Annotated[list[tuple[Words, Words]], Field(max_length=2000)] = []
    field: Annotated[str, Field(max_length=100)] | None = None
    value: Annotated[Values, Field(max_length=50)] = {}
    words: SpanModel | None = None
    type: Annotated[str, Field(max_length=50)] | None = None
    note: Annotated[str, Field(max_length=5000)] = ""
    reviewer: Annotated[str, Field(max_length=100)] | None = None


class Undone(BaseModel):
    """Why a decision is undone, and by whom."""

    model_config = ConfigDict(extra="forbid")

    note: Annotated[str, Field(max_length=5000)] = ""
    reviewer: Annotated[str, Field(max_length=100)] | None = None


class Imported(BaseModel):
    """How many verdicts were given and how many were new."""

    given: int
    new: int


class PairView(BaseModel):
    """Two reviewers' agreement on what both decided: raw share, Cohen's kappa (null: not defined)."""

    first: str
    second: str
    field: str
    both: int
    agree: int
    raw: float | None
    kappa: float | None


class AgreementView(BaseModel):
    """Agreement of every two reviewers."""

    pairs: list[PairView]


class LinkView(BaseModel):
    """Two tellings that people hold to be of one happening (same), or of two (different)."""

    answer: Literal["same", "different"]
    left: tuple[str, str]
    right: tuple[str, str]
    verdict: str


class SearchView(BaseModel):
    """A saved search."""

    id: str
    name: str
    query: dict[str, list[str]]
    owner: str
    made: str


class SearchGiven(BaseModel):
    """A search to be saved."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=100)]
    query: Annotated[dict[Words, Many], Field(max_length=30)]
    reviewer: Annotated[str, Field(max_length=100)] | None = None


class HitView(BaseModel):
    """A document, or an event of one, that holds the words; found words stand between « and »."""

    document: str
    event: str | None
    snippet: str


class SessionGiven(BaseModel):
    """Who is at the keyboard, and the token where one is needed."""

    model_config = ConfigDict(extra="forbid")

    reviewer: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    token: Annotated[str, Field(max_length=500)] | None = None


class SessionView(BaseModel):
    """The session: send ``csrf`` back in the header X-CSRF-Token with every write."""

    reviewer: str | None
    csrf: str
    version: str


class Problem(BaseModel):
    """What went wrong (RFC 9457, application/problem+json)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
