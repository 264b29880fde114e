"""Packed files as bounded streams."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import Protocol

from dateline.core import IngestError
from dateline.ingest.limits import Limits

MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 16


class Readable(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int, /) -> bytes: ...


class Counting(io.RawIOBase):
    """A stream that counts the bytes that were read from it."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class Unpacked(io.RawIOBase):
    """The content of a gzip stream of one or more members; refuses what grows beyond its limits.

    Reading raises IngestError, naming the file, where the stream is cut short, damaged or too large.
    """

    def __init__(self, name: str, stream: io.BufferedReader, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._packed = Counting(stream)
        self._gzip = gzip.GzipFile(fileobj=io.BufferedReader(self._packed, _CHUNK))
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._gzip.read1(len(buffer))
        except EOFError:
            raise IngestError(self._name, "cut short (the packed file has no end)") from None
        except (gzip.BadGzipFile, zlib.error) as error:
            raise IngestError(self._name, f"damaged (cannot be unpacked: {error})") from None
        buffer[: len(data)] = data
        self._count += len(data)
        self._check()
        return len(data)

    def _check(self) -> None:
        most = max(self._limits.document, self._packed.count * self._limits.ratio)
        if self._count > min(most, self._limits.unpacked):
            raise IngestError(self._name, f"unpacks to more than {min(most, self._limits.unpacked):,} bytes")


def unpacked(name: str, stream: io.BufferedReader, limits: Limits) -> io.BufferedReader:
    """The stream, unpacked where its first bytes say that it is packed."""
    if stream.peek(2)[:2] != MAGIC:
        return stream
    return io.BufferedReader(Unpacked(name, stream, limits), _CHUNK)


def whole(name: str, stream: io.BufferedReader, limits: Limits, most: int | None = None) -> bytes:
    """All bytes of a stream that is one document; raises IngestError where it is larger than ``most`` or the limit."""
    most = min(limits.document, most or limits.document)
    data = stream.read(most + 1)
    if len(data) > most:
        raise IngestError(name, f"larger than {most:,} bytes")
    return data
