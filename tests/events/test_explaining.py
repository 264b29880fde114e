"""Explanations: every field of every event has a reason, and the reason names what gave it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.cli import main
from dateline.core import Document, Explanation, Reading
from dateline.exports.explanation import named_events, write_explanation
from dateline.pipeline import Pipeline

TEXT = (
    "Rebels attacked a police post near Basra on Monday, killing nine officers. The army said that it had planned "
    "to launch a raid in March. Police denied that troops had shelled the market. Last year gunmen abducted two "
    "nurses in Mosul."
)
FIELDS = {"trigger", "type", "mode", "place", "time", "status", "certainty", "voice", "background"}
SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))


def told(pipeline: Pipeline, text: str) -> tuple[Reading, dict[str, Explanation]]:
    reading, explanations = pipeline.explain(Document.of(text, published="2024-03-05"))
    return reading, {each.trigger.of(text): each for each in explanations}


def test_explaining_names_rows_cues_and_rules(pipeline: Pipeline) -> None:
    reading, by_word = told(pipeline, TEXT)
    attacked = by_word["attacked"]
    assert attacked.of("trigger")[0].row.startswith("predicates_assault.tsv:")  # type: ignore[union-attr]
    assert "asks for no condition" in attacked.of("trigger")[0].because
    victim = next(r for r in attacked.of("argument") if r.value and r.value.startswith("victim"))
    assert "of “killing”" in victim.because and victim.row.startswith("frames.tsv:")  # type: ignore[union-attr]
    (count,) = attacked.of("count")
    assert (count.value, count.span.of(TEXT)) == ("killed: 9 to 9", "nine")  # type: ignore[union-attr]
    assert attacked.of("time")[0].span.of(TEXT) == "Monday"  # type: ignore[union-attr]
    assert attacked.of("status")[0].by == "rule" and "passage" in attacked.of("voice")[0].by
    assert attacked.of("acled")[0].row.startswith("types.tsv:")  # type: ignore[union-attr]
    raid = by_word["raid"]
    assert "light verb “launch”" in raid.of("trigger")[0].because or raid.of("status")[0].by == "status cue"
    assert raid.of("status")[0].row.startswith("status_cues.tsv:")  # type: ignore[union-attr]
    assert raid.of("voice")[0].row.startswith("cue_verbs.tsv:")  # type: ignore[union-attr]
    shelled = by_word["shelled"]
    assert (shelled.of("status")[0].value, shelled.of("status")[0].by) == ("denied", "status cue")
    abducted = by_word["abducted"].of("background")[0]
    assert abducted.value == "true" and "before its telling" in abducted.because
    assert len(by_word) == len(reading.events)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_explaining_has_a_reason_for_every_field(pipeline: Pipeline, path: Path) -> None:
    reading, explanations = pipeline.explain(Document.of(path.read_text(encoding="utf-8"), published="2026-05-06"))
    assert reading == pipeline(reading.document)
    by_event = {each.event: each for each in explanations}
    assert set(by_event) == {event.id for event in reading.events}
    for event in reading.events:
        reasons = by_event[event.id]
        assert {r.field for r in reasons.reasons} >= FIELDS
        assert (len(reasons.of("argument")), len(reasons.of("count"))) == (len(event.arguments), len(event.counts))
        assert [reasons.of(name)[0].value for name in ("type", "mode", "status", "certainty")] == [
            event.type, event.mode, event.status, event.certainty,
        ]  # fmt: skip
        assert reasons.of("background")[0].value == str(event.background).lower()
        assert (reasons.of("background")[0].because == "nothing makes it history or context") != event.background
        assert all(reason.by and reason.because for reason in reasons.reasons)
        assert (reasons.of("place")[0].span is None) == (event.place is None)


def test_explaining_a_scene_is_named(pipeline: Pipeline) -> None:
    text = "A bomb exploded in Basra on Monday, killing two people. The rebels also attacked a police post."
    reading, by_word = told(pipeline, text)
    place = by_word["attacked"].of("place")[0]
    assert place.by == "scene" and "“exploded”" in place.because, place
    assert place.span.of(text) == "Basra"  # type: ignore[union-attr]
    assert reading.events[1].place == reading.events[0].place


def test_explaining_events_are_named_by_number_or_id(pipeline: Pipeline) -> None:
    reading, _ = told(pipeline, TEXT)
    events = named_events(reading, None)
    for number, each in enumerate(events, 1):
        assert {named_events(reading, name) for name in (str(number), f"x{number}", each.event.id)} == {(each,)}
        assert named_events(reading, each.event.id[:8]) == (each,)
    for name in ("99", "x", "no", "0"):
        with pytest.raises(ValueError, match=f"event.* {name}: "):
            named_events(reading, name)


def test_explaining_odd_text_steers_no_terminal(pipeline: Pipeline) -> None:
    reading, explanations = pipeline.explain(Document.of("Rebels\x1b[2J attacked \u202eLima\u202c on Friday."))
    text = "".join(write_explanation(reading, named_events(reading, None), explanations))
    assert "\x1b" not in text and "\u202e" not in text


def test_explaining_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(TEXT, encoding="utf-8")
    assert main(["explain", "report.txt", "--event", "x1"]) == 0
    out = capsys.readouterr().out
    assert "ASSAULT" in out and "predicates_assault.tsv:" in out and out.count("trigger ") == 1
    assert main(["explain", "report.txt", "--to", "json", "--event", "1", "-o", "why.json"]) == 0
    (row,) = json.loads(Path("why.json").read_text(encoding="utf-8"))
    assert (row["schema"], row["number"]) == ("dateline.explanation/1", 1)
    assert {reason["field"] for reason in row["reasons"]} >= FIELDS
    assert main(["explain", "report.txt", "--event", "99"]) == 2
    assert "no event 99: " in capsys.readouterr().err
    Path("two.jsonl").write_text('{"id": "a", "text": "Rebels attacked Lima."}\n{"id": "b", "text": "Nothing."}\n')
    assert main(["explain", "two.jsonl"]) == 2
    assert "choose one with --document" in capsys.readouterr().err
    assert main(["explain", "two.jsonl", "--document", "a"]) == 0
    assert main(["explain", "report.txt", "--to", "html"]) == 2


def test_explaining_events_of_no_coded_type(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.txt"
    path.write_text("The mayor opened a garden in Lima on Monday. Rebels attacked a bus.", encoding="utf-8")
    assert main(["explain", str(path), "--every-event", "--to", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["type"] for row in rows} >= {"OTHER", "ASSAULT"}
    for row in rows:
        assert {reason["field"] for reason in row["reasons"]} >= FIELDS
        assert all(reason["by"] and reason["because"] for reason in row["reasons"])
