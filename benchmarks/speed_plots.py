"""Draws the newest rows of speed: ``python -m benchmarks.speed_plots`` writes benchmarks/results/speed-*.svg.

``growth`` and ``corpus`` as lines on logarithmic scales, beside a line of exponent 1; ``stack`` as bars.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from benchmarks.journal import RESULTS

WIDE, HIGH, LEFT, TOP = 560, 360, 70, 40
Points = Sequence[tuple[float, float]]


def main(argv: Sequence[str] | None = None) -> int:
    """Draw what there is; names of the files on standard output."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed_plots", description=__doc__.split("\n")[0])
    parser.add_argument("--results", type=Path, default=RESULTS / "speed.jsonl", help="the rows")
    parser.add_argument("--out", type=Path, default=RESULTS, help="the folder of the drawings")
    args = parser.parse_args(argv)
    newest: dict[str, dict[str, Any]] = {}
    for line in args.results.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        newest[row["name"]] = row
    for name, what in (("growth", "words of one text"), ("corpus", "reports read")):
        row = newest.get(name)
        if row and "points" in row:
            title = f"Processor seconds by {what}: exponent {row['exponent']} ({row['commit']}, {row['date']})"
            _write(args.out / f"speed-{name}.svg", line_chart(title, what, row["points"]))
    if "stack" in newest:
        _write(args.out / "speed-stack.svg", bar_chart(newest["stack"]))
    return 0


def line_chart(title: str, what: str, points: Points) -> str:
    """Points joined on logarithmic scales; dashed, what would be growth in step.

    >>> line_chart("t", "words", [(10, 1.0), (100, 10.0)]).count("<circle")
    2
    """
    (x0, y0), (x1, _) = points[0], points[-1]
    top = max(*(y for _, y in points), y0 * x1 / x0)

    def at(x: float, y: float) -> tuple[float, float]:
        right = math.log(x / x0) / math.log(x1 / x0)
        up = math.log(y / y0) / math.log(top / y0)
        return round(LEFT + right * (WIDE - LEFT - 30), 1), round(HIGH - 50 - up * (HIGH - 50 - TOP), 1)

    places = [at(x, y) for x, y in points]
    end = at(x1, y0 * x1 / x0)
    marks = [f'<circle cx="{x}" cy="{y}" r="4" fill="#1f4e79"/>' for x, y in places]
    words = [_text(x, y - 9, f"{told:g} s") for (x, y), (_, told) in zip(places, points, strict=True)]
    below = [_text(x, HIGH - 28, f"{told:g}") for (x, _), (told, _) in zip(places, points, strict=True)]
    line = " ".join(f"{x},{y}" for x, y in places)
    return _svg(
        title,
        f'<polyline points="{places[0][0]},{places[0][1]} {end[0]},{end[1]}" stroke="#999" stroke-dasharray="5 4"/>',
        f'<polyline points="{line}" fill="none" stroke="#1f4e79" stroke-width="2"/>',
        *marks,
        *words,
        *below,
        _text(WIDE / 2, HIGH - 8, what),
    )


def bar_chart(row: Mapping[str, Any]) -> str:
    """Seconds a report: the parts of the stack of peers, their sum, and ours."""
    bars = [(n.removesuffix("_s"), v) for n, v in row.items() if n.endswith("_s") and not n.endswith("_cpu_s")]
    bars = [("dateline" if name == "ours" else name, value) for name, value in bars]
    most = max(value for _, value in bars)
    parts = []
    for k, (name, value) in enumerate(bars):
        y = TOP + 10 + k * 44
        size = max(1.0, value / most * (WIDE - LEFT - 150))
        colour = "#b5532a" if name == "dateline" else "#1f4e79"
        parts += [
            _text(LEFT + 24, y + 18, name, "end"),
            f'<rect x="{LEFT + 30}" y="{y}" width="{size:.1f}" height="26" fill="{colour}"/>',
            _text(LEFT + 36 + size, y + 18, f"{value:g} s", "start"),
        ]
    title = f"Seconds a report of 400 words: the stack takes {row['over_ours']} times as long"
    return _svg(f"{title} ({row['commit']})", *parts)


def _text(x: float, y: float, words: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _svg(title: str, *parts: str) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" font-family="sans-serif" font-size="11">'
    )
    ground = f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>'
    return "\n".join([head, f"<title>{escape(title)}</title>", ground, _text(WIDE / 2, 20, title), *parts, "</svg>\n"])


def _write(file: Path, drawing: str) -> None:
    file.write_text(drawing, encoding="utf-8")
    print(file)


if __name__ == "__main__":
    sys.exit(main())
