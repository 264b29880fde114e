"""The review in a browser: by keyboard alone, without violations that axe finds, and no text that runs."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
WAIT = 20_000


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A small store behind a real server; gives its address and the store."""
    uvicorn = pytest.importorskip("uvicorn")
    from benchmarks.review import fill

    from dateline.review import app
    from dateline.store import Store

    with Store(tmp_path_factory.mktemp("review") / "s.db") as store, socket.socket() as listening:
        fill(store, 80)
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app(store), log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", store
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture
def opened(chromium, served):
    """A page, and what it said that it should not have."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(WAIT)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: (said.append("dialog"), dialog.dismiss()))
    page.on("request", lambda request: None if request.url.startswith(served[0]) else said.append(request.url))
    yield page, said
    context.close()


def settled(page, number, state="accepted"):
    """Wait until so many cards stand so and none is being saved (the policy lets no waiting function be evaluated)."""
    for _ in range(WAIT // 50):
        if page.locator(f".incident[data-state='{state}']").count() >= number and not page.locator(".saving").count():
            return
        page.wait_for_timeout(50)
    pytest.fail(f"not {number} {state}")


def arrived(page, selector):
    """Wait until a page that a key led to shows this and hears keys: its script runs after its text is drawn."""
    page.wait_for_selector(selector)
    page.wait_for_selector("html[data-ready]", state="attached")


def test_browser_review_of_thirty_incidents_takes_at_most_three_keys_each(opened, served):
    page, said = opened
    base, store = served
    page.goto(f"{base}/incidents?state=new")
    keys = 0

    def press(key):
        nonlocal keys
        keys += 1
        page.keyboard.press(key)

    press("j")
    for _ in range(30):
        press("a")
    settled(page, 30)
    assert keys <= 3 * 30
    assert len([each for each in store.verdicts() if each.decision == "accept"]) == 30
    assert not said
    press("u")
    page.wait_for_selector("#said:text-is('Taken back.')")
    assert store.verdicts()[-1].decision == "undo"


def test_browser_review_of_one_incident_goes_by_keys(opened, served):
    page, said = opened
    base, store = served
    page.goto(f"{base}/incidents?state=new&limit=5")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    arrived(page, ".incident-page")
    page.keyboard.press("a")
    page.wait_for_selector(".incident-page[data-state='accepted'] .stand.human:not(.saving)")
    page.keyboard.press("c")
    page.keyboard.type("seen in two papers")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    arrived(page, ".feed .note")
    assert store.verdicts()[-1].note == "seen in two papers"
    page.keyboard.press("e")
    page.select_option("#sheet-edit [data-field]", "summary")  # letters typed slowly would choose another field
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("As a person tells it")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    arrived(page, ".lede.hand")
    assert page.text_content(".lede") == "As a person tells it"
    was = page.url
    page.keyboard.press("j")
    page.wait_for_url(lambda url: url != was)
    arrived(page, ".incident-page")
    page.keyboard.press("?")
    page.wait_for_selector("#keys-sheet", state="visible")
    page.keyboard.press("Escape")
    page.wait_for_selector("#keys-sheet", state="hidden")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/changes", wait_until="commit", timeout=40_000)  # a busy machine draws late
    assert not said


def test_browser_review_merges_and_takes_it_back(opened, served):
    page, said = opened
    base, store = served
    page.goto(f"{base}/incidents?state=new&limit=5")
    before = store.version()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    arrived(page, ".incident-page")
    page.keyboard.press("m")
    page.keyboard.type("the")
    page.focus("#sheet-merge [data-words=the] [name=other]")  # the list before it was by place and day
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    arrived(page, ".feed [data-undo]")
    assert store.verdicts()[-1].decision == "merge"
    page.keyboard.press("u")
    page.wait_for_selector("#said:text-is('Taken back.')")
    assert store.verdicts()[-1].decision == "undo"
    assert store.version() > before
    assert not said


def test_browser_review_links_splits_and_assigns_by_keys(opened, served):
    page, said = opened
    base, store = served
    page.goto(f"{base}/incidents?state=new&limit=5&documents=2")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    arrived(page, ".incident-page")

    page.keyboard.press("o")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("ben")
    page.keyboard.press("Enter")
    arrived(page, ".standing:has-text('for ben')")
    assert store.verdicts()[-1].value == {"to": "ben"}

    page.keyboard.press("l")
    page.keyboard.type("the")
    page.focus("#sheet-link [data-words=the] [name=other]")
    page.keyboard.press("Space")
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    arrived(page, ".feed li:has-text('judged a link')")
    assert store.verdicts()[-1].value["answer"] == "unsure"

    before = len(list(store.shown_incidents()))
    page.keyboard.press("s")
    page.focus("#sheet-split [name=telling]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    arrived(page, ".feed li:has-text('split tellings off')")
    assert len(list(store.shown_incidents())) == before + 1
    page.keyboard.press("u")
    page.wait_for_selector("#said:text-is('Taken back.')")
    assert len(list(store.shown_incidents())) == before
    assert not said


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 640)])
def test_browser_review_pages_pass_axe_and_fit(chromium, served, scheme, width):
    axe = (
        Path(pytest.importorskip("axe_playwright_python").__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    )
    base, store = served
    incident = next(iter(store.shown_incidents())).id
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    for path in ("/incidents", f"/incidents/{incident}", "/changes", "/runs", "/login", "/incidents?q=nosuchword"):
        page.goto(base + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.evaluate(axe)
        found = page.evaluate("axe.run().then(told => told.violations.map(each => each.id))")
        assert found == [], path
    context.close()


def test_browser_review_runs_no_text(opened, served):
    page, said = opened
    base = served[0]
    page.goto(f"{base}/incidents")
    words = "<img src=x onerror=alert(1)><svg onload=alert(2)><script>alert(3)</script>"
    subject = page.get_attribute(".incident", "data-id")
    sent = page.evaluate(
        """async ([subject, words]) => {
          const csrf = document.querySelector('meta[name=csrf]').content;
          const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf };
          const body = { decision: 'edit', subject, field: 'summary', value: { to: words }, reviewer: words };
          return (await fetch('/api/verdicts', { method: 'POST', headers, body: JSON.stringify(body) })).status;
        }""",
        [subject, words],
    )
    assert sent == 201
    for path in ("/incidents", f"/incidents/{subject}", "/changes"):
        page.goto(base + path)
        page.wait_for_timeout(100)
        assert words in page.text_content("main")
    page.goto(f"{base}/incidents")
    page.click(".incident:nth-child(2) h2 a")
    arrived(page, ".incident-page")
    page.keyboard.press("m")
    page.keyboard.type("onerror")
    page.wait_for_selector("#sheet-merge [data-words=onerror]", state="attached")
    assert not said
