"""What measures speed: texts, exponents, ratios and drawings; a short run of what is quick."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import scaling, speed, speed_plots, stack, texts


def test_texts_are_different_and_long_enough() -> None:
    reports = [texts.report(number) for number in range(6)]
    assert len({report.text for report in reports}) == 6
    assert all(400 <= len(report.text.split()) < 520 for report in reports)
    assert texts.report(3) == reports[3]
    assert texts.hundreds(reports) > 6


def test_the_exponent_tells_how_time_grows() -> None:
    assert scaling.exponent([(10, 1.0), (20, 4.0), (40, 16.0)]) == 2.0
    assert scaling.exponent([(10, 5.0), (40, 20.0)]) == 1.0


@pytest.mark.slow
def test_growth_and_corpus_on_small_scales() -> None:
    grown = scaling.growth("", 0.05)
    assert [words for words, _ in grown["points"]] == sorted(words for words, _ in grown["points"])
    assert 0.3 < grown["exponent"] < 2
    read = scaling.corpus("", 0.01)
    assert len(read["points"]) == len(read["held_mb"]) == len(scaling.CORPUS)


def test_every_measurement_is_told_in_the_page_of_the_module() -> None:
    assert speed.__doc__ is not None
    assert all(f"\n{name} " in speed.__doc__ for name in speed.MEASUREMENTS)


def test_the_stack_is_compared_by_report() -> None:
    row = stack.compared({"reports": 4, "spacy": 2.0, "heideltime": 18.0}, 1.0, 0.5, 5.0)
    assert (row["spacy_s"], row["stack_s"], row["ours_s"], row["ours_cpu_s"]) == (0.4, 4.0, 0.2, 0.1)
    assert row["over_ours"] == 20.0


def test_peers_that_fail_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho no such peer >&2\nexit 1\n")
    python.chmod(0o755)
    kept = tmp_path / "rows.jsonl"
    assert stack.main(["--peers-python", str(python), "--results", str(kept)]) == 2
    assert "no such peer" in capsys.readouterr().err and not kept.exists()


def test_drawings_are_svg(tmp_path: Path) -> None:
    rows = [
        {"name": "growth", "points": [[100, 1.0], [400, 4.2]], "exponent": 1.03, "commit": "abc", "date": "2026-01-01"},
        {"name": "growth", "short_s": 1.0, "commit": "old", "date": "2025-01-01"},
        {"name": "corpus", "points": [[5, 1.0], [50, 9.0]], "exponent": 0.95, "commit": "abc", "date": "2026-01-01"},
        {"name": "stack", "spacy_s": 0.1, "ours_s": 0.2, "ours_cpu_s": 0.1, "over_ours": 12.5, "commit": "abc"},
    ]
    results = tmp_path / "speed.jsonl"
    results.write_text("".join(json.dumps(row) + "\n" for row in rows[1:] + rows[:1]))
    assert speed_plots.main(["--results", str(results), "--out", str(tmp_path)]) == 0
    for name in ("growth", "corpus", "stack"):
        drawing = ElementTree.fromstring((tmp_path / f"speed-{name}.svg").read_text())
        assert drawing.tag.endswith("svg")
    assert "1.03" in (tmp_path / "speed-growth.svg").read_text()
