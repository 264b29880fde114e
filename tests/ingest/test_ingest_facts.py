"""What a text tells about itself, and where it tells it."""

from __future__ import annotations

import itertools
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.core import IngestError
from dateline.ingest.facts import dated_by_address, told
from dateline.ingest.settle import checked_date

TABLE = Path(__file__).with_name("cases") / "facts.jsonl"
CASES = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
PIECES = ["By ", "Date: ", "Published ", "LIMA, ", "Aug 4", " 2024", " - ", "\n", "\n\n", "(", ")", "Ana Ruiz", "©"]
PIECES += ["words of news", ".", "|", "\u200f", "5 March", ":", "\r\n"]
DATES = ["2024-03-05", "2024-03-05T10:00:00Z", "2024-03-05 10:00", "2024-03-05T10:00:00+03:00"]
NO_DATES = ["9999-12-31", "0001-01-01", "2024-02-30", "yesterday", "12/31/2019", "2024", "2024-03", "x" * 500]


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_ingest_facts_of_a_text(case: dict[str, Any]) -> None:
    found = told(case["text"])
    want = dict(case["want"])
    clues = want.pop("clues", None)
    assert {key: getattr(found, key) for key in want} == want
    if clues is not None:
        assert [[clue.name, clue.span.of(case["text"])] for clue in found.clues] == clues


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES)))
def test_ingest_facts_of_any_text_lie_in_it(parts: list[str]) -> None:
    text = "".join(parts)
    clues = told(text).clues
    assert all(clue.span.end <= len(text) for clue in clues)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(clues))


@pytest.mark.parametrize("unit", ["a", "A ", "By A", "Date: ", "(A), ", "1 ", "© A", "A, ", "-", "Date: 1 May", " | "])
def test_ingest_facts_take_little_time_on_odd_texts(unit: str) -> None:
    start = time.process_time()
    told(unit * (2_000_000 // len(unit)))
    assert time.process_time() - start < 2


def test_ingest_title_known_beforehand_is_looked_up() -> None:
    text = "Truck falls on market\n\nThree people died."
    (clue,) = told(text, title="Truck falls on market").clues
    assert (clue.name, clue.span.of(text)) == ("title", "Truck falls on market")


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://example.org/news/2019/08/04/flood", "2019-08-04"),
        ("https://example.org/2019/aug/04/flood", "2019-08-04"),
        ("https://example.org/flood-20190804.html", "2019-08-04"),
        ("https://example.org/2019/13/04/flood", None),
        ("https://example.org/article/20199999", None),
        ("https://example.org/", None),
    ],
)
def test_ingest_address_tells_a_date(url: str, date: str | None) -> None:
    assert dated_by_address(url) == date


@pytest.mark.parametrize("value", DATES)
def test_ingest_iso_dates_stay_as_given(value: str) -> None:
    assert checked_date(value, "d1") == value


@pytest.mark.parametrize("value", NO_DATES)
def test_ingest_no_date_is_an_error_that_names_the_document(value: str) -> None:
    with pytest.raises(IngestError, match=r"^d1: published: .* is no ISO date"):
        checked_date(value, "d1")
