"""``dateline code -o`` and the commands for its folder, with the pipeline that ships."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from dateline.cli import main
from dateline.codec import to_json
from dateline.store import Store

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"


@pytest.mark.slow
def test_cli_corpus_from_inputs_to_a_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, errors = str(tmp_path / "out"), tmp_path / "errors.jsonl"
    (tmp_path / "bad.jsonl").write_text('{"id": "b1"}\n')
    inputs = [str(SAMPLES / "01-courier-first-report.txt"), str(SAMPLES / "03-wire-and-reprint.jsonl")]
    inputs.append(str(tmp_path / "bad.jsonl"))
    command = ["code", *inputs, "-o", out, "--workers", "1", "--errors", str(errors)]
    assert main([*command, "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "3 files" in told and "0 of them done" in told and not (tmp_path / "out").exists()
    assert main(command) == 1
    told = capsys.readouterr().err
    assert "b1: ingest" in told and "1 failed" in told
    assert json.loads(errors.read_text())["id"] == "b1"
    assert main(command) == 2 and "holds a run already" in capsys.readouterr().err
    assert main([*command, "--resume"]) == 1
    capsys.readouterr()
    assert main(["status", out]) == 1
    assert capsys.readouterr().out.startswith("whole: 1 of 1 shards\n")
    assert main(["retry", out]) == 1 and main(["merge", out]) == 0
    assert main(["store", "import", out, "--store", str(tmp_path / "a.db")]) == 1
    assert main(["code", *inputs, "--store", str(tmp_path / "b.db")]) == 1
    with Store(tmp_path / "a.db", create=False) as ours, Store(tmp_path / "b.db", create=False) as theirs:
        assert [to_json(each) for each in ours.incidents()] == [to_json(each) for each in theirs.incidents()]
        assert sorted(ours.ids()) == sorted(theirs.ids())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["code", "nothing.txt", "-o", "{out}"], "no such file"),
        (["code", "s3://bucket/*.gz", "-o", "{out}"], "install dateline[s3]"),
        (["code", str(SAMPLES), "-o", "{out}", "--limit", "3"], "--limit is for --store"),
        (["status", "{out}"], "no run is there"),
        (["retry", "{out}"], "no run is there"),
        (["merge", "{out}"], "no run is there"),
        (["store", "import", "{out}", "--store", ":memory:"], "no run is there"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_cli_corpus_says_why_it_cannot_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    if "s3" in words and importlib.util.find_spec("s3fs"):
        pytest.skip("s3fs is installed")
    assert main([each.format(out=tmp_path / "out") for each in arguments]) == 2
    assert words in capsys.readouterr().err
