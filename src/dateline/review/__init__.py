"""The review application: an HTTP API and pages over a store; shows evidence, records verdicts, never extracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.review.application import app

__all__ = ["app"]


def __getattr__(name: str) -> object:
    """Import the application when it is asked for: what it stands on is an optional extra."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from dateline.review.application import app

    return app
