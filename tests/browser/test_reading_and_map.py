"""The Reading, map, actors and places pages in a browser: quiet, accessible, and worked by keyboard."""

from __future__ import annotations

import dataclasses
import itertools
import socket
import threading
import time
from pathlib import Path
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
_WHERE = """words => {
  const found = [...document.querySelectorAll(".para .s")].find(each => each.textContent === words);
  const range = document.createRange();
  range.selectNodeContents(found);
  return range.getBoundingClientRect().toJSON();
}"""
PATHS = ("/readings/made-1", "/actors?open=red-banner-front", "/places", "/readings", "/map")


@pytest.fixture(scope="module")
def address(made, tmp_path_factory):
    """A server over two hand-made readings."""
    uvicorn = pytest.importorskip("uvicorn")
    from dateline.review import app
    from dateline.store import Store

    listening = socket.create_server(("127.0.0.1", 0))
    with Store(tmp_path_factory.mktemp("store") / "s.db") as store:
        store.add_many([made.make_reading(), made.make_hostile()])
        incident = made.make_incident()
        incident = dataclasses.replace(incident, documents=("made-1",), events=incident.events[:1])
        store.replace_incidents([incident, made.make_unlocated()])
        server = uvicorn.Server(uvicorn.Config(app(store), log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until = time.monotonic() + 30
        while not server.started and time.monotonic() < until:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def visit(chromium, address):
    """Opens a path; ``page.said`` holds errors and what was asked for elsewhere."""
    contexts = []

    def opened(path, width=1400, scheme="light"):
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.said = []
        page.on("console", lambda m: page.said.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: page.said.append(str(e)))
        page.on("dialog", lambda d: (page.said.append("dialog"), d.dismiss()))
        page.on("request", lambda r: None if r.url.startswith((address, "data:")) else page.said.append(r.url))
        page.goto(address + path, wait_until="load")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (360, "dark")])
def test_browser_reading_room_is_quiet_fits_and_passes_axe(visit, path, width, scheme):
    page = visit(path, width, scheme)
    if "made-1" in path:
        page.keyboard.press("j")
        page.keyboard.press("y")
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if AXE.exists():
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run()")
        assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert page.said == []


def test_browser_reading_hostile_text_stays_text(visit, made):
    page = visit("/readings/" + quote(made.make_hostile().document.id, safe=""))
    page.keyboard.press("j")
    page.keyboard.press("y")
    page.wait_for_selector(".card.on .why dl")
    assert page.locator("#page script, #page svg, #page img, #page iframe").count() == 0
    assert page.said == []


def test_browser_reading_cards_show_roles_and_reasons(visit):
    page = visit("/readings/made-1")
    page.hover(".card[data-event=x1]")
    assert page.evaluate("[...document.querySelectorAll('.s.hit')].map(e => e.textContent).join('')") == "killed"
    roles = page.evaluate("[...document.querySelectorAll('.s[data-role]')].map(e => e.dataset.role)")
    assert {"killed", "when", "where"} <= set(roles)
    page.click(".card[data-event=x1] .open")
    page.click(".card.on [data-act=why]")
    page.wait_for_selector(".card.on .why dl")
    assert "Tuesday" in page.inner_text(".card.on .why")
    rows = page.evaluate("[...document.querySelectorAll('.card')].map(c => c.getBoundingClientRect().toJSON())")
    assert all(one["bottom"] <= two["top"] + 1 for one, two in itertools.pairwise(rows))


def test_browser_reading_words_by_keyboard_add_an_event(visit):
    page = visit("/readings/made-1")
    before = page.locator(".card").count()
    page.keyboard.press("w")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    assert page.inner_text("#chosen-words") == "nine in"
    page.select_option("#chosen [name=type]", "PROTEST")
    page.click("#chosen button.main")
    page.wait_for_selector(".human >> text=added")
    assert page.locator(".card").count() == before + 1
    assert page.said == []


def test_browser_reading_words_by_mouse_edit_a_field(visit, address):
    page = visit("/readings/made-1")
    page.click(".card[data-event=x1] .open")
    box = page.evaluate(_WHERE, "Tuesday")
    page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert page.inner_text("#chosen-words") == "Tuesday"
    page.select_option("#chosen [name=use]", "time")
    page.fill("#chosen [name=earliest]", "2024-03-04")
    with page.expect_response("**/api/verdicts") as answer:
        page.click("#chosen button.main")
    assert answer.value.status == 201
    told = page.request.get(address + "/api/incidents/i1").json()
    assert told["editable"]["time"]["earliest"] == "2024-03-04"


def test_browser_reading_hears_no_single_key_where_they_are_off(visit):
    page = visit("/readings/made-1")
    page.click("[data-opens=keys-sheet] >> nth=0")
    page.uncheck("[data-keys-switch]")
    page.keyboard.press("Escape")
    for key in "jaxyw":
        page.keyboard.press(key)
    assert page.locator(".card.on").count() == 0
    assert page.locator("#mode").is_hidden()
    page.click(".card[data-event=x1] .open")
    page.keyboard.press("Escape")  # no letter: it still closes
    assert page.locator(".card.on").count() == 0
    page.click("[data-opens=keys-sheet] >> nth=0")
    page.check("[data-keys-switch]")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator(".card.on").count() == 1


def test_browser_reading_takes_back_with_u(visit, address):
    page = visit("/readings/made-1")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.wait_for_selector(".card.on .state.rejected")
    page.keyboard.press("u")
    page.wait_for_selector(".card .state.rejected", state="detached")
    assert page.request.get(address + "/api/changes").json()["items"][0]["decision"] == "undo"
    assert page.said == []


def test_browser_map_is_painted_before_it_can_be_moved(visit):
    page = visit("/map")
    page.wait_for_selector("#map[data-drawn]", state="attached", timeout=60000)
    times = page.evaluate("['map-painted', 'map-drawn'].map(name => performance.getEntriesByName(name)[0].startTime)")
    assert times[0] < times[1]
    assert page.locator(".sketch").count() == 0


def test_browser_map_lists_draws_and_brushes(visit):
    page = visit("/map")
    page.wait_for_selector("#list a", timeout=60000)
    assert "without a place" in page.inner_text("#told")
    page.wait_for_selector(".bins .bin")
    box = page.locator("#bins").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 40)
    page.mouse.up()
    page.wait_for_url("**since=**")
    assert page.input_value("[name=since]") <= page.input_value("[name=until]")


def test_browser_map_without_webgl_tells_the_places(chromium, address):
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(address + "/map")
    page.wait_for_selector("#table[open] a >> text=Kirkuk")
    page.wait_for_selector("#told >> text=WebGL is off")
    context.close()
