"""A small run for tests of what goes on around the reading (workers import this by name)."""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dateline.batch.corpus import Local, Outcome, Settings, code_corpus
from dateline.batch.corpus.engines import attempted
from dateline.core import Document, Event, EventPlace, EventTime, Passage, Place, Reading, Span, Voice
from dateline.exports.parquet import ParquetFormat
from dateline.ingest import Limits

TOWNS = {
    "Ahfir": Place("g1", "Ahfir", "town", 34.95, -2.10, "MA", "Oriental", radius_km=5.0),
    "Naga": Place("g2", "Naga", "city", 13.62, 123.18, "PH", "Camarines Sur", radius_km=5.0),
    "Oruro": Place("g3", "Oruro", "city", -17.97, -67.11, "BO", "Oruro", radius_km=5.0),
}
SITES = ("fish market", "bus station", "grain silo", "post office", "ferry pier")
VOLATILE = ("_lock",)
MAKERS = {"source": "fake"}


def read(document: Document) -> Reading:
    """An event for the first "killed" in the first town named; some words make it fail, stop, wait or hang."""
    text = document.text
    if "raises" in text:
        raise AttributeError("a defect")
    if "kills the worker" in text:
        os._exit(9)
    if "hangs" in text:
        time.sleep(60)
    if os.environ.get("FAKE_PID"):
        Path(os.environ["FAKE_PID"]).write_text(str(os.getpid()))
    time.sleep(float(os.environ.get("FAKE_SECONDS", "0")))
    at = text.find("killed")
    town = next((name for name in TOWNS if name in text), None)
    place = EventPlace(TOWNS[town].id, Span(text.index(town), text.index(town) + len(town))) if town else None
    day = (document.published or "2024-03-05")[:10]
    when = EventTime(day, day, "day", "t1")
    span = Span(max(at, 0), at + 6)
    event = Event(
        "x1", span, "ASSAULT", "explosives", (), place, when, (), "asserted", "certain", False, None, "v1", (span,)
    )
    return Reading(
        document=document,
        passages=(Passage("p1", Span(0, len(text)), "narration", "v1", document.published),),
        voices=(Voice("v1", document.outlet or "outlet", "outlet", ("v1",)),),
        attributions=(),
        timexes=(),
        toponyms=(),
        places=(TOWNS[town],) if town else (),
        mentions=(),
        entities=(),
        events=(event,) if at >= 0 else (),
        media=(),
        producers={"events": "fake@1"},
    )


class Here:
    """An engine that does all in this process, in an order of its own."""

    def __init__(self, seed: int = 0) -> None:
        self._chance = random.Random(seed)

    def run(self, work: Callable[[str, int], Any], tasks: Sequence[str]) -> Iterator[tuple[str, Any]]:
        for task in self._chance.sample(list(tasks), len(tasks)):
            yield task, attempted(work, task, 0)


class DiesAtStart:
    """Work whose process dies while it starts, so many times; after that it gives the task's name."""

    def __init__(self, folder: Path, times: int) -> None:
        self.folder, self.times = folder, times

    def __call__(self, task: str, tries: int) -> tuple[str, int]:
        return task, tries

    def __reduce__(self) -> tuple[Any, ...]:
        return _started, (self.folder, self.times)


def _started(folder: Path, times: int) -> DiesAtStart:
    (folder / f"{os.getpid()}").touch()
    if len(list(folder.iterdir())) <= times:
        os._exit(9)
    return DiesAtStart(folder, times)


def load() -> object:
    return read


def settings(**given: object) -> Settings:
    return Settings(ParquetFormat(), limits=Limits(), load=load, **given)  # type: ignore[arg-type]


def run(inputs: list[str], out: Path, *, engine: object = None, **given: object) -> Outcome:
    """A run of the fake reader."""
    made = engine or (lambda: Local(2))
    return code_corpus(inputs, str(out), settings(), made, MAKERS, **given)  # type: ignore[arg-type]


def report(number: int) -> str:
    town, site = list(TOWNS)[number % 3], SITES[number // 3 % 5]
    return f"A bomb at the {site} of {town} killed {1 + number % 4} people, doctors said. Stalls at the {site} burned."


def corpus(path: Path, size: int, odd: bool = True) -> str:
    """A JSONL file of reports; some raise, some repeat a document, one has another's id."""
    rows = []
    for n in range(size):
        day = f"2024-{1 + n // 40 % 12:02}-{1 + n % 28:02}"
        rows.append({"id": f"d{n}", "text": report(n // 2), "published": day, "outlet": ("Post", "Radio")[n % 2]})
    if odd:
        rows[3]["text"] = "This raises."
        rows += [rows[1], {"id": "d2", "text": "Another text."}, {"id": "d9000"}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def contents(out: Path) -> dict[str, str]:
    """The SHA-256 of every file of a run."""
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in VOLATILE
    }


if __name__ == "__main__":
    done = run(
        [sys.argv[1]], Path(sys.argv[2]), engine=lambda: Local(int(sys.argv[3])), tasks=int(sys.argv[4]), resume=True
    )
    sys.exit(2 if done.faults else 0)
