"""Turns gold data into arrays over word pieces, one label row a head.

    python training/reader/prepare.py --gold GOLD --tokenizer tokenizer.json --out CACHE.pickle

GOLD holds attribution/, factuality/ and event_place/ (see card.md). Sentences come from the parser that
reads at run time; times and places are labelled by the rules of this package, so those two heads learn
from the rules, not from people.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import itertools
import json
import pickle
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from examples import NONE, PACKINGS, Example

from dateline.core import Document, Span
from dateline.language.wordpieces import Pieces, WordPieces
from dateline.pipeline import Pipeline


def rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


class Preparer:
    def __init__(self, tokenizer: Path) -> None:
        self.pieces = WordPieces(tokenizer)
        self.pipeline = Pipeline.load()

    def example(self, id: str, source: str, text: str, published: str | None) -> tuple[Example, list[Span]]:
        """An example with its silver labels, and the span of each piece."""
        document = Document.of(text, id=id, published=published)
        passages, _ = self.pipeline.passages(document)
        parse = self.pipeline.language(document, passages)
        timexes, passages = self.pipeline.times(document, parse, passages)
        toponyms, _ = self.pipeline.places(document, parse, passages)
        sentences = self.pieces.pieces(text, [s.span for s in parse])
        spans = [span for sentence in sentences for span in sentence.spans]
        made = Example(
            id=id,
            source=source,
            ids=np.array([i for sentence in sentences for i in sentence.ids], np.int32),
            ranges=[self._ranges(sentences, k, id) for k in range(PACKINGS)],
        )
        made.tags["time"] = tagged(spans, [(1, t.span) for t in timexes])
        made.tags["place"] = tagged(spans, [(1, t.span) for t in toponyms])
        return made, spans

    def _ranges(self, sentences: list[Pieces], k: int, id: str) -> list[tuple[int, int]]:
        first = None if k == 0 else random.Random(f"{id}{k}").randint(24, 128)
        found, at = [], 0
        for window in self.pieces.windows(sentences, first=first):
            found.append((at, at + len(window) - 2))
            at += len(window) - 2
        return found


class Index:
    """Which pieces a stretch of text covers, without looking at all of them each time."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.of: dict[int, int] = {}
        for k, span in enumerate(spans):
            for at in range(span.start, span.end):
                self.of[at] = k

    def __call__(self, start: int, end: int) -> list[int]:
        return sorted({self.of[at] for at in range(start, end) if at in self.of})


def tagged(spans: Sequence[Span], wanted: list[tuple[int, Span]]) -> np.ndarray:
    """BIO labels: 2k-1 begins and 2k goes on in a stretch of kind k; 0 outside."""
    index, labels = Index(spans), np.zeros(len(spans), np.int64)
    for kind, span in wanted:
        for n, k in enumerate(index(span.start, span.end)):
            labels[k] = 2 * kind - 1 if n == 0 else 2 * kind
    return labels


def parts(value: Any) -> list[Span]:
    return [Span(*pair) for pair in value or ()]


def attribution(preparer: Preparer, file: Path) -> Iterator[Example]:
    for row in rows(file):
        made, spans = preparer.example(row["id"], "attribution", row["text"], row.get("published"))
        index = Index(spans)
        wanted, pointers = [], np.full(len(spans), NONE, np.int64)
        for told in row["attributions"]:
            cue = [k for span in parts(told["cue"]) for k in index(span.start, span.end)]
            to = min(cue) if cue else -1
            for kind, name in enumerate(("source", "cue", "content"), 1):
                for span in parts(told[name]):
                    wanted.append((kind, span))
                    for k in index(span.start, span.end):
                        pointers[k] = to
        made.tags["attribution"] = tagged(spans, wanted)
        made.pointers = pointers
        yield made


def factuality(preparer: Preparer, file: Path) -> Iterator[Example]:
    for row in rows(file):
        made, spans = preparer.example(row["id"], "factuality", row["text"], None)
        index = Index(spans)
        trigger, value = (
            np.zeros(len(spans), np.int64),
            np.full(len(spans), np.nan, np.float32),
        )
        for event in row["events"]:
            for n, k in enumerate(index(event["start"], event["end"])):
                trigger[k] = 1 if n == 0 else 2
                value[k] = event["value"]
        made.tags["event"] = trigger
        made.factuality = value
        yield made


def fold_of(text: str) -> int:
    """Which fifth a sentence belongs to; all verbs of a sentence fall into one."""
    return int(hashlib.sha256(" ".join(text.split()).encode()).hexdigest(), 16) % 5


def event_place(preparer: Preparer, file: Path) -> Iterator[Example]:
    by_text: dict[str, list[dict[str, Any]]] = {}
    for row in rows(file):
        by_text.setdefault(row["text"], []).append(row)
    for text, told in by_text.items():
        made, spans = preparer.example(told[0]["id"], f"event_place/{fold_of(text)}", text, None)
        index = Index(spans)
        for row in told:
            verb = index(row["verb"]["start"], row["verb"]["end"])
            places = [k for place in row["places"] for k in index(place["start"], place["end"])]
            if verb:
                made.where.append((verb[0], places))
        yield made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    preparer = Preparer(given.tokenizer)
    made: dict[str, list[Example]] = {}
    for name, read, file in (
        ("attribution/train", attribution, "attribution/train.jsonl.gz"),
        ("attribution/dev", attribution, "attribution/dev.jsonl.gz"),
        ("factuality/uw-train", factuality, "factuality/uw-train.jsonl.gz"),
        ("factuality/meantime-train", factuality, "factuality/meantime-train.jsonl.gz"),
        ("factuality/uw-dev", factuality, "factuality/uw-dev.jsonl.gz"),
        ("event_place", event_place, "event_place/dev.jsonl.gz"),
    ):
        made[name] = list(itertools.islice(read(preparer, given.gold / file), given.limit))
        print(
            name,
            len(made[name]),
            "texts,",
            sum(len(e.ids) for e in made[name]),
            "pieces",
            flush=True,
        )
    given.out.write_bytes(pickle.dumps(made))


if __name__ == "__main__":
    main()
