"""Kills and injected faults: ``python -m benchmarks.faults [--trials 320] [--seed 1] [--only leader …]``.

A small corpus is read by a reader that costs next to nothing, and the run is disturbed again and again; each disturbed
run is then taken up and must end with the bytes of an undisturbed one, every document once:

leader    the leading process is killed at a random moment
worker    workers are killed at random moments while the run goes on
full      files may grow to a random size and no further (as on a full disk)
damage    files of the folder are cut short, changed, emptied or taken away between two runs
input     an input is damaged or gone while the run goes on, and mended after it
two       two runs begin in one folder at once: one works, the other says why it does not
disk      the folder lies on a file system that is too small (``--only disk``; needs the right to mount one)
ray       Ray's workers are killed while the run goes on (``--only ray``; needs Ray)

``--real N`` kills ``dateline code`` itself N times, with the pipeline that ships, over twelve made-up reports.

A row tells how many disturbances there were, how many documents were lost or came twice, and how many runs did not end
with the same bytes.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.journal import RESULTS, ROOT, append, stamp

SIZE, TASKS = 60, 6
_INPUTS = 3


class Trials:
    """One corpus, its undisturbed run, and the disturbances."""

    def __init__(self, folder: Path, seed: int) -> None:
        from tests.batch import corpus_fakes

        self.fakes, self.folder, self.chance = corpus_fakes, folder, random.Random(seed)
        self.inputs = []
        for number in range(_INPUTS):
            path = folder / f"in{number}.jsonl"
            lines = Path(corpus_fakes.corpus(path, SIZE // _INPUTS, odd=number == 0)).read_text().splitlines()
            rows = [json.loads(line) for line in lines]
            told = [{**row, "id": f"{row['id']}-{number}"} for row in rows]
            path.write_text("".join(json.dumps(row) + "\n" for row in told))
            self.inputs.append(str(path))
        self.whole = folder / "whole"
        start = time.perf_counter()
        self.run(self.whole)
        self.seconds = time.perf_counter() - start
        self.expected = corpus_fakes.contents(self.whole)
        self.size = sum(-(-path.stat().st_size // 4096) * 4 for path in self.whole.rglob("*") if path.is_file())
        self.ids = self.documents(self.whole)
        self.counts: Counter[str] = Counter()

    def run(self, out: Path, engine: Any = None) -> Any:
        """A run that goes on with what is there; by itself it does all in this process."""
        return self.fakes.run(self.inputs, out, engine=engine or _Here, tasks=TASKS, resume=True)

    def documents(self, out: Path) -> Counter[str]:
        """How often each document came out, read or failed."""
        from dateline.batch.corpus.addresses import Folder
        from dateline.batch.corpus.status import failures
        from dateline.core import Reading
        from dateline.exports.parquet import ParquetFormat

        found = Counter(failure.document for failure in failures(Folder(str(out))))
        for path in sorted((out / "parts").glob("*.parquet")):
            found.update(reading.document.id for reading in ParquetFormat().records(Reading, path))
        return found

    def judged(self, kind: str, out: Path, disturbances: int) -> None:
        """Take the run up, and compare."""
        for _ in range(3):
            if not self.run(out).faults:
                break
        found = self.documents(out)
        self.counts[kind] += disturbances
        self.counts["lost"] += (self.ids - found).total()
        self.counts["double"] += (found - self.ids).total()
        if self.fakes.contents(out) != self.expected:
            self.counts["unlike"] += 1
            print(f"{kind}: not the same bytes in {out}", file=sys.stderr)
        else:
            shutil.rmtree(out)

    def leader(self, out: Path) -> int:
        child = _forked(lambda: self.run(out))
        time.sleep(self.chance.uniform(0, self.seconds * 1.5))
        os.kill(child, signal.SIGKILL)
        return int(os.WIFSIGNALED(os.waitpid(child, 0)[1]))

    def worker(self, out: Path) -> int:
        from dateline.batch.corpus import Local

        engine, over, killed = Local(2, start="forkserver"), threading.Event(), 0

        def kill() -> None:
            nonlocal killed
            while not over.wait(self.chance.uniform(0.0, self.seconds / 4)):
                with contextlib.suppress(ProcessLookupError, IndexError):
                    os.kill(self.chance.choice(engine.processes()), signal.SIGKILL)
                    killed += 1

        thread = threading.Thread(target=kill)
        thread.start()
        try:
            self.run(out, lambda: engine)
        finally:
            over.set()
            thread.join()
        return killed

    def full(self, out: Path) -> int:
        most = self.chance.choice((200, 1_000, 3_000, 8_000, 20_000))

        def work() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            try:
                faults = self.run(out).faults
                os._exit(5 if any(fault.fatal and "too large" in fault.error for fault in faults) else 6)
            except OSError as error:
                os._exit(5 if "too large" in str(error).lower() else 7)

        status = os.waitstatus_to_exitcode(os.waitpid(_forked(work), 0)[1])
        if status not in (5, 6):
            raise AssertionError(f"a full disk was not named: {status}")
        return int(status == 5)

    def disk(self, out: Path) -> int:
        from dateline.core import DatelineError

        aside, most = out.with_name(f"{out.name}-kept"), self.chance.randint(8, self.size * 2 // 3)
        out.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={most}k", "tmpfs", str(out)], check=True)
        try:
            try:
                full = any(fault.fatal and "No space left" in fault.error for fault in self.run(out).faults)
            except (OSError, DatelineError) as error:
                full = "No space left" in str(error)
            shutil.copytree(out, aside)
        finally:
            subprocess.run(["umount", str(out)], check=True)
        if not full:
            raise AssertionError(f"a full disk of {most} kB was not named")
        out.rmdir()
        aside.rename(out)
        return 1

    def damage(self, out: Path) -> int:
        shutil.copytree(self.whole, out)
        kept = ("_manifest.json",)
        files = [path for path in out.rglob("*") if path.is_file() and path.name not in kept]
        chosen = self.chance.sample(files, self.chance.randint(1, 6))
        for path in chosen:
            content = path.read_bytes()
            at = self.chance.randrange(max(1, len(content)))
            way = self.chance.choice(("cut", "change", "empty", "gone"))
            if way == "gone":
                path.unlink()
            else:
                changed = content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :] if content else b""
                path.write_bytes({"cut": content[:at], "change": changed, "empty": b""}[way])
        return len(chosen)

    def input(self, out: Path) -> int:
        path = Path(self.chance.choice(self.inputs))
        content, stat = path.read_bytes(), path.stat()
        way = self.chance.choice(("gone", "no right"))
        aside = path.with_suffix(".aside")

        class Meddled(_Here):
            def run(self, work: Any, tasks: Any) -> Any:
                path.rename(aside)
                if way == "no right":
                    path.mkdir()
                yield from super().run(work, tasks)

        faults = self.run(out, Meddled).faults
        if way == "no right":
            path.rmdir()
        aside.rename(path)
        if not faults or path.read_bytes() != content or stat.st_size != path.stat().st_size:
            raise AssertionError("an input that cannot be read was not named")
        return 1

    def two(self, out: Path) -> int:
        def work() -> None:
            from dateline.core import DatelineError

            try:
                self.run(out)
            except DatelineError as error:
                os._exit(3 if "another run writes here" in str(error) else 4)
            os._exit(0)

        codes = sorted(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in (_forked(work), _forked(work)))
        # the second may begin after the first has ended: then it finds all done
        if codes not in ([0, 3], [0, 0]):
            raise AssertionError(f"two runs in one folder ended with {codes}")
        return int(codes == [0, 3])

    def ray(self, out: Path) -> int:
        from dateline.batch.corpus.ray_engine import Ray

        pid, over, killed = self.folder / "pid", threading.Event(), set[int]()
        told = {"PYTHONPATH": str(ROOT), "FAKE_SECONDS": "0.3", "FAKE_PID": str(pid)}
        engine = Ray(2, told)

        def kill() -> None:
            while not over.wait(self.chance.uniform(1.0, 5.0)) and len(killed) < 6:
                with contextlib.suppress(OSError, ValueError):
                    number = int(pid.read_text())
                    if number not in killed:
                        killed.add(number)
                        os.kill(number, signal.SIGKILL)

        thread = threading.Thread(target=kill)
        thread.start()
        try:
            self.run(out, lambda: engine)
        finally:
            over.set()
            thread.join()
        return len(killed)


class _Here:
    """An engine that does all in this process."""

    def run(self, work: Callable[[str, int], Any], tasks: Sequence[str]) -> Iterator[tuple[str, Any]]:
        from dateline.batch.corpus.engines import attempted

        for task in tasks:
            yield task, attempted(work, task, 0)


KINDS = ("leader", "worker", "full", "damage", "input", "two")


def disturbed(trials: int, seed: int, kinds: Sequence[str] = KINDS) -> dict[str, int]:
    """Disturb until there were so many disturbances; the counts."""
    with tempfile.TemporaryDirectory() as aside, _quiet():
        work = Trials(Path(aside), seed)
        number = 0
        while sum(work.counts[kind] for kind in kinds) < trials:
            kind = min(kinds, key=lambda each: work.counts[each])
            out = Path(aside) / f"out{number}"
            count = getattr(work, kind)(out)
            if kind == "leader":
                for _ in range(work.chance.randint(0, 4)):
                    count += work.leader(out)
            work.judged(kind, out, count)
            number += 1
        return {"runs": number, **{name: work.counts[name] for name in (*kinds, "lost", "double", "unlike")}}


def real(kills: int, seed: int) -> dict[str, int]:
    """Kill the command so many times, each time with all its processes, and take it up until it is done."""
    from tests.batch.corpus_fakes import contents

    from benchmarks.corpus import Reports

    chance, reports = random.Random(seed), Reports(12)
    with tempfile.TemporaryDirectory() as aside:
        corpus, whole = Path(aside) / "corpus.jsonl", Path(aside) / "whole"
        corpus.write_text("".join(json.dumps(reports.line(number)) + "\n" for number in range(12)))

        def command(folder: Path) -> list[str]:
            told = ["code", str(corpus), "-o", str(folder), "--tasks", "6", "--workers", "1", "--resume"]
            return [sys.executable, "-m", "dateline", *told]

        start = time.monotonic()
        subprocess.run(command(whole), check=True, capture_output=True)
        seconds, killed, runs, unlike = time.monotonic() - start, 0, 0, 0
        while killed < kills:
            out, runs = Path(aside) / f"out{runs}", runs + 1
            while killed < kills:
                process = subprocess.Popen(command(out), stderr=subprocess.DEVNULL, start_new_session=True)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=chance.uniform(0.1, 0.9) * seconds)
                if process.poll() is not None:
                    break
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                killed += 1
            subprocess.run(command(out), check=True, capture_output=True)
            unlike += contents(out) != contents(whole)
        return {"runs": runs, "real": killed, "unlike": unlike}


def main(argv: Sequence[str] | None = None) -> int:
    """Disturb, count, append."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__.split("\n")[0])
    parser.add_argument("--trials", type=int, default=320, help="kills and injected faults in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--real", type=int, metavar="N", help="kill the command itself so many times, and nothing else")
    parser.add_argument("--only", nargs="+", choices=(*KINDS, "disk", "ray"), default=list(KINDS))
    parser.add_argument("--results", type=Path, default=RESULTS / "faults.jsonl", help="the file to append to")
    args = parser.parse_args(argv)
    multiprocessing.set_forkserver_preload(["tests.batch.corpus_fakes", "dateline.exports.parquet"])
    if args.real:
        found = real(args.real, args.seed)
        row = {"disturbances": found["real"], "seed": args.seed, **found}
    else:
        found = disturbed(args.trials, args.seed, args.only)
        row = {"disturbances": sum(found[kind] for kind in args.only), "seed": args.seed, **found}
    append(args.results, {**stamp(), **row})
    print(json.dumps(row))
    return int(any(found[name] for name in ("lost", "double", "unlike") if name in found))


def _forked(work: Callable[[], Any]) -> int:
    """The id of a child that does the work and ends."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


@contextmanager
def _quiet() -> Iterator[None]:
    with contextlib.redirect_stdout(io.StringIO()):
        yield


if __name__ == "__main__":
    sys.exit(main())
