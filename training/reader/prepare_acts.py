"""Turns gold data on acts and parties into arrays over word pieces, beside prepare.py.

    python training/reader/prepare_acts.py --gold GOLD --tokenizer tokenizer.json --out CACHE.pickle

GOLD holds muc4/, cameo/, re3d/, india_police/, hrdsattack/ and plover_synthetic/ (see card.md). Sentences come
from the parser that reads at run time, except where the gold gives its own.
"""

from __future__ import annotations

import argparse
import itertools
import pickle
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from examples import PACKINGS, Example
from heads import ENTITIES, MUC_ROLES, MUC_TYPES, PLOVER, POLICE, SIDES, VIOLATIONS
from prepare import fold_of, rows, tagged

from dateline.core import Document, Span
from dateline.language.wordpieces import Pieces, WordPieces
from dateline.pipeline import Pipeline

KINDS = {"MilitaryPlatform": "Platform", "Vehicle": "Platform"}


class Sentences:
    """Examples of texts without labels of their own."""

    def __init__(self, tokenizer: Path) -> None:
        self.pieces = WordPieces(tokenizer)
        self.pipeline = Pipeline.load()

    def split(self, text: str, published: str | None) -> list[Span]:
        """The sentences that the reader reads."""
        document = Document.of(text, id="x", published=published)
        passages, _ = self.pipeline.passages(document)
        return [sentence.span for sentence in self.pipeline.language(document, passages)]

    def example(self, id: str, source: str, text: str, sentences: list[Span]) -> tuple[Example, list[Span]]:
        """An example over these sentences, and the span of each piece."""
        held = self.pieces.pieces(text, sentences)
        made = Example(
            id=id,
            source=source,
            ids=np.array([i for sentence in held for i in sentence.ids], np.int32),
            ranges=[self._ranges(held, k, id) for k in range(PACKINGS)],
        )
        return made, [span for sentence in held for span in sentence.spans]

    def _ranges(self, sentences: list[Pieces], k: int, id: str) -> list[tuple[int, int]]:
        first = None if k == 0 else random.Random(f"{id}{k}").randint(24, 128)
        found, at = [], 0
        for window in self.pieces.windows(sentences, first=first):
            found.append((at, at + len(window) - 2))
            at += len(window) - 2
        return found


def covered(spans: list[Span], wanted: Span) -> tuple[int, int]:
    """The first piece of a stretch and the one after its last."""
    inside = [k for k, span in enumerate(spans) if span.start < wanted.end and wanted.start < span.end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def found_in(text: str, mention: str) -> Iterator[Span]:
    """Where the words of a filler stand in a text, whatever the capitals and the space between them."""
    words = re.findall(r"\w+|[^\w\s]", mention)
    if words:
        pattern = r"(?<!\w)" + r"\s*".join(re.escape(word) for word in words) + r"(?!\w)"
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield Span(*match.span())


def longest(found: list[tuple[int, Span]]) -> list[tuple[int, Span]]:
    """Without the stretches that lie in a longer one."""
    kept: list[tuple[int, Span]] = []
    for kind, span in sorted(found, key=lambda f: (f[1].start - f[1].end, f[0])):
        if all(span.end <= other.start or other.end <= span.start for _, other in kept):
            kept.append((kind, span))
    return kept


def muc4(maker: Sentences, file: Path) -> Iterator[Example]:
    """Role words everywhere in the text, as the published taggers take them; types by sentence."""
    for row in rows(file):
        sentences = maker.split(row["text"], row.get("published"))
        made, spans = maker.example(row["id"], "muc4", row["text"], sentences)
        found = [
            (kind, span)
            for kind, role in enumerate(MUC_ROLES, 1)
            for entity in row["ree"].get(role) or []
            for mention in entity
            for span in found_in(row["text"], mention)
        ]
        made.tags["muc"] = tagged(spans, longest(found))
        told = {
            span: str(template["incident_type"])
            for template in row["templates5"]
            for role in MUC_ROLES
            for entity in template[role]
            for mention in entity
            for span in found_in(row["text"], mention)
        }
        for sentence in sentences:
            kinds = {t for span, kind in told.items() if sentence.start <= span.start < sentence.end for t in [kind]}
            if len(kinds) <= 1:
                start, end = covered(spans, sentence)
                made.marks.append(
                    (
                        start,
                        end,
                        {f"muc:{name}": float(name in kinds) for name in MUC_TYPES},
                    )
                )
        yield made


def cameo(maker: Sentences, file: Path) -> Iterator[Example]:
    for row in rows(file):
        whole = [Span(0, len(row["text"]))]
        made, spans = maker.example(row["id"], f"cameo/{fold_of(row['text'])}", row["text"], whole)
        told = [(k, Span(*pair)) for k, name in enumerate(("source", "target", "both"), 1) for pair in row[name]]
        assert len(SIDES) == 3
        made.tags["side"] = tagged(spans, told)
        yield made


def re3d(maker: Sentences, file: Path) -> Iterator[Example]:
    for row in rows(file):
        sentences = [Span(start, end) for start, end, _ in row["sentences"]]
        made, spans = maker.example(row["id"], f"re3d/{fold_of(row['id'])}", row["text"], sentences)
        told = [
            (
                ENTITIES.index(KINDS.get(s["type"], s["type"])) + 1,
                Span(s["start"], s["end"]),
            )
            for s in row["spans"]
            if KINDS.get(s["type"], s["type"]) in ENTITIES
        ]
        made.tags["entity"] = tagged(spans, told)
        yield made


def india_police(maker: Sentences, file: Path) -> Iterator[Example]:
    """Every second report in which the police do nothing is left out."""
    for n, row in enumerate(rows(file)):
        if n % 2 and not any(s["labels"] for s in row["sentences"]):
            continue
        sentences = [Span(s["start"], s["end"]) for s in row["sentences"]]
        made, spans = maker.example(row["id"], "india_police", row["text"], sentences)
        for sentence, span in zip(row["sentences"], sentences, strict=True):
            start, end = covered(spans, span)
            if end > start:
                labels = {label.upper().replace(" ", "_") for label in sentence["labels"]}
                made.marks.append(
                    (
                        start,
                        end,
                        {f"police:{name}": float(name in labels) for name in POLICE},
                    )
                )
        yield made


def hrdsattack(maker: Sentences, file: Path) -> Iterator[Example]:
    """The head of an article tells what was done in all of it."""
    for row in rows(file):
        text = f"{row['title']}.\n\n{row['text']}"[:1200]
        made, _ = maker.example(row["id"], "hrdsattack", text, maker.split(text, row.get("published")))
        values = {f"violation:{name}": float(name in row["violation_types"]) for name in VIOLATIONS}
        made.marks += [(start, end, values) for start, end in made.ranges[0][:2]]
        yield made


def plover(maker: Sentences, file: Path) -> Iterator[Example]:
    """A headline and the two first sentences of its story."""
    for row in rows(file):
        values = {f"type:{name}": float(name == row["type"]) for name in PLOVER}
        fold = fold_of(row["title"])
        for part, text in (("title", row["title"]), ("story", row["text"][:600])):
            sentences = maker.split(text, None)[:2] if part == "story" else [Span(0, len(text))]
            made, spans = maker.example(f"{row['id']}/{part}", f"plover/{fold}", text, sentences)
            for sentence in sentences:
                start, end = covered(spans, sentence)
                if end > start:
                    made.marks.append((start, end, values))
            yield made


READERS: dict[str, tuple[Callable[[Sentences, Path], Iterator[Example]], str]] = {
    "muc4/train": (muc4, "muc4/train.jsonl.gz"),
    "muc4/dev": (muc4, "muc4/dev.jsonl.gz"),
    "cameo": (cameo, "cameo/train.jsonl.gz"),
    "re3d": (re3d, "re3d/train_dev.jsonl.gz"),
    "hrdsattack/train": (hrdsattack, "hrdsattack/train.jsonl.gz"),
    "hrdsattack/dev": (hrdsattack, "hrdsattack/dev.jsonl.gz"),
    "india_police/train": (india_police, "india_police/train.jsonl.gz"),
    "india_police/dev": (india_police, "india_police/dev.jsonl.gz"),
    "plover": (plover, "plover_synthetic/train.jsonl.gz"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=list(READERS))
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    maker = Sentences(given.tokenizer)
    made: dict[str, Any] = {}
    for name in given.only:
        read, file = READERS[name]
        made[name] = list(itertools.islice(read(maker, given.gold / file), given.limit))
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
