"""The pages as the server draws them: what they show, and that no text of a document can act."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from benchmarks.review import fill
from fastapi.testclient import TestClient

from dateline.core import Failure
from dateline.review import app
from dateline.review.charts import chart_of, strip_of
from dateline.store import Store

HERE = "http://127.0.0.1:8765"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "{{ 7 * 7 }}{% include 'base.html.j2' %}",
    "javascript:alert(1)",
    "' onfocus='alert(1)' autofocus='",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "s.db") as held:
        fill(held, 60)
        yield held


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(app(store), base_url=HERE) as held:
        held.headers["x-csrf-token"] = held.get("/api/session").json()["csrf"]
        yield held


def first(client: TestClient) -> str:
    return client.get("/api/incidents?limit=1").json()["items"][0]["id"]


def acting(page: str) -> list[str]:
    """What a browser would run of a page beside the scripts that are shipped."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            if tag == "script" and not (given.get("src") or "").startswith("/static/"):
                found.append(tag)
            found.extend(name for name in given if name.startswith("on") or name in ("style", "srcdoc", "autofocus"))
            for name in ("href", "src", "action", "formaction", "xlink:href"):
                if not (given.get(name) or "/").startswith(("/", "#")):
                    found.append(f"{name}={given[name]}")

    Reader().feed(page)
    return found


def test_pages_answer_and_carry_nothing_inline(client: TestClient) -> None:
    for path in ("/incidents", f"/incidents/{first(client)}", "/changes", "/runs", "/login", "/incidents/none"):
        answer = client.get(path)
        assert answer.headers["content-type"].startswith("text/html"), path
        assert "unsafe-inline" not in answer.headers["content-security-policy"]
        assert not re.search(
            r"<style|\sstyle=|<script(?![^>]* src=)|\son\w+=|https?://(?!www\.w3\.org)", answer.text
        ), path


def test_pages_of_trouble_are_pages(client: TestClient) -> None:
    for path, status in (
        ("/incidents/none", 404),
        ("/nowhere", 404),
        ("/incidents?since=x", 422),
        ("/incidents?cursor=x", 422),
    ):
        answer = client.get(path)
        assert answer.status_code == status
        assert "all incidents" in answer.text
    assert client.get("/api/incidents/none").headers["content-type"] == "application/problem+json"


def test_pages_list_narrows_and_goes_on(client: TestClient) -> None:
    page = client.get("/incidents", params={"limit": 10, "since": "", "until": ""}).text
    assert "<h1>60 incidents</h1>" in page
    assert page.count('class="incident"') == 10
    following = re.search(r'id="next-page" href="([^"]+)"', page)
    assert following
    other = client.get(following[1].replace("&amp;", "&")).text
    ids = re.compile(r'data-id="([^"]+)"')
    assert not set(ids.findall(page)) & set(ids.findall(other))
    kind = re.search(r'name="type" value="([^"]+)"', page)
    assert kind
    narrowed = client.get("/incidents", params={"type": kind[1]}).text
    assert f'name="type" value="{kind[1]}" checked' in narrowed
    assert "All incidents" in narrowed
    assert "No incident fits" in client.get("/incidents?q=nosuchwordanywhere").text


def test_pages_of_an_empty_store_say_what_to_do(tmp_path: Path) -> None:
    with Store(tmp_path / "empty.db") as store, TestClient(app(store), base_url=HERE) as client:
        assert "Nothing to review yet" in client.get("/incidents").text
        assert "No decision yet" in client.get("/changes").text
        assert "No run yet" in client.get("/runs").text


def test_pages_tell_people_from_models(client: TestClient) -> None:
    id = first(client)
    before = client.get(f"/incidents/{id}").text
    assert "not reviewed" in before
    assert "set by" not in before
    for decision in (
        {"decision": "accept"},
        {"decision": "edit", "field": "killed", "value": {"low": 3, "best": 4, "high": 9}},
    ):
        assert client.post("/api/verdicts", json={"subject": id, "reviewer": "ana", **decision}).status_code == 201
    after = client.get(f"/incidents/{id}").text
    assert 'class="stand accepted human"' in after
    assert "3–4–9" in after
    assert "set by <bdi>ana</bdi>" in after
    assert "data-undo=" in client.get("/changes").text


@pytest.mark.parametrize("words", HOSTILE)
def test_pages_show_hostile_words_as_words(client: TestClient, store: Store, words: str) -> None:
    id = first(client)
    store.add_failure(Failure(words, "ingest", words), store.start_run([words], "1"))
    sent = [
        {"decision": "comment", "note": words},
        {"decision": "assign", "value": {"to": words}},
        {"decision": "edit", "field": "summary", "value": {"to": words}},
        {"decision": "edit", "field": "party.actor", "value": {"name": words}},
    ]
    for each in sent:
        assert client.post("/api/verdicts", json={"subject": id, "reviewer": words, **each}).status_code == 201
    client.post("/api/searches", json={"name": words, "query": {"q": [words]}})
    for path in ("/incidents", f"/incidents/{id}", "/changes", "/runs"):
        page = client.get(path, params={"q": words} if path == "/incidents" else {}).text
        assert acting(page) == [], path
        assert "49{%" not in page
        assert page.count("<!doctype html>") == 1


def test_pages_send_what_is_held_already_as_304(client: TestClient) -> None:
    answer = client.get("/runs")
    assert client.get("/runs", headers={"if-none-match": answer.headers["etag"]}).status_code == 304


def test_pages_draw_figures_as_ranges() -> None:
    strip = strip_of((5, 7, None), (5, None), 20)
    assert strip.open
    assert strip.x1 < strip.x2
    assert chart_of([("A", 1, 5, 5, "2024-03-01")], (5, 5, 5)) is None
    drawn = chart_of([("A", 1, 5, 9, "2024-03-01"), ("B", 2, 0, None, "odd"), ("C", 3, 7, 7, "2024-03-04")], (5, 7, 9))
    assert drawn is not None
    assert [dot.letter for dot in drawn.dots] == ["A", "C"]
    assert all(dataclasses.astuple(dot)[2] >= dot.y2 for dot in drawn.dots)


def test_pages_warn_of_graphic_words_until_it_is_understood(client: TestClient) -> None:
    for path in ("/incidents", "/map", "/readings"):
        assert "some of them graphic" in client.get(path).text
        assert "some of them graphic" not in client.get(path, headers={"cookie": "dateline_notice=read"}).text


def test_pages_keep_names_written_from_the_right_apart(client: TestClient) -> None:
    name = "جبهة التحرير"
    subject = client.get("/api/incidents").json()["items"][0]["id"]
    csrf = {"x-csrf-token": client.get("/api/session").json()["csrf"]}
    body = {"decision": "edit", "subject": subject, "field": "party.actor", "value": {"name": name}}
    assert client.post("/api/verdicts", json=body, headers=csrf).status_code == 201
    for path in (f"/incidents/{subject}", "/actors"):
        assert f"<bdi>{name}</bdi>" in client.get(path).text, path
    assert f"<bdi>name {name}</bdi>" in client.get("/changes").text
