"""The pages: self-contained, escaped, and every mark in its place."""

from __future__ import annotations

import dataclasses
import html
import random
import re
from html.parser import HTMLParser

import pytest

from dateline.core import Document, Reading, Span
from dateline.exports import readings_writer
from dateline.exports.html import write_html
from dateline.exports.incidents_html import write_html as write_incidents
from dateline.exports.worldmap import Atlas
from dateline.knowledge.shapes import CountryShape

SQUARE = CountryShape("IQ", "Iraq", ((((39.0, 29.0), (49.0, 29.0), (49.0, 37.5), (39.0, 37.5), (39.0, 29.0)),),))
_LOADING = ("src", "srcset", "data", "poster", "action", "formaction", "background")
_VOID = {"meta", "link", "input", "br"}


class _Page(HTMLParser):
    """The page's elements with their attributes, text and ids; complains where tags do not nest."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert not self._open, self._open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID and not self.get_starttag_text().endswith("/>"):
            self._open.append(tag)

    def handle_endtag(self, tag):
        if self.get_starttag_text().endswith("/>") and self._open[-1:] != [tag]:
            return
        assert self._open and self._open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def _page(readings) -> str:
    return "".join(write_html(readings, map_of=Atlas([SQUARE])))


def _incidents(incidents, readings) -> str:
    return "".join(write_incidents(incidents, readings, map_of=Atlas([SQUARE])))


@pytest.fixture(scope="module")
def pages(reading, hostile, incidents, by_id):
    return (_page([reading, hostile]), _page([]), _incidents(incidents, by_id), _incidents((), {}))


def test_exports_pages_load_nothing(pages):
    for page in pages:
        for tag, attributes in _Page(page).elements:
            assert tag not in ("iframe", "object", "embed", "img", "audio", "video", "base", "form")
            assert not set(attributes) & set(_LOADING), (tag, attributes)
            if tag == "link":
                assert attributes["href"] == "data:,"
        assert "@import" not in page
        assert not re.search(r"url\(\s*['\"]?(?!data:)", page)


def test_exports_pages_allow_only_their_own_style_and_script(pages):
    for page in pages:
        elements = _Page(page).elements
        (policy,) = [a["content"] for t, a in elements if a.get("http-equiv") == "Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert sum(tag == "script" for tag, _ in elements) == 1
        assert not [a for _, a in elements if any(name.startswith("on") or name == "style" for name in a)]


def test_exports_hostile_text_is_shown_and_does_nothing(hostile, incidents, by_id):
    bad = dataclasses.replace(incidents[0], summary=hostile.document.text, type='"><script>x</script>')
    for page in (_page([hostile]), _incidents([bad], by_id)):
        parsed = _Page(page)
        assert sum(tag == "script" for tag, _ in parsed.elements) == 1
        assert "alert" in "".join(parsed.text)
        assert "<script>alert" not in page
        links = [a.get("href") or "" for _, a in parsed.elements]
        assert not any(link.lower().startswith("javascript") for link in links)
    assert "{{ 7*7 }}" in html.unescape(re.sub(r"<[^>]+>", "", _page([hostile])))


def _paragraph_texts(page: str) -> str:
    body = page.split('<section class="text', 1)[1].split('<section class="cards"', 1)[0]
    body = re.sub(r'<sup class="letter".*?</sup>', "", body)
    body = re.sub(r'<p class="who">.*?</p>', "", body, flags=re.S)
    body = body.split(">", 1)[1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", body)).split())


def test_exports_overlapping_marks_lose_no_word(reading):
    assert _paragraph_texts(_page([reading])) == " ".join(reading.document.text.split())


def test_exports_page_ids_are_unique_and_links_lead_somewhere(reading, hostile, incidents, by_id):
    for page in (_page([reading, hostile]), _incidents(incidents, by_id)):
        elements = _Page(page).elements
        ids = [attributes["id"] for _, attributes in elements if attributes.get("id")]
        assert len(ids) == len(set(ids))
        inner = [a["href"][1:] for _, a in elements if (a.get("href") or "").startswith("#")]
        assert set(inner) <= set(ids)
        named = [word for _, a in elements for word in (a.get("aria-labelledby") or "").split()]
        assert set(named) <= set(ids)


def test_exports_cards_point_to_marks_of_the_text(reading):
    elements = _Page(_page([reading])).elements
    marked = {key for _, a in elements for key in (a.get("data-k") or "").split()}
    cards = [a for _, a in elements if "card" in (a.get("class") or "").split()]
    assert len(cards) == 5
    for card in cards:
        assert card["data-e"] in marked
        assert set((card["data-parts"] or "").split()) <= marked


def test_exports_voices_are_told_apart_by_more_than_colour(reading):
    page = _page([reading])
    assert re.search(r'class="voice v2 dashed" title="The Northern Courier ← Wire North ← police officials"', page)
    assert re.search(r'class="passage statement v4 double"', page)
    for letter in "ABCDE":
        assert f"<b>{letter}</b>" in page


def test_exports_several_readings_have_contents(reading, hostile):
    assert '<nav aria-label="Contents"' in _page([reading, hostile])
    assert '<nav aria-label="Contents"' not in _page([reading])


def test_exports_incident_page_shows_disagreement_and_origins(incidents, by_id):
    text = " ".join("".join(_Page(_incidents(incidents, by_id)).text).split())
    assert "killed disputed" in text
    assert "3 independent origins" in text
    assert "by the rule “ucdp”" in text
    assert "superseded" in text


def test_exports_empty_reading_makes_a_page():
    empty = Reading(Document.of("", id="empty"), (), (), (), (), (), (), (), (), (), ())
    assert "No event was read." in _page([empty])


@pytest.mark.parametrize("seed", range(12))
def test_exports_any_marks_make_a_sound_page(reading, seed):
    chance = random.Random(seed)
    size = len(reading.document.text)

    def anywhere() -> Span:
        start = chance.randrange(size - 1)
        return Span(start, chance.randint(start + 1, min(size, start + chance.choice((3, 30, 300)))))

    tangled = dataclasses.replace(
        reading,
        mentions=tuple(dataclasses.replace(m, span=anywhere()) for m in reading.mentions * 3),
        timexes=tuple(dataclasses.replace(t, span=anywhere()) for t in reading.timexes * 3),
        toponyms=tuple(
            dataclasses.replace(t, span=anywhere(), place=chance.choice(("g1", None, "gone")))
            for t in reading.toponyms * 3
        ),
        attributions=tuple(
            dataclasses.replace(a, id=f"a{k}", cue=anywhere(), source=None, content=(anywhere(), anywhere()))
            for k, a in enumerate(reading.attributions * 4)
        ),
        events=tuple(
            dataclasses.replace(e, id=f"x{k}", trigger=anywhere(), evidence=(anywhere(), anywhere())[: k % 3])
            for k, e in enumerate(reading.events * 3)
        ),
    )
    page = _page([tangled])
    elements = _Page(page).elements
    ids = [attributes["id"] for _, attributes in elements if attributes.get("id")]
    assert len(ids) == len(set(ids))
    assert "".join(_paragraph_texts(page).split()) == "".join(reading.document.text.split())
    assert "".join(readings_writer("text")([tangled]))
    assert "".join(readings_writer("muc4")([tangled]))
