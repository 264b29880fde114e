"""Where a run reads and writes: paths of this machine, and whatever fsspec opens (s3, gs, http, …)."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from dateline.core import DatelineError, IngestError
from dateline.ingest.kinds import kind_of_name
from dateline.ingest.sources import files

_CHUNK = 1 << 20
_PATTERN = frozenset("*?[")
_EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gs", "gcs": "gs", "http": "http", "https": "http"}
PART = ".part"


@dataclass(frozen=True, slots=True)
class Source:
    """One file that is read, and its size in bytes where it is known (0)."""

    uri: str
    size: int = 0


def sources(inputs: Sequence[str], without: frozenset[Path] = frozenset()) -> list[Source]:
    """The files that the inputs stand for, in the inputs' order, each once; folders and patterns in their files' order.

    Raises IngestError where an input stands for none.
    """
    found: dict[str, Source] = {}
    for name in inputs:
        here = _local(name, without) if is_local(name) else _remote(name)
        if not here:
            raise IngestError(name, "no such file" if _PATTERN.isdisjoint(name) else "no file of this pattern")
        for source in here:
            found.setdefault(source.uri, source)
    return list(found.values())


def is_local(uri: str) -> bool:
    """Whether an address is a path of this machine."""
    return "://" not in uri


@contextmanager
def opened(uri: str) -> Iterator[IO[bytes]]:
    """The file's bytes as a stream. OSError where it cannot be read."""
    if is_local(uri):
        with Path(uri).open("rb") as file:
            yield file
        return
    fs, path = filesystem(uri)
    with fs.open(path, "rb") as file:
        yield file


def filesystem(uri: str) -> tuple[Any, str]:
    """The fsspec file system of an address and the path there. DatelineError names what is to be installed.

    Its listings are not remembered: other processes write there, too.
    """
    import fsspec

    try:
        fs, path = fsspec.core.url_to_fs(uri, use_listings_cache=False)
    except ImportError as error:
        scheme = uri.partition("://")[0]
        hint = f"install dateline[{_EXTRAS[scheme]}]" if scheme in _EXTRAS else str(error)
        raise DatelineError(f"{uri}: {hint}") from None
    except ValueError as error:
        raise DatelineError(f"{uri}: {error}") from None
    return fs, str(path)


def _local(name: str, without: frozenset[Path]) -> list[Source]:
    path = Path(name)
    if not path.exists() and not _PATTERN.isdisjoint(name):
        root = Path(path.anchor or ".")
        paths = sorted(root.glob(str(path.relative_to(path.anchor) if path.anchor else path)))
        paths = [each for each in paths if each.is_file() and each.resolve() not in without]
    else:
        paths = files(name, without)
    return [Source(each.as_posix(), each.stat().st_size) for each in paths]


def _remote(name: str) -> list[Source]:
    fs, path = filesystem(name)
    if name.startswith(("http://", "https://")):
        return [Source(name)]
    if not _PATTERN.isdisjoint(path):
        paths = sorted(fs.glob(path))
    elif fs.isdir(path):
        paths = sorted(each for each in fs.find(path) if kind_of_name(each))
    else:
        paths = [path] if fs.exists(path) else []
    return [Source(fs.unstrip_protocol(each), int(fs.size(each) or 0)) for each in paths if not fs.isdir(each)]


class Folder:
    """The folder of a run, here or elsewhere; files appear in it whole or not at all."""

    def __init__(self, uri: str) -> None:
        self.uri = uri.rstrip("/") or "/"
        self.path = Path(os.path.realpath(uri)) if is_local(uri) else None
        self._fs: Any = None
        self._root = ""
        if self.path is None:
            self._fs, self._root = filesystem(self.uri)

    def read(self, name: str) -> bytes:
        """A file's bytes; FileNotFoundError where it is not there."""
        if self.path:
            return (self.path / name).read_bytes()
        content: bytes = self._fs.cat_file(self._at(name))
        return content

    def ranges(self, name: str, spans: Sequence[tuple[int, int]]) -> list[bytes]:
        """Stretches of a file (offset, length)."""
        with self.opened(name) as file:
            found = []
            for offset, length in spans:
                file.seek(offset)
                found.append(file.read(length))
            return found

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """A file to be read."""
        with (self.path / name).open("rb") if self.path else self._fs.open(self._at(name), "rb") as file:
            yield file

    def write(self, name: str, content: bytes) -> str:
        """Write a file whole; gives its SHA-256."""
        with self.staged(name) as path:
            path.write_bytes(content)
        return hashlib.sha256(content).hexdigest()

    @contextmanager
    def staged(self, name: str) -> Iterator[Path]:
        """A path to be written; at the end of the block the file is put into its place, on an error it is gone."""
        unique = f"{os.getpid()}.{uuid.uuid4().hex[:8]}{PART}"
        if self.path:
            place = self.path / name
            place.parent.mkdir(parents=True, exist_ok=True)
            part = place.with_name(f".{place.name}.{unique}")
            try:
                yield part
                _flushed(part)
                part.replace(place)
            finally:
                part.unlink(missing_ok=True)
            return
        with tempfile.TemporaryDirectory() as aside:
            part = Path(aside) / unique
            yield part
            self._fs.put_file(str(part), self._at(name))

    @contextmanager
    def fetched(self, name: str) -> Iterator[Path]:
        """A file of the folder as a file of this machine."""
        if self.path:
            yield self.path / name
            return
        with tempfile.TemporaryDirectory() as aside:
            there = Path(aside) / Path(name).name
            self._fs.get_file(self._at(name), str(there))
            yield there

    def exists(self, name: str = "") -> bool:
        """Whether a file (or the folder itself) is there."""
        return (self.path / name).exists() if self.path else bool(self._fs.exists(self._at(name)))

    def names(self, sub: str) -> list[str]:
        """The names of the files right below a folder in it, in order; hidden ones left out."""
        if self.path:
            here = self.path / sub
            found = [each.name for each in here.iterdir() if each.is_file()] if here.is_dir() else []
        elif self._fs.exists(self._at(sub)):
            found = [str(each).rsplit("/", 1)[-1] for each in self._fs.ls(self._at(sub), detail=False)]
        else:
            found = []
        return sorted(name for name in found if not name.startswith("."))

    def remove(self, *names: str) -> None:
        """Take files or folders away, where they are there."""
        for name in names:
            if self.path:
                place = self.path / name
                if place.is_dir():
                    shutil.rmtree(place)
                else:
                    place.unlink(missing_ok=True)
            elif self._fs.exists(self._at(name)):
                self._fs.rm(self._at(name), recursive=True)

    def sweep(self) -> None:
        """Take away what a run that was killed left half written."""
        for place in self.path.rglob(f".*{PART}") if self.path else ():
            place.unlink(missing_ok=True)

    def digest(self, name: str) -> str | None:
        """The SHA-256 of a file, None where it is not there."""
        told = hashlib.sha256()
        try:
            with self.opened(name) as file:
                while data := file.read(_CHUNK):
                    told.update(data)
        except FileNotFoundError:
            return None
        return told.hexdigest()

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root


def _flushed(path: Path) -> None:
    """Have the bytes on the disk before the name is."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
