"""Timelines, maps, segments and words: the parts that reports are drawn from."""

from __future__ import annotations

import time

import pytest

from dateline.core import EventTime, Span
from dateline.core.segments import Mark, segments
from dateline.exports.phrases import clean, figure, interval, passage, short
from dateline.exports.timeline import Moment, timeline
from dateline.exports.worldmap import HEIGHT, WIDTH, Atlas, Site
from dateline.knowledge.shapes import CountryShape


def _moment(number, earliest, latest):
    return Moment(f"e{number}", number, EventTime(earliest, latest, "day"))


def test_exports_timeline_puts_years_and_days_side_by_side():
    moments = [
        _moment(1, "2019-12-31", "2019-12-31"),
        _moment(2, "2019-12-29", "2019-12-31"),
        _moment(3, "2003-09-05", "2003-09-11"),
        _moment(4, None, "2019-12-29"),
        Moment("e5", 5, None),
    ]
    drawn = timeline(moments, [("2019-12-31T10:00:00", "published", True), ("soon", "no date", False)])
    assert [row.label for row in drawn.rows] == ["5–11 Sep 2003", "by 29 Dec 2019", "29–31 Dec 2019", "31 Dec 2019"]
    assert [flag.label for flag in drawn.flags] == ["published"]
    assert [moment.number for moment in drawn.undated] == [5]
    for row in drawn.rows:
        assert drawn.left <= row.x1 <= row.x2 <= drawn.width
        assert all(drawn.left <= chip.x <= drawn.width for chip in row.chips)
    assert drawn.rows[0].x2 < drawn.rows[2].x1


def test_exports_timeline_of_a_crowded_day_wraps():
    drawn = timeline([_moment(n, "2024-03-05", "2024-03-05") for n in range(60)])
    (row,) = drawn.rows
    assert len({(chip.x, chip.y) for chip in row.chips}) == 60
    assert max(chip.x for chip in row.chips) < drawn.width
    assert max(chip.y for chip in row.chips) < drawn.bottom


def test_exports_timeline_without_dates_is_none():
    assert timeline([Moment("e1", 1, None), _moment(2, "soon", "late")]) is None


BOX = CountryShape("XX", "Box", ((((-60.0, -20.0), (60.0, -20.0), (60.0, 20.0), (-60.0, 20.0), (-60.0, -20.0)),),))
FIJI = CountryShape(
    "FJ", "Fiji", ((((177.0, -18.0), (179.0, -18.0), (179.0, -17.0), (177.0, -17.0), (177.0, -18.0)),),)
)


@pytest.mark.parametrize(
    "places",
    [
        [(33.3, 44.4)],
        [(33.3, 44.4), (30.5, 47.8)],
        [(0.0, 0.0), (10.0, 50.0)],
        [(-17.5, 178.0), (-18.0, -179.5)],
        [(89.0, 0.0), (-89.0, 0.0)],
        [(51.5, -0.1), (40.7, -74.0), (35.7, 139.7), (-33.9, 151.2)],
    ],
)
def test_exports_map_holds_all_its_places(places):
    drawn = Atlas([BOX, FIJI])([Site("Place", lat, lon, 10.0, (("e1", 1),)) for lat, lon in places])
    for dot in drawn.dots:
        assert 0 <= dot.x <= WIDTH and 0 <= dot.y <= HEIGHT
    assert 0 < drawn.bar <= WIDTH / 5 + 1


def test_exports_map_draws_land_across_the_date_line():
    drawn = Atlas([BOX, FIJI])([Site("Taveuni", -16.9, -179.9, 20.0, ())])
    assert [outline.name for outline in drawn.outlines] == ["Fiji"]


def test_exports_map_clips_what_lies_outside():
    (outline,) = Atlas([BOX, FIJI])([Site("Lomé", 6.1, 1.2, 10.0, ())]).outlines
    numbers = [
        float(n) for n in outline.path.replace("M", " ").replace("L", " ").replace("Z", " ").replace(",", " ").split()
    ]
    assert min(numbers) >= -4 and max(numbers) <= WIDTH + 4
    assert Atlas([BOX])([]) is None


def test_exports_segments_cover_the_span_once():
    marks = [Mark(Span(k, k + 9), "actor", f"m{k}") for k in range(0, 60, 4)] + [Mark(Span(0, 90), "evidence", "e1")]
    found = list(segments(Span(10, 70), marks))
    assert [s.span.start for s in found] == [10, *(s.span.end for s in found[:-1])]
    assert found[-1].span.end == 70
    for segment in found:
        held = {mark.key for mark in marks if mark.span.overlaps(segment.span)}
        assert {mark.key for mark in segment.marks} == held


def test_exports_page_of_a_long_text_takes_time_in_proportion(reading):
    import dataclasses

    from dateline.core import Document, Passage
    from dateline.exports.reading_text import text_blocks
    from dateline.exports.view import ReadingView

    took = []
    for size in (200, 800):
        text = "\n\n".join("A shell hit the road near the bridge." for _ in range(size))
        one = len("A shell hit the road near the bridge.\n\n")
        long = dataclasses.replace(
            reading,
            document=Document.of(text),
            passages=(Passage("p1", Span(0, len(text)), "narration", "v1"),),
            attributions=(),
            timexes=(),
            toponyms=(),
            entities=(),
            media=(),
            events=(),
            mentions=tuple(
                dataclasses.replace(
                    reading.mentions[0],
                    id=f"m{k}",
                    span=Span(k * one, k * one + 7),
                    head=Span(k * one, k * one + 7),
                    level="name",
                )
                for k in range(size)
            ),
        )
        runs = []
        for _ in range(7):
            begun = time.process_time()
            assert len(text_blocks(ReadingView(long), "r1", {})[0].paragraphs) == size
            runs.append(time.process_time() - begun)
        took.append(min(runs))
    assert took[1] < 12 * took[0]


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        (("2019-12-31", "2019-12-31"), "31 Dec 2019"),
        (("2019-12-31T14:30:00", "2019-12-31T14:30:00"), "31 Dec 2019, 14:30"),
        (("2019-12-30", "2020-01-02"), "30 Dec 2019 – 2 Jan 2020"),
        (("2019-11-30", "2019-12-02"), "30 Nov – 2 Dec 2019"),
        (("2020-02-01", "2020-02-29"), "Feb 2020"),
        (("2019-02-01", "2019-02-28"), "Feb 2019"),
        (("1990-01-01", "1999-12-31"), "1990–1999"),
        ((None, "2019-12-31"), "by 31 Dec 2019"),
        (("2019-12-31", None), "from 31 Dec 2019"),
        ((None, None), ""),
        (("soon", "later"), "soon – later"),
    ],
)
def test_exports_intervals_in_words(bounds, words):
    assert interval(*bounds) == words


@pytest.mark.parametrize(
    ("numbers", "words"),
    [((5, 5, 5), "5"), ((0, 3, 9), "0–3–9"), ((12, None, None), "12 or more"), ((12, 20, None), "12 or more, best 20")],
)
def test_exports_figures_in_words(numbers, words):
    assert figure(*numbers) == words


def test_exports_quotes_are_cut_around_the_trigger():
    text = "word " * 200 + "struck " + "tail " * 200
    at = text.index("struck")
    pieces = passage(text, (Span(0, len(text)),), Span(at, at + 6), 100)
    assert [hit for _, hit in pieces] == [False, True, False]
    assert pieces[0][0].startswith("…") and pieces[2][0].endswith("…")
    assert sum(len(words) for words, _ in pieces) < 200


def test_exports_words_are_cleaned_and_cut():
    assert clean("a\x00b\u202ec\n\nd") == "abc d"
    assert short("one two three", 40) == "one two three"
    assert len(short("x" * 500, 20)) == 20
