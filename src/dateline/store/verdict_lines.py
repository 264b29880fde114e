"""Verdicts as lines of JSON."""

from __future__ import annotations

from dateline import codec
from dateline.core import Verdict


def verdicts_of(text: str) -> list[Verdict]:
    """The verdicts of JSONL; ValueError that names the line that is none.

    >>> verdicts_of("")
    []
    """
    found: list[Verdict] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                found.append(codec.from_json(Verdict, line))
            except (ValueError, RecursionError) as error:
                raise ValueError(f"line {number}: {error}") from error
    return found
