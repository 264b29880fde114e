"""The published figures and the bars: sound tables, shown beside ours in the same measures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.measures import MEASURES

from benchmarks import published, quality, speed
from dateline.core import KnowledgeError

ROW = {
    "name": "plover",
    "split": "dev",
    "documents": 60,
    "failures": 0,
    "seconds": 1.0,
    "figures": {"type": 0.66, "false a record": 0.5667},
    "date": "2026-11-22",
    "commit": "abc",
}


def test_published_rows_and_bars_name_measures_that_there_are() -> None:
    known = {measure.name: set(measure.figures) for measure in MEASURES}
    splits = {measure.name: measure.split for measure in MEASURES}
    for name, rows in published.published().items():
        assert all(row.values and set(row.values) <= known[name] for row in rows)
        assert len({(row.system, row.split) for row in rows}) == len(rows)
    for name, bars in published.bars().items():
        if name == "ratio":
            assert {bar.measure for bar in bars} <= set(published.PLAIN)
            continue
        assert all(bar.split == splits[name] and bar.measure in known[name] for bar in bars)


def test_published_rows_stand_beside_ours_in_the_same_measures() -> None:
    other = published.Published("Peer", "test", "a paper", "", {"type": 70.0})
    bars = [published.Bar("dev", "type", 65, most=False), published.Bar("dev", "false a record", 0.4, most=True)]
    lines = published.comparison(ROW, [other], bars)
    assert lines[0] == ["system", "split", "type", "false a record", "note"]
    assert lines[1] == ["Peer", "test", "70", "–", "another split; a paper"]
    assert lines[2][:4] == ["dateline", "dev", "66", "0.57"]
    assert [line[2:4] for line in lines[3:]] == [["≥ 65", "≤ 0.4"], ["met", "short"]]


def test_published_bar_of_another_split_says_nothing() -> None:
    lines = published.comparison(ROW, [], [published.Bar("test", "type", 65, most=False)])
    assert [line[0] for line in lines] == ["system", "dateline"]


def test_published_latest_row_counts(tmp_path: Path) -> None:
    file = tmp_path / "quality.jsonl"
    rows = [ROW, {**ROW, "commit": "def"}, {"name": "ratio", "date": "d", "commit": "c", "per_second": 7, "peak_mb": 9}]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    held = published.latest((file, tmp_path / "none.jsonl"))
    assert held["plover"]["commit"] == "def" and held["ratio"]["figures"] == {"per_second": 7, "peak_mb": 9}
    assert "speed and memory" in published.report(held)
    assert "## plover\n\n| system | split |" in published.report(held, as_markdown=True)


def test_published_table_measures_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "quality.jsonl"
    file.write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    nowhere = str(tmp_path / "nowhere")
    assert quality.main(["--table", "--results", str(file), "--gold", nowhere]) == 0
    assert capsys.readouterr().out.startswith("plover\nsystem")
    assert quality.main(["--table", "--results", str(tmp_path / "none"), "--gold", nowhere]) == 2
    assert "nothing is recorded" in capsys.readouterr().err


def test_published_wrong_tables_are_named_by_line(tmp_path: Path) -> None:
    head = "# source: x\n# licence: x\n# date: x\n"
    file = tmp_path / "bars.tsv"
    file.write_text(head + "set\tsplit\tmeasure\tbar\nplover\tdev\ttype\tabout 5\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"bars\.tsv:5"):
        published.bars(file)
    file.write_text(head + "set\tsplit\tsystem\tmeasure\tvalue\tsource\tnote\na\tb\tc\td\tx\te\tf\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"bars\.tsv:5"):
        published.published(file)


@pytest.mark.slow
def test_published_speed_of_one_run_tells_what_the_bars_ask() -> None:
    found = speed._apart("ratio", "", 0.0)
    assert {bar.measure for bar in published.bars()["ratio"]} <= set(found)
    assert found["over_parse"] > 1
