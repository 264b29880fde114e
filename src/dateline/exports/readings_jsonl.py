"""Readings as JSON: the contract's object, one a line, or laid out for people. Nothing is left out."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator

from dateline.codec import to_dict, to_json
from dateline.core import Reading


def write_jsonl(readings: Iterable[Reading]) -> Iterator[str]:
    """One reading a line, as it comes."""
    for reading in readings:
        yield to_json(reading) + "\n"


def write_json(readings: Iterable[Reading]) -> Iterator[str]:
    """Indented JSON: the object itself where there is one reading, else an array of them."""
    stream = iter(readings)
    first = list(itertools.islice(stream, 2))
    if len(first) == 1:
        yield _indented(first[0]) + "\n"
        return
    before = "[\n"
    for reading in itertools.chain(first, stream):
        yield before + _indented(reading)
        before = ",\n"
    yield "\n]\n" if first else "[]\n"


def _indented(reading: Reading) -> str:
    return json.dumps(to_dict(reading), ensure_ascii=False, indent=2)
