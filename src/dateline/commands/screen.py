"""What is written goes to a file or to a terminal, which has a width and colours."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from dateline.exports import IncidentsWriter, ReadingsWriter


def screen(out: TextIO) -> tuple[int | None, bool]:
    """The width and whether colours may be used; a file has neither."""
    if not out.isatty():
        return None, False
    return shutil.get_terminal_size().columns, "NO_COLOR" not in os.environ


def write(out: TextIO, pieces: Iterable[str]) -> None:
    """Write piece after piece."""
    for piece in pieces:
        out.write(piece)


def readings_writer_for(name: str, out: TextIO) -> ReadingsWriter:
    """The writer of readings in a format, as wide as ``out``."""
    from dateline.exports import readings_writer

    width, ansi = screen(out)
    return readings_writer(name, width=width, ansi=ansi)


def incidents_writer_for(name: str, out: TextIO) -> IncidentsWriter:
    """The writer of incidents in a format, as wide as ``out``."""
    from dateline.exports import incidents_writer

    width, ansi = screen(out)
    return incidents_writer(name, width=width, ansi=ansi)
