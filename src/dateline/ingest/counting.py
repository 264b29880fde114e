"""How many documents there will be, where that can be told cheaply."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from dateline.core import IngestError
from dateline.ingest.kinds import kind_of_name
from dateline.ingest.limits import Limits
from dateline.ingest.sources import STDIN, files
from dateline.ingest.unpacking import Counting, unpacked
from dateline.ingest.web import is_address

_CHUNK = 1 << 20


def counted(inputs: Sequence[str], limits: Limits | None = None) -> int | None:
    """The number of documents of the inputs: one a file, one a line of JSONL; None where it cannot be told.

    Archives and standard input are not looked into. Never raises: what cannot be opened counts as one.

    >>> counted(["one.txt", "-"]) is None
    True
    """
    total = 0
    for name in inputs:
        if name == STDIN:
            return None
        if is_address(name):
            total += 1
            continue
        try:
            found = files(name, limits.without if limits else frozenset())
        except IngestError:
            found = []
        kinds = [(path, kind_of_name(path.name)) for path in found]
        if any(kind == "warc" for _, kind in kinds):
            return None
        total += sum(_lines(path, limits or Limits()) if kind == "jsonl" else 1 for path, kind in kinds) or 1
    return total


def _lines(path: Path, limits: Limits) -> int:
    lines, last = 0, b"\n"
    try:
        with path.open("rb") as raw:
            stream = unpacked(str(path), io.BufferedReader(Counting(raw), _CHUNK), limits)
            while data := stream.read1(_CHUNK):
                lines += data.count(b"\n")
                last = data[-1:]
    except (IngestError, OSError):
        pass
    return max(1, lines + (last != b"\n"))
