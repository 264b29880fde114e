"""Times of day, durations, sets and references without a date."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dateline.core import TimexType
from dateline.times.find import Found
from dateline.times.numbers import amount
from dateline.times.periods import UNKNOWN, Interval, interval
from dateline.times.scene import Meaning, Scene


def noon(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """The morning, noon, midnight: of the day that stands beside it."""
    return _at(scene, found, "T" + found.fields["part"])


def clock(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """A time of the clock, of the day that stands beside it."""
    time = _time_of_day(found.fields)
    return _at(scene, found, time) if time else ()


def _at(scene: Scene, found: Found, time: str) -> tuple[Meaning, ...]:
    date = scene.nearby(found)
    if date is None:
        return (Meaning(found.span, "TIME", f"XXXX-XX-XX{time}", UNKNOWN),)
    value = f"{date.isoformat()}{time}"
    return (Meaning(found.span, "TIME", value, interval(value)),)


def duration(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """A length of time."""
    told = found.fields
    count = amount(told.get("count", "x"))
    if count is not None and "half" in told:
        count += 0.5
    return (Meaning(found.span, "DURATION", length(count, told["unit"]), UNKNOWN),)


def every(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """What comes back after so many units."""
    count = amount(found.fields.get("count", "1"))
    return (Meaning(found.span, "SET", length(count, found.fields.get("period") or found.fields["unit"]), UNKNOWN),)


def weekdays(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """What comes back on a day of the week."""
    part = found.fields.get("part")
    value = f"XXXX-WXX-{found.fields['weekday']}" + (f"T{part}" if part else "")
    return (Meaning(found.span, "SET", value, UNKNOWN),)


def months(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """What comes back in a month of the year."""
    return (Meaning(found.span, "SET", f"XXXX-{int(found.fields['month']):02d}", UNKNOWN),)


def fixed(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """A value that the table tells."""
    kind: TimexType = found.form.type if found.form else "SET"
    return (Meaning(found.span, kind, found.fields["value"], UNKNOWN),)


def reference(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """Now, recently, soon: before, at or after the anchor.

    In what happened before it, "soon" is told from there and not from the anchor. "Former" and "future" stand
    for a time in histories only: news uses them for what somebody is.
    """
    value, anchor, narrative = found.fields["ref"], scene.memory.anchor, scene.memory.narrative
    if found.fields.get("only") == "history" and not narrative:
        return ()
    if found.form and found.form.rule.name == "soon-word" and (narrative or scene.tense(found.span) == "past"):
        return ()
    edge = anchor.isoformat() if anchor else None
    ends = {
        "PRESENT_REF": Interval(edge, edge, "day" if edge else "unknown"),
        "PAST_REF": Interval(None, edge, "unknown"),
        "FUTURE_REF": Interval(edge, None, "unknown"),
    }
    return (Meaning(found.span, "DATE", value, ends[value]),)


def again(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """During this time, in that period: what was said last."""
    value = scene.memory.value
    if value is None:
        return ()
    return (Meaning(found.span, "DATE", value, interval(value), False),)


def length(count: float | None, unit: str) -> str:
    """The TIMEX3 value of a length of time."""
    if unit in ("H", "MIN", "S"):
        letter = unit[0]
        if count is None:
            return f"PTX{letter}"
        whole, half = int(count), count % 1
        return f"PT{whole or ''}{letter if whole else ''}" + (
            "30M" if half and letter == "H" else "30S" if half and letter == "M" else ""
        )
    if count is None:
        return {"DE": "PXDE", "CE": "PXCE", "F": "PXW", "NI": "PXD", "WE": "PXWE", "SU": "PXY", "WI": "PXY"}.get(
            unit, f"PX{unit}"
        )
    unit, count = {"DE": ("Y", count * 10), "CE": ("Y", count * 100), "F": ("W", count * 2), "NI": ("D", count)}.get(
        unit, (unit, count)
    )
    whole = int(count)
    tail = "6M" if count % 1 and unit == "Y" else ""
    return f"P{whole}{unit}{tail}" if whole or not tail else f"P{tail}"


def _time_of_day(told: Mapping[str, str]) -> str | None:
    """The time of day that figures tell: "T22:00"; None where there is none such."""
    figures = re.findall(r"[0-9]+", told.get("clock") or told.get("hour", ""))
    if told.get("clock", "").isdigit():
        figures = [told["clock"][:2], told["clock"][2:]]
    if not figures:
        word = amount(told.get("hour", ""))
        figures = [str(int(word))] if word else []
    if not figures:
        return None
    hour, minute = int(figures[0]), int(figures[1]) if len(figures) > 1 else 0
    half = told.get("ampm", "")[:1].lower()
    part = told.get("part", "").lower()
    if half or part:
        if not 1 <= hour <= 12:
            return None
        late = half == "p" or part in ("afternoon", "evening", "af", "ev") or (part in ("night", "ni") and hour > 5)
        hour = hour % 12 + (12 if late else 0)
    return f"T{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
