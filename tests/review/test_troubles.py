"""Stores that cannot be used, servers that are killed: clear words, and no acknowledged decision lost."""

from __future__ import annotations

import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from benchmarks.review import fill, made
from fastapi.testclient import TestClient

from dateline.cli import main
from dateline.core import StoreError
from dateline.review import app
from dateline.store import Store

HERE = "http://127.0.0.1:8765"
COMMANDS = (
    ["serve", "--port", "0"],
    ["verdicts", "export"],
    ["gold"],
    ["incidents"],
    ["export", "--to", "jsonl"],
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Store(tmp_path / "s.db") as store:
        fill(store, 4)
        store.refresh()
    return tmp_path / "s.db"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_troubles_missing_newer_and_foreign_stores_stop_a_command(
    command: list[str], path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(store: Path) -> str:
        assert main([*command, "--store", str(store)]) == 2
        return capsys.readouterr().err

    assert "none.db: no such store" in told(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()
    (tmp_path / "letter.db").write_text("Dear editor")
    assert "letter.db: not a store" in told(tmp_path / "letter.db")
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA user_version = 99")
    raw.close()
    assert "written by a newer version" in told(path)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of the superuser, whom no file refuses."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_troubles_read_only_store_is_told(path: Path) -> None:
    for folder in (path.parent, *path.parent.parents):
        if folder == Path(folder.anchor) or folder.stat().st_mode & 0o001:
            continue
        folder.chmod(folder.stat().st_mode | 0o055)
    path.chmod(0o444)
    with as_nobody(), pytest.raises(StoreError, match=r"s\.db: cannot be written"):
        Store(path, create=False)


def test_troubles_locked_store_is_no_clash(path: Path) -> None:
    with Store(path, patience=0.05) as store, TestClient(app(store), base_url=HERE) as client:
        client.headers["x-csrf-token"] = client.get("/api/session").json()["csrf"]
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        body = {"decision": "accept", "subject": made(1)[1].id}
        refused = client.post("/api/verdicts", json=body)
        assert refused.status_code == 503 and "locked by another process" in refused.json()["detail"]
        assert client.get("/api/incidents").json()["total"] == 4  # reading goes on
        assert client.get("/incidents").status_code == 200
        lines = f'{{"id":"v1","subject":"{made(1)[1].id}","decision":"accept","reviewer":"a","decided":"2026-01-01"}}'
        assert client.post("/api/verdicts/import", content=lines).status_code == 503
        other.execute("ROLLBACK")
        other.close()
        assert client.post("/api/verdicts", json=body).status_code == 201


def test_troubles_pages_say_that_the_store_cannot_answer(path: Path) -> None:
    store = Store(path)
    with TestClient(app(store), base_url=HERE, raise_server_exceptions=False) as client:
        store.close()
        page = client.get("/incidents")
        assert page.status_code == 503 and "The store cannot answer" in page.text
        assert client.get("/api/incidents").json()["title"] == "The store cannot answer"


WRITER = """
import sys
from dateline.core import Verdict
from dateline.store import Store

store = Store(sys.argv[1])
store.book()
subjects = [each.id for each in store.shown_incidents()]
for number in range(100_000):
    subject = subjects[number % len(subjects)]
    verdict = Verdict(f"{sys.argv[2]}-{number}", subject, "accept", "ana", "2026-03-05T10:00:00Z")
    store.add_verdict(verdict)
    print(verdict.id, flush=True)
"""


@pytest.mark.slow
def test_troubles_killed_writer_loses_no_acknowledged_decision(path: Path) -> None:
    acknowledged: list[str] = []
    for turn in range(8):
        command = [sys.executable, "-c", WRITER, str(path), f"v{turn}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            acknowledged.append(writer.stdout.readline().strip())
            time.sleep(random.Random(turn).uniform(0, 0.3))
            writer.send_signal(signal.SIGKILL)
            acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]
        with Store(path) as store:
            kept = [verdict.id for verdict in store.verdicts()]
            assert set(acknowledged) <= set(kept)
            assert len(kept) - len(acknowledged) <= turn + 1  # at most the one under way when it was killed
            assert store.conflicts() == () and len(list(store.shown_incidents())) == 4


@pytest.mark.slow
def test_troubles_killed_server_loses_no_acknowledged_decision(path: Path) -> None:
    acknowledged: list[str] = []
    for turn in range(3):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "dateline", "serve", "--store", str(path), "--port", str(port)]
        with (
            subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as server,
            httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client,
        ):
            for _ in range(600):
                try:
                    csrf = client.get("/api/session").json()["csrf"]
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            until = time.monotonic() + random.Random(turn).uniform(0.2, 0.8)
            killed = False
            for number in range(10_000):
                body = {"decision": "accept", "subject": made(number % 4)[1].id, "reviewer": f"r{turn}"}
                if not killed and time.monotonic() > until:
                    server.send_signal(signal.SIGKILL)
                    killed = True
                try:
                    answer = client.post("/api/verdicts", json=body, headers={"x-csrf-token": csrf})
                except httpx.TransportError:
                    break
                assert answer.status_code == 201
                acknowledged.append(answer.json()["id"])
        with Store(path) as store:
            assert set(acknowledged) <= {verdict.id for verdict in store.verdicts()}
    assert len(acknowledged) >= 3


@pytest.mark.parametrize("held", [b"\xff\xfe\x00", b'{"id": 1}', b"[]", b"{" * 50_000])
def test_troubles_odd_verdict_files_are_told(path: Path, held: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    (path.parent / "v.jsonl").write_bytes(held)
    assert main(["verdicts", "import", "--store", str(path), str(path.parent / "v.jsonl")]) == 2
    assert "v.jsonl: " in capsys.readouterr().err
