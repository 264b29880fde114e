"""The facets as they are drawn: numbers in their order, the rest by how many incidents have it."""

from __future__ import annotations

import pytest

pytest.importorskip("fastapi")
from dateline.review.models import FacetCount
from dateline.review.pages import _choices


@pytest.mark.parametrize(
    ("name", "values", "shown"),
    [
        ("origins", ["1", "5+", "2"], ["1", "2", "5+"]),
        ("year", ["2019", "2026", "2024"], ["2026", "2024", "2019"]),
        ("type", ["PROTEST", "ASSAULT"], ["PROTEST", "ASSAULT"]),
    ],
)
def test_review_choices_of_numbers_stand_in_their_order(name, values, shown):
    counts = [FacetCount(value=value, label=value, count=9 - n) for n, value in enumerate(values)]
    assert [each.value for each in _choices(name, counts, [])] == shown
    assert _choices(name, counts, [values[-1]])[0].value == values[-1]  # what is asked for comes first
