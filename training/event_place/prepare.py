"""Reads the gold sentences once, with everything that the choice of an event's place may look at.

    python training/event_place/prepare.py GOLD.jsonl.gz CACHE.pickle [--limit N]

Gold lines: {"id", "text", "verb": {"start", "end"}, "places": [{"start", "end"}]}.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.core import Attribution, Document, Entity, Mention, Passage, Place, Timex, Toponym
from dateline.language import Parse
from dateline.pipeline import Pipeline


@dataclass
class Read:
    """A gold row and what the steps before the events read from its sentence."""

    row: dict[str, Any]
    document: Document
    parse: Parse
    passages: tuple[Passage, ...]
    attributions: tuple[Attribution, ...]
    timexes: tuple[Timex, ...]
    toponyms: tuple[Toponym, ...]
    places: tuple[Place, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]


def read(pipeline: Pipeline, row: dict[str, Any]) -> Read:
    """The steps up to the events, on one row."""
    document = Document.of(row["text"], id=row["id"], published=row.get("published"))
    passages, voices = pipeline.passages(document)
    parse = pipeline.language(document, passages)
    timexes, passages = pipeline.times(document, parse, passages)
    toponyms, places = pipeline.places(document, parse, passages)
    attributions, voices = pipeline.attribution(document, parse, passages, voices)
    mentions, entities = pipeline.actors(document, parse, passages, voices, attributions, toponyms, places)
    return Read(row, document, parse, passages, attributions, timexes, toponyms, places, mentions, entities)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    with gzip.open(given.gold, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][: given.limit]
    pipeline = Pipeline.load()
    given.cache.write_bytes(pickle.dumps([read(pipeline, row) for row in rows]))


if __name__ == "__main__":
    main()
