"""A whole run over a made-up corpus: ``python -m benchmarks.corpus [--sizes 1000 5000] [--workers 2]``.

Reports of about 400 words, three to an incident on average, a thousand for each day, are read in shards by the
processes of this machine, linked in parts, and written. Each size runs in a process of its own. A row tells seconds of
the wall and of the processor for reading and for linking, the greatest memory of any worker and of the leading
process, and how many incidents were found; the last line gives the exponents of growth. The whole run is

    python -m benchmarks.corpus --sizes 10000 100000
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.journal import RESULTS, append, stamp

WORDS = 400
_A_DAY, _AN_INCIDENT = 1_000, 3
_TELLING = 0.25
_START = 738_000
TOWNS = ("Maiduguri", "Naga", "Kandahar", "Mosul", "Oruro", "Goma", "Kharkiv", "Hodeidah", "Bamako", "Mogadishu",
         "Peshawar", "Imphal", "Cali", "Port-au-Prince", "Sittwe", "Cotabato", "Herat", "Kirkuk", "Aden", "Gao",
         "Quetta", "Culiacan", "Homs", "Tripoli", "Juba", "Bangui", "Bunia", "Jos", "Kaduna", "Lashio")  # fmt: skip
WHO = ("Gunmen", "Militants", "Rebels", "Soldiers", "Police officers", "Armed men", "Insurgents", "Protesters")
DEEDS = ("shot dead {n} people", "killed {n} villagers", "abducted {n} teachers", "attacked a lorry, killing {n} men",
         "set off a bomb that killed {n} people", "wounded {n} shopkeepers", "detained {n} students",
         "shelled a market, killing {n} traders")  # fmt: skip
SITES = ("market", "bus station", "school", "mosque", "checkpoint", "clinic", "bridge", "police post", "mine", "farm")
SPEAKERS = ("police", "the army", "a hospital official", "the governor", "witnesses", "a local councillor",
            "the interior ministry", "an aid worker", "two residents", "a spokesman for the rebels")  # fmt: skip
FILLER = (
    "{S} said that {n} more people were being treated for wounds.",
    "“We heard shots near the {s} and ran,” said {p}, who sells {w} in {t}.",
    "A week earlier {n} people had died in a similar attack in {t}.",
    "{S} said that {n} suspects had been arrested near the {s}.",
    "{S} denied that its men had taken part.",
)
PLAIN = (
    "{p}, a {w} seller from {u}, waited outside the {s} with {q} until the evening.",
    "The road from {t} to {u} crosses the {q} river twice and is lined with {w} stalls.",
    "Rain had damaged the {q} {s}, and the {w} harvest of {u} was late this year.",
    "The price of {w} has doubled in {u} since {p} took over the {q} cooperative, {S} said.",
    "{p} and {q} studied together in {u} and had planned to open a {w} shop.",
    "At the {q} hotel a {w} trader named {p} kept the radio on all night.",
    "Children from the {q} quarter carried {w} to the {s} where {p} was cooking.",
    "A notice signed by {p} at the {s} told {w} growers to come back on another day.",
)
WARES = ("salt", "onion", "timber", "rice", "cotton", "cattle", "fish", "tea", "brick", "carpet", "copper", "honey",
         "maize", "olive", "paper", "pepper", "rubber", "sesame", "sugar", "wool")  # fmt: skip
_LETTERS, _VOWELS = "bcdfgklmnprstv", "aeiou"


def name(chance: random.Random) -> str:
    """A made-up name of a person."""

    def word() -> str:
        return "".join(chance.choice(_LETTERS) + chance.choice(_VOWELS) for _ in range(3)).capitalize()

    return f"{word()} {word()}"


def report(number: int) -> dict[str, str]:
    """One document line; reports of one incident share its town, site, toll and some names."""
    chance = random.Random(number)
    incident = random.Random(number // _A_DAY * 7_919 + chance.randrange(_A_DAY // _AN_INCIDENT))
    town, site, who, deed = (incident.choice(each) for each in (TOWNS, SITES, WHO, DEEDS))
    toll, names = incident.randint(2, 30), [name(incident) for _ in range(3)]
    day = time.strftime("%Y-%m-%d", time.gmtime((_START - 719_163 + number // _A_DAY) * 86_400))
    lead = f"{who} {deed.format(n=toll)} at a {site} in {town} on {day}, {chance.choice(SPEAKERS)} said."
    sentences = [lead, f"{chance.choice(SPEAKERS).capitalize()} named one of the dead as {chance.choice(names)}."]
    while sum(len(each.split()) for each in sentences) < WORDS:
        speaker = chance.choice(SPEAKERS)
        told = chance.choice(FILLER if chance.random() < _TELLING else PLAIN).format(
            S=speaker,
            t=chance.choice((town, chance.choice(TOWNS))),
            u=name(chance).split()[0],
            q=name(chance).split()[1],
            w=chance.choice(WARES),
            n=chance.randint(2, 40),
            s=chance.choice(SITES),
            p=chance.choice((chance.choice(names), name(chance))),
        )
        sentences.append(told[0].upper() + told[1:])
    text = "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))
    return {"id": f"r{number}", "text": text, "published": day, "outlet": f"Outlet {number % 50}"}


def measured(size: int, workers: int, engine: str) -> dict[str, Any]:
    """One run."""
    from dateline.batch.corpus import Local, Progress, Settings, code_corpus
    from dateline.exports.parquet import ParquetFormat

    os.environ["OMP_NUM_THREADS"] = "1"
    marks: dict[str, tuple[float, float]] = {}

    def hear(progress: Progress) -> None:
        marks.setdefault(progress.stage, (time.perf_counter(), _worked()))
        print(progress.stage, progress.done, progress.tasks, progress.read, file=sys.stderr, flush=True)

    def started() -> Any:
        if engine == "local":
            return Local(workers)
        from dateline.batch.corpus.ray_engine import Ray

        return Ray(workers, {"OMP_NUM_THREADS": "1"})

    with tempfile.TemporaryDirectory() as aside:
        corpus, out = Path(aside) / "corpus.jsonl", Path(aside) / "out"
        with corpus.open("w", encoding="utf-8") as file:
            for number in range(size):
                file.write(json.dumps(report(number), ensure_ascii=False) + "\n")
        start = (time.perf_counter(), _worked())
        tasks = max(2 * workers, size // 250)
        done = code_corpus([str(corpus)], str(out), Settings(ParquetFormat()), started, {}, tasks=tasks, hear=hear)
        end = (time.perf_counter(), _worked())
        bytes_out = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
        shutil.rmtree(out)
    between = marks.get("comparing", end)
    kilobytes = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    return {
        "reports": size,
        "engine": engine,
        "workers": workers,
        "read": done.read,
        "failed": done.failed,
        "faults": len(done.faults),
        "incidents": done.incidents,
        "read_s": round(between[0] - start[0], 1),
        "read_cpu_s": round(between[1] - start[1], 1),
        "link_s": round(end[0] - between[0], 1),
        "link_cpu_s": round(end[1] - between[1], 1),
        "per_second": round(size / (between[0] - start[0]), 2),
        "per_cpu_second": round(size / (between[1] - start[1]), 2),
        "worker_mb": kilobytes[0] // 1024,
        "leader_mb": kilobytes[1] // 1024,
        "out_mb": bytes_out // 1_000_000,
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Measure each size in a process of its own, so that memory is its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 5_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engine", choices=("local", "ray"), default="local")
    parser.add_argument("--results", type=Path, default=RESULTS / "corpus.jsonl", help="the file to append to")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.one:
        print(json.dumps(measured(args.one, args.workers, args.engine)))
        return 0
    rows = []
    for size in args.sizes:
        told = ["--one", str(size), "--workers", str(args.workers), "--engine", args.engine]
        command = [sys.executable, "-m", "benchmarks.corpus", *told]
        rows.append(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))
        append(args.results, {**stamp(), **rows[-1]})
        print(json.dumps(rows[-1]), flush=True)
    if len(rows) > 1:
        grown = math.log(args.sizes[-1] / args.sizes[0])
        for what in ("read_cpu_s", "link_cpu_s"):
            print(f"exponent of growth, {what}: {math.log(rows[-1][what] / rows[0][what]) / grown:.2f}")
    return 0


def _worked() -> float:
    """Seconds of the processor of this process and of those it has waited for."""
    told = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in told)


if __name__ == "__main__":
    sys.exit(main())
