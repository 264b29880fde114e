"""A user's files of places made into one table that readings look names up in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dateline.batch.gazetteer_files import Bounds, Line, opened
from dateline.batch.gazetteer_lines import BrokenLineError, Parser, parser_of
from dateline.batch.writing import say
from dateline.core import KnowledgeError
from dateline.knowledge.user_gazetteer import UserPlace, written

SHOWN = 20
_EVERY = 10_000
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """How an import went: places and names written, features not taken, ids seen before, broken lines.

    >>> Imported(places=2, names=3, passed=0, repeated=0, broken=1).broken
    1
    """

    places: int
    names: int
    passed: int
    repeated: int
    broken: int


def import_gazetteer(
    files: Sequence[Path],
    to: Path,
    *,
    bounds: Bounds | None = None,
    progress: Progress | None = None,
    broken: Callable[[str], None] = say,
) -> Imported:
    r"""Read files of places one after another into a table at ``to``, which appears when all is read.

    A broken line is named (file:line) to ``broken`` (the first 20 of an import), left out and counted.
    ``progress`` hears (file, bytes read, bytes in all). Raises KnowledgeError where a file cannot be
    read at all, has no place in it, or the table cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     own = Path(folder, "own.csv")
    ...     _ = own.write_text("name,lat,lon,country\nNew Camp,4.5,18.5,CF\n")
    ...     import_gazetteer([own], Path(folder, "own.db")).places
    1
    """
    run = _Run(bounds, progress, broken)
    done = written(to, run.places(files))
    return Imported(done.places, done.names, run.passed, done.repeated, run.broken)


class _Run:
    """The book-keeping of one import."""

    def __init__(self, bounds: Bounds | None, progress: Progress | None, say_broken: Callable[[str], None]) -> None:
        self._bounds = bounds
        self._progress = progress
        self._say = say_broken
        self.passed = 0
        self.broken = 0

    def places(self, files: Sequence[Path]) -> Iterator[UserPlace]:
        told = 0
        for path in files:
            with opened(path, self._bounds) as (name, size, lines):
                for place in self._of_file(path.name if name == path.name else f"{path.name}/{name}", size, lines):
                    told += 1
                    yield place
        if not told:
            raise KnowledgeError(", ".join(path.name for path in files), 0, "no place in it")

    def _of_file(self, name: str, size: int, lines: Iterator[Line]) -> Iterator[UserPlace]:
        parser: Parser | None = None
        read = 0
        for line in lines:
            read = line.read
            if self._progress and line.number % _EVERY == 0:
                self._progress(name, read, size)
            if line.text is None:
                self._break(name, line.number, "not UTF-8, or too long")
            elif line.text.strip() and not (parser is None and line.text.startswith("#")):
                try:
                    if parser is None:
                        parser, header = parser_of(line.text)
                        if header:
                            continue
                    place = parser(line.text)
                except BrokenLineError as error:
                    if parser is None:
                        raise KnowledgeError(name, line.number, str(error)) from error
                    self._break(name, line.number, str(error))
                    continue
                self.passed += place is None
                if place is not None:
                    yield place
        if self._progress:
            self._progress(name, read, size)

    def _break(self, name: str, number: int, reason: str) -> None:
        self.broken += 1
        if self.broken <= SHOWN:
            self._say(f"{name}:{number}: {reason}" + ("; more are only counted" if self.broken == SHOWN else ""))


@contextmanager
def import_shown() -> Iterator[Progress | None]:
    """A bar on standard error; None where that is no terminal.

    >>> with import_shown() as progress:
    ...     progress is None  # no terminal here
    True
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks = {}

        def progress(name: str, done: int, size: int) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=size)
            bars.update(tasks[name], completed=done)

        yield progress
