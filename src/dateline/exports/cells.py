"""Cells and lines of CSV files (RFC 4180) that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from dateline.exports.phrases import clean

Cell = str | int | float | None
# The last four are the full-width forms, which spreadsheets with an East Asian keyboard read as the same signs.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def line(cells: Sequence[Cell]) -> str:
    """One line of the file with its end; numbers stay as they are, None is an empty cell.

    >>> line(["a, b", -3.5, None, "=1+1"])
    '"a, b",-3.5,,\\'=1+1\\r\\n'
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([safe(cell) for cell in cells])
    return out.getvalue()


def safe(cell: Cell) -> Cell:
    """A cell with an apostrophe before it where a spreadsheet would run it as a formula.

    >>> safe("@sum"), safe("market"), safe(-1.5)
    ("'@sum", 'market', -1.5)
    """
    return "'" + cell if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def listed(values: Iterable[str | None], sign: str = ";") -> str:
    """Several values in one cell, each safe on its own; the sign between them is taken out of the values.

    >>> listed(["Wire North", "a;b", None, "=x"])
    "Wire North;a,b;;'=x"
    """
    return sign.join(str(safe(clean(value or "").replace(sign, ","))) for value in values)
