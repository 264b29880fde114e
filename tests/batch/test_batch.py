"""Many documents: order, failures, stores that go on where they stood, and the Python face."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

import dateline
from dateline.batch import Tally, code, readings, shown
from dateline.batch import reading as reading_room
from dateline.core import Document, Failure, Incident, Reading, StoreError
from dateline.store import Store

HERE = Path(__file__).parent


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(HERE))
    import batch_fakes  # type: ignore[import-not-found]

    monkeypatch.setattr(reading_room, "_loaded", lambda: batch_fakes.read)
    return batch_fakes  # type: ignore[no-any-return]


def lines(path: Path, texts: list[str]) -> str:
    rows = [json.dumps({"id": f"d{k}", "text": text, "published": "2024-03-05"}) for k, text in enumerate(texts)]
    path.write_text("\n".join(rows) + "\n")
    return str(path)


def names(results: object) -> list[str]:
    return [
        each.document.id if isinstance(each, Reading) else f"{each.document}!{each.stage}"
        for each in results  # type: ignore[attr-defined]
    ]


TEXTS = ["Two were killed.", "This raises.", "Three were killed.", "", "Nobody came."]


def items() -> list[Document | Failure]:
    made: list[Document | Failure] = [Document.of(f"Report {k}. {text}", id=f"d{k}") for k, text in enumerate(TEXTS)]
    return [*made, Failure("a.jsonl:9", "ingest", "no text")]


def test_batch_results_are_in_order_and_no_defect_stops_them(fakes: ModuleType) -> None:
    results = list(readings(items(), load=fakes.load))
    assert names(results) == ["d0", "d1!read", "d2", "d3", "d4", "a.jsonl:9!ingest"]
    assert results[1] == Failure("d1", "read", "AttributeError: a defect")


@pytest.mark.slow
def test_batch_several_processes_give_the_same(fakes: ModuleType) -> None:
    many = [Document.of(f"{TEXTS[k % 5]} Number {k}.", id=f"d{k}") for k in range(60)]
    assert list(readings(many, jobs=2, load=fakes.load)) == list(readings(many, load=fakes.load))


@pytest.mark.slow
def test_batch_a_report_that_kills_its_process_is_named(fakes: ModuleType) -> None:
    texts = ["One.", "Two.", "This kills the worker.", "Four.", "Five.", "This kills the worker too.", "Seven."]
    many = [Document.of(text, id=f"d{k}") for k, text in enumerate(texts)]
    results = list(readings(many, jobs=2, load=fakes.load))
    assert names(results) == ["d0", "d1", "d2!read", "d3", "d4", "d5!read", "d6"]
    assert "died" in results[2].error  # type: ignore[union-attr]


def test_batch_code_reads_stores_links_and_resumes(tmp_path: Path, fakes: ModuleType) -> None:
    inputs = [lines(tmp_path / "a.jsonl", TEXTS)]
    heard: list[Tally] = []
    named: list[Failure] = []
    with Store(tmp_path / "s.db") as store:
        done = code(inputs, store, limit=2, load=fakes.load, link=fakes.link, progress=heard.append)
        assert done == Tally(read=1, skipped=0, failed=1, incidents=1)
        assert heard == [Tally(read=1), Tally(read=1, failed=1)]
        done = code(inputs, store, load=fakes.load, link=fakes.link, failed=named.append)
        assert done == Tally(read=2, skipped=1, failed=2, incidents=1)
        assert [each.document for each in named] == ["d1", "d3"]
        assert store.ids() == ("d0", "d2", "d4")
        assert [each.document for each in store.failures()] == ["d1", "d3"]
        assert store.incidents()[0].documents == ("d0", "d2")
        again = code(inputs, store, load=fakes.load, link=fakes.link)
        assert again == Tally(read=0, skipped=3, failed=2, incidents=1)
        assert [(run.read, run.failed) for run in store.runs()] == [(1, 1), (2, 2), (0, 2)]


def test_batch_code_names_an_id_that_is_taken(tmp_path: Path, fakes: ModuleType) -> None:
    first, other = lines(tmp_path / "a.jsonl", ["One."]), lines(tmp_path / "b.jsonl", ["Another."])
    with Store(":memory:") as store:
        done = code([first, other, first], store, load=fakes.load, link=fakes.link)
        assert done == Tally(read=1, skipped=1, failed=1, incidents=0)
        assert store.failures() == (Failure("d0", "store", "the store holds another text under this id"),)


def test_batch_code_takes_readings_as_they_are(tmp_path: Path, fakes: ModuleType) -> None:
    reading = fakes.read(Document.of("Two were killed.", id="d0"))
    (tmp_path / "a.jsonl").write_text(json.dumps(reading.to_dict()) + "\n")

    def never() -> Callable[[Document], Reading]:
        raise AssertionError("nothing is to be read")

    with Store(":memory:") as store:
        assert code([str(tmp_path / "a.jsonl")], store, load=never, link=fakes.link).read == 1
        assert list(store.readings()) == [reading]


def test_batch_code_with_the_links_of_the_house(tmp_path: Path, fakes: ModuleType) -> None:
    with Store(":memory:") as store:
        code([lines(tmp_path / "a.jsonl", TEXTS)], store, load=fakes.load)
        assert all(isinstance(each, Incident) for each in store.incidents())


def test_batch_code_stops_where_the_store_cannot_be_written(tmp_path: Path, fakes: ModuleType) -> None:
    store = Store(tmp_path / "s.db")
    run = code([lines(tmp_path / "a.jsonl", ["One."])], store, load=fakes.load, link=fakes.link)
    assert run.read == 1
    store.close()
    with pytest.raises(StoreError, match="already closed"):
        code([lines(tmp_path / "b.jsonl", ["Two."])], store, load=fakes.load, link=fakes.link)


RUN = """
import sys
sys.path.insert(0, sys.argv[1])
import batch_fakes
from dateline.batch import code
from dateline.store import Store
with Store(sys.argv[3]) as store:
    code([sys.argv[2]], store, load=batch_fakes.load, link=batch_fakes.link)
"""


@pytest.mark.slow
def test_batch_killed_at_any_moment_loses_nothing(tmp_path: Path, fakes: ModuleType) -> None:
    texts = [f"This raises {k}." if k % 50 == 7 else f"Report {k} is slow: {k} were killed." for k in range(80)]
    inputs = lines(tmp_path / "a.jsonl", texts)
    command = [sys.executable, "-c", RUN, str(HERE), inputs, str(tmp_path / "s.db")]
    chance, killed = random.Random(7), 0
    for attempt in range(40):
        process = subprocess.Popen(command)
        try:
            status = process.wait(timeout=0.6 + chance.random() + 0.15 * attempt)  # a busy machine starts slowly
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            status = process.wait()
            killed += 1
        if status == 0:
            break
    assert status == 0 and killed > 0
    with Store(tmp_path / "s.db", create=False) as store, Store(":memory:") as whole:
        code([inputs], whole, load=fakes.load, link=fakes.link)
        assert list(store.readings()) == list(whole.readings())
        assert store.incidents() == whole.incidents()
        assert store.failures() == whole.failures()
        assert len(store.events()) == len(whole.events()) == 78
        assert sum(run.read for run in store.runs()) <= 78
        assert store.runs()[-1].finished and not store.runs()[0].finished


def test_batch_progress_is_shown_where_asked(
    tmp_path: Path, fakes: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs = [lines(tmp_path / "a.jsonl", TEXTS)]
    with shown(inputs) as progress:
        assert progress is None
    with Store(":memory:") as store, shown(inputs, limit=3, asked=True) as progress:
        code(inputs, store, limit=3, load=fakes.load, link=fakes.link, progress=progress)
    told = capsys.readouterr()
    assert "3/3" in told.err and "1 failed" in told.err and not told.out


# The Python face ----------------------------------------------------------------------------------------


def test_batch_face_reads_texts_and_files(tmp_path: Path, fakes: ModuleType) -> None:
    report = tmp_path / "report.txt"
    report.write_text("date 2024-03-05 Two were killed.")
    for given in (report, str(report)):
        reading = dateline.read(given)
        assert reading.document.published == "2024-03-05" and reading.document.id.startswith("report-")
    assert dateline.read("Two were killed.", published="2024-03-04", outlet="Post").document.outlet == "Post"
    assert dateline.read(Document.of("Two.", id="d9")).document.id == "d9"
    made = dateline.read("Two were killed.").to_dict()
    assert made["schema"] == "dateline.reading/1" and json.dumps(made)


def test_batch_face_names_what_it_cannot_read(tmp_path: Path, fakes: ModuleType) -> None:
    with pytest.raises(dateline.IngestError, match=r"reprot\.txt: no such file"):
        dateline.read("reprot.txt")
    with pytest.raises(dateline.IngestError, match="no text"):
        dateline.read("")
    with pytest.raises(dateline.IngestError, match="published"):
        dateline.read("Two were killed.", published="9999-01-01")
    with pytest.raises(dateline.IngestError, match="several documents"):
        dateline.read(lines(tmp_path / "a.jsonl", TEXTS))


def test_batch_face_reads_many_of_any_kind(tmp_path: Path, fakes: ModuleType) -> None:
    given = [
        Document.of("One.", id="d1"),
        {"id": "d2", "text": "Two were killed.", "published": "2024-03-05"},
        {"id": "d3"},
        "Three were killed in a text.",
        lines(tmp_path / "a.jsonl", ["Four.", "This raises."]),
        tmp_path / "none.txt",
    ]
    results = list(dateline.read_many(given))
    assert [type(each) is Reading for each in results] == [True, True, False, True, True, False, False]
    assert results[2] == Failure("d3", "ingest", "no text")
    assert all(isinstance(each, Incident) for each in dateline.link(results))


def test_batch_face_makes_a_data_frame(fakes: ModuleType) -> None:
    pytest.importorskip("pandas")
    (incident,) = fakes.link([fakes.read(Document.of("Two were killed.", id="d0"))])
    frame = dateline.to_frame([incident])
    assert list(frame["id"]) == ["i1"] and frame["killed_best"].isna().all()
    assert list(dateline.to_frame([]).columns) == list(frame.columns)


def test_batch_face_says_what_a_data_frame_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(dateline.DatelineError, match="needs pandas"):
        dateline.to_frame([])


def test_batch_face_is_imported_in_no_time() -> None:
    script = (
        "import sys, time, dateline;"
        "print(len([m for m in sys.modules if m.startswith('dateline.')]), time.process_time() < 2)"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout == "0 True\n"


def test_batch_face_offers_all_that_it_names() -> None:
    assert all(getattr(dateline, name) is not None for name in dateline.__all__)
    assert set(dateline.__all__) <= set(dir(dateline))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        dateline.nothing  # noqa: B018
