"""Tables in ``data/``: tab-separated, with a header that names source, licence and date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from dateline.core import KnowledgeError

_HEADER = ("source", "licence", "date")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its file, line number and cells by column name."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def list(self, column: str) -> tuple[str, ...]:
        """A cell of ``|``-separated values; an empty cell is no value."""
        return tuple(part.strip() for part in self.cells[column].split("|") if part.strip())

    def error(self, reason: str) -> KnowledgeError:
        """An error that names this line."""
        return KnowledgeError(self.file, self.line, reason)


def data_path(name: str) -> Path:
    """The path of a file under ``data/`` (``"lexicons/cues.tsv"``)."""
    return Path(str(resources.files("dateline") / "data" / name))


def read_table(name: str | Path, columns: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of a table with exactly these columns.

    ``name`` is a path under ``data/`` or a Path of the user's. Lines that begin with ``# `` are the
    header (``# source: …``, ``# licence: …``, ``# date: …`` must be there) or comments.

    Raises KnowledgeError with file:line where the header, the columns or a row is wrong.
    """
    path = name if isinstance(name, Path) else data_path(name)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(str(path), 0, str(error)) from error
    return tuple(_rows(path.name, text, columns))


def _rows(file: str, text: str, columns: tuple[str, ...]) -> Iterator[Row]:
    told: set[str] = set()
    names: tuple[str, ...] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("#"):
            told.add(line[1:].split(":")[0].strip().lower())
        elif line.strip():
            cells = tuple(cell.strip() for cell in line.split("\t"))
            if names is None:
                missing = [word for word in _HEADER if word not in told]
                if missing:
                    raise KnowledgeError(file, number, f"the header lacks {', '.join(missing)}")
                if cells != columns:
                    raise KnowledgeError(file, number, f"columns are {cells}, not {columns}")
                names = cells
            elif len(cells) > len(names):
                raise KnowledgeError(file, number, f"{len(cells)} cells, not {len(names)}")
            else:
                padded = cells + ("",) * (len(names) - len(cells))
                yield Row(file, number, dict(zip(names, padded, strict=True)))
    if names is None:
        raise KnowledgeError(file, 1, "no columns")
