"""Growth of linking with the number of events: ``python -m benchmarks.linking [--sizes 10000 1000000] [--plot]``.

Made-up news (see benchmarks/synthetic.py for what is assumed of a larger corpus; a report tells two events) comes in
batches of 5,000 reports. Readings are made anew when they are asked for, as a store would give them, and that time is
taken out. A row tells the processor's seconds for comparing and clustering (``gather``), for making every incident
record (``merge``) and both together, the greatest memory of the process, the pairs of reports that were compared, and
B3 against the incidents that the news was made of. The last line gives the exponents of growth; ``--plot`` draws the
latest rows of each size into benchmarks/results/linking.svg.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.growth import drawn, exponent
from benchmarks.journal import RESULTS, append, stamp
from benchmarks.synthetic import News

_BATCH = 5_000
_BAR = 1.15


def measured(events: int) -> dict[str, float]:
    """One run."""
    from dateline.incidents.linkage import Linkage

    news = News(events)
    state = Linkage(source=news)
    gathering = 0.0
    for at in range(0, news.size, _BATCH):
        readings = [news.report(number) for number in range(at, min(news.size, at + _BATCH))]
        start = time.process_time()
        state.add(readings)
        gathering += time.process_time() - start
    start, spent = time.process_time(), _Clocked(news)
    state.read_from(spent)
    made, groups = 0, []
    for group in state.groups():
        state.incident(group)
        groups.append([int(document[1:]) for document in {document for document, _ in group.tellings}])
        made += 1
    merging = time.process_time() - start - spent.seconds
    precise, full = b_cubed(news, groups)
    return {
        "events": events,
        "documents": news.size,
        "gather": round(gathering, 2),
        "merge": round(merging, 2),
        "seconds": round(gathering + merging, 2),
        "mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "incidents": made,
        "b3 precision": round(precise, 4),
        "b3 recall": round(full, 4),
    }


class _Clocked(Mapping[str, object]):
    """News that counts the seconds it takes to make."""

    def __init__(self, news: News) -> None:
        self._news = news
        self.seconds = 0.0

    def __getitem__(self, document: str) -> object:
        start = time.process_time()
        made = self._news[document]
        self.seconds += time.process_time() - start
        return made

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._news)

    def __len__(self) -> int:
        return len(self._news)


def b_cubed(news: News, groups: Iterable[list[int]]) -> tuple[float, float]:
    """B3 precision and recall over the reports."""
    sizes = Counter(news.homes)
    precise = full = 0.0
    for group in groups:
        for home, n in Counter(news.homes[number] for number in group).items():
            precise += n * n / len(group)
            full += n * n / sizes[home]
    return precise / news.size, full / news.size


def main() -> int:
    """Measure each size in a process of its own, so that memory is its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linking", description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 30_000, 100_000])
    parser.add_argument("--results", type=Path, default=RESULTS / "linking.jsonl", help="the file to append to")
    parser.add_argument("--plot", action="store_true", help="draw the latest rows of each size")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measured(args.one)))
        return 0
    rows = []
    for size in args.sizes:
        told = [sys.executable, "-m", "benchmarks.linking", "--one", str(size)]
        rows.append(json.loads(subprocess.run(told, check=True, capture_output=True, text=True).stdout))
        append(args.results, {**stamp(), **rows[-1]})
        print(rows[-1], flush=True)
    for name in ("gather", "merge", "seconds") if len(rows) > 1 else ():
        print(f"{name}: exponent of growth {exponent(rows, name):.2f} (bar {_BAR})")
    if args.plot:
        print(drawn(RESULTS / "linking.jsonl", RESULTS / "linking.svg", _BAR))
    return 0


if __name__ == "__main__":
    sys.exit(main())
