"""The comparison with published taggers: it leaves where there is none, and places what a peer tells."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import times_peers, times_speed  # noqa: E402


def test_times_peers_are_skipped_where_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = tmp_path / "rows.jsonl"
    assert times_speed.main(["--peers", str(tmp_path / "python"), "--results", str(results)]) == 0
    assert "skipped" in capsys.readouterr().err
    assert not results.exists()


def test_times_peers_answers_are_placed_in_order() -> None:
    text = "On Friday it fell; on Friday it rose."
    told = [("Friday", "DATE", "2019-12-27"), ("Sunday", "DATE", "2019-12-29"), ("Friday", "DATE", "2019-12-27")]
    assert [(row["start"], row["end"]) for row in times_peers.placed(text, told)] == [(3, 9), (22, 28)]


def test_times_peers_are_shown_beside_ours() -> None:
    shown = times_speed.shown({"words_a_second": {"long": {"ours": 900.0, "heideltime": 30.0}}})
    assert "30.0 x" in shown
