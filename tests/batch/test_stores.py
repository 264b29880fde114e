"""A run whose inputs and output lie in S3 (a server of this machine that behaves like it)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dateline.batch.corpus import status

s3fs = pytest.importorskip("s3fs", reason="the stores' tests need s3fs and moto[server]")
moto_server = pytest.importorskip("moto.server", reason="the stores' tests need s3fs and moto[server]")


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bucket."""
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    told = {"ENDPOINT_URL": f"http://{host}:{port}", "ACCESS_KEY_ID": "a", "SECRET_ACCESS_KEY": "b"}
    for name, value in {**told, "DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    found = s3fs.S3FileSystem(use_listings_cache=False, skip_instance_cache=True)
    found.mkdir("bucket")
    yield found
    server.stop()


def contents(store: Any) -> dict[str, str]:
    return {name: hashlib.sha256(store.cat(name)).hexdigest() for name in store.find("bucket/out")}


def test_stores_hold_a_run_and_take_it_up(tmp_path: Path, fakes: ModuleType, store: Any) -> None:
    here = fakes.corpus(tmp_path / "a.jsonl", 40)
    store.put(here, "bucket/in/a.jsonl")
    done = fakes.run(["s3://bucket/in/*.jsonl"], "s3://bucket/out", engine=fakes.Here, tasks=4)
    assert done.read == 41 and status("s3://bucket/out").whole
    local = tmp_path / "out"
    fakes.run([here], local, engine=fakes.Here, tasks=4)
    whole = contents(store)
    for sub in ("parts", "linking", "incidents"):
        for path in (local / sub).iterdir():
            assert whole[f"bucket/out/{sub}/{path.name}"] == hashlib.sha256(path.read_bytes()).hexdigest()
    for name in ("_SUCCESS", "parts/000002.parquet", "completions/000001.json", "incidents/000000.parquet"):
        store.rm(f"bucket/out/{name}")
    assert not status("s3://bucket/out").whole
    assert fakes.run(["s3://bucket/in/*.jsonl"], "s3://bucket/out", engine=fakes.Here, resume=True) == done
    assert contents(store) == whole
