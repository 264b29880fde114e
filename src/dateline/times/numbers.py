"""How many: the number words and figures inside time expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dateline.knowledge.calendar import time_words

_FIGURES = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)(?:[ -](1/2))?")


def amount(words: str) -> float | None:
    """The number that figures or words tell; None for a vague one ("several").

    >>> amount("2 1/2"), amount("twenty-four"), amount("two thousand and five"), amount("a few"), amount("a couple of")
    (2.5, 24, 2005, None, 2)
    """
    text = " ".join(words.lower().replace("\u00a0", " ").split())
    vague = time_words()["vague"].get(text)
    if vague is not None:
        return int(vague) if vague.isdigit() else None
    if text in ("a", "an", "another", "x"):
        return None if text == "x" else 1.0
    if text in ("half a", "half an"):
        return 0.5
    figures = _FIGURES.match(text)
    if figures:
        return float(figures[1].replace(",", "")) + (0.5 if figures[2] else 0)
    return _spelled(text, time_words()["numeral"])


def _spelled(text: str, numerals: Mapping[str, str]) -> float | None:
    total, current, seen = 0, 0, False
    for word in re.split(r"[ -]", text):
        if word in ("to", "or", "–"):
            break
        if word not in numerals:
            continue
        number, seen = int(numerals[word]), True
        if number == 100:
            current = max(current, 1) * 100
        elif number == 1000:
            total, current = total + max(current, 1) * 1000, 0
        else:
            current += number
    if not seen:
        return None
    return total + current + (0.5 if text.endswith("and a half") else 0)


def spelled_year(words: str) -> int | None:
    """The year that words tell ("nineteen ninety-six", "the year two thousand").

    >>> spelled_year("nineteen ninety-six"), spelled_year("nineteen hundred"), spelled_year("two thousand and five")
    (1996, 1900, 2005)
    """
    text = " ".join(words.lower().replace("-", " ").split())
    head, _, rest = text.partition(" ")
    if head in ("nineteen", "eighteen", "twenty"):
        tail = 0 if rest == "hundred" else amount(rest)
        return (
            None
            if tail is None or tail > 99
            else {"nineteen": 19, "eighteen": 18, "twenty": 20}[head] * 100 + int(tail)
        )
    told = amount(text.removeprefix("the year "))
    return int(told) if told else None
