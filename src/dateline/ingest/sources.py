"""Where documents come from: files, folders, standard input, addresses."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from dateline.core import Document, Failure, IngestError, Reading
from dateline.ingest.encoding import decoded, lines_settled
from dateline.ingest.json_lines import json_file, json_lines
from dateline.ingest.kinds import PEEK, Kind, kind_of_bytes, kind_of_name
from dateline.ingest.limits import Known, Limits, Part
from dateline.ingest.page import page
from dateline.ingest.settle import Metadata, settled
from dateline.ingest.unpacking import Counting, Readable, unpacked, whole
from dateline.ingest.warc import archive
from dateline.ingest.web import fetched, is_address

STAGE = "ingest"
STDIN = "-"
Taken = Document | Reading | Failure

_WHOLE = Part()
_KINDS_OF_MEDIA: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
}


def documents(
    inputs: Iterable[str], *, known: Known | None = None, limits: Limits | None = None
) -> Iterator[Document | Failure]:
    """The documents of files, folders, addresses and standard input (``-``), in order.

    What cannot be taken in is given as a Failure that names it (a file, a file and line, a record's
    address) and stops nothing else. Files are text, HTML, JSON, JSONL or WARC by their ending, else by
    their first bytes, each also packed (``.gz``); of a folder the files with a known ending are
    read, in the order of their paths, hidden ones left out. From a reading its document is taken.

    >>> next(documents(["/no/such/file"]))
    Failure(document='/no/such/file', stage='ingest', error='no such file')
    """
    for each in taken(inputs, known=known, limits=limits):
        yield each.document if isinstance(each, Reading) else each


def taken(inputs: Iterable[str], *, known: Known | None = None, limits: Limits | None = None) -> Iterator[Taken]:
    """Like ``documents``, with readings (lines of ``--to jsonl``) left as they are.

    >>> next(taken(["/no/such/file"])).error
    'no such file'
    """
    known, limits = known or Known(), limits or Limits()
    for name in inputs:
        yield from (_short(item, limits) for item in _guarded(name, _input(name, known, limits)))


def streamed(
    name: str, raw: Readable, *, known: Known | None = None, limits: Limits | None = None, part: Part | None = None
) -> Iterator[Taken]:
    """The documents of an open file of this name, or of a part of it: those of all parts are those of the file.

    What cannot be taken in is given as a Failure, by the first part alone where the whole file is meant. OSError
    where the file cannot be read: then nothing is known of what it holds.

    >>> lines = b'{"text": "One."}\\n{"text": "Two."}'
    >>> [each.text for each in streamed("a.jsonl", io.BytesIO(lines), part=Part(1, 2))]
    ['Two.']
    """
    known, limits, part = known or Known(), limits or Limits(), part or Part()
    leaf = PurePath(name).name
    try:
        for item in _stream(name, raw, kind_of_name(leaf), _stem(leaf), known, limits, part=part):
            yield _short(item, limits)
    except IngestError as error:
        if part.first:
            yield Failure(error.document, STAGE, error.reason)


def exists(name: str) -> bool:
    """Whether an input is there, as far as can be told without opening it.

    >>> exists("-"), exists("/no/such/file")
    (True, False)
    """
    return name == STDIN or is_address(name) or Path(name).exists()


def files(name: str, without: frozenset[Path] = frozenset()) -> list[Path]:
    """The files that an input stands for; none where it is an address or standard input.

    ``without``: resolved paths of files that a folder holds and that are passed over.

    Raises IngestError where there is no such file.
    """
    if name == STDIN or is_address(name):
        return []
    path = Path(name)
    if not path.exists():
        raise IngestError(name, "no such kind of address (http or https)" if "://" in name else "no such file")
    if not path.is_dir():
        return [path]
    found: list[Path] = []
    for folder, folders, names in os.walk(path):
        folders[:] = [each for each in folders if not each.startswith(".")]
        wanted = [each for each in names if not each.startswith(".") and kind_of_name(each)]
        paths = [Path(folder) / name for name in wanted]
        found += [each for each in paths if each.is_file() and each.resolve() not in without]
    return sorted(found, key=lambda each: each.relative_to(path).as_posix())


def _short(item: Taken, limits: Limits) -> Taken:
    """The item, or a failure where its text is too long to be read."""
    document = item.document if isinstance(item, Reading) else item
    if isinstance(document, Document) and len(document.text) > limits.text:
        return Failure(document.id, STAGE, f"a text of more than {limits.text:,} characters")
    return item


def _guarded(name: str, items: Iterator[Taken]) -> Iterator[Taken]:
    try:
        yield from items
    except IngestError as error:
        yield Failure(error.document, STAGE, error.reason)
    except OSError as error:
        yield Failure(name, STAGE, error.strerror or str(error))


def _input(name: str, known: Known, limits: Limits) -> Iterator[Taken]:
    if name == STDIN:
        yield from _stream("standard input", sys.stdin.buffer, None, None, known, limits)
    elif is_address(name):
        yield from _address(name, known, limits)
    else:
        found = files(name, limits.without)
        if not found:
            raise IngestError(name, "no document in this folder")
        for path in found:
            yield from _guarded(str(path), _file(path, known, limits))


def _file(path: Path, known: Known, limits: Limits) -> Iterator[Taken]:
    with path.open("rb") as raw:
        yield from _stream(path.as_posix(), raw, kind_of_name(path.name), _stem(path.name), known, limits)


def _stem(name: str) -> str:
    return PurePath(name.removesuffix(".gz")).stem


def _address(url: str, known: Known, limits: Limits) -> Iterator[Taken]:
    answer = fetched(url, limits)
    kind = _KINDS_OF_MEDIA.get(answer.media)
    if kind is None and not answer.media.startswith("application/octet"):
        raise IngestError(url, f"{answer.media} is not a kind of document that is read")
    here = replace(known, url=known.url or answer.url)
    body = io.BytesIO(answer.body)
    yield from _stream(url, body, kind, None, here, limits, answer.charset)


def _stream(
    name: str,
    raw: Readable,
    kind: Kind | None,
    stem: str | None,
    known: Known,
    limits: Limits,
    charset: str | None = None,
    part: Part = _WHOLE,
) -> Iterator[Taken]:
    """The documents of an open stream; its kind is told by its first bytes where nothing else tells it."""
    stream = unpacked(name, io.BufferedReader(Counting(raw), 1 << 16), limits)
    kind = kind or kind_of_bytes(stream.peek(PEEK)[:PEEK])
    if kind == "warc":
        yield from archive(name, stream, known, limits, part)
    elif kind == "jsonl":
        yield from json_lines(name, stream, known, limits, part)
    elif not part.first:
        return
    elif kind == "json":
        yield from json_file(name, stream, known, limits)
    elif kind == "html":
        yield page(whole(name, stream, limits, limits.page), name, known, limits, charset=charset, stem=stem)
    else:
        text = lines_settled(decoded(whole(name, stream, limits), name, charset))
        yield settled(text, name, Metadata(stem=stem), known)
