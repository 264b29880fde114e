"""Feeds and OPML as they come, odd and hostile ones too."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from dateline.watch.entries import MOST, entries_of
from dateline.watch.errors import WatchError
from dateline.watch.opml import LARGEST, Feed, feeds_of
from dateline.watch.parsing import SMALL, entries_within
from dateline.watch.words import words_of

HERE = "https://wire.example/feed"
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)


def rss(*items: str) -> bytes:
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>The Oruro Wire</title>'
    return (head + "".join(f"<item>{each}</item>" for each in items) + "</channel></rss>").encode()


def test_watch_rss_entries_have_their_facts() -> None:
    item = (
        "<title>Bus falls near &lt;i&gt;Oruro&lt;/i&gt;</title><link>/news/1#top</link><guid>g1</guid>"
        "<pubDate>Tue, 05 Mar 2024 10:00:00 +0200</pubDate><author>Ana Ruiz</author>"
        "<description>&lt;p&gt;Four died.&lt;/p&gt;&lt;p&gt;Nine were hurt.&lt;/p&gt;</description>"
    )
    (entry,) = entries_of(rss(item), HERE)
    assert (entry.title, entry.url) == ("Bus falls near Oruro", "https://wire.example/news/1")
    assert (entry.published, entry.byline, entry.outlet) == ("2024-03-05T10:00:00+02:00", "Ana Ruiz", "The Oruro Wire")
    assert words_of(entry.html) == "Four died.\n\nNine were hurt."


def test_watch_atom_entries_take_the_longer_text() -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><id>x</id><title type="text">a &lt; b</title>'
        '<link href="https://wire.example/2"/><updated>2024-03-05T10:00:00Z</updated><summary>Short.</summary>'
        '<content type="html">&lt;p&gt;Long enough to be taken.&lt;/p&gt;</content></entry></feed>'
    )
    (entry,) = entries_of(feed.encode(), HERE, name="Courier")
    assert (entry.title, entry.published, entry.outlet) == ("a < b", "2024-03-05T10:00:00+00:00", "Courier")
    assert words_of(entry.html) == "Long enough to be taken."


@pytest.mark.parametrize(
    "date", ["soon", "", "31 Feb 2024", "Tue, 99 Mar 2024 10:00:00 +0000", "9999-99-99", "2091-01-01T00:00:00Z", "0"]
)
def test_watch_odd_dates_are_none(date: str) -> None:
    (entry,) = entries_of(rss(f"<title>T</title><pubDate>{date}</pubDate>"), HERE)
    assert entry.published is None


def test_watch_entries_without_guid_keep_apart() -> None:
    feed = rss("<title>One</title><link>https://wire.example/1</link>", "<title>Two</title>", "<description/>")
    keys = [each.key for each in entries_of(feed, HERE)]
    assert len(keys) == len(set(keys)) == 2
    assert keys == [each.key for each in entries_of(feed, HERE)]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "http://[::1", "https://a:b@x.example/"])
def test_watch_links_that_are_none_are_dropped(link: str) -> None:
    (entry,) = entries_of(rss(f"<title>T</title><link>{link}</link>"), HERE)
    assert entry.url is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_watch_feed_with_entities_is_refused(encoding: str) -> None:
    with pytest.raises(WatchError, match="entities"):
        entries_of(f'{BOMB}]><rss version="2.0"><title>&j;</title></rss>'.encode(encoding), HERE)


@pytest.mark.parametrize("body", [b"", b"\0\xff" * 500, b"<html><p>Not found", b"{}", b"<rss"])
def test_watch_no_feed_is_refused(body: bytes) -> None:
    try:
        assert entries_of(body, HERE) == ()
    except WatchError as error:
        assert HERE in str(error)


def test_watch_broken_feeds_give_what_they_hold() -> None:
    feed = rss("<title>Fire & smoke</title><link>https://wire.example/1</link>")[:-20]
    assert [each.title for each in entries_of(feed, HERE)] == ["Fire & smoke"]


def test_watch_large_feeds_are_bounded_and_quick() -> None:
    began = time.monotonic()
    many = entries_of(rss(*(f"<title>T{k}</title><guid>{k}</guid>" for k in range(3000))), HERE)
    deep = entries_of(rss(f"<title>T</title><description>{'&lt;div&gt;' * 20_000}x</description>"), HERE)
    assert len(many) == MOST and len(deep) == 1
    assert words_of(deep[0].html) is not None and words_of("<" * 100_000) is not None
    assert time.monotonic() - began < 20


def test_watch_large_feeds_are_parsed_apart() -> None:
    long = rss(f"<title>T</title><description>{'word ' * (SMALL // 4)}</description>")
    assert entries_within(long, HERE) == entries_of(long, HERE)
    with pytest.raises(WatchError, match="no RSS"):
        entries_within(b"<html>" + b" " * SMALL, HERE)
    with pytest.raises(WatchError, match="longer than"):
        entries_within(rss("<a>" * 1_000_000), HERE, seconds=1)


def test_watch_words_drop_scripts_and_odd_characters() -> None:
    html = "<script>evil()</script><p>Shots\x1b[2J \u202eheard<br>twice</p><style>p{}</style><!-- no --> at the mill"
    assert words_of(html) == "Shots[2J heard\n\ntwice\n\nat the mill"


def test_watch_opml_names_feeds(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text(
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="Wires"><outline type="rss" text="Oruro Wire" '
        'xmlUrl="https://wire.example/feed"/><outline xmlurl="https://b.example/x"/></outline>'
        '<outline xmlUrl="file:///etc/passwd"/><outline xmlUrl="https://b.example/x"/></body></opml>'
    )
    given = feeds_of([str(path), "https://c.example/atom"])
    assert given == (
        Feed("https://wire.example/feed", "Oruro Wire"),
        Feed("https://b.example/x"),
        Feed("https://c.example/atom"),
    )


@pytest.mark.parametrize(
    "text",
    [
        f"{BOMB}]><opml><outline xmlUrl='https://a.example/'/></opml>",
        "<!DOCTYPE opml SYSTEM 'file:///etc/passwd'><opml><outline xmlUrl='https://a.example/'/></opml>",
        "<html/>",
        "no xml",
        "<opml/>",
        "<opml>" + " " * LARGEST + "</opml>",
    ],
)
def test_watch_odd_opml_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text(text)
    with pytest.raises(WatchError, match=r"feeds\.opml"):
        feeds_of([str(path)])
