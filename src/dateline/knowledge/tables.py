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

    @property
    def place(self) -> str:
        """Where the row stands: file:line."""
        return f"{self.file}:{self.line}"

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
    return tuple(_sound(scanned(path, path.name, columns)))


def own_rows(path: Path, *columns: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of a user's table, as :func:`read_table` reads them; errors name the file by its whole path."""
    return tuple(_sound(scanned(path, str(path), *columns)))


def scanned(path: Path, file: str, *columns: tuple[str, ...]) -> Iterator[Row | KnowledgeError]:
    """The rows of a table and what is wrong with others, line by line; ``file`` is how the lines are named.

    ``columns``: the heads that the table may have, one of which it must. Nothing follows a wrong head.
    Raises KnowledgeError where the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise KnowledgeError(file, 0, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(file, 0, f"not UTF-8: {error}") from error
    yield from _scanned(file, text, columns)


def _sound(rows: Iterator[Row | KnowledgeError]) -> Iterator[Row]:
    for row in rows:
        if isinstance(row, KnowledgeError):
            raise row
        yield row


def _scanned(file: str, text: str, columns: tuple[tuple[str, ...], ...]) -> Iterator[Row | KnowledgeError]:
    told: set[str] = set()
    names: tuple[str, ...] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("#"):
            told.add(line[1:].split(":")[0].strip().lower())
        elif line.strip():
            cells = tuple(cell.strip() for cell in line.split("\t"))
            if names is None:
                missing = ", ".join(f"# {word}:" for word in _HEADER if word not in told)
                if missing:
                    yield KnowledgeError(file, number, f"the header lacks {missing}")
                if cells not in columns:
                    yield KnowledgeError(file, number, _misnamed(cells, columns))
                    return
                names = cells
            elif len(cells) > len(names):
                yield KnowledgeError(file, number, f"{len(cells)} cells, not {len(names)}")
            else:
                padded = cells + ("",) * (len(names) - len(cells))
                yield Row(file, number, dict(zip(names, padded, strict=True)))
    if names is None:
        yield KnowledgeError(file, 1, "no columns")


def _misnamed(cells: tuple[str, ...], columns: tuple[tuple[str, ...], ...]) -> str:
    """What is wrong with a table's head, against the one that it is most like."""
    wanted = max(columns, key=lambda each: len(set(each) & set(cells)))
    lacks = [name for name in wanted if name not in cells]
    strange = [name for name in cells if name not in wanted]
    told = [f"lacks the column {', '.join(lacks)}"] if lacks else []
    told += [f"has an unknown column {', '.join(map(repr, strange))}"] if strange else []
    return f"{' and '.join(told) or 'has its columns in another order'} (tab-separated: {', '.join(wanted)})"
