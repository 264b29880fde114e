"""Speed and memory: ``python -m benchmarks.speed [FILE] [--only NAME …] [--quick]``.

Every measurement runs in a process of its own on one core and appends to benchmarks/results/speed.jsonl:

load       seconds to import the package and to load the pipeline
file       seconds to read the given file once loaded (the first sample where none is given)
reports    reports of 400 words read in a second, by the clock and by the processor's time
ratio      in one run: seconds to load, reports a second, their time over that of the bare parse, memory
growth     processor seconds for texts of 2,500 to 40,000 words, and the exponent (1 is linear)
corpus     processor seconds and memory after 25 to 400 different reports, and the exponent
two        two processes against one
long       seconds and memory for one document of 5 MB
quotes     seconds and memory for a text of 200,000 quotation marks
link       seconds to link 2,000 short readings
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.journal import RESULTS, append, stamp, table
from benchmarks.scaling import corpus, growth, two
from benchmarks.texts import SAMPLES, WORDS, hundreds, report, synthetic
from dateline.language.paragraphs import paragraphs

LONG = 5_000_000
MARKS = 200_000


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, append."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.split("\n")[0])
    parser.add_argument("file", nargs="?", type=Path, help="a text file to read for the measurement 'file'")
    parser.add_argument("--only", nargs="+", choices=sorted(MEASUREMENTS), default=[])
    parser.add_argument("--quick", action="store_true", help="a tenth of the long inputs; the row is not kept")
    parser.add_argument("--results", type=Path, default=RESULTS / "speed.jsonl", help="the file to append to")
    args = parser.parse_args(argv)
    file = args.file or sorted(SAMPLES.glob("*.txt"))[0]
    rows = []
    for name in args.only or MEASUREMENTS:
        found = _apart(name, str(file), 0.1 if args.quick else 1.0)
        row = {"name": name, **found}
        rows.append(row)
        if not args.quick:
            append(args.results, {**stamp(), **row})
        print(f"{name} done", file=sys.stderr, flush=True)
    print(shown(rows))
    return 0


def shown(rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows as a table for people."""
    told = [[row["name"], "  ".join(f"{key} {value}" for key, value in row.items() if key != "name")] for row in rows]
    return table([["measurement", "figures"], *told])


def load(_file: str, _scale: float) -> dict[str, Any]:
    """Import and load, by the clock and by the processor."""
    start, begun = time.perf_counter(), time.process_time()
    from dateline.pipeline import Pipeline

    imported = time.perf_counter()
    Pipeline.load()
    ended = time.perf_counter()
    cpu = time.process_time() - begun
    return {"import_s": _round(imported - start), "load_s": _round(ended - imported), "cpu_s": _round(cpu)}


def file(name: str, _scale: float) -> dict[str, Any]:
    """Read one file: the first reading in the process, and the best of five after it."""
    read = _reader()
    text = Path(name).read_text(encoding="utf-8")
    first = _timed(lambda: read(text))
    best = min(_timed(lambda: read(text)) for _ in range(5))
    return {"file": Path(name).name, "words": len(text.split()), "first_s": _round(first), "best_s": _round(best)}


def reports(_file: str, scale: float) -> dict[str, Any]:
    """Different reports of about 400 words, counted as reports of exactly 400."""
    from dateline.batch import pipeline

    read = pipeline()
    documents = [report(number) for number in range(max(10, int(100 * scale)))]
    for document in documents[-5:]:
        read(document)
    start, worked = time.perf_counter(), time.process_time()
    for document in documents:
        read(document)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    worth = hundreds(documents)
    return {
        "reports": len(documents),
        "words": sum(len(document.text.split()) for document in documents),
        "per_second": round(worth / seconds, 2),
        "per_cpu_second": round(worth / worked, 2),
    }


def ratio(_file: str, scale: float) -> dict[str, Any]:
    """The whole reading against the bare parse, turn by turn on the same texts, in time of the processor.

    The bare parse is spaCy as its packages ship it (tagger, parser, attribute ruler, lemmatizer; no names) on the
    same paragraphs; ``over_own_parse`` is over the pipeline's own step, which runs the same model in less time.
    """
    start = time.perf_counter()
    from dateline.batch import pipeline
    from dateline.pipeline import Pipeline

    read = pipeline()
    loaded = time.perf_counter() - start
    assert isinstance(read, Pipeline)
    documents = [report(number) for number in range(int(40 * scale) + 3)]
    read(documents[0])
    peak = _peak()
    stock = _stock()
    seconds = whole = own = bare = 0.0
    for document in documents:
        passages, _ = read.passages(document)
        pieces = [span.of(document.text) for span in paragraphs(document.text)]
        bare += _worked(lambda pieces=pieces: list(stock.pipe(pieces)))
        own += _worked(partial(read.language, document, passages))
        seconds += _timed(partial(read, document))
        whole += _worked(partial(read, document))
    worth = hundreds(documents)
    return {
        "load_s": _round(loaded),
        "reports": len(documents),
        "per_second": round(worth / seconds, 2),
        "per_cpu_second": round(worth / whole, 2),
        "parse_ms": round(1000 * bare / worth, 1),
        "own_parse_ms": round(1000 * own / worth, 1),
        "over_parse": round(whole / bare, 2),
        "over_own_parse": round(whole / own, 2),
        "peak_mb": peak,
    }


def _stock() -> Any:
    """spaCy and its model as they ship, without the recogniser of names."""
    import spacy

    from dateline.language.spacy_door import MODEL

    return spacy.load(MODEL, exclude=["ner"])


def long(_file: str, scale: float) -> dict[str, Any]:
    """One document of 5 MB."""
    read = _reader()
    piece = synthetic(WORDS)
    text = (piece + "\n\n") * (int(LONG * scale) // (len(piece) + 2) + 1)
    return {"characters": len(text), "seconds": _round(_timed(lambda: read(text)))}


def quotes(_file: str, scale: float) -> dict[str, Any]:
    """A text of 200,000 quotation marks."""
    read = _reader()
    text = 'He said "no" and "' * (int(MARKS * scale) // 3)
    return {"marks": text.count('"'), "seconds": _round(_timed(lambda: read(text)))}


def link(_file: str, scale: float) -> dict[str, Any]:
    """Linking of many short readings; the reading itself is not counted."""
    from dateline.core import Document
    from dateline.incidents import link as linked
    from dateline.pipeline import Pipeline

    pipeline = Pipeline.load()
    towns = ("Ilagan", "Tuguegarao", "Cebu City", "Davao", "Baguio", "Iloilo City", "Zamboanga City", "Naga")
    verbs = ("shot dead", "wounded", "abducted", "detained", "attacked")
    readings = []
    for n in range(int(2000 * scale)):
        day = f"2026-{1 + n // 28 % 12:02}-{1 + n % 28:02}"
        town, verb = towns[n % len(towns)], verbs[n // 7 % len(verbs)]
        text = f"Gunmen {verb} {2 + n % 9} people in {town} on {day}, police said. House {n} on road {n * 7} burned."
        readings.append(pipeline(Document.of(text, id=f"d{n}", published=day)))
    seconds = _timed(lambda: linked(readings))
    return {"readings": len(readings), "incidents": len(linked(readings)), "seconds": _round(seconds)}


MEASUREMENTS: dict[str, Callable[[str, float], dict[str, Any]]] = {
    "load": load,
    "file": file,
    "reports": reports,
    "ratio": ratio,
    "growth": growth,
    "corpus": corpus,
    "two": two,
    "long": long,
    "quotes": quotes,
    "link": link,
}


def _reader() -> Callable[[str], Any]:
    from dateline.core import Document
    from dateline.pipeline import Pipeline

    pipeline = Pipeline.load()
    return lambda text: pipeline(Document.of(text, published="2026-05-05"))


def _apart(name: str, file: str, scale: float) -> dict[str, Any]:
    """A measurement in a fresh process, with the most memory that it held."""
    for library in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[library] = "1"
    ours, theirs = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(name, file, scale, theirs))
    process.start()
    theirs.close()
    try:
        found: dict[str, Any] = json.loads(ours.recv())
    except EOFError:
        found = {"failed": True}
    process.join()
    return found


def _run(name: str, file: str, scale: float, answer: Any) -> None:
    found = MEASUREMENTS[name](file, scale)
    found.setdefault("peak_mb", _peak())
    answer.send(json.dumps(found))


def _peak() -> int:
    """The most megabytes that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _worked(work: Callable[[], Any]) -> float:
    """Seconds of the processor's time: what else the machine does counts for nothing."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _round(seconds: float) -> float:
    return round(seconds, 3)


if __name__ == "__main__":
    sys.exit(main())
