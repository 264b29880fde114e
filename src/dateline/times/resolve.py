"""What a time expression means: one resolver from what is written to a TIMEX3 value and an interval."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from dateline.core import KnowledgeError
from dateline.knowledge.calendar import time_rules
from dateline.language.dates import read_date
from dateline.times import calendar_dates, feasts, lengths, relative
from dateline.times.find import Found
from dateline.times.periods import Date, interval
from dateline.times.scene import Meaning, Scene, distance

Action = Callable[[Scene, Found], tuple[Meaning, ...]]

ACTIONS: Mapping[str, Action] = {
    "calendar": calendar_dates.calendar_date,
    "beside": calendar_dates.beside,
    "era": calendar_dates.era,
    "days": calendar_dates.days,
    "years": calendar_dates.years,
    "bc": calendar_dates.before_christ,
    "bcs": calendar_dates.years_before_christ,
    "decade": calendar_dates.decade,
    "century": calendar_dates.century,
    "fiscal": calendar_dates.fiscal,
    "holiday": feasts.holiday,
    "day": relative.day_word,
    "daypart": relative.part_of_day,
    "period": relative.period,
    "stretch": relative.stretch,
    "chain": relative.chain,
    "amount": relative.counted,
    "ago": relative.ago,
    "recent": relative.recent,
    "part": lengths.noon,
    "clock": lengths.clock,
    "duration": lengths.duration,
    "every": lengths.every,
    "weekdays": lengths.weekdays,
    "months": lengths.months,
    "set": lengths.fixed,
    "again": lengths.again,
    "ref": lengths.reference,
}


def resolve(scene: Scene, found: Found, text: str) -> tuple[Meaning, ...]:
    """The expression's meaning; empty where it is none, two where two days share a month."""
    if found.form is None:
        return _written(scene, found, text)
    return ACTIONS[found.form.rule.action](scene, found)


def check() -> None:
    """Raises KnowledgeError where the table of rules names an action that is none."""
    for rule in time_rules():
        if rule.action not in ACTIONS and rule.action != "none":
            raise KnowledgeError("time_rules.tsv", 0, f"{rule.name}: unknown action {rule.action}")


def _written(scene: Scene, found: Found, text: str) -> tuple[Meaning, ...]:
    """A full date; where 07/02 may be either, the reading that lies nearer before the anchor."""
    words, value = found.span.of(text), found.date or ""
    other = read_date(words, day_first=True) if "/" in words else None
    anchor = scene.memory.anchor
    if other and other != value and anchor:
        value = min((value, other), key=lambda iso: distance(anchor, Date.fromisoformat(iso), "past"))
    value = re.sub(r"(T\d\d:\d\d):\d\d.*", r"\1", value)
    return (Meaning(found.span, "TIME" if "T" in value else "DATE", value, interval(value)),)
