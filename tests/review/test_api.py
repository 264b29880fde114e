"""The HTTP API over a small store: what it gives, what it takes, what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.review import fill, made
from fastapi.testclient import TestClient
from starlette.applications import Starlette

from dateline.cli import main
from dateline.core import Failure
from dateline.review import app
from dateline.review.commands import ReviewError
from dateline.review.gold import gold
from dateline.review.guard import BODY
from dateline.review.serving import bound
from dateline.store import Store

SIZE = 60
HERE = "http://127.0.0.1:8765"
TOKEN = "a-token-that-is-long-enough"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "s.db") as held:
        fill(held, SIZE)
        yield held


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(app(store), base_url=HERE) as held:
        held.headers["x-csrf-token"] = held.get("/api/session").json()["csrf"]
        yield held


def decide(client: TestClient, decision: str, subject: str, **more: object) -> dict:
    answer = client.post("/api/verdicts", json={"decision": decision, "subject": subject, "reviewer": "ana", **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_api_pages_hold_each_incident_once(client: TestClient) -> None:
    for sort in ("newest", "oldest", "origins", "documents", "killed", "changed"):
        seen: list[str] = []
        cursor, asked = None, {"sort": sort, "limit": "7"}
        while True:
            page = client.get("/api/incidents", params=asked | ({"cursor": cursor} if cursor else {}))
            seen += [item["id"] for item in page.json()["items"]]
            assert page.json()["total"] == SIZE
            cursor = page.json()["next"]
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) == SIZE
    days = [item["earliest"] for item in client.get("/api/incidents?limit=200").json()["items"]]
    assert days == sorted(days, reverse=True)


def test_api_filters_agree_with_facets(client: TestClient) -> None:
    told = client.get("/api/facets").json()
    for name, values in told["facets"].items():
        for value in values[:3]:
            page = client.get("/api/incidents", params={name: value["value"], "limit": 1}).json()
            assert page["total"] == value["count"], (name, value)
    both = client.get("/api/facets", params={"type": "ASSAULT", "state": "new"}).json()
    assert both["facets"]["type"] == told["facets"]["type"]
    assert both["total"] == next(v["count"] for v in told["facets"]["type"] if v["value"] == "ASSAULT")


def test_api_finds_words_dates_and_boxes(client: TestClient) -> None:
    (_, incident) = made(5)
    town = incident.place.name if incident.place else ""
    found = client.get("/api/incidents", params={"q": town}).json()
    assert incident.id in [item["id"] for item in found["items"]]
    day = incident.time.earliest if incident.time else ""
    found = client.get("/api/incidents", params={"since": day, "until": day}).json()["items"]
    assert incident.id in [item["id"] for item in found] and {item["earliest"] for item in found} == {day}
    west, east = client.get("/api/incidents?bbox=-180,-90,0,90").json(), client.get("/api/incidents?bbox=0,-90,180,90")
    assert west["total"] + east.json()["total"] == SIZE
    assert client.get("/api/incidents?q=%22NEAR(*:^").status_code == 200


def test_api_map_and_timeline_count_everything(client: TestClient) -> None:
    drawn = client.get("/api/map").json()
    assert sum(spot["count"] for spot in drawn["spots"]) == drawn["placed"] == SIZE and not drawn["clustered"]
    for step in ("auto", "day", "week", "month", "year"):
        line = client.get("/api/timeline", params={"step": step}).json()
        assert sum(each["count"] for each in line["bins"]) + line["undated"] == SIZE
        assert all(each["first"] <= each["last"] for each in line["bins"])


def test_api_every_claim_opens_its_sentence(client: TestClient, store: Store) -> None:
    view = client.get(f"/api/incidents/{made(3)[1].id}").json()
    assert len(view["tellings"]) == 2 and len(view["claims"]) >= 4
    for claim in view["claims"]:
        reading = store.reading(claim["document"])
        assert reading is not None
        text = reading.document.text
        assert text[claim["words"]["start"] : claim["words"]["end"]] == claim["quote"]
        whole = claim["before"] + claim["quote"] + claim["after"]
        assert text[claim["sentence"]["start"] : claim["sentence"]["end"]] == whole
    telling = view["tellings"][0]
    why = client.get(f"/api/readings/{telling['document']}/events/{telling['event']}/why").json()
    assert {each["field"] for each in why["reasons"]} >= {"type", "status", "actor", "killed"}
    assert not why["explained"] and "dateline explain" in why["note"]


def test_api_decisions_are_shown_undone_and_fed(client: TestClient) -> None:
    one, two = made(1)[1].id, made(2)[1].id
    accepted = decide(client, "accept", one, note="seen the film")
    assert client.get(f"/api/incidents/{one}").json()["row"]["state"] == "accepted"
    assert client.get("/api/incidents?state=accepted").json()["total"] == 1
    decide(client, "edit", one, field="killed", value={"low": 1, "best": 2, "high": 3})
    decide(client, "assign", one, value={"to": "ben"})
    assert client.get("/api/incidents?assigned=ben").json()["items"][0]["killed"] == 2
    merged = decide(client, "merge", one, other=two)
    assert client.get("/api/incidents").json()["total"] == SIZE - 1
    assert len(client.get(f"/api/incidents/{one}").json()["tellings"]) == 4
    assert client.get(f"/api/incidents/{two}").status_code == 404
    assert client.post(f"/api/verdicts/{merged['id']}/undo", json={}).status_code == 201
    assert client.post(f"/api/verdicts/{merged['id']}/undo", json={}).status_code == 409
    assert client.get("/api/incidents").json()["total"] == SIZE
    view = client.get(f"/api/incidents/{one}").json()
    assert view["row"]["edited"] and view["row"]["state"] == "accepted" and len(view["tellings"]) == 2
    feed = client.get("/api/changes?limit=2").json()
    assert [each["decision"] for each in feed["items"]] == ["undo", "merge"]
    assert not feed["items"][1]["standing"]
    older = client.get("/api/changes", params={"cursor": feed["next"]}).json()["items"]
    assert [each["decision"] for each in older] == ["assign", "edit", "accept"] and older[-1]["id"] == accepted["id"]


def test_api_splits_links_and_adds(client: TestClient) -> None:
    (left, right), incident = made(4)
    keys = [[t.document, t.event] for t in incident.events]
    decide(client, "split", incident.id, tellings=[keys[1]])
    assert client.get("/api/incidents").json()["total"] == SIZE + 1
    assert {each["answer"] for each in client.get("/api/links").json()} == {"different"}
    start = left.document.text.index("closed")
    added = decide(
        client, "add", left.document.id, document=left.document.id, type="SANCTION",
        words={"start": start, "end": start + 6},
    )  # fmt: skip
    state = client.get(f"/api/readings/{left.document.id}").json()["events"][-1]
    assert state["added"] and state["type"] == "SANCTION" and state["incident"] == added["incident"]
    view = client.get(f"/api/incidents/{added['incident']}").json()
    assert view["tellings"][0]["added"] and "closed" in view["tellings"][0]["quote"]
    decide(client, "accept", added["incident"])
    event = right.events[0].id
    decide(client, "reject", event, document=right.document.id)
    assert client.get(f"/api/readings/{right.document.id}").json()["events"][0]["state"] == "rejected"


def test_api_gold_and_verdicts_travel(client: TestClient, store: Store, tmp_path: Path) -> None:
    (left, right), incident = made(6)
    decide(client, "accept", incident.id)
    decide(client, "reject", right.events[0].id, document=right.document.id)
    kept = {each.id: each for each in gold(store)}
    assert [e.by for e in kept[left.document.id].events] == ["incident"]
    assert [e.by for e in kept[right.document.id].rejected] == ["reject"]
    lines = client.get("/api/verdicts").text
    assert client.post("/api/verdicts/import", content=lines).json() == {"given": 2, "new": 0}
    assert client.post("/api/verdicts/import", content="{}").status_code == 422
    assert main(["verdicts", "export", "--store", store.path, "-o", str(tmp_path / "v.jsonl")]) == 0
    assert (tmp_path / "v.jsonl").read_text() == lines
    assert main(["verdicts", "import", "--store", store.path, str(tmp_path / "v.jsonl")]) == 0
    assert main(["gold", "--store", store.path, "-o", str(tmp_path / "gold.jsonl")]) == 0
    assert len((tmp_path / "gold.jsonl").read_text().splitlines()) == 2


def test_api_agreement_of_two(client: TestClient) -> None:
    for number, (mine, yours) in enumerate((("accept", "accept"), ("reject", "reject"), ("accept", "reject"))):
        decide(client, mine, made(number)[1].id)
        decide(client, yours, made(number)[1].id, reviewer="ben")
    (pair,) = client.get("/api/agreement").json()["pairs"]
    page = client.get("/changes").text
    assert "<bdi>ana</bdi> and <bdi>ben</bdi>" in page and "67 %" in page
    assert (pair["both"], pair["agree"]) == (3, 2) and 0 < pair["kappa"] < 1
    assert client.get("/api/incidents?state=contested").json()["total"] == 1


@pytest.mark.parametrize(
    "body",
    [
        {"decision": "accept", "subject": "i404"},
        {"decision": "edit", "subject": "I", "field": "colour", "value": {"to": "red"}},
        {"decision": "edit", "subject": "I", "field": "type", "value": {"to": "PICNIC"}},
        {"decision": "edit", "subject": "I", "field": "killed", "value": {"low": 5, "best": 1}},
        {"decision": "edit", "subject": "I", "field": "place", "value": {"name": "x", "lat": 95, "lon": 0}},
        {"decision": "merge", "subject": "I", "other": "I"},
        {"decision": "split", "subject": "I", "tellings": []},
        {"decision": "link", "subject": "I", "other": "I2", "value": {"answer": "perhaps"}},
        {"decision": "undo", "subject": "I"},
        {"decision": "accept", "subject": "I", "surprise": 1},
        {"decision": "add", "subject": "D", "type": "ASSAULT", "words": {"start": 5, "end": 99999}},
        {"decision": "add", "subject": "D", "type": "ASSAULT", "words": {"start": 5, "end": 5}},
        {"decision": "edit", "subject": "I", "field": "__class__", "value": {}},
    ],
)
def test_api_refuses_what_makes_no_sense(client: TestClient, body: dict) -> None:
    named = {"I": made(1)[1].id, "I2": made(2)[1].id, "D": made(1)[0][0].document.id}
    sent = {key: named.get(value, value) if isinstance(value, str) else value for key, value in body.items()}
    answer = client.post("/api/verdicts", json=sent)
    assert answer.status_code in (404, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.get("/api/changes").json()["items"] == []


def test_api_answers_are_known_by_etag(client: TestClient) -> None:
    first = client.get("/api/incidents")
    tag = first.headers["etag"]
    again = client.get("/api/incidents", headers={"if-none-match": tag})
    assert again.status_code == 304 and again.content == b""
    decide(client, "accept", made(1)[1].id)
    assert client.get("/api/incidents", headers={"if-none-match": tag}).status_code == 200


def test_api_sees_what_another_process_wrote(client: TestClient, store: Store) -> None:
    assert client.get("/api/incidents").json()["total"] == SIZE
    with Store(store.path) as other:
        other.replace_incidents([made(number)[1] for number in range(10)])
        other.add_failure(Failure("d9", "read", HOSTILE), other.start_run(["x"], "0"))
    assert client.get("/api/incidents").json()["total"] == 10
    assert client.get("/api/runs").json()["failures"][0]["error"] == HOSTILE


def test_api_saved_searches(client: TestClient) -> None:
    kept = client.post("/api/searches", json={"name": "north", "query": {"country": ["PH", "IQ"]}}).json()
    assert client.get("/api/searches").json() == [kept]
    assert client.delete(f"/api/searches/{kept['id']}").status_code == 204
    assert client.delete(f"/api/searches/{kept['id']}").status_code == 404


def test_api_is_described(client: TestClient) -> None:
    told = client.get("/api/openapi.json").json()
    documented = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    for path in told["paths"]:
        assert path.split("{")[0].rstrip("/") in documented, path


# Refusals -------------------------------------------------------------------------------------------------


def test_api_guards_against_rebinding_and_forgery(client: TestClient) -> None:
    assert client.get("/api/incidents", headers={"host": "rebound.example"}).status_code == 421
    assert client.get("/api/incidents", headers={"host": "localhost:8765"}).status_code == 200
    body = {"decision": "accept", "subject": made(1)[1].id}
    for headers in (
        {"x-csrf-token": ""},
        {"x-csrf-token": "0" * 64},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        assert client.post("/api/verdicts", json=body, headers=headers).status_code == 403, headers
    assert client.post("/api/verdicts", json=body, headers={"origin": HERE}).status_code == 201


def test_api_bounds_what_is_sent(client: TestClient) -> None:
    assert client.post("/api/verdicts", content=b"x" * (BODY + 1)).status_code == 413
    assert client.post("/api/verdicts", content=iter([b"x" * BODY, b"xx"])).status_code == 413
    assert client.get("/api/incidents?limit=100000").status_code == 422
    assert client.get("/api/incidents", params={"q": "x" * 501}).status_code == 422
    assert client.get("/api/incidents?cursor=1%3BDROP").status_code == 422


def test_api_dresses_every_answer(client: TestClient) -> None:
    for path in ("/incidents", "/api/incidents", "/api/incidents/none", "/nowhere", "/static/none.js"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
    assert client.get("/static/..%2f..%2fguard.py").status_code == 404
    cookie = TestClient(client.app, base_url=HERE).get("/api/session").headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie


def test_api_escapes_what_documents_say(client: TestClient) -> None:
    decide(client, "edit", made(1)[1].id, field="summary", value={"to": HOSTILE})
    page = client.get("/incidents?limit=200").text
    assert HOSTILE not in page and "&lt;script&gt;" in page


def test_api_asks_for_the_token(store: Store) -> None:
    made_app: Starlette = app(store, TOKEN, hosts=("news.example",))
    with TestClient(made_app, base_url="http://news.example") as client:
        assert client.get("/api/incidents").status_code == 401
        assert client.get("/api/incidents", headers={"authorization": "Bearer wrong"}).status_code == 401
        bearer = {"authorization": f"Bearer {TOKEN}"}
        assert client.get("/api/incidents", headers=bearer).status_code == 200
        body = {"decision": "accept", "subject": made(1)[1].id}
        assert client.post("/api/verdicts", json=body, headers=bearer).status_code == 201
        csrf = client.get("/api/session").json()["csrf"]
        assert client.post("/api/verdicts", json=body, headers={"x-csrf-token": csrf}).status_code == 401
        for token, status in (("wrong", 401), (TOKEN, 200)):
            answer = client.post(
                "/api/session", json={"token": token, "reviewer": "Zoë"}, headers={"x-csrf-token": csrf}
            )
            assert answer.status_code == status
        assert client.get("/api/session").json()["reviewer"] == "Zoë"
        assert client.post("/api/verdicts", json=body, headers={"x-csrf-token": csrf}).status_code == 201


def test_api_is_not_served_to_others_without_a_token() -> None:
    with pytest.raises(ReviewError, match="--token"):
        bound("0.0.0.0", 0, None)
    with pytest.raises(ReviewError, match="at least 16"):
        bound("127.0.0.1", 0, "short")
    with pytest.raises(ReviewError, match="cannot listen"):
        bound("127.0.0.1", 70000, None)
    listening, local = bound("127.0.0.1", 0, None)
    listening.close()
    assert local


def test_api_of_an_empty_store() -> None:
    with Store(":memory:") as store, TestClient(app(store), base_url=HERE) as client:
        for path in ("incidents", "facets", "map", "timeline", "readings", "actors", "places", "changes", "runs"):
            assert client.get(f"/api/{path}").status_code == 200


def test_api_edits_of_a_telling_reach_its_incident_and_are_taken_back(client: TestClient) -> None:
    (left, _), incident = made(8)
    event, document = left.events[0].id, left.document.id
    best = client.get(f"/api/incidents/{incident.id}").json()["editable"]["killed"]["best"]
    made_up = {"low": best + 5, "best": best + 5, "high": best + 5}
    edit = decide(client, "edit", event, document=document, field="killed", value=made_up, words={"start": 0, "end": 4})
    assert edit["was"]["best"] == left.events[0].counts[0].best and edit["incident"] == incident.id
    view = client.get(f"/api/incidents/{incident.id}").json()
    assert view["row"]["edited"] and view["editable"]["killed"]["best"] == best + 5
    (claim,) = [each for each in view["claims"] if each["field"] == "killed" and each["edited"]]
    assert claim["value"] == [best + 5, best + 5] and claim["quote"] == left.document.text[:4]
    assert [each["edits"] for each in view["tellings"]] == [{"killed": made_up}, {}]
    page = client.get(f"/incidents/{incident.id}").text
    assert "one telling set by" in page and "set by hand" in page
    assert "set by hand" in client.get(f"/readings/{document}").text
    client.post(f"/api/verdicts/{edit['id']}/undo", json={})
    again = client.get(f"/api/incidents/{incident.id}").json()
    assert again["editable"]["killed"]["best"] == best and not again["row"]["edited"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("summary", {"to": "x"}), ("colour", {"to": "x"}), ("type", {"to": "PICNIC"}), ("killed", {"low": -1})],
)
def test_api_refuses_edits_that_a_telling_cannot_hold(client: TestClient, field: str, value: dict) -> None:
    (left, _), _ = made(3)
    body = {"decision": "edit", "subject": left.events[0].id, "document": left.document.id, "field": field}
    answer = client.post("/api/verdicts", json=body | {"value": value})
    assert answer.status_code == 422, answer.text
