"""Reads the training texts once: ``python training/muc4/prepare.py muc4/train.jsonl.gz CACHE.pickle``."""

from __future__ import annotations

import gzip
import json
import pickle
import sys
from pathlib import Path

from dateline.core import Document, Reading
from dateline.pipeline import Pipeline


def main(gold: str, cache: str) -> None:
    """Writes ``(gold rows, readings)``; a text that cannot be read is left out of both."""
    with gzip.open(gold, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    documents = [Document.of(row["text"], id=row["id"], published=row.get("published") or None) for row in rows]
    pairs = [(row, read) for row, read in zip(rows, Pipeline.load().read_many(documents), strict=True)]
    kept = [(row, read) for row, read in pairs if isinstance(read, Reading)]
    Path(cache).write_bytes(pickle.dumps(([row for row, _ in kept], [read for _, read in kept])))


if __name__ == "__main__":
    main(*sys.argv[1:3])
