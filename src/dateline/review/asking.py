"""What routes ask of a request: the store behind the application and the person at the keyboard."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from dateline.review.guard import REVIEWER
from dateline.store import Store


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _reviewer(request: Request) -> str | None:
    name: str | None = request.state.cookies.get(REVIEWER)
    return name[:100] if name else None


StoreOf = Annotated[Store, Depends(_store)]
ReviewerOf = Annotated[str | None, Depends(_reviewer)]
