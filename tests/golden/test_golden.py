"""Whole readings of the sample reports: a change of any of them must be seen and meant (``make golden``)."""

from __future__ import annotations

from tests.golden.write import FOLDER, golden


def test_golden_readings_are_what_they_were(pipeline) -> None:
    found = dict(golden(pipeline))
    assert sorted(found) == sorted(path.name for path in FOLDER.glob("*.json"))
    for name, text in found.items():
        assert text == (FOLDER / name).read_text(encoding="utf-8"), f"{name} differs: run make golden and look"


def test_golden_reading_twice_gives_the_same_bytes(pipeline) -> None:
    assert list(golden(pipeline)) == list(golden(pipeline))
