"""Odd texts through the whole pipeline: what is not understood is left out or named, never read wrongly."""

from __future__ import annotations

import dataclasses
import itertools
import json
import time
from pathlib import Path

import pytest

from dateline import codec
from dateline.batch.writing import Failures
from dateline.cli import main
from dateline.core import UNSUPPORTED, Document, Reading
from dateline.exports import readings_writer
from dateline.language.tongues import tongue_of
from dateline.store import Store

CASES = Path(__file__).parent / "cases"
REPORT = (
    "Gunmen killed nine soldiers and wounded four police officers in Maiduguri on Tuesday, the army said. "
    "Two rebels were arrested in Borno on Wednesday."
)
ARABIC = "قتل تسعة أشخاص يوم الثلاثاء في انفجار قنبلة في السوق، حسبما ذكرت الشرطة."


def _rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


def _told(reading: Reading) -> set[tuple[str, str, int]]:
    return {(event.type, count.what, count.low) for event in reading.events for count in event.counts}


@pytest.mark.parametrize(
    "text",
    [
        REPORT.upper(),
        REPORT.lower(),
        REPORT.replace(",", "").replace(".", ""),
        REPORT.lower().replace(",", "").replace(".", ""),
        REPORT.replace(" ", "\n"),
    ],
    ids=["capitals", "lower case", "no punctuation", "lower case without punctuation", "a word a line"],
)
def test_hostile_writing_is_read_rightly_or_not(read, text: str) -> None:
    reading = read(text)
    assert reading.document.language == "en" and reading.unsupported is None
    assert _told(reading) <= {("ASSAULT", "killed", 9), ("ASSAULT", "injured", 4), ("COERCE", "detained", 2)}
    assert {place.country for place in reading.places} <= {"NG"}


@pytest.mark.parametrize("text", [REPORT.upper(), REPORT.lower()], ids=["capitals", "lower case"])
def test_hostile_one_case_is_still_read(read, text: str) -> None:
    assert ("ASSAULT", "killed", 9) in _told(read(text))


def _names(count: int) -> list[str]:
    first, last = (line.split() for line in (CASES / "names.txt").read_text(encoding="utf-8").splitlines())
    return [" ".join(each) for each in itertools.islice(itertools.product(first, last, last), count)]


@pytest.mark.parametrize("joint", ["\n", ", ", " "], ids=["lines", "commas", "blanks"])
def test_hostile_list_of_names_tells_nothing(read, joint: str) -> None:
    reading = read(joint.join(_names(300)))
    assert reading.events == () and reading.attributions == () and reading.unsupported is None


@pytest.mark.slow
def test_hostile_list_of_five_thousand_names_is_read_in_linear_time(read) -> None:
    seconds = []
    for count in (1250, 5000):
        start = time.process_time()
        reading = read(", ".join(_names(count)))
        seconds.append(time.process_time() - start)
        assert reading.events == () and reading.attributions == ()
    assert seconds[1] < 8 * seconds[0]


@pytest.mark.parametrize(
    "number",
    [
        "10^30",
        "10**30",
        "10³⁰",
        "1e30",
        "3 x 10^6",
        "1" + "0" * 30,
        "1" + ",000" * 10,
        "9" * 400,
        "99999999999999999999 million",
        "ten million trillion trillion",
    ],
    ids=lambda number: number[:16],
)
def test_hostile_numbers_beyond_counting_are_no_counts(read, number: str) -> None:
    text = (
        f"The attack killed {number} people in Maiduguri. At least {number} rebels were arrested there. "
        f"It happened {number} years ago, {number} km north of Kano, and lasted {number} days."
    )
    reading = read(text)
    assert [count for event in reading.events for count in event.counts] == []
    assert {timex.earliest for timex in reading.timexes} <= {None}
    assert not any(toponym.phrase and "km" in toponym.phrase.of(text) for toponym in reading.toponyms)
    assert codec.from_json(Reading, codec.to_json(reading)) == reading


@pytest.mark.parametrize("row", _rows("languages.jsonl"), ids=lambda row: row["language"])
def test_hostile_language_is_told_and_its_text_left_unread(pipeline, row: dict[str, str]) -> None:
    reading = pipeline(Document.of(row["text"], published="2024-03-14"))
    assert reading.document.language == reading.unsupported == row["language"]
    assert set(reading.producers) == set(pipeline.producers) and set(reading.producers.values()) == {UNSUPPORTED}
    assert (reading.events, reading.mentions, reading.timexes, reading.toponyms) == ((), (), (), ())
    assert [passage.span.of(row["text"]) for passage in reading.passages] == [row["text"]]
    assert [voice.chain for voice in reading.voices] == [(reading.passages[0].voice,)]


@pytest.mark.parametrize("row", _rows("english.jsonl"), ids=lambda row: row["about"])
def test_hostile_english_stays_english(row: dict[str, str]) -> None:
    assert tongue_of(row["text"]) in ("en", None)
    assert tongue_of(row["text"].upper()) in ("en", None)


def test_hostile_report_with_a_foreign_quote_is_read(read) -> None:
    reading = read(f"{REPORT}\n\n“{ARABIC}”, a leaflet said.\n\nThe town was calm when the patrol had left it.")
    assert reading.unsupported is None and ("ASSAULT", "killed", 9) in _told(reading)


def test_hostile_given_language_counts_where_the_text_tells_none(pipeline) -> None:
    def told(text: str, language: str | None) -> tuple[str | None, str | None]:
        reading = pipeline(Document.of(text, language=language))
        return reading.document.language, reading.unsupported

    assert told("Kano, Naga.", "ha") == ("ha", "ha")
    assert told("Kano, Naga.", None) == (None, None)
    assert told(REPORT, "en-GB") == ("en-GB", None)
    assert told(REPORT, "es") == ("en", None)
    assert told(ARABIC, "en") == ("ar", "ar")


def test_hostile_unread_document_explains_nothing(pipeline) -> None:
    assert pipeline.explain(Document.of(ARABIC))[1] == ()


def test_hostile_every_format_says_that_a_text_is_unread(pipeline, tmp_path: Path) -> None:
    reading = pipeline(Document.of(ARABIC, id="d1"))
    for name in ("text", "html"):
        assert "its language is ar" in "".join(readings_writer(name)([reading]))
    for name in ("json", "jsonl"):
        written = json.loads("".join(readings_writer(name)([reading])))
        assert (written["document"]["language"], written["producers"]["events"]) == ("ar", UNSUPPORTED)
    assert json.loads("".join(readings_writer("muc4")([reading])))["templates"] == []
    with Store(str(tmp_path / "news.db")) as store:
        store.add(reading)
        assert [each.unsupported for each in store.readings()] == ["ar"]


def test_hostile_unread_document_is_named_on_standard_error(pipeline, capsys: pytest.CaptureFixture[str]) -> None:
    english, other = pipeline(Document.of("Naga.")), pipeline(Document.of(ARABIC, id="d1"))
    failures = Failures(None)
    assert [each.document.id for each in failures.passed([other, english])] == ["d1", english.document.id]
    assert failures.count == 0
    assert capsys.readouterr().err == "dateline: d1: not read: its language is ar, and only English is supported\n"


@pytest.mark.slow
def test_hostile_commands_go_on_past_another_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{"id": "ar1", "text": ARABIC}, {"id": "en1", "text": REPORT, "published": "2024-03-14"}]
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert main(["read", str(path), "--to", "jsonl"]) == 0
    shown = capsys.readouterr()
    assert [len(json.loads(line)["events"]) > 0 for line in shown.out.splitlines()] == [False, True]
    assert "ar1: not read" in shown.err
    assert main(["code", str(path), "--store", str(tmp_path / "news.db")]) == 0
    assert "ar1: not read" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", ".", "…", "😀" * 50, "\x00" * 20, "\u202e" * 30, "a", "((((((" * 200, "- " * 500, "\ud800 a"],
    ids=repr,
)
def test_hostile_scraps_are_read_as_nothing(pipeline, text: str) -> None:
    reading = pipeline(Document.of(text))
    assert reading.events == () and reading.unsupported is None
    assert all(0 <= p.span.start < p.span.end <= len(text) for p in reading.passages)


def test_hostile_replaced_step_is_not_asked_of_another_language(pipeline) -> None:
    def refuses(*_: object) -> None:
        raise AssertionError("asked")

    assert dataclasses.replace(pipeline, passages=refuses, language=refuses)(Document.of(ARABIC)).unsupported == "ar"
