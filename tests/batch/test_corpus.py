"""Runs over a corpus: the same bytes whatever the engine, the workers, the tasks' order or a restart."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import signal
import threading
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dateline.batch.corpus import Local, merge, process_shard, status
from dateline.batch.corpus.addresses import Folder, Source, sources
from dateline.batch.corpus.engines import STARTS, UNSTARTED, attempted
from dateline.batch.corpus.importing import import_run
from dateline.batch.corpus.locking import locked
from dateline.batch.corpus.planning import planned
from dateline.batch.corpus.records import Fault, Piece
from dateline.batch.corpus.run import Progress
from dateline.batch.corpus.status import incidents_in, readings_in
from dateline.batch.corpus.telling import Teller, in_words
from dateline.core import DatelineError, Failure, IngestError
from dateline.exports.parquet import ParquetFormat
from dateline.incidents import link
from dateline.incidents.partitions import ordered
from dateline.ingest import Limits, Part, bounded, streamed
from dateline.store import Store

HERE = Path(__file__).parent


def test_corpus_any_order_gives_the_same_bytes(tmp_path: Path, fakes: ModuleType) -> None:
    inputs = [fakes.corpus(tmp_path / "a.jsonl", 90)]
    for seed in (1, 2):
        done = fakes.run(inputs, tmp_path / f"out{seed}", engine=lambda seed=seed: fakes.Here(seed), tasks=7)
        assert (done.shards, done.read, done.failed, done.faults) == (7, 91, 3, ())
    assert fakes.contents(tmp_path / "out1") == fakes.contents(tmp_path / "out2")
    whole = fakes.contents(tmp_path / "out1")
    assert {"_manifest.json", "_SUCCESS", "parts/000000.parquet", "completions/000006.json"} <= set(whole)
    assert "incidents/000000.parquet" in whole and "errors/clashes.jsonl" in whole


@pytest.mark.slow
def test_corpus_processes_give_the_same_bytes(tmp_path: Path, fakes: ModuleType) -> None:
    inputs = [fakes.corpus(tmp_path / "a.jsonl", 40)]
    for workers in (1, 3):
        fakes.run(inputs, tmp_path / f"out{workers}", engine=lambda workers=workers: Local(workers), tasks=5)
    fakes.run(inputs, tmp_path / "here", engine=fakes.Here, tasks=5)
    assert fakes.contents(tmp_path / "out1") == fakes.contents(tmp_path / "out3") == fakes.contents(tmp_path / "here")


def test_corpus_links_as_if_all_at_once(tmp_path: Path, fakes: ModuleType) -> None:
    inputs = [fakes.corpus(tmp_path / "a.jsonl", 240)]
    fakes.run(inputs, tmp_path / "out", engine=fakes.Here, tasks=9)
    folder = Folder(str(tmp_path / "out"))
    readings = list(readings_in(folder, ParquetFormat()))
    assert len(readings) == len({reading.document.id for reading in readings}) == 239
    incidents = tuple(ordered(incidents_in(folder, ParquetFormat())))
    assert incidents == link(readings) and max(len(each.documents) for each in incidents) > 2


def test_corpus_links_in_many_tasks_as_if_all_at_once(
    tmp_path: Path, fakes: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dateline.batch.corpus import linking

    for name, most in {"_DOCUMENTS": 12, "_PAIRS": 30, "_STEP": 7, "_BONDS": 20, "_GROUP": 9}.items():
        monkeypatch.setattr(linking, name, most)
    inputs, tasks = [fakes.corpus(tmp_path / "a.jsonl", 120)], dict[str, int]()
    done = fakes.run(
        inputs, tmp_path / "out", engine=fakes.Here, tasks=5, hear=lambda told: tasks.update({told.stage: told.tasks})
    )
    folder = Folder(str(tmp_path / "out"))
    readings = list(readings_in(folder, ParquetFormat()))
    assert ordered(incidents_in(folder, ParquetFormat())) == list(link(readings))
    assert done.incidents and tasks["comparing"] > 3 and tasks["linking"] > 3


def test_corpus_number_of_tasks_changes_no_incident(tmp_path: Path, fakes: ModuleType) -> None:
    inputs = [fakes.corpus(tmp_path / "a.jsonl", 60, odd=False)]
    found = []
    for tasks in (1, 8):
        fakes.run(inputs, tmp_path / f"out{tasks}", engine=fakes.Here, tasks=tasks)
        found.append({n: s for n, s in fakes.contents(tmp_path / f"out{tasks}").items() if n.startswith("incidents/")})
    assert found[0] == found[1] and found[0]


def test_corpus_goes_on_where_it_stood(tmp_path: Path, fakes: ModuleType) -> None:
    inputs = [fakes.corpus(tmp_path / "a.jsonl", 50)]
    whole, out = tmp_path / "whole", tmp_path / "out"
    fakes.run(inputs, whole, engine=fakes.Here, tasks=6)
    shutil.copytree(whole, out)
    for name in ("_SUCCESS", "completions/000001.json", "parts/000002.parquet", "incidents/000000.parquet"):
        (out / name).unlink()
    (out / "parts/000003.parquet").write_bytes(b"PAR1 broken")
    (out / "completions/000004.json").write_text("{")
    (out / "parts/.000005.parquet.99.part").write_bytes(b"half")
    heard: list[Progress] = []
    with pytest.raises(DatelineError, match="holds a run already"):
        fakes.run(inputs, out, engine=fakes.Here, tasks=6)
    fakes.run(inputs, out, engine=fakes.Here, tasks=6, resume=True, hear=heard.append)
    assert fakes.contents(out) == fakes.contents(whole)
    assert max(each.fresh for each in heard) < 50 and heard[-1].stage == "linking"
    assert fakes.run(inputs, out, engine=lambda: None, resume=True).read == 51


def test_corpus_refuses_to_mix_runs(tmp_path: Path, fakes: ModuleType) -> None:
    inputs = [fakes.corpus(tmp_path / "a.jsonl", 9, odd=False)]
    out = tmp_path / "out"
    fakes.run(inputs, out, engine=fakes.Here, tasks=2)
    with pytest.raises(DatelineError, match="begun with 2 shards"):
        fakes.run(inputs, out, engine=fakes.Here, tasks=3, resume=True)
    fakes.corpus(tmp_path / "a.jsonl", 10, odd=False)
    with pytest.raises(DatelineError, match="other inputs, or they have changed"):
        fakes.run(inputs, out, engine=fakes.Here, resume=True)
    fakes.MAKERS["source"] = "other"
    try:
        with pytest.raises(DatelineError, match="source has changed"):
            fakes.run(inputs, out, engine=fakes.Here, resume=True)
    finally:
        fakes.MAKERS["source"] = "fake"


def test_corpus_two_coders_on_one_folder(tmp_path: Path, fakes: ModuleType) -> None:
    inputs = [fakes.corpus(tmp_path / "a.jsonl", 5, odd=False)]
    with (
        locked(Folder(str(tmp_path / "out"))),
        pytest.raises(DatelineError, match=r"another run writes here \(process \d+"),
    ):
        fakes.run(inputs, tmp_path / "out", engine=fakes.Here)
    assert fakes.run(inputs, tmp_path / "out", engine=fakes.Here).read == 5


@pytest.mark.slow
def test_corpus_document_that_kills_or_hangs_is_named(tmp_path: Path, fakes: ModuleType) -> None:
    rows = ["Two were killed.", "This kills the worker.", "Three were killed.", "This hangs."]
    lines = [json.dumps({"id": f"d{n}", "text": text}) + "\n" for n, text in enumerate(rows)]
    (tmp_path / "a.jsonl").write_text("".join(lines))
    done = process_shard(str(tmp_path / "a.jsonl"), str(tmp_path / "x"), fakes.settings(seconds=0.5), careful=True)
    assert (done.read, done.failed) == (2, 2)
    told = [json.loads(line) for line in (tmp_path / "x/errors/a.jsonl").read_text().splitlines()]
    assert [row["id"] for row in told] == ["d1", "d3"]
    assert "died" in told[0]["error"] and "longer than 0.5 seconds" in told[1]["error"]
    (tmp_path / "a.jsonl").write_text("".join(lines[:3]))
    outcome = fakes.run([str(tmp_path / "a.jsonl")], tmp_path / "out", engine=lambda: Local(1))
    assert (outcome.read, outcome.failed, outcome.faults) == (2, 1, ())


@pytest.mark.slow
def test_corpus_process_that_dies_at_its_start_costs_no_try(tmp_path: Path, fakes: ModuleType) -> None:
    tasks = ["a", "b", "c"]
    done = dict(Local(2, start="forkserver").run(fakes.DiesAtStart(tmp_path, 7), tasks))
    assert done == {task: (task, 0) for task in tasks}


@pytest.mark.slow
def test_corpus_processes_that_cannot_start_end_the_run(tmp_path: Path, fakes: ModuleType) -> None:
    ((task, fault),) = Local(2, start="forkserver").run(fakes.DiesAtStart(tmp_path, 1_000), ["a", "b", "c"])
    assert fault == Fault(task, UNSTARTED, fatal=True) and STARTS <= len(list(tmp_path.iterdir())) <= STARTS + 2


def test_corpus_shard_that_cannot_be_read_is_no_loss(tmp_path: Path, fakes: ModuleType) -> None:
    inputs = [fakes.corpus(tmp_path / f"{name}.jsonl", 5, odd=False) for name in "ab"]
    out = tmp_path / "out"

    class Gone(fakes.Here):
        def run(self, work: Any, tasks: Any) -> Any:
            (tmp_path / "b.jsonl").rename(tmp_path / "c.jsonl")
            yield from super().run(work, tasks)

    (tmp_path / "b.jsonl").write_text((tmp_path / "b.jsonl").read_text().replace('"d', '"e'))
    done = fakes.run(inputs, out, engine=Gone, tasks=2)
    assert [fault.error for fault in done.faults] == [f"{tmp_path}/b.jsonl: No such file or directory"]
    assert done.incidents is None and not (out / "_SUCCESS").exists()
    told = status(str(out))
    assert told.done == 1 and told.faults == done.faults and not told.whole
    assert any("No such file" in line for line in told.lines())
    (tmp_path / "c.jsonl").rename(tmp_path / "b.jsonl")
    assert fakes.run(inputs, out, engine=fakes.Here, resume=True).read == 10
    assert status(str(out)).faults == () and next(status(str(out)).lines()) == "whole: 2 of 2 shards"


def test_corpus_elsewhere_than_on_this_machine(tmp_path: Path, fakes: ModuleType) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    text = Path(fakes.corpus(tmp_path / "a.jsonl", 30)).read_bytes()
    memory.pipe_file("/corpus/a.jsonl", text)
    done = fakes.run(["memory://corpus/*.jsonl"], "memory://out", engine=fakes.Here, tasks=4)
    assert done.read == 31 and memory.exists("/out/_SUCCESS") and not memory.exists("/out/_lock")
    assert fakes.run(["memory://corpus/*.jsonl"], "memory://out", engine=fakes.Here, resume=True) == done
    here = fakes.run([str(tmp_path / "a.jsonl")], tmp_path / "out", engine=fakes.Here, tasks=4)
    assert here.incidents == done.incidents
    with (
        locked(Folder("memory://out")),
        pytest.raises(DatelineError, match="another run"),
        locked(Folder("memory://out")),
    ):
        pass
    memory.rm("/out", recursive=True)


def test_corpus_merge_and_store(tmp_path: Path, fakes: ModuleType) -> None:
    inputs = [fakes.corpus(tmp_path / "a.jsonl", 40)]
    out = tmp_path / "out"
    with pytest.raises(DatelineError, match="no run is there"):
        merge(str(out), ParquetFormat())
    fakes.run(inputs, out, engine=fakes.Here, tasks=3)
    done = merge(str(out), ParquetFormat())
    assert (done.readings, done.failures) == (39, 3)
    assert len(list(ParquetFormat().records(fakes.Reading, out / "merged/readings.parquet"))) == 39
    with Store(tmp_path / "s.db") as store:
        taken = import_run(str(out), store, ParquetFormat())
        assert (taken.read, taken.skipped, taken.failed) == (39, 0, 3)
        assert store.incidents() == link(tuple(store.readings())) and len(store.failures()) == 2
        again = import_run(str(out), store, ParquetFormat())
        assert (again.read, again.skipped, again.incidents) == (0, 39, taken.incidents)


def test_corpus_of_nothing_that_can_be_read(tmp_path: Path, fakes: ModuleType) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "d1"}\n')
    done = fakes.run([str(tmp_path / "a.jsonl")], tmp_path / "out", engine=fakes.Here)
    assert (done.read, done.failed, done.incidents) == (0, 1, 0)
    with pytest.raises(IngestError, match="no file of this pattern"):
        sources([str(tmp_path / "*.txt")])


# Plans, parts, words ------------------------------------------------------------------------------------


def test_corpus_plan_covers_every_file_once() -> None:
    chance = random.Random(4)
    for tasks in (None, 1, 7, 50):
        files = [
            Source(f"f{n}.{chance.choice(['txt', 'jsonl', 'warc.gz', 'html'])}", chance.randint(0, 9_000_000))
            for n in range(40)
        ]
        shards = planned(files, tasks)
        pieces = [piece for shard in shards for piece in shard]
        assert list(dict.fromkeys(piece.uri for piece in pieces)) == [source.uri for source in files]
        for source in files:
            mine = [piece for piece in pieces if piece.uri == source.uri]
            assert [piece.index for piece in mine] == list(range(mine[0].of)) == list(range(len(mine)))
        if tasks:
            assert len(shards) <= 2 * tasks + 1
    assert Piece.at("a#5/2") == Piece("a#5/2") and str(Piece.at("a.jsonl#1/2")) == "a.jsonl#1/2"


def test_corpus_parts_of_a_file_are_the_file(tmp_path: Path, fakes: ModuleType) -> None:
    text = Path(fakes.corpus(tmp_path / "a.jsonl", 20)).read_bytes() + b"{broken\n\n"

    def taken(part: Part | None) -> list[str]:
        return [str(each) for each in streamed("a.jsonl", io.BytesIO(text), part=part)]

    whole = taken(None)
    assert sorted(each for index in range(3) for each in taken(Part(index, 3))) == sorted(whole)
    with pytest.raises(OSError, match="wire"):
        list(streamed("a.jsonl", Broken(), part=Part(1, 3)))


class Broken:
    def read(self, size: int) -> bytes:
        raise OSError(5, "the wire is cut")


def test_corpus_progress_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert in_words(Progress("linking", 1, 3, 5), 0, 0) == "linking: 1 of 3 shards, 5 read"
    assert "2.8 h left" in in_words(Progress("reading", 1, 101, 5, 0, 5), 100, 1)
    Teller(asked=True)(Progress("reading", 3, 3, 5, 1, 5))
    assert "reading: 3 of 3 shards, 5 read, 1 failed" in capsys.readouterr().err
    Teller()(Progress("reading", 3, 3, 5, 1, 5))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("words", ["text", "text=", "text=-1", "text=0", "without=3", "nothing=3", "text=1e9"])
def test_corpus_bounds_that_make_no_sense_are_named(words: str) -> None:
    with pytest.raises(DatelineError, match="--bound"):
        bounded(Limits(), [words])


def test_corpus_long_text_is_named(tmp_path: Path) -> None:
    (found,) = streamed("a.txt", io.BytesIO(b"word " * 30), limits=bounded(Limits(), ["text=100"]))
    assert isinstance(found, Failure) and found.error == "a text of more than 100 characters"


def test_corpus_full_disk_stops_the_run(tmp_path: Path, fakes: ModuleType) -> None:
    def full(task: str, tries: int) -> None:
        raise OSError(28, "No space left on device", "out/parts/x")

    assert attempted(full, "7", 0) == Fault("7", "out/parts/x: No space left on device", fatal=True)


# Ray ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.faults
def test_corpus_ray_gives_the_same_bytes_and_a_killed_worker_recovers(
    tmp_path: Path, fakes: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    ray = pytest.importorskip("ray")
    from dateline.batch.corpus.ray_engine import Ray

    inputs = [fakes.corpus(tmp_path / "a.jsonl", 40)]
    fakes.run(inputs, tmp_path / "local", engine=fakes.Here, tasks=6)
    killed: list[int] = []

    def kill() -> None:
        end = time.monotonic() + 600
        while not killed and time.monotonic() < end:
            begun = len(list((tmp_path / "ray/completions").glob("*.json"))) > 1
            if begun and (pid := (tmp_path / "pid").read_text()):
                os.kill(int(pid), signal.SIGKILL)
                killed.append(int(pid))
            time.sleep(0.005)

    told = {"PYTHONPATH": str(HERE), "FAKE_SECONDS": "0.1", "FAKE_PID": str(tmp_path / "pid")}
    try:
        engine = Ray(2, told)
        thread = threading.Thread(target=kill)
        thread.start()
        done = fakes.run(inputs, tmp_path / "ray", engine=lambda: engine, tasks=6)
        thread.join()
    finally:
        ray.shutdown()
    assert done.faults == () and killed
    assert fakes.contents(tmp_path / "ray") == fakes.contents(tmp_path / "local")
