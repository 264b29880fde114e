"""Rows of results: when, at which commit, with which version; appended and never changed."""

from __future__ import annotations

import datetime
import json
import subprocess
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"


def stamp() -> dict[str, str]:
    """The day, the commit (with ``+`` where the checkout differs from it) and the package's version."""
    return {
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "commit": _commit(),
        "version": tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"],
    }


def append(file: Path, row: Mapping[str, Any]) -> None:
    """Add one row to a JSONL file, making its folder where there is none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")


def written(file: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """The file, with one row a line."""
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return file


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows in columns, the first row underlined.

    >>> print(table([["name", "f"], ["lgl", "71.0"]]))
    name     f
    ----  ----
    lgl   71.0
    """
    sizes = [max(len(row[i]) for row in rows if i < len(row)) for i in range(max(map(len, rows)))]
    lines = []
    for number, row in enumerate(rows):
        cells = [cell.rjust(sizes[i]) if i else cell.ljust(sizes[i]) for i, cell in enumerate(row)]
        lines.append("  ".join(cells).rstrip())
        if number == 0:
            lines.append("  ".join("-" * size for size in sizes))
    return "\n".join(lines)


def _commit() -> str:
    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    dirty = git("status", "--porcelain", "--untracked-files=no", "--", "src")
    return (git("rev-parse", "--short", "HEAD") or "unknown") + ("+" if dirty else "")
