"""Every call of the OpenAPI asked for odd things: what is wrong is told, and nothing is the server's own fault."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest
from benchmarks.review import fill
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.review import app
from dateline.store import Store

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

HERE = "http://127.0.0.1:8765"
TOKEN = "a-token-that-is-long-enough"
SENT = ("method", "url", "params", "headers", "json", "content", "data")
IMPORT = "/api/verdicts/import"
EXAMPLES = int(os.environ.get("DATELINE_API_EXAMPLES", "8"))
"""How many odd requests a call gets; a long run asks for more."""


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    with Store(tmp_path_factory.mktemp("openapi") / "s.db") as store:
        fill(store, 8)
        yield app(store, TOKEN)


def test_openapi_no_request_is_the_servers_fault(application: FastAPI) -> None:
    schema = schemathesis.openapi.from_dict(application.openapi())
    client = TestClient(application, base_url=HERE, raise_server_exceptions=False)
    client.headers["authorization"] = f"Bearer {TOKEN}"
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path == IMPORT:  # its body is lines of JSON; see below
            continue

        @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def ask(case: object) -> None:
            nonlocal asked
            kept = case.as_transport_kwargs(base_url=HERE)  # type: ignore[attr-defined]
            kept = {name: value for name, value in kept.items() if name in SENT}
            headers = {**dict(kept.pop("headers", None) or {}), "authorization": f"Bearer {TOKEN}"}
            answer = client.request(**kept, headers=headers)
            assert answer.status_code < 500, (kept, answer.text[:500])
            asked += 1

        ask()
    assert asked >= 25 * min(EXAMPLES, 2)


LINE = st.fixed_dictionaries(
    {
        "id": st.text(max_size=8),
        "subject": st.text(max_size=8),
        "decision": st.sampled_from(("accept", "edit", "undo", "split", "picnic")),
        "reviewer": st.text(max_size=4),
        "decided": st.text(max_size=12),
    },
    optional={"field": st.text(max_size=8), "value": st.dictionaries(st.text(max_size=5), st.none() | st.integers())},
)


@settings(max_examples=5 * EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode) | LINE.map(lambda line: json.dumps(line).encode()))
def test_openapi_no_import_is_the_servers_fault(application: FastAPI, body: bytes) -> None:
    client = TestClient(application, base_url=HERE, headers={"authorization": f"Bearer {TOKEN}"})
    answer = client.post(IMPORT, content=body)
    assert answer.status_code in (200, 409, 422), answer.text[:500]
    assert client.get("/api/incidents").status_code == 200  # what was taken in can be laid over what is shown


@pytest.mark.parametrize(
    "path",
    [
        "/api/incidents?limit=0", "/api/incidents?limit=x", "/api/incidents?cursor=%00", "/api/incidents?sort=size",
        "/api/incidents?since=yesterday", "/api/incidents?bbox=1,2,3", "/api/incidents?bbox=nan,nan,nan,nan",
        "/api/map?zoom=99", "/api/timeline?step=hour", "/api/readings?cursor=-1", "/api/incidents?" + "type=a&" * 60,
        "/incidents?since=2024-13-45x", "/incidents?limit=100000", "/map?zoom=abc&limit=-3", "/changes?cursor=abc",
        "/api/incidents?q=" + "a" * 501,
    ],
)  # fmt: skip
def test_openapi_malformed_questions_are_not_understood(application: FastAPI, path: str) -> None:
    client = TestClient(application, base_url=HERE, headers={"authorization": f"Bearer {TOKEN}"})
    answer = client.get(path)
    assert answer.status_code == 422, (path, answer.status_code)


@pytest.mark.parametrize(
    "path",
    [
        "/api/incidents?q=%ff%fe%00", "/api/incidents?since=2024-99-99", "/incidents?q=%22%27%2a%28",
        "/api/incidents?place=%00&q=NEAR(", "/api/incidents/%2e%2e%2f", "/readings/..%2f..%2fetc%2fpasswd",
    ],
)  # fmt: skip
def test_openapi_odd_questions_are_answered(application: FastAPI, path: str) -> None:
    client = TestClient(application, base_url=HERE, headers={"authorization": f"Bearer {TOKEN}"})
    assert client.get(path).status_code in (200, 404, 422), path
