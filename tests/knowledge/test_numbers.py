"""Numbers in words and figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.knowledge.numbers import read_number

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases/numbers.jsonl").read_text().splitlines()]
WORDS = st.sampled_from(sorted({word for case in CASES for word in case["words"].split()}))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["words"])
def test_numbers_read(case):
    told = read_number(case["words"].split())
    assert (list(told) if told else None) == case["gives"]


@given(st.lists(WORDS | st.text(max_size=5), max_size=16))
def test_numbers_are_ordered_or_nothing(words):
    told = read_number(words)
    if told:
        low, best, high = told
        assert 0 <= low <= (low if best is None else best)
        assert high is None or high >= (low if best is None else best)


@given(st.integers(0, 10**9))
def test_numbers_in_figures_read_as_themselves(value):
    assert read_number([str(value)]) == read_number([f"{value:,}"]) == (value, value, value)
