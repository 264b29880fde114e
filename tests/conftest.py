"""What several rooms' tests share: one loaded pipeline for the whole run."""

from __future__ import annotations

import pytest

from dateline.core import Document, Reading
from dateline.pipeline import Pipeline


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
