"""The commands, as a user types them: outputs, messages and exit statuses."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest

import dateline
from dateline import codec
from dateline.batch import reading as reading_room
from dateline.cli import main
from dateline.core import Incident, Reading
from dateline.exports import INCIDENT_FORMATS, READING_FORMATS
from dateline.store import Store

ROOT = Path(__file__).parents[2]
FAKES = ROOT / "tests" / "batch" / "batch_fakes.py"
RUN = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background is born deaf to it
sys.path.insert(0, sys.argv.pop(1))
import batch_fakes
from dateline.batch import reading
reading._loaded = lambda: batch_fakes.read
from dateline.cli import main
sys.exit(main())
"""


def fake() -> ModuleType:
    spec = importlib.util.spec_from_file_location("cli_fakes", FAKES)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reading_room, "_loaded", lambda: fake().read)
    monkeypatch.chdir(tmp_path)
    Path("one.txt").write_text("date 2024-03-05 Two were killed in “Oruro” 🇧🇴.")
    rows = [{"id": "d1", "text": "Three were killed."}, {"id": "d2"}, {"id": "d3", "text": "This raises."}]
    Path("many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_cli_read_writes_readings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "one.txt", "--to", "jsonl"]) == 0
    told = capsys.readouterr()
    (reading,) = lines(told.out)
    assert codec.from_dict(Reading, reading).document.published == "2024-03-05"
    jsonschema.validate(reading, codec.schema("reading"))
    assert told.err == ""


@pytest.mark.parametrize("name", READING_FORMATS)
def test_cli_read_knows_every_format(name: str) -> None:
    assert main(["read", "one.txt", "--to", name, "-o", "out"]) == 0
    assert "🇧🇴" in Path("out").read_text(encoding="utf-8") or name in ("muc4", "plover")


def test_cli_read_names_failures_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "many.jsonl", "none.txt", "one.txt", "--to", "jsonl", "--errors", "bad.jsonl"]) == 1
    told = capsys.readouterr()
    assert [row["document"]["id"][:3] for row in lines(told.out)] == ["d1", "one"]  # type: ignore[index]
    assert lines(Path("bad.jsonl").read_text()) == [
        {"id": "d2", "stage": "ingest", "error": "many.jsonl:2: no text"},
        {"id": "d3", "stage": "read", "error": "AttributeError: a defect"},
        {"id": "none.txt", "stage": "ingest", "error": "no such file"},
    ]
    assert told.err.splitlines() == [
        "dateline: d2: ingest: many.jsonl:2: no text",
        "dateline: d3: read: AttributeError: a defect",
        "dateline: none.txt: ingest: no such file",
    ]


def test_cli_read_takes_what_the_caller_knows() -> None:
    assert (
        main(["read", "many.jsonl", "--published", "2024-03-04", "--outlet", "Post", "--to", "jsonl", "-o", "o"]) == 1
    )
    (row,) = lines(Path("o").read_text())
    assert (row["document"]["published"], row["document"]["outlet"]) == ("2024-03-04", "Post")  # type: ignore[index]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read", "none.txt"], "no such file: none.txt"),
        (["read", "one.txt", "--to", "pdf"], "choose text, html, json, jsonl, muc4, plover"),
        (["read", "one.txt", "--published", "soon"], "--published"),
        (["read", "one.txt", "-o", "none/out"], "dateline: none/out: No such file"),
        (["read", "one.txt", "--errors", "none/bad"], "none/bad"),
        (["link", "one.txt", "--to", "pdf"], "choose text, jsonl, csv, geojson, html"),
        (["code", "one.txt", "--store", "one.txt"], "one.txt: not a store"),
        (["code", "one.txt", "--store", "none/s.db"], "no such folder"),
        (["export", "--store", "none.db", "--to", "jsonl"], "none.db: no such store"),
        (["export", "--store", "none.db", "--to", "pdf"], "choose text, jsonl"),
    ],
)
def test_cli_says_why_it_cannot_start(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert said in told.err and told.err.startswith("dateline: ") and told.out == ""


@pytest.mark.parametrize(
    "arguments", [[], ["fly"], ["read"], ["read", "one.txt", "--jobs", "0"], ["code", "one.txt"], ["schema", "shoe"]]
)
def test_cli_bad_options_end_with_two(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2 and "usage: dateline" in capsys.readouterr().err


def test_cli_defects_do_not_look_like_failed_documents(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("dateline.batch.readings", lambda *_, **__: 1 / 0)
    assert main(["read", "one.txt"]) == 2
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_cli_output_appears_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("out").write_text("as before")
    monkeypatch.setattr("dateline.batch.readings", lambda *_, **__: iter([None]))
    assert main(["read", "one.txt", "-o", "out"]) == 2
    assert Path("out").read_text() == "as before" and {each.name for each in Path().iterdir()} == {
        "many.jsonl",
        "one.txt",
        "out",
    }


def test_cli_output_follows_links_and_spares_devices() -> None:
    Path("real").touch()
    Path("link").symlink_to("real")
    assert main(["read", "one.txt", "-o", "link", "--to", "jsonl"]) == 0
    assert Path("link").is_symlink() and Path("real").read_text()
    assert main(["read", "one.txt", "-o", os.devnull]) == 0
    assert Path(os.devnull).is_char_device()


def test_cli_messages_do_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    Path("odd.jsonl").write_text(json.dumps({"id": "\x1b[2Jd1"}) + "\n")
    assert main(["read", "odd.jsonl"]) == 1
    assert capsys.readouterr().err == "dateline: �[2Jd1: ingest: odd.jsonl:1: no text\n"


def test_cli_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Two were killed.")))
    assert main(["read", "-", "--to", "jsonl"]) == 0
    assert lines(capsys.readouterr().out)[0]["document"]["text"] == "Two were killed."  # type: ignore[index]


def test_cli_link_takes_documents_and_readings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "one.txt", "--to", "jsonl", "-o", "readings.jsonl"]) == 0
    clash = {"id": "d1", "text": "Another text of that id."}
    Path("clash.jsonl").write_text(json.dumps(clash))
    assert main(["link", "readings.jsonl", "many.jsonl", "clash.jsonl"]) == 1
    told = capsys.readouterr()
    for row in lines(told.out):
        jsonschema.validate(row, codec.schema("incident"))
        assert codec.from_dict(Incident, row).documents
    assert "dateline: d1: link: another text has this id already" in told.err
    assert main(["link", "readings.jsonl", "readings.jsonl", "--to", "csv", "-o", "o.csv"]) == 0


def test_cli_code_stores_resumes_and_exports(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["code", "many.jsonl", "--store", "s.db", "--limit", "1"]) == 0
    assert main(["code", "many.jsonl", "one.txt", "--store", "s.db", "--errors", "bad.jsonl"]) == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("dateline: 1 read, 1 already stored, 2 failed; ")
    assert len(lines(Path("bad.jsonl").read_text())) == 2
    with Store("s.db", create=False) as store:
        assert len(store.ids()) == 2 and len(store.failures()) == 2
    for name in (*INCIDENT_FORMATS, "readings", "muc4"):
        assert main(["export", "--store", "s.db", "--to", name, "-o", f"out.{name}"]) == 0
    assert [row["schema"] for row in lines(Path("out.readings").read_text())] == ["dateline.reading/1"] * 2


def test_cli_writes_the_same_bytes_each_time() -> None:
    for name in ("a", "b"):
        assert main(["read", "many.jsonl", "one.txt", "--to", "jsonl", "-o", name]) == 1
    assert Path("a").read_bytes() == Path("b").read_bytes()


@pytest.mark.parametrize("name", ["reading", "incident"])
def test_cli_schema_is_written(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["schema", name]) == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(capsys.readouterr().out))


def test_cli_version_is_the_package_s(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0 and capsys.readouterr().out == f"dateline {dateline.__version__}\n"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == dateline.__version__


def test_cli_help_names_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    for command, formats in (("read", READING_FORMATS), ("link", INCIDENT_FORMATS), ("export", INCIDENT_FORMATS)):
        with pytest.raises(SystemExit):
            main([command, "--help"])
        told = "".join(capsys.readouterr().out.split())  # long names are broken at their hyphens
        assert all(name in told for name in formats)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", RUN, str(FAKES.parent), *arguments]


def test_cli_ends_quietly_when_nobody_listens() -> None:
    rows = (json.dumps({"id": f"d{k}", "text": f"Report {k}. " * 500}) for k in range(300))
    Path("long.jsonl").write_text("\n".join(rows))
    process = subprocess.Popen(
        command("read", "long.jsonl", "--to", "jsonl"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout and process.stderr
    process.stdout.read(100)
    process.stdout.close()
    assert process.stderr.read() == b"" and process.wait(30) == 141
    process.stderr.close()


def test_cli_interrupted_says_how_to_go_on() -> None:
    rows = (json.dumps({"id": f"d{k}", "text": f"Report {k} is slow."}) for k in range(2000))
    Path("long.jsonl").write_text("\n".join(rows))
    process = subprocess.Popen(command("code", "long.jsonl", "--store", "s.db"), stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not (Path("s.db").exists() and Path("s.db-wal").exists()):
        time.sleep(0.05)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert (process.returncode, told) == (130, "dateline: interrupted; the same command goes on from here\n")
    with Store("s.db", create=False) as store:
        assert store.runs()[0].finished is None


def test_cli_reads_nothing_that_it_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "here"
    here.mkdir()
    for name in ("lines.jsonl", "bad.jsonl", "out.jsonl"):
        (here / name).write_text(f'{{"id": "of {name}"}}\n', encoding="utf-8")
    monkeypatch.chdir(here)
    assert main(["read", ".", "--to", "jsonl", "-o", "out.jsonl", "--errors", "bad.jsonl"]) == 1
    assert [row["id"] for row in lines(Path("bad.jsonl").read_text())] == ["of lines.jsonl"]
