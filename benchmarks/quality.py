"""Quality against gold data: ``python -m benchmarks.quality [--only NAME …] [--limit N]``.

Reads each gold document as a user's report (its id, text, date and title; no gold key), hands the
result to the scorer (``python -m score``) and appends the figures to benchmarks/results/quality.jsonl.
The gold data and the scorers lie outside the repository; where they are missing, it says so.
Published figures are shown beside ours; ``--table`` shows the last recorded ones without measuring.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.journal import RESULTS, ROOT, append, stamp, table, written
from benchmarks.measures import MEASURES, Measure, named
from benchmarks.published import latest, report
from dateline.codec import to_json
from dateline.core import Document, Failure, Reading
from dateline.exports import readings_writer
from dateline.incidents import link

SHARED = ROOT.parent / "shared"
Reader = Callable[[Iterable[Document]], Iterator[Reading | Failure]]


class MissingError(Exception):
    """Gold data or a scorer that is not there."""


def gold_rows(file: Path) -> list[dict[str, Any]]:
    """The rows of a JSONL file, packed or plain. MissingError where there is no such file."""
    if not file.is_file():
        raise MissingError(f"no gold data at {file}: name its folder with --gold")
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def stripped(row: Mapping[str, Any]) -> Document:
    """The document of a gold row, without anything that the gold tells about it."""
    return Document.of(
        row["text"],
        id=str(row["id"]),
        published=row.get("published") or None,
        title=row.get("title") or None,
    )


def answers(measure: Measure, readings: Iterable[Reading]) -> Iterator[str]:
    """The lines that the scorer reads, one JSON object each."""
    if measure.system == "incidents":
        yield from (to_json(incident) for incident in link(list(readings)))
    else:
        for piece in readings_writer("muc4" if measure.system == "muc4" else "jsonl")(readings):
            yield piece.rstrip("\n")


def scored(measure: Measure, gold: Sequence[Path], system: Path, score: Path) -> dict[str, Any]:
    """The scorer's JSON. MissingError where the scorer is not there or fails."""
    if not (score / "__main__.py").is_file():
        raise MissingError(f"no scorers at {score}: name their folder with --score")
    named_gold = [word for file in gold for word in ("--gold", str(file))]
    command = [sys.executable, "-m", score.name, measure.scorer, *named_gold, "--system", str(system)]
    done = subprocess.run(command, cwd=score.parent, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise MissingError(f"{measure.scorer}: {done.stderr.strip()[-400:]}")
    result: dict[str, Any] = json.loads(done.stdout.strip().rsplit("\n", 1)[-1])
    return result


def figures(measure: Measure, result: Mapping[str, Any]) -> dict[str, float]:
    """The figures that count, by short name; those the scorer does not give are left out."""
    found = {}
    for name, path in measure.figures.items():
        value: Any = result
        for key in path.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        if isinstance(value, (int, float)):
            found[name] = round(float(value), 4)
    return found


def measured(
    measure: Measure, gold: Path, score: Path, reader: Reader, limit: int | None, keep: Path | None = None
) -> dict[str, Any]:
    """Read one gold set and score it: a row for the journal. ``keep``: a folder that the answers stay in."""
    parts = [gold_rows(gold / file) for file in measure.files]
    told = [row for row in parts[0] if not measure.fifth or measure.holds(row["text"])][:limit]
    failures: list[Failure] = []

    def readings() -> Iterator[Reading]:
        for found in reader(stripped(row) for row in told):
            if isinstance(found, Failure):
                failures.append(found)
            else:
                yield found

    with tempfile.TemporaryDirectory() as scratch:
        folder = keep or Path(scratch)
        system = folder / f"{measure.name}.jsonl"
        start = time.perf_counter()
        with system.open("w", encoding="utf-8") as out:
            out.writelines(line + "\n" for line in answers(measure, readings()))
        seconds = time.perf_counter() - start
        files = [gold / file for file in measure.files]
        if len(told) < len(parts[0]):
            parts[0] = told
            if measure.system == "incidents":
                wanted = {row["incident"] for row in told}
                parts[1] = [row for row in parts[1] if row["id"] in wanted]
            files = [written(Path(scratch) / f"gold{n}.jsonl", part) for n, part in enumerate(parts)]
        result = scored(measure, files, system, score)
    return {
        "name": measure.name,
        "split": measure.split,
        "documents": len(told),
        "failures": len(failures),
        "seconds": round(seconds, 1),
        "figures": figures(measure, result),
    }


def shown(rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows as a table for people."""
    lines = [["set", "split", "documents", "failed", "seconds", "figures"]]
    for row in rows:
        told = "  ".join(f"{name} {_cell(name, value)}" for name, value in row["figures"].items())
        lines.append(
            [row["name"], row["split"], str(row["documents"]), str(row["failures"]), f"{row['seconds']}", told]
        )
    return table(lines)


def _cell(name: str, value: float) -> str:
    plain = name in ("r", "false a record") or name.startswith("mae")
    return f"{value:.2f}" if plain else f"{100 * value:.1f}"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, append. Exit status 0, or 2 where data are missing."""
    names = ", ".join(measure.name for measure in MEASURES)
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__.split("\n")[0])
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help=f"of {names}, or a scorer's name")
    parser.add_argument("--limit", type=int, help="read the first N documents of each set (such a row is not kept)")
    parser.add_argument("--gold", type=Path, default=SHARED / "gold", help="the folder of the gold data")
    parser.add_argument("--score", type=Path, default=SHARED / "score", help="the folder of the scorers")
    parser.add_argument("--keep", type=Path, help="a folder for the system's answers")
    parser.add_argument("--results", type=Path, default=RESULTS / "quality.jsonl", help="the file to append to")
    about = "measure nothing: show the last recorded rows beside the published ones (Markdown: benchmarks.published)"
    parser.add_argument("--table", action="store_true", help=about)
    args = parser.parse_args(argv)
    try:
        measures = named(args.only)
    except KeyError as unknown:
        parser.error(f"no measure {unknown}; there are: {names}")
    if args.table:
        held = latest((args.results,))
        wanted = {each.name for each in (measures if args.only else MEASURES)} & set(held)
        if not wanted:
            print(f"benchmarks.quality: nothing is recorded in {args.results}", file=sys.stderr)
            return 2
        print(report({name: held[name] for name in wanted}))
        return 0
    if not args.gold.is_dir():
        print(f"benchmarks.quality: no gold data at {args.gold}: name its folder with --gold", file=sys.stderr)
        return 2
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
    from dateline.pipeline import Pipeline

    loaded: dict[bool, Pipeline] = {}
    rows = []
    for measure in measures:
        pipeline = loaded.get(measure.every) or loaded.setdefault(measure.every, Pipeline.load(every=measure.every))
        try:
            row = measured(measure, args.gold, args.score.resolve(), pipeline.read_many, args.limit, args.keep)
        except MissingError as missing:
            print(f"benchmarks.quality: {missing}", file=sys.stderr)
            return 2
        rows.append(row)
        if args.limit is None:
            append(args.results, {**stamp(), **row})
        print(f"{measure.name} done in {row['seconds']} s", file=sys.stderr, flush=True)
    print(shown(rows))
    print("\n" + report({row["name"]: {**stamp(), **row} for row in rows}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
