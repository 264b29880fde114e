"""Text without capitals: names are what the encoder hears as places; without it nothing is guessed."""

from __future__ import annotations

import dataclasses

import pytest

from dateline.core import Document
from dateline.language.encoder import NoEncoder
from dateline.pipeline import Pipeline


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.load()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a bomb exploded in kirkuk on monday, killing five people, police said.", ["Kirkuk"]),
        ("protesters gathered in tunis while troops shelled idlib.", ["Tunis", "Idlib"]),
        ("the minister may march with nice people in a reading room.", []),
    ],
)
def test_places_in_text_without_capitals(pipeline: Pipeline, text: str, names: list[str]) -> None:
    reading = pipeline(Document.of(text, published="2024-03-05"))
    places = {place.id: place.name for place in reading.places}
    assert [places.get(toponym.place or "") for toponym in reading.toponyms] == names


def test_places_without_the_encoder_stay_unseen_in_lower_case(pipeline: Pipeline) -> None:
    deaf = dataclasses.replace(pipeline, encoder=NoEncoder())
    assert not deaf(Document.of("a bomb exploded in kirkuk on monday, killing five people.")).toponyms
