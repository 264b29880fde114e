"""The map, Reading, actors and places pages over hand-made readings: what they show, and that no text can act."""

from __future__ import annotations

import dataclasses
import importlib.util
import itertools
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.review import app
from dateline.review.evidence import reading_view
from dateline.review.layout import laid_out, paragraphs, seen
from dateline.store import Store

HERE = "http://127.0.0.1:8765"
ARABIC = "قُتل تسعة أشخاص {{ 7 * 7 }} ${7*7} <svg onload=alert(1)>"


def _made():
    path = Path(__file__).parents[1] / "exports" / "conftest.py"
    spec = importlib.util.spec_from_file_location("made_readings_review", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MADE = _made()


@pytest.fixture
def store():
    with Store(":memory:") as held:
        held.add_many([MADE.make_reading(), MADE.make_hostile()])
        one = MADE.make_incident()
        one = dataclasses.replace(one, documents=("made-1",), events=one.events[:1])
        held.replace_incidents([one, MADE.make_unlocated()])
        yield held


@pytest.fixture
def client(store):
    with TestClient(app(store), base_url=HERE) as held:
        yield held


class _Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def _tame(page: str) -> None:
    """No inline script or style, no handler, no address that acts."""
    for tag, attributes in _Tags(page).tags:
        assert tag not in ("style", "iframe", "object", "embed", "base"), tag
        if tag == "script":
            assert (attributes.get("src") or "").startswith("/static/")
        for name, value in attributes.items():
            assert not name.startswith("on") and name != "style", (tag, name)
            if name in ("href", "src", "action"):
                assert re.match(r"(/|#|https?://)", value or ""), (tag, value)


@pytest.mark.parametrize("path", ["/map", "/actors", "/places", "/readings", "/readings/made-1"])
def test_pages_are_there_and_tame(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "'unsafe" not in answer.headers["content-security-policy"]
    _tame(answer.text)


def test_pages_reading_keeps_every_word_where_it_was(client):
    page = client.get("/readings/made-1").text
    shown: dict[int, str] = {}

    class Pieces(HTMLParser):
        at: int | None = None

        def handle_starttag(self, tag, attrs):
            start = dict(attrs).get("data-s")
            self.at = int(start) if start is not None else self.at

        def handle_endtag(self, tag):
            self.at = None

        def handle_data(self, data):
            if self.at is not None:
                shown[self.at] = shown.get(self.at, "") + data

    Pieces().feed(page)
    assert shown
    for start, words in shown.items():
        assert MADE.TEXT[start : start + len(words)] == words
    assert sum(map(len, shown.values())) >= len("".join(MADE.TEXT.split("\n\n")))


def test_pages_reading_events_stand_beside_their_paragraph(store):
    layout = laid_out(store.reading("made-1"), reading_view(store, "made-1").events)
    beside = [[card.id for card in paragraph.cards] for block in layout.blocks for paragraph in block.paragraphs]
    assert sorted(itertools.chain(*beside)) == ["x1", "x2", "x3", "x4", "x5"]
    assert beside[1] == ["x1", "x2"]
    first = layout.cards[0]
    roles = {(MADE.TEXT[a:b], role) for a, b, role in first.roles}
    assert {("At least nine", "killed"), ("Tuesday", "when"), ("Kirkuk", "where")} <= roles


def test_pages_reading_voices_have_letters_and_lines(store):
    layout = laid_out(store.reading("made-1"), [])
    assert layout.signs[0].letter == ""
    letters = [sign.letter for sign in layout.signs[1:]]
    assert letters == sorted(set(letters)) and all(letters)
    assert len({sign.classes for sign in layout.signs}) == len(layout.signs)


def test_pages_reading_shows_added_events_and_decisions(client):
    csrf = client.get("/api/session").json()["csrf"]
    client.headers["x-csrf-token"] = csrf
    span = MADE.find("fled")
    given = {"decision": "add", "subject": "made-1", "document": "made-1", "type": "RETREAT"}
    answer = client.post("/api/verdicts", json=given | {"words": {"start": span.start, "end": span.end}})
    assert answer.status_code == 201, answer.text
    accepted = client.post("/api/verdicts", json={"decision": "accept", "subject": "x1", "document": "made-1"})
    assert accepted.status_code == 201, accepted.text
    page = client.get("/readings/made-1").text
    assert '<span class="stand human edited">added</span>' in page
    assert '<span class="stand state accepted human" data-state>accepted</span>' in page


def test_pages_reading_edits_with_words_reach_the_incident(client):
    client.headers["x-csrf-token"] = client.get("/api/session").json()["csrf"]
    span = MADE.find("At least nine")
    given = {
        "decision": "edit",
        "subject": "i1",
        "document": "made-1",
        "field": "killed",
        "value": {"low": 9, "best": 10, "high": None},
        "words": {"start": span.start, "end": span.end},
        "note": "",
    }
    answer = client.post("/api/verdicts", json=given)
    assert answer.status_code == 201, answer.text
    assert client.get("/api/incidents/i1").json()["editable"]["killed"]["best"] == 10


def test_pages_hostile_text_cannot_act(client):
    attack = MADE.make_hostile().document.id
    for path in ("/readings/" + attack.replace("/", "%2F").replace("<", "%3C"), "/readings", "/actors?name=" + attack):
        answer = client.get(path)
        assert answer.status_code == 200, path
        _tame(answer.text)
        assert "<script>alert" not in answer.text
    reading = client.get("/readings/" + attack.replace("/", "%2F").replace("<", "%3C")).text
    assert "javascript:" not in "".join(a.get("href") or "" for _, a in _Tags(reading).tags)


def test_pages_templates_in_text_stay_text(store):
    from dateline.core import Document, Passage, Reading, Span, Voice

    document = Document.of(ARABIC, id="ar/1", title="{% raw %}", url="data:text/html,x")
    whole = Span(0, len(ARABIC))
    bare = Reading(document, (Passage("p1", whole, "narration", "v1"),), (Voice("v1", "الأفق", "outlet", ("v1",)),),
                   (), (), (), (), (), (), (), (), {})  # fmt: skip
    store.add(bare)
    with TestClient(app(store), base_url=HERE) as client:
        page = client.get("/readings/ar/1").text
    _tame(page)
    assert "{{ 7 * 7 }}" in page and "&lt;svg onload" in page
    assert '<p class="para" dir="auto">' in page and "No event was read" in page


def test_pages_unknown_reading_is_not_there(client):
    assert client.get("/readings/none").status_code == 404


def test_pages_empty_store_says_so():
    with Store(":memory:") as held, TestClient(app(held), base_url=HERE) as client:
        assert "No incident names a party yet" in client.get("/actors").text
        assert "No incident has a place yet" in client.get("/places").text
        assert "No report has been read" in client.get("/readings").text
        assert "No incident with a place fits" in client.get("/map").text


def test_pages_actors_and_places_lead_to_incidents(client):
    actors = client.get("/actors", params={"open": "red-banner-front"}).text
    assert "Red Banner Front" in actors and '<a href="/incidents/i1">' in actors
    places = client.get("/places", params={"open": "Kirkuk"}).text
    assert '<a href="/incidents/i1">' in places and "35.47, 44.39" in places


def test_pages_map_spots_tell_their_doubt(client):
    answer = client.get("/api/map").json()
    assert [spot["radius_km"] for spot in answer["spots"]] == [12.0]
    assert (answer["total"], answer["placed"]) == (2, 1)


def test_pages_map_land_is_geojson(client):
    answer = client.get("/map/land.json")
    land = json.loads(answer.text)
    kinds = {feature["geometry"]["type"] for feature in land["features"]}
    assert kinds == {"MultiPolygon", "Point"}
    names = {feature["properties"].get("name") for feature in land["features"]}
    assert {"Iraq", "Brazil"} <= names
    for feature in land["features"]:
        rings = (
            [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]
            if (feature["geometry"]["type"] == "MultiPolygon")
            else []
        )
        for ring in rings:
            leaps = [one for one, two in itertools.pairwise(ring) if abs(one[0] - two[0]) > 180]
            assert not leaps or min(lat for _, lat in ring) < -89
    assert "max-age" in answer.headers["cache-control"]


def test_pages_static_parts_ship_with_the_package(client):
    maplibre = [f"maplibre/maplibre-gl{end}" for end in (".mjs", "-worker.mjs", ".css")]
    for name in ("map.js", "reading.js", "map.css", "reading.css", "names.css", *maplibre):
        answer = client.get(f"/static/{name}")
        assert answer.status_code == 200, name
        assert "https://unpkg" not in answer.text and "cdn." not in answer.text


def test_pages_odd_characters_keep_their_places():
    from dateline.core import Span

    odd = "a\x1b[31m\u202eb\n\n c "
    assert len(seen(odd)) == len(odd) and "\u202e" not in seen(odd)
    assert [span.of(odd) for span in paragraphs(odd, Span(0, len(odd)))] == ["a\x1b[31m\u202eb", "c"]
