"""Time expressions found and resolved: cases in the folder beside."""

from __future__ import annotations

import functools
import json
import time
from pathlib import Path
from typing import Any

import pytest

from dateline.core import Document, Passage, Span, Timex
from dateline.knowledge.calendar import time_feasts
from dateline.language import Parse
from dateline.language.dates import find_dates, read_date
from dateline.language.spacy_door import SpacyLanguage
from dateline.times import Times
from dateline.times.feasts import feast

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@functools.cache
def step() -> Times:
    return Times()


@functools.cache
def language() -> SpacyLanguage:
    return SpacyLanguage()


def read(text: str, published: str | None, *, parsed: bool = False) -> tuple[Timex, ...]:
    document = Document.of(text, published=published)
    passages = (Passage("p1", Span(0, len(text)), "narration", "v1"),) if text else ()
    parse = language()(document, passages) if parsed else Parse(())
    timexes, _ = step()(document, parse, passages)
    for timex in timexes:
        assert timex.span.end <= len(text)
    assert [t.span for t in timexes] == sorted(t.span for t in timexes)
    return timexes


@pytest.mark.parametrize("case", cases("times"), ids=lambda case: case["text"][:40])
def test_times_cases(case: Any) -> None:
    found = [
        [t.span.of(case["text"]), t.type, t.value, t.earliest, t.latest] for t in read(case["text"], case["published"])
    ]
    assert found == case["expected"]


@pytest.mark.parametrize("case", cases("negatives"), ids=lambda case: case["text"][:40].encode("ascii", "replace"))
def test_times_negatives(case: Any) -> None:
    quotes = {t.span.of(case["text"]) for t in read(case["text"], case["published"])}
    assert not quotes & set(case["absent"])


@pytest.mark.parametrize("case", cases("tense"), ids=lambda case: case["text"][:40])
def test_times_follow_the_tense(case: Any) -> None:
    values = [t.value for t in read(case["text"], case["published"], parsed=True)]
    assert values == ([case["value"]] if case["value"] else [])


@pytest.mark.parametrize("case", cases("written"), ids=lambda case: ascii(case["text"][:30]))
def test_times_written_dates(case: Any) -> None:
    assert read_date(case["text"]) == case["date"]


def test_times_written_dates_options() -> None:
    assert read_date("07/02/14", day_first=False) == "2014-07-02"
    assert read_date("31 December", default_year=2019) == "2019-12-31"
    assert read_date("Feb. 29", default_year=2019) is None


def test_times_dates_in_running_text() -> None:
    text = "ROME, 04 FEB 90 -- On Tuesday, Dec. 31, 2019 and 2020-01-02T03:04Z; on 4 May 90 people fled 31 June 2019."
    assert [(s.of(text), iso) for s, iso in find_dates(text)] == [
        ("04 FEB 90", "1990-02-04"),
        ("Tuesday, Dec. 31, 2019", "2019-12-31"),
        ("2020-01-02T03:04Z", "2020-01-02T03:04:00+00:00"),
    ]


def test_times_anchors_follow_the_intro() -> None:
    intro = "The ministry issued this note on Sunday:"
    words = "Our soldiers were attacked yesterday."
    old = "On March 4, 2018, the cabinet announced:"
    told = "Shells have fallen here in the past few days."
    text = "\n\n".join((intro, words, old, told, "Calm returned today."))
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in text.split("\n\n")]
    passages = (
        Passage("p1", spans[0], "narration", "v1"),
        Passage("p2", spans[1], "statement", "v2", intro=spans[0]),
        Passage("p3", spans[2], "narration", "v1"),
        Passage("p4", spans[3], "statement", "v3", intro=spans[2]),
        Passage("p5", spans[4], "narration", "v1"),
    )
    timexes, settled = step()(Document.of(text, published="2019-12-31T08:00:00+00:00"), Parse(()), passages)
    assert [p.anchor for p in settled] == ["2019-12-31", "2019-12-29", "2019-12-31", "2018-03-04", "2019-12-31"]
    told_days = {t.span.of(text): (t.earliest, t.latest) for t in timexes}
    assert told_days["yesterday"] == ("2019-12-28", "2019-12-28")
    assert told_days["the past few days"] == ("2018-02-26", "2018-03-04")
    assert told_days["today"] == ("2019-12-31", "2019-12-31")


def test_times_dateline_moves_the_anchor() -> None:
    text = "BOGOTA, Dec. 30 (Wire) -- A judge was shot today."
    passages = (Passage("p1", Span(0, 25), "dateline", "v1"), Passage("p2", Span(26, len(text)), "narration", "v1"))
    timexes, settled = step()(Document.of(text, published="2020-01-01"), Parse(()), passages)
    assert [t.value for t in timexes] == ["2019-12-30", "2019-12-30"]
    assert settled[1].anchor == "2019-12-30"


def test_times_set_anchor_is_kept() -> None:
    text = "We were hit yesterday."
    passage = Passage("p1", Span(0, len(text)), "post", "v2", anchor="2018-05-05")
    timexes, settled = step()(Document.of(text, published="2020-01-01"), Parse(()), (passage,))
    assert (timexes[0].value, settled[0].anchor) == ("2018-05-04", "2018-05-05")


def test_times_anchor_stays_unknown() -> None:
    text = "Nine people died on Sunday."
    timexes, settled = step()(Document.of(text), Parse(()), (Passage("p1", Span(0, len(text)), "narration", "v1"),))
    assert settled[0].anchor is None
    assert (timexes[0].earliest, timexes[0].latest, timexes[0].precision) == (None, None, "unknown")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It fell on 5 March 2024.", "2024-03-05"),
        ("It fell in March 2024.", "2024-03"),
        ("It fell in mid-March 2024.", "2024-03-11/2024-03-21"),
        ("It fell in the spring of 2024.", "2024-21"),
        ("It fell in the winter of 2023.", "2023-24"),
        ("It fell in the third quarter of 2023.", "2023-35"),
        ("It fell in the 1990s.", "199X"),
        ("It fell in the 20th century.", "19XX"),
        ("It fell in 1984.", "1984"),
        ("It fell in 480 BC.", "-0479"),
        ("It fell in the 470s BC.", "-0478/-0469"),
        ("It fell in the 4th century BC.", "-0399/-0300"),
        ("It fell in the spring of 415 BC.", "-0414-21"),
        ("It fell last week.", "2024-02-25/2024-03-03"),
        ("It fell recently.", "../2024-03-05"),
        ("It will soon fall.", "2024-03-05/.."),
        ("It fell at 10:35 a.m. on 5 March 2024.", "2024-03-05T10:35:00"),
        ("It fell last night.", "2024-03-04"),
        ("It falls every day.", None),
        ("It fell for three days.", None),
    ],
)
def test_times_edtf(text: str, edtf: str | None) -> None:
    assert read(text, "2024-03-05")[0].edtf == edtf


def test_times_edtf_without_a_date_of_writing() -> None:
    told = [(t.value, t.edtf) for t in read("It fell on 7 August, not yesterday or on Sunday.", None)]
    assert told == [("XXXX-08-07", "XXXX-08-07"), ("XXXX-XX-XX", None), ("XXXX-WXX-7", None)]


@pytest.mark.parametrize(
    ("rule", "year", "first"),
    [
        ("rosh+0/2", 2024, "2024-10-03"),
        ("passover+0/8", 2024, "2024-04-23"),
        ("hanukkah+0/8", 2019, "2019-12-23"),
        ("hanukkah+0/8", 2023, "2023-12-08"),
        ("orthodox+0", 2024, "2024-05-05"),
        ("easter-46", 2019, "2019-03-06"),
        ("islamic 9-1/30", 2019, "2019-05-06"),
        ("islamic 12-10", 2021, "2021-07-20"),
        ("05/-1/1", 2019, "2019-05-27"),
        ("?", 2019, None),
        ("12-25", 0, None),
        ("12-25", 9999, None),
    ],
)
def test_times_feasts_are_reckoned(rule: str, year: int, first: str | None) -> None:
    days = feast(rule, year)
    assert (days and days.first.isoformat()) == first


def test_times_feasts_of_the_table_are_read() -> None:
    for name, told in time_feasts().items():
        assert told.rule == "?" or feast(told.rule, 2019), name


def test_times_histories_take_the_year_said_last() -> None:
    text = (
        "The war began on 3 March 1911. In April the capital fell. In 1912 the north rose, and in May its leaders met. "
        "In 1913 they lost. In 1914 they fled. By 1915 all was over."
    )
    values = [t.value for t in read(text, "2009-12-19")]
    assert values == ["1911-03-03", "1911-04", "1912", "1912-05", "1913", "1914", "1915"]


def test_times_histories_pass_over_glances() -> None:
    text = (
        "On 3 March 1911 the war began. The general, born in 1862, fell in April. In May the port, which was rebuilt "
        "by 1920, burned. In 1912 the north rose. In June a truce, the first since 1909, was signed. In 1913 it broke. "
        "A former ally soon joined the north. In 1914 all was over."
    )
    values = [t.value for t in read(text, "2009-12-19", parsed=True)]
    assert values == [
        *("1911-03-03", "1862", "1911-04", "1911-05", "1920", "1912", "1912-06", "1909", "1913", "PAST_REF", "1914"),
    ]


def test_times_histories_leave_the_day_of_a_speaker_open() -> None:
    text = (
        "The war began on 3 March 1911. In 1912 the north rose. In 1913 it lost. In 1914 the rest fled. "
        "A truce of 1915 failed, as did those of 1916, 1917 and 1918. In 1919 a port burned. "
        'By 1920 all was over. "We march home today, as we swore two years ago," a general cried. Today it is a park.'
    )
    told = [(t.span.of(text), t.value, t.earliest) for t in read(text, "2009-12-19")][-3:]
    assert told == [
        ("today", "XXXX-XX-XX", None),
        ("two years ago", "PAST_REF", None),
        ("Today", "2009-12-19", "2009-12-19"),
    ]


def test_times_histories_count_before_christ() -> None:
    text = (
        "In 480 BC the king marched. In August he crossed the strait. The following year he fled. "
        "In 470 BC his son came back. By 465 BC and in 460 BC the league was strong. "
        "By 450 BC it had a fleet. During this time it ruled the sea."
    )
    values = [t.value for t in read(text, "2009-12-19")]
    assert values == ["BC0480", "BC0480-08", "BC0479", "BC0470", "BC0465", "BC0460", "BC0450", "BC0450"]


@pytest.mark.parametrize(
    "unit", ['"', " ", "1", "the ", "last ", "two thousand and ", "Monday, ", "1990-", "may 1 ", "early in the ", "\n"]
)
def test_times_take_linear_time(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    started = time.process_time()
    read(text, "2019-12-31")
    list(find_dates(text))
    read_date(text)
    assert time.process_time() - started < 5
