"""Our latest figures beside the published ones: ``python -m benchmarks.published [--markdown] [--only SET …]``.

Nothing is measured: the last row of each set in benchmarks/results is shown with the rows of
benchmarks/published.tsv and the bars of benchmarks/bars.tsv. Figures are per cent but for MAE, r, the false
events a record and the figures of speed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.journal import RESULTS, ROOT, table
from benchmarks.measures import MEASURES
from dateline.knowledge.tables import read_table

OURS = "dateline"
PLAIN = ("r", "false a record", "per_second", "over_parse", "load_s", "peak_mb")


@dataclass(frozen=True, slots=True)
class Published:
    """What a system is said to reach on a set: ``values`` by the short names of our own figures."""

    system: str
    split: str
    source: str
    note: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure should reach: at least or, where less is better, at most ``value``."""

    split: str
    measure: str
    value: float
    most: bool

    def met(self, figure: float) -> bool:
        """Whether a figure, in the unit that is shown, reaches the bar.

        >>> Bar("dev", "mae", 0.5, most=True).met(0.4)
        True
        """
        return figure <= self.value if self.most else figure >= self.value

    def __str__(self) -> str:
        return f"{'≤' if self.most else '≥'} {self.value:g}"


def published(file: Path = ROOT / "benchmarks" / "published.tsv") -> dict[str, list[Published]]:
    """The published rows by set, in the file's order. KnowledgeError, with file:line, where a row is wrong."""
    values: dict[tuple[str, ...], dict[str, float]] = {}
    for row in read_table(file, ("set", "split", "system", "measure", "value", "source", "note")):
        key = (row["set"], row["system"], row["split"], row["source"], row["note"])
        try:
            values.setdefault(key, {})[row["measure"]] = float(row["value"])
        except ValueError as error:
            raise row.error("the value is a number") from error
    found: dict[str, list[Published]] = {}
    for (name, *about), told in values.items():
        found.setdefault(name, []).append(Published(*about, told))
    return found


def bars(file: Path = ROOT / "benchmarks" / "bars.tsv") -> dict[str, list[Bar]]:
    """The bars by set. KnowledgeError, with file:line, where a row is wrong."""
    found: dict[str, list[Bar]] = {}
    for row in read_table(file, ("set", "split", "measure", "bar")):
        way, _, value = row["bar"].partition(" ")
        try:
            bar = Bar(row["split"], row["measure"], float(value), {">=": False, "<=": True}[way])
        except (ValueError, KeyError) as error:
            raise row.error("the bar is >= or <= and a number") from error
        found.setdefault(row["set"], []).append(bar)
    return found


def latest(files: Iterable[Path] = (RESULTS / "quality.jsonl", RESULTS / "speed.jsonl")) -> dict[str, dict[str, Any]]:
    """The last row of each set or measurement of speed, its figures under ``figures``."""
    found: dict[str, dict[str, Any]] = {}
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
            row = json.loads(line)
            if "figures" not in row:
                row = {**row, "split": "one core", "figures": {k: v for k, v in row.items() if k in PLAIN}}
            found[row["name"]] = row
    return found


def shown_figure(measure: str, value: float) -> float:
    """A figure as the scorer gives it, in the unit that is shown.

    >>> shown_figure("strict", 0.8333), shown_figure("r", 0.7361)
    (83.3, 0.74)
    """
    plain = measure in PLAIN or measure.startswith("mae")
    return round(value, 2) if plain else round(100 * value, 1)


def comparison(row: Mapping[str, Any], told: Sequence[Published], wanted: Sequence[Bar]) -> list[list[str]]:
    """The table of one measured set: published systems, ours, the bars and whether they are met."""
    figures = {name: shown_figure(name, value) for name, value in row["figures"].items()}
    lines = [["system", "split", *figures, "note"]]
    for each in told:
        cells = [f"{each.values[name]:g}" if name in each.values else "–" for name in figures]
        notes = ["another split"] if each.split != row["split"] else []
        lines.append([each.system, each.split, *cells, "; ".join([*notes, *filter(None, [each.note]), each.source])])
    about = f"{row['documents']} documents, " if "documents" in row else ""
    lines.append([OURS, row["split"], *(f"{v:g}" for v in figures.values()), f"{about}{row['date']}, {row['commit']}"])
    held = {bar.measure: bar for bar in wanted if bar.split == row["split"]}
    if held:
        lines.append(["bar", row["split"], *(str(held[name]) if name in held else "" for name in figures), ""])
        states = [("met" if held[n].met(v) else "short") if n in held else "" for n, v in figures.items()]
        lines.append(["", "", *states, ""])
    return lines


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a Markdown table, the first as its head.

    >>> print(markdown([["a", "b"], ["x", "1"]]))
    | a | b |
    |---|---|
    | x | 1 |
    """
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def report(rows: Mapping[str, Mapping[str, Any]], *, as_markdown: bool = False) -> str:
    """The tables of all sets that have a row, in the order of the measures; speed comes last."""
    told, wanted = published(), bars()
    names = [measure.name for measure in MEASURES] + ["ratio"]
    pieces = []
    for name in names:
        if name in rows:
            lines = comparison(rows[name], told.get(name, ()), wanted.get(name, ()))
            title = "speed and memory" if name == "ratio" else name
            pieces.append(f"## {title}\n\n{markdown(lines)}" if as_markdown else f"{title}\n{table(lines)}")
    return "\n\n".join(pieces)


def main(argv: Sequence[str] | None = None) -> int:
    """Print. Exit status 0, or 2 where nothing has been recorded."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.published", description=__doc__.split("\n")[0])
    parser.add_argument("--only", nargs="+", default=[], metavar="SET", help="these sets alone")
    parser.add_argument("--markdown", action="store_true", help="as Markdown, as in docs/quality.md")
    args = parser.parse_args(argv)
    rows = {name: row for name, row in latest().items() if not args.only or name in args.only}
    if not rows:
        print("benchmarks.published: nothing is recorded in benchmarks/results", file=sys.stderr)
        return 2
    print(report(rows, as_markdown=args.markdown))
    return 0


if __name__ == "__main__":
    sys.exit(main())
