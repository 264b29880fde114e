"""The comparison with peers: the same documents for all, missing peers named, fakes in their place."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import peers, quality  # noqa: E402

SCORER = """
import argparse, json
parser = argparse.ArgumentParser()
parser.add_argument("name"); parser.add_argument("--gold", action="append"); parser.add_argument("--system")
args = parser.parse_args()
found = sum(len(json.loads(line)["timexes"]) for line in open(args.system))
gold = sum(len(json.loads(line)["timexes"]) for line in open(args.gold[0]))
print(json.dumps({"strict": {"f": found / gold}, "value": {"f": 0.25}}))
"""


@pytest.fixture
def peers_shared(tmp_path: Path) -> Path:
    (tmp_path / "gold" / "times").mkdir(parents=True)
    rows = [{"id": id, "text": "On Monday.", "published": "2020-01-01", "timexes": [1, 2]} for id in ("a", "b", "c")]
    with gzip.open(tmp_path / "gold" / "times" / "aquaint.jsonl.gz", "wt") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "score").mkdir()
    (tmp_path / "score" / "__main__.py").write_text(SCORER)
    return tmp_path


def finder(count: int) -> peers.System:
    def answer(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        for row in rows:
            assert set(row) == {"id", "text", "published", "title"}
            yield json.dumps({"document": {"id": row["id"]}, "timexes": [1] * count}) + "\n"

    return answer


def failing(_: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    raise subprocess.CalledProcessError(1, "peer")


def test_peers_are_scored_over_the_same_documents(peers_shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    systems = {"dateline": finder(2), "broken": failing, "other": finder(1)}
    measure = peers.measure_of("aquaint")
    rows = list(peers.compared(measure, systems, peers_shared / "gold", peers_shared / "score", limit=2))
    assert [(row["system"], row["documents"], row["of"]) for row in rows] == [("dateline", 2, 3), ("other", 2, 3)]
    assert [row["figures"]["strict"] for row in rows] == [1.0, 0.5]
    assert "broken: left out of aquaint" in capsys.readouterr().err
    assert "2 of 3" in peers.shown(rows) and "50.0" in peers.shown(rows)


def test_peers_that_are_missing_are_named(
    peers_shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read = peers.times_systems(peers_shared / "python")
    told = capsys.readouterr().err
    assert list(read) == ["dateline"] and "heideltime: left out" in told and "dateparser: left out" in told
    results = peers_shared / "rows.jsonl"
    monkeypatch.setattr(peers, "times_systems", lambda python: {"dateline": finder(1)})
    folders = ["--gold", str(peers_shared / "gold"), "--score", str(peers_shared / "score")]
    assert peers.main(["--only", "aquaint", *folders, "--results", str(results)]) == 0
    (row,) = (json.loads(line) for line in results.read_text().splitlines())
    assert (row["name"], row["system"], row["documents"]) == ("aquaint", "dateline", 3)


def test_peers_speak_through_their_own_python(peers_shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = peers_shared / "worker.py"
    worker.write_text(
        "import sys, json\n"
        "for line in sys.stdin:\n"
        "    row = json.loads(line)\n"
        "    print(json.dumps({'document': {'id': row['id']}, 'timexes': [sys.argv[1]]}))\n"
    )
    monkeypatch.setattr(peers, "WORKER", worker)
    (answer,) = peers.asked(Path(sys.executable), "heideltime", [{"id": "a", "text": "On Monday."}])
    assert answer["timexes"] == ["heideltime"]


def test_peers_without_gold_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = ["--gold", str(tmp_path), "--score", str(tmp_path), "--results", str(tmp_path / "rows.jsonl")]
    assert peers.main(["--only", "lgl", *folders]) == 2
    assert "no gold data" in capsys.readouterr().err
    with pytest.raises(quality.MissingError):
        list(peers.compared(peers.measure_of("aquaint"), {}, tmp_path, tmp_path, None))
