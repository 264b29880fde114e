"""Which place a name stands for, against population alone: ``python -m benchmarks.places_peers [--limit N]``.

Both resolvers get the same names from our recogniser and the same gazetteer; the peer takes the most
populous place of a name. Our weights were fitted on these very texts; held out, it is 0.4 to 1.2 points less end to end
(training/places/card.md). Rows are appended to benchmarks/results/places_peers.jsonl.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.journal import RESULTS, append, stamp, table
from benchmarks.measures import Measure, named
from benchmarks.quality import SHARED, MissingError, figures, gold_rows, scored, stripped
from dateline.codec import to_dict
from dateline.core import Document, Passage, Place, Span, Toponym
from dateline.language import Parse
from dateline.language.spacy_door import SpacyLanguage
from dateline.places import Places
from dateline.places.placing import place_of

PEER = "population only"
SETS = ("lgl", "geovirus")
FIGURES = {
    "overlap": "overlap.f",
    "acc161": "acc161_end_to_end",
    "of recognised": "acc161_of_recognised",
    "auc": "auc_end_to_end",
    "median km": "median_km_of_resolved",
}
Answer = tuple[tuple[Toponym, ...], tuple[Place, ...]]
Resolver = Callable[[Document, Parse, tuple[Passage, ...]], Answer]


def by_population(ours: Places) -> Resolver:
    """The names that our recogniser finds, each as its most populous place."""

    def resolve(document: Document, parse: Parse, passages: tuple[Passage, ...]) -> Answer:
        toponyms, places = [], {}
        for number, match in enumerate(ours.named(document, parse, passages)[0]):
            best = max(match.entries, key=lambda entry: entry.population, default=None)
            place = place_of(best) if best else None
            if place:
                places[place.id] = place
            toponyms.append(Toponym(f"l{number}", match.span, place.id if place else None))
        return tuple(toponyms), tuple(places.values())

    return resolve


def answers(rows: Iterable[dict[str, Any]], language: SpacyLanguage, resolver: Resolver) -> Iterator[str]:
    """The lines that the scorer reads."""
    for row in rows:
        document = stripped(row)
        passages = (Passage("p1", Span(0, len(document.text)), "narration", "v1"),)
        toponyms, places = resolver(document, language(document, passages), passages)
        told = {"toponyms": [to_dict(t) for t in toponyms], "places": [to_dict(p) for p in places]}
        yield json.dumps({"document": {"id": document.id}, **told}) + "\n"


def measured(
    name: str, system: str, resolver: Resolver, language: SpacyLanguage, gold: Path, score: Path, limit: int | None
) -> dict[str, Any]:
    """One resolver on one gold set: a row for the journal."""
    (found,) = named([name])
    measure = Measure(found.name, found.scorer, found.split, found.files, FIGURES)
    rows = gold_rows(gold / measure.files[0])[:limit]
    with tempfile.TemporaryDirectory() as scratch:
        told, out = Path(scratch) / "gold.jsonl", Path(scratch) / "system.jsonl"
        told.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        out.write_text("".join(answers(rows, language, resolver)), encoding="utf-8")
        result = scored(measure, [told], out, score)
    row = {"name": name, "system": system, "documents": len(rows), "figures": figures(measure, result)}
    return row if system == PEER else {**row, "note": "weights fitted on these texts"}


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, append. Exit status 0, or 2 where data are missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.places_peers", description=__doc__.split("\n")[0])
    parser.add_argument("--limit", type=int, help="read the first N documents of each set (such rows are not kept)")
    parser.add_argument("--gold", type=Path, default=SHARED / "gold", help="the folder of the gold data")
    parser.add_argument("--score", type=Path, default=SHARED / "score", help="the folder of the scorers")
    parser.add_argument("--results", type=Path, default=RESULTS / "places_peers.jsonl", help="the file to append to")
    args = parser.parse_args(argv)
    language, ours = SpacyLanguage(), Places()
    resolvers: dict[str, Resolver] = {"dateline": ours, PEER: by_population(ours)}
    lines = [["set", "system", "documents", *FIGURES]]
    for name in SETS:
        for system, resolver in resolvers.items():
            try:
                row = measured(name, system, resolver, language, args.gold, args.score.resolve(), args.limit)
            except MissingError as missing:
                print(f"benchmarks.places_peers: {missing}", file=sys.stderr)
                return 2
            if args.limit is None:
                append(args.results, {**stamp(), **row})
            lines.append([name, system, str(row["documents"]), *(f"{row['figures'][key]:.3f}" for key in FIGURES)])
    print(table(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
