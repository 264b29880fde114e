"""A run whose inputs and output lie in a store: servers of this machine behave like S3, Google's store and the web."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dateline.batch.corpus import status


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """S3 with a bucket."""
    s3fs = pytest.importorskip("s3fs", reason="needs s3fs and moto[server]")
    moto_server = pytest.importorskip("moto.server", reason="needs s3fs and moto[server]")
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


@pytest.fixture
def gs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Google's store with a bucket."""
    monkeypatch.setenv("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", "false")  # asks by gRPC, which the emulator does not speak
    gcsfs = pytest.importorskip("gcsfs", reason="needs gcsfs and gcp-storage-emulator")
    emulator = pytest.importorskip("gcp_storage_emulator.server", reason="needs gcsfs and gcp-storage-emulator")
    import fsspec.config

    server = emulator.create_server("127.0.0.1", 0, in_memory=True, default_bucket="bucket")
    server.start()
    host, port = server._api._httpd.server_address[:2]
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", f"http://{host}:{port}")
    monkeypatch.setitem(fsspec.config.conf, "gs", {"token": "anon"})
    yield gcsfs.GCSFileSystem(token="anon", use_listings_cache=False, skip_instance_cache=True)
    server.stop()


@pytest.fixture
def store(request: pytest.FixtureRequest) -> tuple[str, Any]:
    """A store's protocol and its files."""
    return request.param, request.getfixturevalue(request.param)


def contents(files: Any) -> dict[str, str]:
    return {name: hashlib.sha256(files.cat(name)).hexdigest() for name in files.find("bucket/out")}


@pytest.mark.parametrize("store", ["s3", "gs"], indirect=True)
def test_stores_hold_a_run_and_take_it_up(tmp_path: Path, fakes: ModuleType, store: tuple[str, Any]) -> None:
    name, files = store
    here, inputs, out = fakes.corpus(tmp_path / "a.jsonl", 40), [f"{name}://bucket/in/*.jsonl"], f"{name}://bucket/out"
    files.put(here, "bucket/in/a.jsonl")
    done = fakes.run(inputs, out, engine=fakes.Here, tasks=4)
    assert done.read == 41 and status(out).whole
    local = tmp_path / "out"
    fakes.run([here], local, engine=fakes.Here, tasks=4)
    whole = contents(files)
    for sub in ("parts", "linking", "incidents"):
        for path in (local / sub).iterdir():
            assert whole[f"bucket/out/{sub}/{path.name}"] == hashlib.sha256(path.read_bytes()).hexdigest()
    for gone in ("_SUCCESS", "parts/000002.parquet", "completions/000001.json", "incidents/000000.parquet"):
        files.rm(f"bucket/out/{gone}")
    assert not status(out).whole
    assert fakes.run(inputs, out, engine=fakes.Here, resume=True) == done
    assert contents(files) == whole


def test_stores_may_be_a_web_server(tmp_path: Path, fakes: ModuleType) -> None:
    pytest.importorskip("aiohttp", reason="needs aiohttp")
    here = fakes.corpus(tmp_path / "a.jsonl", 40)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        done = fakes.run(
            [f"http://127.0.0.1:{server.server_port}/a.jsonl"], tmp_path / "web", engine=fakes.Here, tasks=4
        )
    finally:
        server.shutdown()
        server.server_close()
    assert done == fakes.run([here], tmp_path / "out", engine=fakes.Here, tasks=4)
    whole, told = fakes.contents(tmp_path / "out"), fakes.contents(tmp_path / "web")
    parts = {name for name in whole if name.startswith(("parts/", "incidents/"))}
    assert len(parts) > 4 and {name: told[name] for name in parts} == {name: whole[name] for name in parts}
