"""The harness around the measurements: nothing of the gold reaches the reader, rows are complete."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import journal, measures, quality, speed  # noqa: E402
from dateline.core import Document, Failure, Reading  # noqa: E402

SCORER = """
import argparse, json
parser = argparse.ArgumentParser()
parser.add_argument("name"); parser.add_argument("--gold", action="append"); parser.add_argument("--system")
args = parser.parse_args()
rows = [json.loads(line) for line in open(args.system)]
gold = [json.loads(line) for line in open(args.gold[0])]
print("a table")
print(json.dumps({"strict": {"f": len(rows) / len(gold)}, "value": {"f": 0.25}}))
"""


def empty(document: Document) -> Reading:
    return Reading(document, (), (), (), (), (), (), (), (), (), ())


def reader(documents: Iterable[Document]) -> Iterator[Reading | Failure]:
    for document in documents:
        yield Failure(document.id, "read", "odd") if document.id == "bad" else empty(document)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    (tmp_path / "gold" / "times").mkdir(parents=True)
    rows = [
        {"id": id, "text": "On Monday.", "published": "2020-01-01", "timexes": [1]} for id in ("a", "bad", "c", "d")
    ]
    with gzip.open(tmp_path / "gold" / "times" / "timebank.jsonl.gz", "wt") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "score").mkdir()
    (tmp_path / "score" / "__main__.py").write_text(SCORER)
    return tmp_path


def test_benchmarks_strip_what_the_gold_tells() -> None:
    document = quality.stripped({"id": 7, "text": "On Monday.", "published": None, "timexes": [], "outlet": "X"})
    assert (document.id, document.text, document.outlet, dict(document.extra)) == ("7", "On Monday.", None, {})


def test_benchmarks_measure_and_count_failures(shared: Path) -> None:
    (measure,) = measures.named(["timebank"])
    row = quality.measured(measure, shared / "gold", shared / "score", reader, limit=3)
    assert (row["documents"], row["failures"]) == (3, 1)
    assert row["figures"] == {"strict": 0.6667, "value": 0.25}
    assert "timebank" in quality.shown([row]) and "66.7" in quality.shown([row])


def test_benchmarks_say_what_is_missing(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert quality.main(["--gold", str(shared / "nowhere")]) == 2
    assert "--gold" in capsys.readouterr().err
    (measure,) = measures.named(["lgl"])
    with pytest.raises(quality.MissingError, match="no gold data"):
        quality.measured(measure, shared / "gold", shared / "score", reader, limit=1)


def test_benchmarks_names_stand_for_sets() -> None:
    assert [m.name for m in measures.named(["times", "lgl"])] == ["timebank", "aquaint", "wikiwars", "lgl"]
    assert {m.name for m in measures.named([])} >= {"attribution", "plover", "muc4", "incidents", "event_place"}
    with pytest.raises(KeyError):
        measures.named(["nothing"])


def test_benchmarks_rows_are_appended_with_a_stamp(tmp_path: Path) -> None:
    file = tmp_path / "results" / "x.jsonl"
    journal.append(file, {**journal.stamp(), "name": "a"})
    journal.append(file, {"name": "b"})
    first, second = (json.loads(line) for line in file.read_text().splitlines())
    assert set(first) == {"date", "commit", "version", "name"} and second == {"name": "b"}


def test_benchmarks_synthetic_text_is_long_enough() -> None:
    assert 400 <= len(speed.synthetic(400).split()) < 500
    assert len(speed.synthetic(1000).split()) >= 1000
