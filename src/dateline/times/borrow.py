"""What an expression takes from the one behind it.

A date in a row takes its year ("in March, April and May 1944"), a length its start ("two days after 5 March").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dateline.core import Precision
from dateline.times.find import Found
from dateline.times.periods import Date, Interval, coarse, interval, shifted
from dateline.times.scene import Meaning

_GAP = r"(?:[ \t\u00a0]|\r?\n)"
_ROW = re.compile(
    rf"{_GAP}?(?:[-‐‑–—/]|,|(?:,{_GAP})?(?:and|or|to|until|till|through)){_GAP}?(?:(?:in|on|the){_GAP}){{0,2}}",
    re.IGNORECASE,
)
_LONGEST = 16
_FROM = re.compile(rf"{_GAP}(?:(?P<back>before|prior{_GAP}to|ahead{_GAP}of)|after|following){_GAP}", re.IGNORECASE)
_LENGTH = re.compile(r"P([0-9]{1,3})([DWMY])")
_PRECISE: dict[str, Precision] = {"D": "day", "W": "week", "M": "month", "Y": "year"}


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


def with_starts(text: str, meanings: Sequence[Meaning]) -> list[Meaning]:
    """The meanings, with its moment given to a length that is counted from the day behind it.

    It stays a DURATION, as TimeML has it; its interval is the day, month or year that is reached.
    """
    made = list(meanings)
    for k in range(len(made) - 1):
        here, after = made[k], made[k + 1]
        told = _LENGTH.fullmatch(here.value) if here.type == "DURATION" else None
        match = _FROM.fullmatch(text, here.span.end, after.span.start) if told else None
        if told and match and here.interval.earliest is None:
            reached = _reached(after.interval, int(told[1]) * (-1 if match["back"] else 1), told[2])
            made[k] = replace(here, interval=reached) if reached else here
    return made


def _reached(start: Interval, count: int, unit: str) -> Interval | None:
    if start.precision != "day" or start.earliest is None or start.earliest != start.latest:
        return None
    date = shifted(Date.fromisoformat(start.earliest), unit, count)
    if date is None:
        return None
    whole = interval(coarse(date, unit))
    return replace(whole, precision=_PRECISE[unit])
