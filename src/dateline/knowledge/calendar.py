"""The calendar's words: months, weekdays, seasons and time zones."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from dateline.knowledge.tables import read_table


@dataclass(frozen=True, slots=True)
class Calendar:
    """Names in lower case, without a final dot.

    ``months`` give 1 to 12, ``weekdays`` ISO numbers (Monday 1), ``seasons`` the TIMEX3 code and the
    first month on the northern half of the earth, ``zones`` minutes east of UTC.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, tuple[str, int]]
    zones: Mapping[str, int]


@functools.cache
def calendar() -> Calendar:
    """The calendar's words, read once.

    >>> calendar().months["sept"], calendar().weekdays["sunday"], calendar().seasons["fall"]
    (9, 7, ('FA', 9))
    """
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    seasons: dict[str, tuple[str, int]] = {}
    zones: dict[str, int] = {}
    plain = {"month": months, "weekday": weekdays, "zone": zones}
    for row in read_table("lexicons/time_calendar.tsv", ("kind", "name", "number", "code")):
        try:
            number = int(row["number"])
        except ValueError:
            raise row.error(f"not a number: {row['number']}") from None
        if row["kind"] == "season":
            seasons[row["name"]] = (row["code"], number)
        elif row["kind"] in plain:
            plain[row["kind"]][row["name"]] = number
        else:
            raise row.error(f"unknown kind: {row['kind']}")
    return Calendar(months, weekdays, seasons, zones)
