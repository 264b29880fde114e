"""A plot of seconds against size, both in logarithms, as an SVG that needs no library."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 640, 420, 70, 40, 610, 370
_SHOWN = (("seconds", "whole linking", "#1a1a1a"), ("gather", "compare and cluster", "#b04a00"),
          ("merge", "make the incidents", "#00639c"))  # fmt: skip


def exponent(rows: Sequence[Mapping[str, float]], name: str) -> float:
    """The exponent of growth of a figure from the first to the last row."""
    first, last = rows[0], rows[-1]
    return math.log(last[name] / first[name]) / math.log(last["events"] / first["events"])


def drawn(file: Path, plot: Path, bar: float) -> str:
    """Draw the latest row of each size of a journal; tells the exponents."""
    held: dict[int, Mapping[str, Any]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "gather" in row:
            held[row["events"]] = row
    rows = [held[size] for size in sorted(held)]
    if len(rows) < 2:
        raise SystemExit(f"{file}: fewer than two sizes to draw")
    plot.write_text(svg(rows, bar), encoding="utf-8")
    told = ", ".join(f"{name} {exponent(rows, name):.2f}" for name, _, _ in _SHOWN)
    return f"{plot.name}: exponents from {rows[0]['events']:,} to {rows[-1]['events']:,} events: {told}"


def svg(rows: Sequence[Mapping[str, Any]], bar: float) -> str:
    """The plot: points of each figure, and a line that grows as the bar allows from the first point of the whole."""
    low, high = math.floor(math.log10(rows[0]["events"])), math.ceil(math.log10(rows[-1]["events"]))
    figures = [row[name] for row in rows for name, _, _ in _SHOWN if row[name] > 0]
    bottom, top = math.floor(math.log10(min(figures))), math.ceil(math.log10(max(figures)) + 0.2)

    def at(events: float, seconds: float) -> tuple[float, float]:
        x = _LEFT + (math.log10(events) - low) / (high - low) * (_RIGHT - _LEFT)
        y = _BOTTOM - (math.log10(seconds) - bottom) / (top - bottom) * (_BOTTOM - _TOP)
        return round(x, 1), round(y, 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif"'
        ' font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="22" font-size="14">Processor seconds of linking by synthetic events</text>',
    ]
    for power in range(low, high + 1):
        x, _ = at(10**power, 10**bottom)
        parts.append(f'<line x1="{x}" y1="{_TOP}" x2="{x}" y2="{_BOTTOM}" stroke="#dddddd"/>')
        parts.append(f'<text x="{x}" y="{_BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>')
    for power in range(bottom, top + 1):
        _, y = at(10**low, 10**power)
        parts.append(f'<line x1="{_LEFT}" y1="{y}" x2="{_RIGHT}" y2="{y}" stroke="#dddddd"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{10.0**power:g} s</text>')
    first, last = rows[0], rows[-1]
    allowed = first["seconds"] * (last["events"] / first["events"]) ** bar
    (x1, y1), (x2, y2) = at(first["events"], first["seconds"]), at(last["events"], allowed)
    parts.append(f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#888888" stroke-dasharray="6 4"/>')
    parts.append(f'<text x="{x2 - 6}" y="{y2 - 8}" text-anchor="end" fill="#666666">n^{bar}</text>')
    for number, (name, words, colour) in enumerate(_SHOWN):
        points = [at(row["events"], row[name]) for row in rows if row[name] > 0]
        line = " ".join(f"{x},{y}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>' for x, y in points]
        label = f"{words}: n^{exponent(rows, name):.2f}"
        parts.append(f'<text x="{_LEFT + 14}" y="{_TOP + 20 + 18 * number}" fill="{colour}">{label}</text>')
    memory = f"memory at {last['events']:,} events: {last['mb']:,} MB"
    parts.append(f'<text x="{_LEFT + 14}" y="{_TOP + 20 + 18 * len(_SHOWN)}">{memory}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
