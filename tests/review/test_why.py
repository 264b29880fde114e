"""Why an event says what it says: as the models explain it, and what is told where they cannot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.review import fill, made
from fastapi.testclient import TestClient

from dateline.core import Document, Explanation, Reading, Reason, Span
from dateline.review import app
from dateline.review.explaining import LONGEST, Explained, Explainer, ModelsApart, NotExplained
from dateline.store import Store

HERE = "http://127.0.0.1:8765"
READING = made(1)[0][0]
EVENT = READING.events[0]
REASON = Reason("type", "ASSAULT", "lexicon", "the row names it", "predicates_assault.tsv:7", EVENT.trigger)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "s.db") as held:
        fill(held, 2)
        yield held


def why(store: Store, explainer: Explainer | None) -> dict:
    with TestClient(app(store, explainer=explainer), base_url=HERE) as client:
        answer = client.get(f"/api/readings/{READING.document.id}/events/{EVENT.id}/why")
    assert answer.status_code == 200, answer.text
    return answer.json()


def explaining(producers: dict[str, str], trigger: Span = EVENT.trigger, kind: str = EVENT.type) -> Explainer:
    def told(reading: Reading) -> Explained:
        return Explained(producers, (Explanation(reading.document.id, "other-id", kind, trigger, (REASON,)),))

    return told


def test_why_tells_row_rule_and_words(store: Store) -> None:
    view = why(store, explaining({"events": "made-up@1"}))
    assert view["explained"] and view["note"] == ""
    (reason,) = view["reasons"]
    assert (reason["because"], reason["row"]) == ("the row names it", "predicates_assault.tsv:7")
    assert reason["quote"] == EVENT.trigger.of(READING.document.text)


def test_why_says_when_other_models_explain(store: Store) -> None:
    view = why(store, explaining({"events": "made-up@2", "times": "t@1"}))
    assert view["explained"]
    assert "events: made-up@1, now made-up@2" in view["note"] and "times: none, now t@1" in view["note"]


def test_why_says_when_the_event_is_not_read_any_more(store: Store) -> None:
    view = why(store, explaining({"events": "made-up@2"}, Span(0, 3)))
    assert not view["explained"] and "do not read this event any more" in view["note"]
    assert {each["field"] for each in view["reasons"]} >= {"type", "killed"}
    assert not why(store, explaining({"events": "made-up@1"}, kind="PROTEST"))["explained"]


def test_why_falls_back_on_the_producers(store: Store) -> None:
    def broken(_: Reading) -> Explained:
        raise NotExplained("The models are away.")

    view = why(store, broken)
    assert not view["explained"] and view["note"] == "The models are away."
    assert "made-up@1" in {each["by"] for each in view["reasons"]}


def test_why_of_a_very_long_report_is_not_waited_for() -> None:
    long = Reading(Document.of("a" * (LONGEST + 1), id="long"), (), (), (), (), (), (), (), (), (), (), {})
    with pytest.raises(NotExplained, match="too long"):
        ModelsApart()(long)


@pytest.mark.slow
def test_why_by_the_models_that_ship(tmp_path: Path) -> None:
    from dateline.batch import pipeline

    document = Document.of(
        "Gunmen killed three farmers near Mosul on Tuesday, police said.", id="d", published="2024-03-06"
    )
    reading = pipeline()(document)
    apart = ModelsApart()
    try:
        told = apart(reading)
        assert apart(reading) is told
    finally:
        apart.close()
    assert dict(told.producers) == dict(reading.producers)
    (one,) = told.explanations
    assert (one.trigger, one.type) == (reading.events[0].trigger, reading.events[0].type)
    assert any(reason.row and reason.row.startswith("predicates_") for reason in one.reasons)
