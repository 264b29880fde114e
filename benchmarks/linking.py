"""Growth of linking with the number of events: ``python -m benchmarks.linking [--sizes 10000 30000 100000]``.

Made-up reports, each with two tellings of one event and three of one incident on average, come in batches of
5,000; sketches are kept, readings are not. A row tells the processor's seconds for comparing and clustering (not
for reading or sketching), the greatest memory of the process and the share of incidents found again whole; the
last line gives the exponent of growth. Towns are 2,000 at every size, so the larger sizes are the denser ones.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from benchmarks.journal import RESULTS, append, stamp

_BATCH = 5_000
_A_DAY = 40
_LETTERS = "bcdfgklmnprstv"
_FILLER = ("said", "people", "after", "street", "morning", "near", "were", "taken", "hospital", "police", "officials")


def name(number: int, salt: int) -> str:
    """A made-up proper name."""
    chance = random.Random(number * 31 + salt)
    return "".join(chance.choice(_LETTERS) + chance.choice("aeiou") for _ in range(4)).capitalize()


def reports(events: int) -> Iterator[tuple[int, int, str]]:
    """Number, incident and text of each report; reports of one incident share names and a town, not words' order."""
    count = events // 2
    for number in range(count):
        chance = random.Random(number)
        incident = chance.randrange(max(1, count // 3))
        town = name(incident % 2_000, 1)
        names = [name(incident * 5 + k, 2) for k in range(5)]
        words = [
            *chance.sample(names, 3),
            *chance.sample(_FILLER, 8),
            *(name(chance.randrange(10**6), 3) for _ in "ab"),
        ]
        chance.shuffle(words)
        yield (
            number,
            incident,
            f"A gunman killed {1 + incident % 7} people in {town}. " + " ".join(words) + " was shot.",
        )


def measured(events: int) -> dict[str, float]:
    """One run."""
    from dateline.core import Document, Event, EventTime, Span
    from dateline.incidents.knots import Knot
    from dateline.incidents.linking import Gathering
    from dateline.incidents.sketches import sketch_of
    from dateline.incidents.tales import Tale
    from dateline.knowledge.families import families

    family = families().of("ASSAULT", "firearms")
    nobody: frozenset[str] = frozenset()
    state, rows, homes = Gathering(), [], []
    spent = 0.0
    span = Span(0, 1)
    days = max(1, events // 6 // _A_DAY)
    for number, incident, text in reports(events):
        day = 730_000 + incident % days
        iso = time.strftime("%Y-%m-%d", time.gmtime((day - 719_163) * 86_400))
        document = Document.of(text, id=f"d{number}", published=iso)
        told = EventTime(iso, iso, "day", "t")
        event = Event("x", span, "ASSAULT", "firearms", (), None, told, (), "asserted", "certain", False, None, "v", ())
        tale = Tale(number, event, family, False, day, day, None, None, nobody, nobody, nobody, nobody, 2.0)
        knot = Knot(tale)
        knot.add(tale)
        rows.append(((document.id, ""), sketch_of(document), [knot]))
        homes.append(incident)
        if len(rows) == _BATCH:
            spent += added(state, rows)
            rows = []
    spent += added(state, rows)
    wanted: dict[int, int] = {}
    for home in homes:
        wanted[home] = wanted.get(home, 0) + 1
    right = sum(
        len(group) == wanted[homes[group[0]]] and len({homes[n] for n in group}) == 1 for group in state.groups()
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"events": events, "seconds": round(spent, 2), "mb": round(memory), "whole": round(right / len(wanted), 4)}


def added(state: object, rows: Sequence[object]) -> float:
    """Seconds of the processor that a batch took."""
    start = time.process_time()
    state.add(rows)  # type: ignore[attr-defined]
    return time.process_time() - start


def main() -> int:
    """Measure each size in a process of its own, so that memory is its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linking", description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        row = measured(args.one)
        append(RESULTS / "linking.jsonl", {**stamp(), **row})
        print(row["events"], row["seconds"], row["mb"], row["whole"])
        return 0
    rows = []
    for size in args.sizes:
        told = [sys.executable, "-m", "benchmarks.linking", "--one", str(size)]
        rows.append(subprocess.run(told, check=True, capture_output=True, text=True).stdout.split())
        print(f"{size:>9} events {rows[-1][1]} s {rows[-1][2]} MB, {rows[-1][3]} of the incidents whole", flush=True)
    if len(rows) > 1:
        grown = math.log(float(rows[-1][1]) / float(rows[0][1])) / math.log(args.sizes[-1] / args.sizes[0])
        print(f"exponent of growth {grown:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
