"""The terminal reports: what stands in them, in what order, at what width."""

from __future__ import annotations

import dataclasses

import pytest

from dateline.core import Span
from dateline.exports import incidents_writer, readings_writer


def test_exports_text_report_says_who_did_what(reading):
    report = "".join(readings_writer("text")([reading]))
    lines = [line.strip() for line in report.splitlines()]
    assert "Mortar fire on Kirkuk market" in lines
    assert "The Northern Courier · published 6 Mar 2024 · 78 words · 5 events · 6 voices" in lines
    assert "someone — killed — nine people, a market in Kirkuk" in lines
    assert "counts killed 9 or more “At least nine”" in lines
    assert "voice  The Northern Courier ← Wire North ← police officials" in lines
    assert "when   5 Mar 2024  “Tuesday”   where Kirkuk, IQ  “Kirkuk”" in lines
    assert "when   5 Mar 2024 (inferred)   where Kirkuk, IQ  “#Kirkuk”" in lines
    assert "4 ASSAULT · firearms  denied" in lines
    assert "Our forces [Iraqi Army] — fire on — civilians" in lines
    assert "“Our forces did not *fire on* civilians.”" in lines


def test_exports_text_news_comes_before_denials_and_background(reading):
    report = "".join(readings_writer("text")([reading]))
    order = [report.index(words) for words in ("Reported as new (3)", "denied or supposed (1)", "Background (1)")]
    assert order == sorted(order)
    assert report.index("Who is called what") > order[-1]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
def test_exports_text_keeps_to_its_width(reading, hostile, incidents, by_id, width):
    report = "".join(readings_writer("text", width=width)([reading, hostile]))
    report += "".join(incidents_writer("text", width=width)(incidents, by_id))
    assert max(map(len, report.splitlines())) <= width


def test_exports_text_hostile_words_stay_words(hostile, incidents, by_id):
    report = "".join(readings_writer("text")([hostile]))
    assert "\x1b" not in report
    assert "\u202e" not in report
    assert "[bold]rockets[/bold]" in report


def test_exports_text_colours_only_where_asked(reading):
    assert "\x1b[" in "".join(readings_writer("text", ansi=True)([reading]))
    assert "\x1b" not in "".join(readings_writer("text")([reading]))


def test_exports_incidents_text_gives_every_claim_with_its_source(incidents, by_id):
    report = " ".join("".join(incidents_writer("text")(incidents, by_id)).split())
    assert "2 incidents in 3 documents · 1 with disagreements" in report
    assert "9–11–11 by the rule “ucdp” disputed" in report
    assert "The Northern Courier ← medics superseded" in report
    assert "killed: 9 or more (police officials) ≠ 11 (Red Banner Front)" in report
    assert "Red Banner Front is called “militants” by The Northern Courier ← Ministry of Defence" in report
    assert "±12 km" in report
    assert "not told where place not told" in report


def test_exports_incidents_text_tells_a_repeated_claim_once(incidents, by_id):
    count = incidents[0].counts["killed"]
    again = tuple(dataclasses.replace(count.claims[0], span=Span(k, k + 9)) for k in range(30, 50))
    many = dataclasses.replace(incidents[0], counts={"killed": dataclasses.replace(count, claims=count.claims + again)})
    report = " ".join("".join(incidents_writer("text")([many], by_id)).split())
    assert "made-1 · 6 Mar 2024 · 21×" in report
    assert "and 18 more" in report
