"""How far a run has come, on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from dateline.batch.coding import Tally
from dateline.ingest import counted


@contextmanager
def shown(
    inputs: Sequence[str], *, limit: int | None = None, asked: bool = False
) -> Iterator[Callable[[Tally], None] | None]:
    """A bar with the time that is left, on standard error; None where that is no terminal and nobody asked.

    >>> with shown(["samples"]) as progress:
    ...     progress is None  # no terminal here
    True
    """
    if not (asked or sys.stderr.isatty()):
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[told]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    total = counted(inputs)
    with Progress(*columns, console=Console(stderr=True, force_terminal=asked or None)) as bar:
        task = bar.add_task("reading", total=total, told="")
        begun = 0

        def progress(tally: Tally) -> None:
            nonlocal begun
            done = tally.read + tally.failed + tally.skipped
            if limit is not None and total is not None and not begun and tally.read + tally.failed:
                begun = 1
                bar.update(task, total=min(total, tally.skipped + limit))
            told = f"{tally.failed} failed" if tally.failed else ""
            bar.update(task, completed=done, told=told)

        yield progress
