"""Whole readings of the sample reports: a change of any of them must be seen and meant (``make golden``).

Processors round the encoder's numbers in ways of their own, so that a decision on the edge may fall differently
(``docs/encoder.md``). Such a reading lies beside the other under a name that tells its processor: ``01.avx2.json``.
"""

from __future__ import annotations

import json

from tests.golden.write import FOLDER, golden


def test_golden_readings_are_what_they_were(pipeline) -> None:
    found = dict(golden(pipeline))
    known = {name: [path.read_text(encoding="utf-8") for path in FOLDER.glob(f"{name[:2]}.*json")] for name in found}
    assert sorted(path.name for path in FOLDER.glob("??.json")) == sorted(found)
    for name, text in found.items():
        assert text in known[name], f"{name} differs: run make golden and look"


def test_golden_readings_of_other_processors_differ_in_contents_of_attributions_alone() -> None:
    for path in FOLDER.glob("??.*.json"):
        one, other = (json.loads(each.read_text(encoding="utf-8")) for each in (path, FOLDER / f"{path.name[:2]}.json"))
        assert one != other
        for reading in (one, other):
            for attribution in reading["attributions"]:
                del attribution["content"]
        assert one == other


def test_golden_reading_twice_gives_the_same_bytes(pipeline) -> None:
    assert list(golden(pipeline)) == list(golden(pipeline))
