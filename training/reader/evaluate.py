"""Judges the encoder as it ships (int8, by onnxruntime), head by head, on gold that it has not seen.

    python training/reader/evaluate.py --gold GOLD [--model FOLDER] [--held 0] [--limit N]

Attribution: characters of source, cue and content of the dev articles. Times and places: stretches that overlap a
gold one (aquaint; geovirus), though both heads learned from this package's rules. Events: triggers and Pearson's r of
factuality on uw-dev. Where: characters of the places of the verbs in the held-out fifth of event_place.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from dateline.core import Document, Span
from dateline.events.place_heard import EVEN
from dateline.language.encoder import MODEL, Encoder
from dateline.language.signals import Signals
from dateline.pipeline import Pipeline


def prf(name: str, right: int, have: int, want: int) -> str:
    p, r = right / max(1, have), right / max(1, want)
    return f"{name}: P {p:.3f} R {r:.3f} F {2 * p * r / max(1e-9, p + r):.3f} ({want})"


class Judge:
    def __init__(self, model: Path, gold: Path, limit: int | None) -> None:
        self.encoder, self.pipeline = Encoder(model), Pipeline.load()
        self.gold, self.limit = gold, limit

    def rows(self, file: str) -> Iterator[tuple[dict[str, Any], Signals]]:
        with gzip.open(self.gold / file, "rt", encoding="utf-8") as lines:
            told = [json.loads(line) for line in lines][: self.limit]
        for row in told:
            yield row, self.hear(row["text"])

    def hear(self, text: str) -> Signals:
        document = Document.of(text)
        passages, _ = self.pipeline.passages(document)
        return self.encoder(document, self.pipeline.language(document, passages), passages)

    def attribution(self) -> None:
        sums = {name: [0, 0, 0] for name in ("source", "cue", "content")}
        for row, signals in self.rows("attribution/dev.jsonl.gz"):
            for name, counts in sums.items():
                want = {k for a in row["attributions"] for start, end in a[name] or () for k in range(start, end)}
                told = [s.span for s in signals.stretches("attribution") if s.label == name]
                have = {k for span in told for k in range(span.start, span.end)}
                add(counts, len(want & have), len(have), len(want))
        for name, counts in sums.items():
            print(prf(f"attribution, {name}", *counts))

    def stretches(self, head: str, file: str, key: str) -> None:
        counts = [0, 0, 0]
        for row, signals in self.rows(file):
            want = [Span(t["start"], t["end"]) for t in row[key]]
            have = [s.span for s in signals.stretches(head)]
            covered = {k for span in want for k in range(span.start, span.end)}
            right = sum(any(k in covered for k in range(s.start, s.end)) for s in have)
            found = {k for span in have for k in range(span.start, span.end)}
            reached = sum(any(k in found for k in range(s.start, s.end)) for s in want)
            add(counts, (right + reached) // 2, len(have), len(want))
        print(prf(f"{head}, {file}", *counts))

    def events(self) -> None:
        counts, values = [0, 0, 0], []
        for row, signals in self.rows("factuality/uw-dev.jsonl.gz"):
            have = {s.span.start for s in signals.stretches("event")}
            want = {event["start"] for event in row["events"]}
            add(counts, len(have & want), len(have), len(want))
            for event in row["events"]:
                value = signals.value("factuality", Span(event["start"], event["end"]))
                if value is not None:
                    values.append((value, event["value"]))
        r = np.corrcoef(np.array(values).T)[0, 1] if len(values) > 1 else 0.0
        print(
            prf("event words, uw-dev", *counts),
            f"; factuality r {r:.3f} of {len(values)}",
        )

    def where(self, held: int) -> None:
        from prepare import fold_of

        counts = [0, 0, 0]
        with gzip.open(self.gold / "event_place/dev.jsonl.gz", "rt", encoding="utf-8") as lines:
            told = [row for row in map(json.loads, lines) if fold_of(row["text"]) == held][: self.limit]
        for row in told:
            verb = self.hear(row["text"]).at(Span(row["verb"]["start"], row["verb"]["end"]))
            if verb is None:
                continue
            window, piece = verb
            scores = window.pair_row("where", piece)[1:]
            spans = [span for span, score in zip(window.spans, scores, strict=False) if score > EVEN]
            have = {k for span in spans for k in range(span.start, span.end)}
            want = {k for place in row["places"] for k in range(place["start"], place["end"])}
            add(counts, len(have & want), len(have), len(want))
        print(prf(f"where, fifth {held} of event_place", *counts))


def add(counts: list[int], right: int, have: int, want: int) -> None:
    counts[0] += right
    counts[1] += have
    counts[2] += want


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--held", type=int, default=0)
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    judge = Judge(given.model, given.gold, given.limit)
    judge.attribution()
    judge.stretches("time", "times/aquaint.jsonl.gz", "timexes")
    judge.stretches("place", "places/geovirus.jsonl.gz", "toponyms")
    judge.events()
    judge.where(given.held)


if __name__ == "__main__":
    main()
