"""A whole run over a made-up corpus: ``python -m benchmarks.corpus [--sizes 1000 5000] [--workers 2] [--words 400]``.

Reports of at least so many words, three to an incident on average, about towns that the gazetteer knows, are read in
shards by the processes of this machine, linked in parts, and written. Each phase of each size runs in a process of its
own. A row tells seconds of the wall and of the processor for reading and for linking, the greatest memory of any worker
and of the leading process, and how many incidents were found; the last lines give the exponents of growth. A run in
``--folder`` that was cut short goes on (``read_now`` tells how many reports the figures are of). A whole run is

    python -m benchmarks.corpus --sizes 10000 100000
"""

from __future__ import annotations

import argparse
import datetime
import functools
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.journal import RESULTS, append, stamp
from benchmarks.synthetic import News, name
from dateline.knowledge.gazetteer import gazetteer

WORDS = 400
PHASES = ("read", "link")
_TELLING = 0.25
_PEOPLE = range(30_000, 3_000_000)
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


@functools.cache
def towns() -> tuple[str, ...]:
    """Towns of 20,000 to 2,000,000 people whose name no other place has, the same ones in the same order each time."""
    places = gazetteer()
    every = (places.entry(number) for number in range(len(places)))
    some = sorted({e.name for e in every if e.kind in ("city", "town") and 20_000 <= e.population <= 2_000_000})
    alone = [each for each in some if each.isascii() and each.isalpha() and len(places.candidates(each)) == 1]
    random.Random("towns").shuffle(alone)
    return tuple(alone)


def person(chance: random.Random) -> str:
    """A made-up name of a person."""
    return f"{name(chance.choice(_PEOPLE))} {name(chance.choice(_PEOPLE))}"


class Reports:
    """So many made-up reports: how many to an incident and a day, and over how many towns, is as in ``synthetic``.

    Reports of one incident share its day, town, site, toll and some names.
    """

    def __init__(self, size: int, words: int = WORDS) -> None:
        self.news, self.words = News(2 * size), words

    def line(self, number: int) -> dict[str, str]:
        """One report as a line of documents."""
        told, chance = self.news.homes[number], random.Random(f"report {number}")
        incident = random.Random(f"incident {told}")
        town = towns()[self.news.town(incident) % len(towns())]
        who, deed = incident.choice(WHO), incident.choice(DEEDS)
        site = f"{name(incident.choice(_PEOPLE))} {incident.choice(SITES)}"
        toll, names = incident.randint(2, 30), [person(incident) for _ in range(3)]
        happened = datetime.date.fromordinal(self.news.day(told))
        written = happened + datetime.timedelta(chance.choice((0, 0, 0, 1, 1, 2, 3)))
        day = f"{happened:%A}" if (written - happened).days < 4 else f"{happened:%-d %B %Y}"
        lead = f"{who} {deed.format(n=toll)} at the {site} in {town} on {day}, {chance.choice(SPEAKERS)} said."
        sentences = [lead, f"{chance.choice(SPEAKERS).capitalize()} named one of the dead as {chance.choice(names)}."]
        length = sum(len(each.split()) for each in sentences)
        while length < self.words:
            sentences.append(_sentence(chance, town, site, names))
            length += len(sentences[-1].split())
        text = "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))
        return {"id": f"r{number}", "text": text, "published": f"{written}", "outlet": f"Outlet {number % 300}"}


def _sentence(chance: random.Random, town: str, site: str, names: Sequence[str]) -> str:
    """One sentence after the first: a quarter of them tell something that happened."""
    told = chance.choice(FILLER if chance.random() < _TELLING else PLAIN).format(
        S=chance.choice(SPEAKERS),
        t=chance.choice((town, chance.choice(towns()))),
        u=name(chance.choice(_PEOPLE)),
        q=name(chance.choice(_PEOPLE)),
        w=chance.choice(WARES),
        n=chance.randint(2, 40),
        s=chance.choice((site, chance.choice(SITES))),
        p=chance.choice((chance.choice(names), person(chance))),
    )
    return told[0].upper() + told[1:]


def measured(phase: str, size: int, words: int, workers: int, engine: str, folder: Path) -> dict[str, Any]:
    """One phase of one run in a folder: ``read``, ``link``, or ``part``, which links what a run has read so far."""
    from dateline.batch.corpus import Local, Progress, Settings
    from dateline.batch.corpus.addresses import Folder
    from dateline.batch.corpus.locking import locked
    from dateline.batch.corpus.run import begun, carried_out
    from dateline.exports.parquet import ParquetFormat

    os.environ["OMP_NUM_THREADS"] = "1"

    fresh = 0

    def hear(progress: Progress) -> None:
        nonlocal fresh
        fresh = max(fresh, progress.fresh)
        print(progress.stage, progress.done, progress.tasks, progress.read, file=sys.stderr, flush=True)

    def started() -> Any:
        if engine == "local":
            return Local(workers)
        from dateline.batch.corpus.ray_engine import Ray

        return Ray(workers, {"OMP_NUM_THREADS": "1"})

    corpus, out = folder / "corpus.jsonl", folder / "out"
    if not corpus.exists():
        reports = Reports(size, words)
        with corpus.open("w", encoding="utf-8") as file:
            for number in range(size):
                file.write(json.dumps(reports.line(number), ensure_ascii=False) + "\n")
    start = (time.perf_counter(), _worked())
    settings, tasks = Settings(ParquetFormat()), max(2 * workers, size // 250)
    with locked(Folder(str(out))):
        manifest = begun([str(corpus)], str(out), settings, {}, tasks=tasks, resume=True)
        if phase == "part":
            done = _part(Folder(str(out)), manifest, started(), settings, hear)
        else:
            done = carried_out(str(out), manifest, settings, started(), hear, link=phase == "link")
    end = (time.perf_counter(), _worked())
    kilobytes = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    told = {
        f"{phase}_s": round(end[0] - start[0], 1),
        f"{phase}_cpu_s": round(end[1] - start[1], 1),
        f"{phase}_worker_mb": kilobytes[0] // 1024,
        f"{phase}_leader_mb": kilobytes[1] // 1024,
        f"{phase}_out_mb": sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) // 1_000_000,
        "read": done.read,
        "failed": done.failed,
        "faults": len(done.faults),
    }
    return told | ({"incidents": done.incidents} if phase != "read" else {"read_now": fresh})


def _part(folder: Any, manifest: Any, engine: Any, settings: Any, hear: Any) -> Any:
    """Link the shards that are read, of a run whose reading was cut short."""
    from dateline.batch.corpus.linking import Linked, link_run
    from dateline.batch.corpus.records import completion
    from dateline.batch.corpus.run import Outcome, Progress, shard_name

    there = [completion(folder, shard_name(number)) for number in range(manifest.shards)]
    done = [each for each in there if each is not None]
    read = sum(each.read for each in done)

    def told(stage: str, tasks: int, count: int) -> None:
        hear(Progress(stage, tasks, count, read))

    found = link_run(folder, engine, settings.format, done, told)
    assert isinstance(found, Linked), found
    return Outcome(len(done), read, sum(each.failed for each in done), 0, found.incidents)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure each phase of each size in a process of its own, so that memory is its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 5_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--words", type=int, default=WORDS, help="the least length of a report")
    parser.add_argument("--engine", choices=("local", "ray"), default="local")
    parser.add_argument("--results", type=Path, default=RESULTS / "corpus.jsonl", help="the file to append to")
    parser.add_argument("--folder", type=Path, help="keep the runs there; a phase that is done is not done again")
    parser.add_argument("--phases", nargs="+", choices=(*PHASES, "part"), default=PHASES)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.one:
        print(json.dumps(measured(args.phases[0], args.one, args.words, args.workers, args.engine, args.folder)))
        return 0
    rows = []
    with tempfile.TemporaryDirectory() as aside:
        for size in args.sizes:
            folder = (args.folder or Path(aside)) / str(size)
            row: dict[str, Any] = {name: getattr(args, name) for name in ("words", "engine", "workers")}
            options = [part for name, value in row.items() for part in (f"--{name}", str(value))]
            row = {"reports": size, **row}
            for phase in args.phases:
                row |= _phase(phase, size, folder, options)
            if len(args.phases) < len(PHASES):
                continue
            row["per_second"] = round(row["read_now"] / row["read_s"], 2)
            rows.append(row | {"load": round(os.getloadavg()[0], 1)})
            append(args.results, {**stamp(), **rows[-1]})
            print(json.dumps(rows[-1]), flush=True)
    for what, over in (("read_cpu_s", "read_now"), ("link_cpu_s", "reports")) if len(rows) > 1 else ():
        grown = [math.log(rows[-1][name] / rows[0][name]) for name in (what, over)]
        print(f"exponent of growth, {what}: {grown[0] / grown[1]:.2f}")
    return 0


def _phase(phase: str, size: int, folder: Path, options: list[str]) -> dict[str, Any]:
    """What a phase told, from its process or from the file that it left."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{phase}.json"
    if not kept.exists():
        told = ["--one", str(size), "--phases", phase, "--folder", str(folder), *options]
        command = [sys.executable, "-m", "benchmarks.corpus", *told]
        kept.write_text(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    row: dict[str, Any] = json.loads(kept.read_text())
    return row


def _worked() -> float:
    """Seconds of the processor of this process and of those it has waited for."""
    told = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in told)


if __name__ == "__main__":
    sys.exit(main())
