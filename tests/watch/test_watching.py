"""Rounds of a watch: new entries are read once, whatever comes between; alerts are raised and sent once."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from benchmarks.review import fill, made
from tests.watch.conftest import Clock, Site, no_reading
from tests.watch.test_entries import rss

from dateline.cli import main
from dateline.core import Document, Reading
from dateline.store import Store
from dateline.store.records import SavedSearch
from dateline.watch.errors import WatchError
from dateline.watch.fetching import Client
from dateline.watch.opml import Feed
from dateline.watch.watching import Watch

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = "<pubDate>Tue, 05 Mar 2024 10:00:00 +0000</pubDate>"
RAIDS = SavedSearch("q1", "raids <& co>", {"type": ("ASSAULT",)}, "ana", "2024-01-01T00:00:00Z")


def item(number: int, site: Site, words: str = "Four people died.") -> str:
    link = f"{site.address}/news/{number}"
    return f"<title>Report {number}</title><link>{link}</link><guid>g{number}</guid>{DAY}" + (
        f"<description>{words}</description>"
    )


def test_watch_reads_new_entries_once(watch: Watch, site: Site, store: Store) -> None:
    site.put("/feed", rss(item(2, site), item(1, site)), ETag='"1"', Last_Modified="Tue, 05 Mar 2024 10:00:00 GMT")
    done = watch.poll()
    assert (done.fresh, done.done.read, done.failed) == (2, 2, 0)
    first = next(iter(store.readings())).document
    assert (first.title, first.outlet, first.published) == ("Report 1", "The Oruro Wire", "2024-03-05T10:00:00+00:00")
    assert first.url == f"{site.address}/news/1" and first.text == "Report 1\n\nFour people died."
    again = watch.poll()
    assert (again.unchanged, again.fresh, again.done.read) == (1, 0, 0)
    headers = site.asked[-1][2]
    assert headers["If-None-Match"] == '"1"' and headers["If-Modified-Since"].startswith("Tue, 05 Mar")
    site.put("/feed", rss(item(3, site), item(2, site, "Five people died."), item(1, site)), ETag='"2"')
    assert watch.poll().done.read == 1
    assert len(store.ids()) == 3 and set(site.paths()) == {"/feed"}


def test_watch_reads_an_article_of_two_feeds_once(watch: Watch, site: Site, store: Store) -> None:
    site.put("/feed", rss(item(1, site)))
    site.put("/other", rss(item(1, site).replace("g1", "another")))
    watch.feeds = (*watch.feeds, Feed(site.address + "/other"))
    assert watch.poll().done.read == 1 and len(store.ids()) == 1


def test_watch_goes_on_where_it_was_cut_off(watch: Watch, site: Site, store: Store) -> None:
    site.put("/feed", rss(*(item(k, site) for k in (3, 2, 1))), ETag='"1"')
    read: list[str] = []

    def cut(document: Document) -> Reading:
        if len(read) == 1:
            raise KeyboardInterrupt
        read.append(document.id)
        return no_reading(document)

    load = watch.load
    watch.load = lambda: cut
    with pytest.raises(KeyboardInterrupt):
        watch.poll()
    assert len(store.ids()) == 1
    linked: list[int] = []
    watch.load, watch.link = load, lambda readings: (linked.append(len(readings)), ())[1]
    assert watch.poll().done.read == 2 and linked == [3] and len(store.ids()) == 3
    watch.poll()
    assert linked == [3]


def test_watch_failing_feeds_are_asked_ever_more_rarely(watch: Watch, site: Site, clock: Clock) -> None:
    site.put("/feed", "", 500)
    said: list[str] = []
    watch.say = said.append
    assert watch.poll().failed == 1 and watch.poll().feeds == 0
    clock.time += 301
    assert watch.poll().failed == 1
    clock.time += 301
    assert watch.poll().feeds == 0
    clock.time += 301
    site.put("/feed", rss(item(1, site)))
    assert watch.poll().done.read == 1 and len(said) == 2 and "500" in said[0]
    assert watch.book.feed(site.address + "/feed").failures == 0


def test_watch_one_bad_feed_stops_no_other(watch: Watch, site: Site) -> None:
    site.put("/feed", "<!DOCTYPE a [<!ENTITY b 'c'>]><rss/>")
    site.put("/good", rss(item(1, site)))
    watch.feeds = (*watch.feeds, Feed("http://127.0.0.1:1/"), Feed(site.address + "/good"))
    done = watch.poll()
    assert (done.failed, done.done.read) == (2, 1)


def page(words: str) -> str:
    return f"<html lang=en><head><title>A page</title></head><body><article><p>{words}</p></article></body></html>"


def test_watch_articles_are_fetched_where_robots_allow(watch: Watch, site: Site, store: Store, clock: Clock) -> None:
    watch.articles = True
    site.put("/robots.txt", "User-agent: dateline\nDisallow: /news/2")
    site.put("/feed", rss(item(3, site), item(2, site), item(1, site)))
    long = "Gunmen stopped a bus on the road to Oruro on Monday and took nine people away, the police said. " * 5
    site.put("/news/1", page(long), Content_Type="text/html; charset=utf-8")
    site.put("/news/2", page("This must never be read."))
    site.put("/news/3", "", 503, Retry_After="600")
    assert watch.poll().done.read == 2
    texts = {reading.document.title: reading.document.text for reading in store.readings()}
    assert "took nine people" in texts["Report 1"] and texts["Report 2"].endswith("Four people died.")
    assert "/news/2" not in site.paths()
    clock.time += 700
    site.put("/news/3", page(long.replace("nine", "ten")), Content_Type="text/html")
    assert watch.poll().done.read == 1
    assert {reading.document.published for reading in store.readings()} == {"2024-03-05T10:00:00+00:00"}


def test_watch_articles_never_lead_into_the_private_network(watch: Watch, site: Site, store: Store) -> None:
    watch.articles = True
    port = site.address.rpartition(":")[2]
    site.put("/feed", rss(item(1, site).replace("127.0.0.1", "localhost")))
    assert watch.poll().done.read == 1 and site.paths() == ["/feed"]
    (reading,) = store.readings()
    assert reading.document.url == f"http://localhost:{port}/news/1"


# Alerts -----------------------------------------------------------------------------------------------


def told(path: Path) -> list[str]:
    return [entry.findtext(ATOM + "summary") or "" for entry in ElementTree.parse(path).getroot().iter(ATOM + "entry")]


def add(store: Store, *numbers: int) -> None:
    """Incidents beside those that the store holds."""
    found = [made(number) for number in numbers]
    store.add_many([reading for readings, _ in found for reading in readings])
    store.replace_incidents((*store.incidents(), *(incident for _, incident in found)))


def test_watch_alerts_each_new_incident_once(watch: Watch, site: Site, store: Store, tmp_path: Path) -> None:
    fill(store, 20)
    store.save_search(RAIDS)
    site.put("/feed", rss())
    site.put("/hook", "", 204)
    watch.alerts, watch.webhook = tmp_path / "alerts.atom", site.address + "/hook"
    assert watch.poll().alerts == 0 and told(watch.alerts) == []
    new = [k for k in range(20, 60) if made(k)[1].type == "ASSAULT"][:3]
    add(store, *new, next(k for k in range(20, 60) if made(k)[1].type == "PROTEST"))
    done = watch.poll()
    assert (done.alerts, done.posted) == (3, 3)
    assert len(told(watch.alerts)) == 3 and all(line.startswith("raids <& co>: ") for line in told(watch.alerts))
    posts = [(headers, json.loads(body)) for verb, _, headers, body in site.asked if verb == "POST"]
    assert {post["incident"]["id"] for _, post in posts} == {made(k)[1].id for k in new}
    assert posts[0][0]["Idempotency-Key"] == posts[0][1]["id"] and len(posts[0][1]["reports"]) == 2
    again = watch.poll()
    assert (again.alerts, again.posted) == (0, 0)
    grown = [dataclasses.replace(each, id="other-" + each.id) for each in store.incidents()]
    store.replace_incidents(grown)
    assert watch.poll().alerts == 0 and len(told(watch.alerts)) == 3


def test_watch_webhook_is_tried_again(watch: Watch, site: Site, store: Store, clock: Clock) -> None:
    fill(store, 5)
    store.save_search(dataclasses.replace(RAIDS, query={}))
    site.put("/feed", rss())
    site.put("/hook", "", 500)
    watch.webhook = site.address + "/hook"
    watch.poll()
    add(store, 30, 31)
    assert (watch.poll().posted, site.paths().count("/hook"), clock.slept) == (0, 3, [2.0, 4.0])
    site.put("/hook", "ok")
    assert watch.poll().posted == 1
    clock.time += 301
    assert watch.poll().posted == 1 and watch.poll().posted == 0
    taken = [json.loads(body)["id"] for verb, _, _, body in site.asked if verb == "POST"][3:]
    assert len(set(taken)) == len(taken) == 2


def test_watch_alert_files_hold_any_words(watch: Watch, site: Site, store: Store, tmp_path: Path) -> None:
    store.save_search(dataclasses.replace(RAIDS, query={}, name="\x00 ]]> <script>"))
    site.put("/feed", rss())
    watch.alerts = tmp_path / "alerts.atom"
    watch.poll()
    add(store, 1)
    watch.poll()
    assert told(watch.alerts)[0].startswith(" ]]> <script>: ")


def test_watch_unknown_searches_are_named(watch: Watch, site: Site, tmp_path: Path) -> None:
    watch.alerts, watch.searches = tmp_path / "a.atom", ("nothing",)
    with pytest.raises(WatchError, match="nothing"):
        watch.poll()
    assert site.asked == []


# The command ------------------------------------------------------------------------------------------


def test_watch_command_reads_stores_and_links(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "Gunmen killed four farmers in Kano on Monday, the police said."
    site.put("/feed", rss(item(1, site, words)))
    opml = tmp_path / "feeds.opml"
    opml.write_text(f'<opml><body><outline text="Wire" xmlUrl="{site.address}/feed"/></body></opml>')
    command = ["watch", str(opml), "--store", str(tmp_path / "n.db"), "--once", "--pause", "0"]
    assert main([*command, "--alerts", str(tmp_path / "a.atom")]) == 0
    assert "1 read, 0 failed; 0 alerts" in capsys.readouterr().err
    assert main(command) == 0
    with Store(tmp_path / "n.db") as store:
        (reading,) = store.readings()
        assert reading.document.outlet == "Wire" and reading.events and store.incidents()


def test_watch_command_refuses_what_makes_no_sense(tmp_path: Path) -> None:
    store = str(tmp_path / "n.db")
    assert main(["watch", str(tmp_path / "none.opml"), "--store", store]) == 2
    assert main(["watch", "https://a.example/", "--store", ":memory:"]) == 2
    assert main(["watch", "https://a.example/", "--store", store, "--webhook", "ftp://x/"]) == 2
    for wrong in (["--every", "5s"], ["--every", "soon"], ["--once", "--every", "1h"], ["--pause", "-1"]):
        with pytest.raises(SystemExit):
            main(["watch", "https://a.example/", "--store", store, *wrong])
    assert not Path(store).exists()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_watch_command_stops_cleanly(how: signal.Signals, site: Site, tmp_path: Path) -> None:
    site.put("/feed", rss())
    arguments = ["watch", site.address + "/feed", "--store", str(tmp_path / "n.db"), "--every", "1h"]
    command = [sys.executable, "-m", "dateline", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=dict(os.environ)) as running:
        assert running.stderr is not None
        assert "1 feeds asked" in running.stderr.readline()
        time.sleep(0.2)
        running.send_signal(how)
        assert "stopped" in running.stderr.read()
        assert running.wait(timeout=10) == 0


def test_watch_client_of_another_round_is_as_careful(client: Client) -> None:
    assert client.resting("no address") == 0.0
