"""Which place a name stands for, by population alone: the peer of places in ``python -m benchmarks.peers``.

Both resolvers get the same names from our recogniser and the same gazetteer; the peer takes the most
populous place of a name. Our weights were fitted on the sets it is measured on; held out, it is 0.4 to 1.2 points less
end to end (training/places/card.md). Earlier rows stand in benchmarks/results/places_peers.jsonl.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from benchmarks.quality import stripped
from dateline.codec import to_dict
from dateline.core import Document, Passage, Place, Span, Toponym
from dateline.language import Parse
from dateline.language.spacy_door import SpacyLanguage
from dateline.places import Places
from dateline.places.placing import place_of

PEER = "population only"
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


def answers(rows: Iterable[Mapping[str, Any]], language: SpacyLanguage, resolver: Resolver) -> Iterator[str]:
    """The lines that the scorer reads."""
    for row in rows:
        document = stripped(row)
        passages = (Passage("p1", Span(0, len(document.text)), "narration", "v1"),)
        toponyms, places = resolver(document, language(document, passages), passages)
        told = {"toponyms": [to_dict(t) for t in toponyms], "places": [to_dict(p) for p in places]}
        yield json.dumps({"document": {"id": document.id}, **told}) + "\n"
