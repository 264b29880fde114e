"""What was measured, from benchmarks/results: the sets beside published figures and bars, then every other record."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.journal import RESULTS

from benchmarks import published

_ABOUT = ("date", "commit", "version")
_KEYS = ("name", "system", "what", "events", "documents", "task", "call")
BESIDE = "quality.jsonl"
_MANY = 6


def figures(folder: Path = RESULTS) -> str:
    """All figures as Markdown, the last row of each thing that was measured."""
    rows = published.latest((folder / BESIDE, folder / "speed.jsonl"))
    others = [_record(file) for file in sorted(folder.glob("*.jsonl")) if file.name != BESIDE]
    head = "## Other records\n\nThe last row of each measurement, by its file in `benchmarks/results`."
    return "\n\n".join([published.report(rows, as_markdown=True), head, *others])


def _record(file: Path) -> str:
    last: dict[tuple[str, ...], Mapping[str, Any]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        last[tuple(_key(key, row[key]) for key in _KEYS if key in row)] = row
    lines = [["measured", "figures", "when"]]
    for key, row in last.items():
        told = ", ".join(_told({name: value for name, value in row.items() if name not in (*_ABOUT, *_KEYS)}))
        lines.append(
            [" · ".join(key) or file.stem, told, ", ".join(str(row[name]) for name in _ABOUT[:2] if name in row)]
        )
    return f"### {file.stem}\n\n{published.markdown(lines)}"


def _key(name: str, value: object) -> str:
    return value if isinstance(value, str) else f"{value} {name}"


def _told(row: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for name, value in row.items():
        words = f"{above} {name.replace('_', ' ')}".strip()
        if isinstance(value, Mapping):
            yield from _told(value, words if name != "figures" else above)
        elif isinstance(value, list) and len(value) > _MANY:
            yield f"{words} {len(value)} values"
        elif isinstance(value, float):
            yield f"{words} {value:.4g}"
        else:
            yield f"{words} {value}"
