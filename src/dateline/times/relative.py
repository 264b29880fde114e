"""Expressions that count from the anchor or from what was said last: yesterday, last week, two days later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dateline.core import Precision
from dateline.times.find import Found
from dateline.times.lengths import duration, length
from dateline.times.numbers import amount
from dateline.times.periods import (
    UNKNOWN,
    Date,
    Interval,
    between,
    coarse,
    day,
    interval,
    narrowed,
    shifted,
    year_value,
)
from dateline.times.scene import Meaning, Scene, dated

_FEW = {"D": 7, "NI": 7, "W": 4, "M": 6, "Q": 4, "Y": 5, "DE": 3, "CE": 3, "WE": 4}
_QUARTER_REACH = 1000
_PRECISE: Mapping[str, Precision] = {
    "D": "day",
    "NI": "day",
    "W": "week",
    "WE": "week",
    "F": "week",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "DE": "decade",
    "CE": "decade",
}


def day_word(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """Yesterday, tonight, tomorrow morning: days from the anchor."""
    anchor = scene.memory.anchor
    part = found.fields.get("part")
    if anchor is None:
        return (Meaning(found.span, "TIME" if part else "DATE", "XXXX-XX-XX" + (f"T{part}" if part else ""), UNKNOWN),)
    date = shifted(anchor, "D", int(found.fields["dayword"]))
    return dated(scene, found, date.isoformat() + (f"T{part}" if part else "") if date else None, "")


def part_of_day(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """The next morning, that night: from the day under discussion."""
    base, part = scene.memory.day, found.fields["part"]
    date = shifted(base, "D", int(found.fields.get("chain") or 0)) if base else None
    if date is None:
        return (Meaning(found.span, "TIME", f"XXXX-XX-XXT{part}", UNKNOWN),)
    return dated(scene, found, f"{date.isoformat()}T{part}", "")


def period(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """Last week, this year, the weekend: the unit that holds a day so far from the anchor."""
    told, anchor = found.fields, scene.memory.base
    unit, rel, mod = told["period"], told["rel"], told.get("mod", "")
    if anchor is None:
        return (Meaning(found.span, "DATE", "XXXX", UNKNOWN),)
    if rel == "weekend":
        rel = "0" if anchor.isoweekday() >= 6 or scene.tense(found.span) in ("future", "present") else "-1"
        if anchor.isoweekday() == 7:
            rel = "0"
    if unit == "DE" and rel == "-1":
        return dated(scene, found, coarse(shifted(anchor, "DE", -1) or anchor, "DE"))
    base = shifted(anchor, unit, int(rel))
    if base is None:
        return ()
    made = dated(scene, found, coarse(base, unit), "")[0]
    whole = made.interval
    if rel == "0" and unit not in ("D", "WE") and not mod:
        tense = scene.tense(found.span)
        mod = "BEFORE" if tense == "past" else "AFTER" if tense == "future" else ""
    if unit in ("W", "F") and whole.latest and rel == "-1":
        whole = replace(whole, latest=min(whole.latest, anchor.isoformat()))
    return (replace(made, interval=narrowed(whole, mod, anchor)),)


def stretch(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """Over the past week: the days up to the anchor; the value names the week that holds most of them.

    Of longer units it names the one before the anchor's, as TimeBank has it.
    """
    anchor, unit = scene.memory.anchor, found.fields["period"]
    start = shifted(anchor, unit, -1) if anchor and not scene.memory.narrative else None
    if anchor is None or start is None or unit == "WE":
        return period(scene, Found(found.span, found.form, {**found.fields, "rel": "-1"}, found.parts))
    middle = shifted(start, "D", 3) if unit == "W" else start
    return (Meaning(found.span, "DATE", coarse(middle or start, unit), between(start, anchor, _PRECISE[unit])),)


def chain(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """The previous day, that year, the following month: from what was said last."""
    told, memory = found.fields, scene.memory
    unit = told["period"] if len(told["period"]) < 3 else told["period"][0].upper()
    unit = "D" if unit == "N" else unit
    steps = {"before": -1, "after": 1}.get(told.get("way", ""))
    count = int(told.get("that") or told.get("chain") or 0) if steps is None else steps
    if memory.before_christ:
        return _years_off(scene, found, count, unit)
    base = memory.day if unit in ("D", "W", "WE") else _last(scene, unit)
    date = shifted(base, unit, count) if base else None
    if date is None:
        return (Meaning(found.span, "DATE", "XXXX-XX-XX" if unit == "D" else "XXXX", UNKNOWN),)
    return dated(scene, found, coarse(date, unit))


def _years_off(scene: Scene, found: Found, count: float | None, unit: str) -> tuple[Meaning, ...]:
    """So many years from a year before Christ; shorter steps are not counted there."""
    size = {"Y": 1, "DE": 10, "CE": 100}.get(unit)
    year = scene.memory.year
    if size is None or year is None or count is None:
        return (Meaning(found.span, "DATE", "XXXX-XX-XX" if unit == "D" else "XXXX", UNKNOWN),)
    there = year_value(year + int(count * size))
    chained = "period" in found.fields
    return dated(scene, found, there[: -len(str(size)) + 1] if chained and size > 1 else there)


def _last(scene: Scene, unit: str) -> Date | None:
    """The first day of what was said last, where that is at least as fine as the unit."""
    value = scene.memory.value or ""
    bounds = interval(value[:10])
    fine = {"M": ("day", "month"), "Q": ("day", "month", "quarter")}.get(unit)
    if bounds.earliest is None or (fine and bounds.precision not in fine):
        memory = scene.memory
        return day(memory.year, memory.month, 1) if memory.narrative and memory.year and memory.month else None
    return Date.fromisoformat(bounds.earliest[:10])


def counted(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """A number of units: a date before "ago" or "later", else a duration; an age is none."""
    told = found.fields
    if "old" in told or (told["unit"] == "S" and told["count"].lower() in ("a", "one")):
        return ()
    if "ago" in told:
        return ago(scene, found)
    if "later" in told:
        return _later(scene, found)
    if told["unit"] == "Q" and told["count"].lower() in ("a", "three", "one"):
        return ()
    return duration(scene, found)


def ago(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """Two weeks ago: from the anchor."""
    told, memory = found.fields, scene.memory
    count, unit = amount(told["count"]), told["unit"]
    sign = 1 if told.get("ago") == "+" else -1
    anchor = memory.anchor
    if anchor is None:
        return (Meaning(found.span, "DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", UNKNOWN),)
    last = memory.quarter or ""
    if unit == "Y" and count == 1 and sign < 0 and last and found.span.start - memory.at < _QUARTER_REACH:
        return dated(scene, found, f"{int(last[:4]) - 1:04d}{last[4:]}", "")
    if count is None:
        edge = anchor.isoformat()
        ends = Interval(None, edge, "unknown") if sign < 0 else Interval(edge, None, "unknown")
        return (Meaning(found.span, "DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", ends),)
    return _counted(scene, found, anchor, count, unit, sign)


def _later(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    told, memory = found.fields, scene.memory
    count, unit = amount(told["count"]), told["unit"]
    if count is not None and "half" in told:
        count += 0.5
    sign = 1 if told["later"] == "+" else -1
    if memory.before_christ:
        return _years_off(scene, found, sign * count if count else None, unit)
    base = memory.day if unit in ("D", "W", "H", "MIN", "S", "NI") else _last(scene, unit)
    if sign < 0 and unit == "Y" and count == 1:
        return ago(scene, found)
    if base is None and sign < 0 and not memory.narrative:
        base = memory.anchor
    if count is not None and (unit in ("MIN", "S") or (unit == "H" and count < 24)):
        near = interval(base.isoformat()) if base else UNKNOWN
        return (Meaning(found.span, "DURATION", length(count, unit), near, False),)
    if base is None or count is None:
        return (Meaning(found.span, "DATE", "FUTURE_REF" if sign > 0 else "PAST_REF", UNKNOWN),)
    return _counted(scene, found, base, count, unit, sign)


def _counted(scene: Scene, found: Found, base: Date, count: float, unit: str, sign: int) -> tuple[Meaning, ...]:
    """The moment so many units away, as coarse as the unit; the interval allows for rounding."""
    if unit in ("H", "MIN", "S"):
        days = int(count // 24) if unit == "H" else 0
        date = shifted(base, "D", sign * days)
        return dated(scene, found, date.isoformat(), "") if date else ()
    if unit in ("Y", "DE", "CE") and count % 1:
        count, unit = count * {"Y": 12, "DE": 120, "CE": 1200}[unit], "M"
    if count > 5000:
        return ()
    date = shifted(base, unit, sign * int(count))
    if date is None:
        return ()
    value = coarse(date, "Y" if unit in ("DE", "CE") else unit)
    about = 3 if unit in ("W", "F") else 0
    if about:
        near = between(shifted(date, "D", -about), shifted(date, "D", about), "week")
        return (Meaning(found.span, "DATE", value, near),)
    return dated(scene, found, value, "")


def recent(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """A stretch that ends or begins at the anchor: the past few days, the next two weeks.

    A history may mean its own days or the writer's, so there the stretch stays open.
    """
    told, anchor = found.fields, None if scene.memory.narrative else scene.memory.anchor
    rel, unit = told["rel"].lower(), told["unit"]
    ahead = rel in ("next", "coming", "following")
    count = amount(told.get("count", "x"))
    value = length(count, unit)
    near: Interval = UNKNOWN
    if anchor and rel in ("past", "last", "next", "coming", "recent", "latest"):
        steps = int(count) if count else _FEW.get(unit, 0)
        reach = steps - 1 if unit in ("D", "NI") and not count else steps
        other = shifted(anchor, unit, reach if ahead else -reach) if reach < 5000 else None
        near = between(other, anchor, _PRECISE.get(unit, "day")) if other else UNKNOWN
    return (Meaning(found.span, "DURATION", value, near),)
