"""What a store keeps, and what it says when it cannot."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from dateline.core import (
    Argument,
    Claim,
    Count,
    Document,
    Entity,
    Event,
    EventPlace,
    EventTime,
    Failure,
    Incident,
    IncidentCount,
    IncidentPlace,
    Mention,
    Passage,
    Place,
    Reading,
    Span,
    StoreError,
    Telling,
    Verdict,
    Voice,
)
from dateline.store import Store

TEXT = "Gunmen killed two farmers near Río Seco, police said. Nobody was détained."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def reading(id: str = "d1", text: str = TEXT) -> Reading:
    return Reading(
        document=Document.of(text, id=id, published="2024-03-05", outlet="Valley Post", extra={"batch": 3}),
        passages=(Passage("p1", Span(0, len(text)), "narration", "v1", "2024-03-05"),),
        voices=(Voice("v1", "Valley Post", "outlet", ("v1",)), Voice("v2", "police", "official", ("v1", "v2"))),
        attributions=(),
        timexes=(),
        toponyms=(),
        places=(Place("g1", "Río Seco", "town", -9.5, -76.25, "PE", "Huánuco"),),
        mentions=(
            Mention("m1", span("Gunmen"), span("Gunmen"), "people", "nominal", "e1"),
            Mention("m2", span("two farmers"), span("farmers"), "people", "nominal", None),
        ),
        entities=(Entity("e1", "gunmen", "people", country="PE", sector="REB"),),
        events=(
            Event(
                id="x1",
                trigger=span("killed"),
                type="ASSAULT",
                mode="firearms",
                arguments=(Argument("actor", "m1"), Argument("victim", "m2"), Argument("target", "m9")),
                place=EventPlace("g1", span("Río Seco")),
                time=EventTime("2024-03-04", "2024-03-05", "day"),
                counts=(Count("killed", 2, 2, 2, span("two"), "farmers", "m2"),),
                status="asserted",
                certainty="certain",
                background=False,
                attribution=None,
                voice="v2",
                evidence=(span("Gunmen killed two farmers near Río Seco"),),
            ),
        ),
        media=(),
        producers={"events": "test@1"},
    )


def incident(id: str = "i1", document: str = "d1", event: str = "x1") -> Incident:
    claim = Claim((2, 2), ("Valley Post", "police"), "police", document, span("two"), "2024-03-05")
    return Incident(
        id=id,
        type="ASSAULT",
        mode="firearms",
        documents=(document,),
        events=(Telling(document, event, ("Valley Post", "police")),),
        time=EventTime("2024-03-04", "2024-03-05", "day"),
        place=IncidentPlace("Río Seco", -9.5, -76.25, "PE", "Huánuco", 5.0, "town"),
        parties=(),
        counts={"killed": IncidentCount(2, 2, 2, "only", (claim,))},
        origins=1,
        disagreements=(),
        labels=(),
    )


def test_store_gives_back_what_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "a store.db"
    with Store(path) as store:
        assert store.add(reading()) is True
        assert store.add(reading()) is False
        store.replace_incidents([incident()])
    with Store(f"sqlite:///{path}", create=False) as store:
        assert store.ids() == ("d1",)
        assert list(store.readings()) == [reading()]
        assert store.reading("d1") == reading()
        assert store.reading("d2") is None
        assert store.sha256_of("d1") == reading().document.sha256
        assert store.incidents() == (incident(),)
        assert store.incident("i1") == incident()
        assert store.incident("i2") is None
        assert dict(store.by_document()) == {"d1": reading()}
        assert "d2" not in store.by_document()


def test_store_lays_events_flat() -> None:
    with Store(":memory:") as store:
        store.add(reading())
        (row,) = store.events()
        assert (row.document, row.id, row.type, row.mode, row.background) == ("d1", "x1", "ASSAULT", "firearms", False)
        assert (row.place, row.country, row.admin1, row.lat, row.lon) == ("Río Seco", "PE", "Huánuco", -9.5, -76.25)
        assert row.voices == ("Valley Post", "police")
        assert row.quote == "Gunmen killed two farmers near Río Seco"
        assert TEXT[row.first : row.last] == "killed"
        assert store.events(type="ASSAULT", country="PE", since="2024-03-05", until="2024-03-04", document="d1") == (
            row,
        )
        assert (
            store.events(type="PROTEST") == store.events(since="2024-03-06") == store.events(until="2024-03-03") == ()
        )
        assert store.events(offset=1) == ()


@pytest.mark.parametrize("words", ["rio seco", "farmers KILLED", "detained", '"two" (farmers', "police AND said"])
def test_store_search_finds_words(words: str) -> None:
    with Store(":memory:") as store:
        store.add(reading())
        hits = store.search(words.replace("AND ", ""))
        assert hits and hits[-1].document == "d1" and "«" in hits[-1].snippet


def test_store_search_puts_events_first_and_takes_any_query() -> None:
    with Store(":memory:") as store:
        store.add(reading())
        assert [hit.event for hit in store.search("farmers")] == ["x1", None]
        assert [hit.event for hit in store.search("farmers", limit=1)] == ["x1"]
        for odd in ("", "   ", '"', "*", "a:b", "NEAR(zz", "\0", "nothing-like-it", "--", "x" * 5000):
            assert store.search(odd) == ()


def test_store_refuses_another_text_under_the_same_id() -> None:
    with Store(":memory:") as store:
        store.add(reading())
        with pytest.raises(StoreError, match="d1 is already there with another text"):
            store.add(reading(text=TEXT + " More."))
        assert store.ids() == ("d1",)


def test_store_replaces_incidents_whole_or_not_at_all() -> None:
    with Store(":memory:") as store:
        store.add(reading())
        store.replace_incidents([incident("i1"), incident("i0")])
        assert [each.id for each in store.incidents()] == ["i1", "i0"]
        with pytest.raises(StoreError, match="FOREIGN KEY"):
            store.replace_incidents([incident("i3"), incident("i4", event="x99")])
        assert [each.id for each in store.incidents()] == ["i1", "i0"]
        store.replace_incidents([])
        assert store.incidents() == ()


def test_store_verdicts_are_appended_only(tmp_path: Path) -> None:
    first = Verdict("r1", "i1", "accept", "ana", "2024-03-06T10:00:00Z")
    second = Verdict("r2", "i1", "reject", "ben", "2024-03-07T10:00:00Z", "a copy of i0")
    with Store(tmp_path / "s.db") as store:
        store.add_verdict(first)
        store.add_verdict(second)
        store.add_verdict(first)
        assert store.verdicts() == store.verdicts("i1") == (first, second)
        assert store.verdicts("i2") == ()
        with pytest.raises(StoreError, match="r1 is already there"):
            store.add_verdict(Verdict("r1", "i1", "reject", "ana", "2024-03-06T10:00:00Z"))
    raw = sqlite3.connect(tmp_path / "s.db")
    for change in ("UPDATE verdicts SET decision = 'x'", "DELETE FROM verdicts"):
        with pytest.raises(sqlite3.IntegrityError, match="appended"):
            raw.execute(change)
    raw.close()


def test_store_keeps_failures_until_the_document_is_read() -> None:
    with Store(":memory:") as store:
        run = store.start_run(["a.jsonl"], "0.1.0")
        store.add_failure(Failure("d1", "read", "ValueError: odd"), run)
        store.add_failure(Failure("a.jsonl:3", "ingest", "no text"), run)
        again = store.start_run(["a.jsonl"], "0.1.0")
        store.add_failure(Failure("d1", "read", "ValueError: odder"), again)
        assert store.failures() == (
            Failure("d1", "read", "ValueError: odder"),
            Failure("a.jsonl:3", "ingest", "no text"),
        )
        assert store.failures(again) == (Failure("d1", "read", "ValueError: odder"),)
        store.add(reading())
        assert store.failures() == (Failure("a.jsonl:3", "ingest", "no text"),)
        store.finish_run(again, read=1, skipped=0, failed=1)
        cut, whole = store.runs()
        assert (cut.finished, whole.inputs, whole.read, whole.failed) == (None, ("a.jsonl",), 1, 1)
        assert whole.finished and whole.finished >= whole.started


def test_store_is_not_something_else(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear all, this is no database, however long it may be. " * 50)
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE shoes (size)")
    other.close()
    with pytest.raises(StoreError, match=r"letter\.db: not a store"):
        Store(tmp_path / "letter.db")
    with pytest.raises(StoreError, match=r"other\.db: not a store"):
        Store(tmp_path / "other.db")
    with pytest.raises(StoreError, match="a folder"):
        Store(tmp_path)
    with pytest.raises(StoreError, match="no such store"):
        Store(tmp_path / "none.db", create=False)
    with pytest.raises(StoreError, match="no such folder"):
        Store(tmp_path / "none" / "s.db")
    with pytest.raises(StoreError, match="not a kind of store"):
        Store("postgresql://host/base")
    with pytest.raises(StoreError, match="needs a file name"):
        Store("")


def test_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    Store(tmp_path / "s.db").close()
    raw = sqlite3.connect(tmp_path / "s.db")
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    with pytest.raises(StoreError, match="newer version"):
        Store(tmp_path / "s.db")


def test_store_locked_by_another_is_told(tmp_path: Path) -> None:
    with Store(tmp_path / "s.db", patience=0.05) as store:
        other = sqlite3.connect(tmp_path / "s.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"s\.db: locked by another process"):
            store.add(reading())
        other.execute("ROLLBACK")
        other.close()
        assert store.add(reading())


def test_store_closed_is_told(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.db")
    store.close()
    with pytest.raises(StoreError, match="already closed"):
        store.ids()


def test_store_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "s.db").touch()
    with Store(tmp_path / "s.db") as store:
        assert store.add(reading())


def test_store_serves_several_threads(tmp_path: Path) -> None:
    with Store(tmp_path / "s.db") as store:
        workers = [threading.Thread(target=lambda k=k: store.add(reading(f"d{k % 10}"))) for k in range(30)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert sorted(store.ids()) == sorted(f"d{k}" for k in range(10))


OPEN = "import sys; from dateline.store import Store; Store(sys.argv[1]).close()"


def test_store_may_be_made_by_several_processes_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OPEN, str(tmp_path / "s.db")]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
    for process in both:
        _, told = process.communicate(timeout=60)
        assert process.returncode == 0, told
