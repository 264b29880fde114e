"""The exported pages in a browser: quiet, self-contained, and cards and words light each other up."""

from __future__ import annotations

import pytest

from dateline.exports import incidents_writer, readings_writer

pytestmark = pytest.mark.browser


class _Opened:
    """A page with what it said and asked for while it was open."""

    def __init__(self, browser, path, width=1400, scheme="light"):
        self.context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append("dialog"), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    @property
    def quiet(self) -> bool:
        return not self.said and all(url.startswith(("file:", "data:")) for url in self.asked)


@pytest.fixture(scope="module")
def reading_page(made, tmp_path_factory):
    path = tmp_path_factory.mktemp("pages") / "reading.html"
    path.write_text("".join(readings_writer("html")([made.make_reading(), made.make_hostile()])), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def incidents_page(made, tmp_path_factory):
    path = tmp_path_factory.mktemp("pages") / "incidents.html"
    reading = made.make_reading()
    incidents = (made.make_incident(), made.make_unlocated())
    path.write_text("".join(incidents_writer("html")(incidents, {"made-1": reading})), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 420])
def test_browser_pages_are_quiet_and_fit(chromium, reading_page, incidents_page, width, scheme):
    for path in (reading_page, incidents_page):
        with _Opened(chromium, path, width, scheme) as opened:
            opened.page.wait_for_timeout(100)
            assert opened.quiet, (opened.said, opened.asked)
            assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_browser_card_lights_its_words(chromium, reading_page):
    with _Opened(chromium, reading_page) as opened:
        opened.page.click("#r1e1 .kind")
        lit = opened.page.evaluate("[...document.querySelectorAll('.text .lit')].map(n => n.textContent).join('')")
        assert lit == "At least nine people were killed on Tuesday when mortar rounds hit a market in Kirkuk"
        parts = opened.page.evaluate("[...document.querySelectorAll('.text .part')].map(n => n.textContent).join('|')")
        assert "Tuesday" in parts and "mortar rounds" in parts
        assert opened.page.evaluate("document.querySelector('#r1e1').classList.contains('on')")
        assert opened.quiet


def test_browser_words_light_their_card(chromium, reading_page):
    with _Opened(chromium, reading_page) as opened:
        opened.page.click(".text a.trigger:text('burning')")
        assert opened.page.evaluate("document.querySelector('.card.on').id") == "r1e3"
        opened.page.keyboard.press("Escape")
        assert opened.page.evaluate("document.querySelectorAll('.on, .lit, .part').length") == 0


def test_browser_keys_walk_through_the_events(chromium, reading_page):
    with _Opened(chromium, reading_page) as opened:
        seen = []
        for key in "jjjkj":
            opened.page.keyboard.press(key)
            seen.append(opened.page.evaluate("document.querySelector('.card.on').id"))
        assert seen == ["r1e1", "r1e2", "r1e3", "r1e2", "r1e3"]


def test_browser_chips_on_map_and_timeline_choose_events(chromium, reading_page):
    with _Opened(chromium, reading_page) as opened:
        opened.page.click("#r1 .timeline a[data-e=r1e5]")
        assert opened.page.evaluate("document.querySelector('.card.on').id") == "r1e5"
        opened.page.click("#r1 .map a[data-e=r1e3]")
        assert opened.page.evaluate("document.querySelector('.card.on').id") == "r1e3"


def test_browser_layers_can_be_put_out(chromium, reading_page):
    with _Opened(chromium, reading_page) as opened:
        opened.page.uncheck("#r1 [data-layer=trigger]")
        assert not opened.page.evaluate("document.querySelector('#r1 .text').classList.contains('show-trigger')")


def test_browser_narrow_page_shows_the_chosen_event_below(chromium, reading_page):
    with _Opened(chromium, reading_page, 420) as opened:
        opened.page.click(".text a.trigger:text('killed')")
        assert opened.page.evaluate("getComputedStyle(document.querySelector('.card.on')).position") == "fixed"
        opened.page.click(".card.on .close")
        assert opened.page.evaluate("document.querySelectorAll('.card.on').length") == 0


def test_browser_incident_links_lead_to_incidents(chromium, incidents_page):
    with _Opened(chromium, incidents_page) as opened:
        opened.page.keyboard.press("j")
        assert opened.page.evaluate("document.querySelector('.incident.on').id") == "i1"
        assert opened.quiet
