"""One shard read from beginning to end: what a task of a run does, whoever runs it."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

from dateline.batch.corpus.addresses import Folder, opened
from dateline.batch.corpus.deadline import Punctual
from dateline.batch.corpus.records import (
    COMPLETIONS,
    ERRORS,
    LINKING,
    PARTS,
    SHARDS,
    Completion,
    Piece,
    Settings,
    file_name,
    tell,
)
from dateline.batch.reading import Load, Reader, readings
from dateline.codec import from_json, to_json
from dateline.core import Document, Failure, Reading
from dateline.incidents.cards import card_of, written
from dateline.incidents.partitions import Footing, footing
from dateline.ingest import documents, streamed
from dateline.ingest.kinds import kind_of_name

LISTED = ".pieces"
_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a document lies in its shard's linking file, and its footing among all documents.

    From byte ``offset`` on lies its card (``card`` bytes), after it its reading (``length`` bytes, packed).
    """

    offset: int
    card: int
    length: int
    footing: Footing


def process_shard(in_uri: str, out_uri: str, settings: Settings, *, careful: bool = False) -> Completion:
    """Read the documents at ``in_uri`` into a run's folder; the same input always gives the same bytes.

    ``in_uri``: a file, a part of one (``a.jsonl#2/8``), or a list of them (``….pieces``). The shard's completion is
    written last: without it nothing of the shard counts. ``careful``: each document is read in a process apart, so
    that one that kills its process is named. OSError where the input cannot be read or the folder not written.
    """
    folder, shard = Folder(out_uri), PurePath(Piece.at(in_uri).uri).stem
    failures: list[Failure] = []
    unsupported = count = offset = 0
    part = file_name(PARTS, shard, settings.format.suffix)
    rows, stands = file_name(LINKING, shard, ".rows"), file_name(LINKING, shard, ".jsonl")
    load = partial(_punctual, settings.load, settings.seconds)
    with (
        folder.staged(part) as path,
        folder.staged(rows) as beside,
        folder.staged(stands) as index,
        settings.format.writer(Reading, path) as add,
        beside.open("wb") as out,
        index.open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as lines,
    ):
        for result in readings(_items(in_uri, settings), load=load, apart=careful):
            laid = _laid(result)
            if isinstance(laid, Failure):
                failures.append(laid)
            if isinstance(laid, Failure) or isinstance(result, Failure):
                continue
            add(result)
            count, unsupported = count + 1, unsupported + bool(result.unsupported)
            card, packed = laid[0], zlib.compress(to_json(result).encode("utf-8", "surrogatepass"), _LEVEL)
            out.write(card + packed)
            lines.write(to_json(Stand(offset, len(card), len(packed), laid[1])) + "\n")
            offset += len(card) + len(packed)
    names = [part, rows, stands]
    if failures:
        names.append(errors(folder, shard, failures))
    else:
        folder.remove(file_name(ERRORS, shard, ".jsonl"))
    done = Completion(shard, count, len(failures), unsupported, {name: folder.digest(name) or "" for name in names})
    tell(folder, file_name(COMPLETIONS, shard, ".json"), done)
    return done


def errors(folder: Folder, shard: str, failures: list[Failure]) -> str:
    """Write a shard's failures; gives the file's name."""
    name = file_name(ERRORS, shard, ".jsonl")
    folder.write(name, error_lines(failures))
    return name


def error_lines(failures: list[Failure]) -> bytes:
    """Failures as JSON lines (``id``, ``stage``, ``error``)."""
    told = [to_json(failure).replace('{"document":', '{"id":', 1) + "\n" for failure in failures]
    return "".join(told).encode("utf-8", "surrogatepass")


def listed(folder: Folder, shard: str, pieces: tuple[Piece, ...]) -> None:
    """Write what a shard consists of, where it does not stand there already."""
    name = file_name(SHARDS, shard, LISTED)
    content = "".join(to_json(piece) + "\n" for piece in pieces).encode("utf-8", "surrogatepass")
    if folder.digest(name) != hashlib.sha256(content).hexdigest():
        folder.write(name, content)


def reading_of(packed: bytes) -> Reading:
    """A reading as it lies in a shard's linking file."""
    return from_json(Reading, zlib.decompress(packed).decode("utf-8", "surrogatepass"))


def _laid(result: Reading | Failure) -> tuple[bytes, Footing] | Failure:
    """A reading's card as bytes and its footing; a failure stays one."""
    if isinstance(result, Failure):
        return result
    try:
        card = card_of(result)
        return written(card), footing(card)
    except Exception as error:  # as in reading: one report must not cost the run
        return Failure(result.document.id, "link", f"{type(error).__name__}: {error}")


def _punctual(load: Load, seconds: float) -> Reader:
    return Punctual(load(), seconds)


def _items(in_uri: str, settings: Settings) -> Iterator[Document | Reading | Failure]:
    if not in_uri.endswith(LISTED):
        pieces = [Piece.at(in_uri)]
    else:
        with opened(in_uri) as file:
            pieces = [from_json(Piece, line) for line in file.read().decode("utf-8", "surrogatepass").splitlines()]
    for piece in pieces:
        web = piece.uri.startswith(("http://", "https://"))
        if web and kind_of_name(piece.uri) not in ("jsonl", "warc"):
            yield from documents([piece.uri], known=settings.known, limits=settings.limits)
            continue
        with opened(piece.uri) as file:
            yield from streamed(piece.uri, file, known=settings.known, limits=settings.limits, part=piece.part)
