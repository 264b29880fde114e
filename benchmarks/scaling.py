"""How the time of reading grows: with a text's length, with the number of reports, with a second process."""

from __future__ import annotations

import math
import resource
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.texts import DAY, report, synthetic

LENGTHS = (2_500, 5_000, 10_000, 20_000, 40_000)
CORPUS = (25, 50, 100, 200, 400)


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The exponent of growth: the slope of the line nearest to the points on logarithmic scales.

    >>> exponent([(1, 3.0), (2, 6.0), (4, 12.0)])
    1.0
    """
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    x0, y0 = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - x0) * (y - y0) for x, y in zip(xs, ys, strict=True)) / sum((x - x0) ** 2 for x in xs)
    return round(slope, 3)


def growth(_file: str, scale: float) -> dict[str, Any]:
    """Seconds of the processor for texts of growing length."""
    from dateline.batch import pipeline
    from dateline.core import Document

    read = pipeline()
    documents = [Document.of(synthetic(int(words * scale)), published=DAY) for words in LENGTHS]
    read(documents[0])
    points = []
    for document in documents:
        start = time.process_time()
        read(document)
        points.append((len(document.text.split()), round(time.process_time() - start, 3)))
    return {"points": points, "exponent": exponent(points)}


def corpus(_file: str, scale: float) -> dict[str, Any]:
    """Seconds of the processor and memory held after growing numbers of different reports."""
    from dateline.batch import pipeline

    read = pipeline()
    for number in range(5):
        read(report(-1 - number))
    points, memory = [], []
    start, done = time.process_time(), 0
    for count in (max(2 * (k + 1), int(each * scale)) for k, each in enumerate(CORPUS)):
        for number in range(done, count):
            read(report(number))
        done = count
        points.append((count, round(time.process_time() - start, 2)))
        memory.append(_held())
    return {"points": points, "exponent": exponent(points), "held_mb": memory}


def two(_file: str, scale: float) -> dict[str, Any]:
    """Two processes against one: differences of a longer and a shorter run, so that loading cancels out.

    ``speedup`` is by the clock and means something on a machine that does nothing else; ``speedup_cpu`` is
    what the processor time of both workers and their parent leaves possible on two cores.
    """
    few, many = 20, 20 + max(20, int(120 * scale))
    _run(few, 1)  # this process loads and learns its words once; workers do it in each run
    (wall1, cpu1), (wall2, cpu2) = (
        tuple(b - a for a, b in zip(_run(few, jobs), _run(many, jobs), strict=True)) for jobs in (1, 2)
    )
    return {
        "reports": many - few,
        "one_s": round(wall1, 2),
        "two_s": round(wall2, 2),
        "speedup": round(wall1 / wall2, 2),
        "one_cpu_s": round(cpu1, 2),
        "two_cpu_s": round(cpu2, 2),
        "speedup_cpu": round(2 * cpu1 / cpu2, 2),
    }


def _run(count: int, jobs: int) -> tuple[float, float]:
    """Wall and processor seconds for some reports, loading included."""
    from dateline.batch import readings

    documents = [report(number) for number in range(count)]
    wall, cpu = time.perf_counter(), _worked()
    for _ in readings(documents, jobs=jobs):
        pass
    return time.perf_counter() - wall, _worked() - cpu


def _worked() -> float:
    """Processor seconds of this process and of those that it has ended."""
    told = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in told)


def _held() -> int:
    """Megabytes that this process holds now."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024
