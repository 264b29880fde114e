"""What several rooms' tests share: one loaded pipeline for the whole run."""

from __future__ import annotations

import pytest
from hypothesis import settings

from dateline.core import Document, Reading
from dateline.pipeline import Pipeline

settings.register_profile("any machine", deadline=None)  # a busy one would fail by the clock
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The pipeline that ships, loaded once."""
    return Pipeline.load()


@pytest.fixture(scope="session")
def read(pipeline):
    """A function from a text to its reading, with a date of writing of 14 March 2024."""

    def reading(text: str, published: str | None = "2024-03-14", **facts: str) -> Reading:
        return pipeline(Document.of(text, published=published, **facts))

    return reading
