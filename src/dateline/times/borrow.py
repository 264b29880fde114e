"""A date without a year takes it from the date that it stands in a row with: "in March, April and May 1944"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dateline.times.find import Found

_GAP = r"(?:[ \t\u00a0]|\r?\n)"
_ROW = re.compile(
    rf"{_GAP}?(?:[-‐‑–—/]|,|(?:,{_GAP})?(?:and|or|to|until|till|through)){_GAP}?(?:(?:in|on|the){_GAP}){{0,2}}",
    re.IGNORECASE,
)
_LONGEST = 16


def with_years(text: str, found: Sequence[Found]) -> list[Found]:
    """The expressions, with the year of the next in a row given to those that tell none.

    A later month before an earlier one is in the year before: "from October to May 1949".
    """
    made = list(found)
    for k in range(len(made) - 2, -1, -1):
        here, after = made[k], made[k + 1]
        year = _year(after) if _lacks(here) else None
        between = text[here.span.end : after.span.start]
        if year is None or len(between) > _LONGEST or not _ROW.fullmatch(between):
            continue
        if _month(here) > _month(after):
            year -= 1
        made[k] = replace(here, fields={**here.fields, "year": str(year), "borrowed": "1"})
    return made


def _lacks(found: Found) -> bool:
    told = found.fields
    named = {"month", "season"} & told.keys()
    return bool(named) and found.on is None and not {"year", "yearword", "rel", "chain", "of", "bcyear"} & told.keys()


def _year(found: Found) -> int | None:
    if found.date:
        return int(found.date[:4])
    told = found.fields
    if "bcyear" in told and "first" not in told:
        return int(told["bcyear"]) * (-1 if told["era"].upper().startswith("B") else 1)
    return int(told["year"]) if {"month", "season"} & told.keys() and "year" in told else None


def _month(found: Found) -> int:
    """The month where both dates in a row tell one; 0 where the text does not say."""
    if found.date:
        return int(found.date[5:7])
    return int(found.fields.get("month", 0))
