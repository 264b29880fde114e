"""Files into shards: large ones in parts, small ones together."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.batch.corpus.addresses import Source
from dateline.batch.corpus.records import Piece
from dateline.ingest.kinds import kind_of_name

_MB = 1_000_000
_USUAL = {"plain": 4 * _MB, "packed": 16 * _MB, "warc": 64 * _MB}
_MOST = 20_000
_FILES = 500


def planned(files: Sequence[Source], tasks: int | None = None) -> list[tuple[Piece, ...]]:
    """The shards, in the order of the files: about ``tasks`` of them, or as many as their sizes call for.

    JSONL and WARC files are read in parts where they are larger than a shard; each part reads through the whole
    file and takes its documents. The plan depends on the files and ``tasks`` alone.

    >>> [[str(piece) for piece in shard] for shard in planned([Source("a.jsonl", 9), Source("b.txt", 3)], 4)]
    [['a.jsonl#0/3'], ['a.jsonl#1/3'], ['a.jsonl#2/3'], ['b.txt']]
    """
    weights = [source.size / _usual(source) for source in files]
    if tasks is None:
        share = max(1.0, sum(weights) / _MOST)
    else:
        weights = [float(max(1, source.size)) for source in files]
        share = sum(weights) / tasks
    shards: list[tuple[Piece, ...]] = []
    waiting: list[Piece] = []
    weight = 0.0
    for source, own in zip(files, weights, strict=True):
        parts = round(own / share) if kind_of_name(source.uri) in ("jsonl", "warc") else 1
        if waiting and (parts > 1 or weight + own > share * 1.001 or (tasks is None and len(waiting) >= _FILES)):
            shards.append(tuple(waiting))
            waiting, weight = [], 0.0
        if parts > 1:
            shards += [(Piece(source.uri, index, parts),) for index in range(parts)]
        else:
            waiting.append(Piece(source.uri))
            weight += own
    return [*shards, tuple(waiting)] if waiting else shards


def _usual(source: Source) -> int:
    if kind_of_name(source.uri) == "warc":
        return _USUAL["warc"]
    return _USUAL["packed" if source.uri.endswith(".gz") else "plain"]
