"""Files of places that a user brings, read line by line: GeoNames dumps, lists with a header, zipped or plain."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from dateline.core import KnowledgeError

LONGEST_LINE = 1_000_000
_SUFFIXES = (".txt", ".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a zipped file may unpack to: bytes, and times its packed size once above ``small`` bytes.

    The whole of GeoNames unpacks to 1.8 GB, to five times its packed size.
    """

    unpacked: int = 8_000_000_000
    ratio: int = 200
    small: int = 50_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: its number, its words (None where it is no UTF-8 or too long), bytes read so far."""

    number: int
    text: str | None
    read: int


@contextmanager
def opened(path: Path, bounds: Bounds | None = None) -> Iterator[tuple[str, int, Iterator[Line]]]:
    """The name of the file (of the one member read, in a zip), its size in bytes unpacked, and its lines.

    Raises KnowledgeError where it cannot be read; the lines raise it where a zip unpacks to too much.
    """
    try:
        if path.suffix.lower() != ".zip":
            with path.open("rb") as file:
                yield path.name, path.stat().st_size, _lines(file)
            return
        with zipfile.ZipFile(path) as archive:
            member = _member(path, archive)
            with archive.open(member) as file:
                limit = _limit(path, member, bounds or Bounds())
                yield member.filename, min(member.file_size, limit), _bounded(path, file, limit)
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error) or "broken zip file"
        raise KnowledgeError(str(path), 0, reason) from error


def _member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The member that carries the archive's own name, or the only list in it."""
    lists = [m for m in archive.infolist() if Path(m.filename).suffix.lower() in _SUFFIXES and not m.is_dir()]
    named = [m for m in lists if Path(m.filename).stem.lower() == path.stem.lower() and "/" not in m.filename]
    others = named or [m for m in lists if Path(m.filename).stem.lower() != "readme"]
    if len(others) != 1:
        raise KnowledgeError(str(path), 0, f"holds no {path.stem}.txt")
    return others[0]


def _limit(path: Path, member: zipfile.ZipInfo, bounds: Bounds) -> int:
    limit = min(bounds.unpacked, max(bounds.small, bounds.ratio * member.compress_size))
    if member.file_size > limit:
        raise KnowledgeError(str(path), 0, f"{member.filename} would unpack to {member.file_size:,} bytes")
    return limit


def _bounded(path: Path, file: IO[bytes], limit: int) -> Iterator[Line]:
    """The lines, as long as they stay within what the archive's table of contents promised and allows."""
    for line in _lines(file):
        if line.read > limit:
            raise KnowledgeError(path.name, line.number, f"unpacks to more than {limit:,} bytes")
        yield line


def _lines(file: IO[bytes]) -> Iterator[Line]:
    number = read = 0
    while part := file.readline(LONGEST_LINE):
        number, read = number + 1, read + len(part)
        text = _decoded(part, number)
        while not part.endswith(b"\n") and (part := file.readline(LONGEST_LINE)):
            text, read = None, read + len(part)
        yield Line(number, text, read)


def _decoded(part: bytes, number: int) -> str | None:
    try:
        return part.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        return None
