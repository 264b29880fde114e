"""What holds of any bytes: the parts of a file give what the file gives, and the plan leaves nothing out."""

from __future__ import annotations

import io
from collections import Counter

from benchmarks.fuzz import warc_seed
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.batch.corpus.addresses import Source
from dateline.batch.corpus.planning import planned
from dateline.ingest import Limits, Part, streamed

KINDS = ["txt", "jsonl", "jsonl.gz", "warc.gz", "html"]
LINES = st.lists(
    st.one_of(
        st.binary(max_size=30).filter(lambda line: b"\n" not in line),
        st.sampled_from(
            [b'{"text": "Nine died."}', b'{"id": "d1", "text": "Two."}', b'{"id": 1}', b"", b"[]", b"\xef\xbb\xbf{}"]
        ),
    ),
    max_size=12,
).map(b"\n".join)
RECORDS = st.lists(
    st.one_of(st.just(warc_seed()), st.just(warc_seed().replace(b"response", b"request")), st.binary(max_size=20)),
    max_size=3,
).map(b"".join)


def taken(name: str, data: bytes, part: Part | None = None) -> Counter[str]:
    return Counter(map(str, streamed(name, io.BytesIO(data), limits=Limits(document=10_000), part=part)))


@settings(max_examples=150, deadline=None)
@given(LINES, st.integers(1, 5))
def test_corpus_parts_of_any_lines_are_the_whole(data: bytes, of: int) -> None:
    parts = [taken("a.jsonl", data, Part(index, of)) for index in range(of)]
    assert sum(parts, Counter()) == taken("a.jsonl", data)


@settings(max_examples=25, deadline=None)
@given(RECORDS, st.integers(1, 3))
def test_corpus_parts_of_any_archive_are_the_whole(data: bytes, of: int) -> None:
    parts = [taken("a.warc", data, Part(index, of)) for index in range(of)]
    assert sum(parts, Counter()) == taken("a.warc", data)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["txt", "jsonl", "jsonl.gz", "warc.gz", "html"]), st.integers(0, 10**10)), max_size=30
    ),
    st.one_of(st.none(), st.integers(1, 3_000)),
)
def test_corpus_any_plan_holds_every_part_once(files: list[tuple[str, int]], tasks: int | None) -> None:
    shards = planned([Source(f"f{n}.{kind}", size) for n, (kind, size) in enumerate(files)], tasks)
    pieces = Counter((piece.uri, piece.index, piece.of) for shard in shards for piece in shard)
    assert set(pieces.values()) <= {1} and all(shards)
    for n, (kind, _) in enumerate(files):
        mine = [each for each in pieces if each[0] == f"f{n}.{kind}"]
        assert sorted(index for _, index, _ in mine) == list(range(mine[0][2]))
