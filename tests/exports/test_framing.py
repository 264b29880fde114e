"""The framing table: party, label, by whom, how often, first words."""

from __future__ import annotations

import pytest

from dateline.exports import readings_writer
from dateline.exports.view import ReadingView, judges

TEXT = (
    "Rebels held the ford. The army said terrorists had burned the mill. The army said terrorists fired first.\n\n"
    "Hezbollah issued the following statement:\n\nWe bury our martyrs today."
)


@pytest.fixture(scope="module")
def framed(read):
    return read(TEXT, outlet="Valley News")


def test_exports_framing_counts_uses_and_quotes_the_first(framed) -> None:
    rows = {(row.text, row.chain[-1].name): row for row in ReadingView(framed).framings()}
    assert rows["terrorists", "army"].times == 2
    assert (
        rows["terrorists", "army"].quote
        == "…held the ford. The army said terrorists had burned the mill. The army said…"
    )
    assert [voice.name for voice in rows["martyrs", "Hezbollah"].chain] == ["Valley News", "Hezbollah"]
    assert ("terrorists", "Valley News") not in rows


def test_exports_framing_names_no_party_by_a_word_that_judges(framed) -> None:
    names = {row.text: row.entity for row in ReadingView(framed).framings()}
    assert names["terrorists"] == "unnamed people"
    assert names["Rebels"] == "Rebels"


def test_exports_framing_stands_in_terminal_and_page(framed) -> None:
    report = "".join(readings_writer("text")([framed]))
    table = report[report.index("Who is called what") :]
    assert "terrorists ×2" in table
    assert "Valley News ← army" in table
    page = "".join(readings_writer("html")([framed]))
    table = page[page.index("Who is called what") :]
    assert "<td>Valley News ← army</td><td>2</td>" in table


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("terrorists", True),
        ("the terrorist group", True),
        ("occupation forces", True),
        ("martyrs", True),
        ("angry mob", True),
        ("protesters", False),
        ("rebels", False),
        ("police", False),
        ("", False),
    ],
)
def test_exports_words_that_judge(words: str, wanted: bool) -> None:
    assert judges(words) is wanted
