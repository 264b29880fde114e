"""Expressions that name the calendar: days, months, weekdays, seasons, quarters, years, decades."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dateline.core import Span
from dateline.knowledge.calendar import calendar
from dateline.times.find import Found
from dateline.times.numbers import spelled_year
from dateline.times.periods import UNKNOWN, Date, Interval, coarse, day, interval, shifted, year_value
from dateline.times.scene import Meaning, Scene, dated, distance


def calendar_date(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """A day, month, weekday, season, quarter, half or year, with or without its year."""
    told = found.fields
    year = _year(scene, found)
    if "month" not in told and ("day" in told or told.get("of") == "month"):
        return dated(scene, found, _day_of_month(scene, found))
    if "month" in told:
        value = _month(scene, found, year)
        if value and "week" in told:
            return dated(scene, found, coarse(Date.fromisoformat(value), "W") if value[0] != "X" else None)
        return dated(scene, found, value)
    if "weekday" in told:
        return dated(scene, found, _weekday(scene, found))
    if "season" in told:
        return dated(scene, found, _season(scene, found, year))
    if "quarter" in told or "half" in told:
        return dated(scene, found, _quarter(scene, found, year))
    return dated(scene, found, year_value(year) if year else None)


def _year(scene: Scene, found: Found) -> int | None:
    told, memory = found.fields, scene.memory
    if "year" in told:
        return int(told["year"])
    if "yearword" in told:
        return spelled_year(told["yearword"])
    if told.get("of") == "year" and memory.anchor:
        return memory.anchor.year + int(told["rel"])
    if told.get("of") == "chain" and memory.year:
        return memory.year + int(told["chain"])
    if told.get("chain") == "0" and memory.year:
        return memory.year
    return None


def _month(scene: Scene, found: Found, year: int | None) -> str | None:
    told, base = found.fields, scene.memory.base
    month = int(told["month"])
    number = _number(told.get("day") or told.get("dayword"))
    if number is None and ("day" in told or "dayword" in told):
        return None
    if number is not None and day(2000, month, number) is None:
        return None
    if year is None and scene.memory.before_christ:
        year = scene.memory.year_of(month)
    if (year is None and base is None) or (year is not None and year < 0):
        return (year_value(year) if year else "XXXX") + f"-{month:02d}" + (f"-{number:02d}" if number else "")
    if year is None and base is not None:
        year = _choose(scene, found, base, month, number)
    if number is None:
        return f"{year:04d}-{month:02d}"
    date = day(year or 0, month, number)
    if date is None and "year" not in told and year:
        near = (day(year + k, month, number) for k in (-1, 1, -2, 2, -3, 3, -4, 4))
        date = next((each for each in near if each), None)
    return date.isoformat() if date else None


def _number(words: str | None) -> int | None:
    if not words:
        return None
    if words[0].isdigit():
        return int(re.sub(r"[^0-9]", "", words))
    return None


def _choose(scene: Scene, found: Found, base: Date, month: int, number: int | None) -> int:
    """The year of a day or month that tells none."""
    told, rel = found.fields, found.fields.get("rel")
    if scene.memory.narrative and rel is None:
        return scene.memory.year_of(month) or base.year
    if "weekday" in told and number:
        days = [day(y, month, number) for y in range(base.year - 3, base.year + 4)]
        fits = [date for date in days if date and date.isoweekday() == int(told["weekday"])]
        if fits:
            return min(fits, key=lambda date: abs(date - base)).year
    dates = [day(y, month, number or min(base.day, 28)) for y in (base.year - 1, base.year, base.year + 1)]
    real = [date for date in dates if date] or [base]
    if rel == "-1":
        past = [d for d in real if (d < base if number else (d.year, d.month) < (base.year, base.month))]
        return (past or real)[-1].year
    if rel == "1":
        ahead = [d for d in real if (d > base if number else (d.year, d.month) > (base.year, base.month))]
        return (ahead or real)[0].year
    if rel == "0":
        return base.year
    tense = scene.tense(found.span)
    return min(real, key=lambda date: distance(base, date, tense)).year


def _day_of_month(scene: Scene, found: Found) -> str | None:
    told, base = found.fields, scene.memory.base
    number = _number(told.get("day"))
    if base is None or number is None:
        return None
    if told.get("of") == "month":
        start = shifted(base.replace(day=1), "M", int(told["rel"]))
        date = day(start.year, start.month, number) if start else None
        return date.isoformat() if date else None
    if "weekday" not in told and scene.memory.day and scene.memory.narrative:
        base = scene.memory.day
    near = [shifted(base.replace(day=1), "M", k) for k in (-2, -1, 0, 1, 2)]
    dates = [date for start in near if start and (date := day(start.year, start.month, number))]
    if "weekday" in told:
        dates = [date for date in dates if date.isoweekday() == int(told["weekday"])] or dates
    tense = scene.tense(found.span)
    return min(dates, key=lambda date: distance(base, date, tense)).isoformat() if dates else None


def _weekday(scene: Scene, found: Found) -> str | None:
    told, memory = found.fields, scene.memory
    wanted, part = int(told["weekday"]), told.get("part")
    tail = f"T{part}" if part else ""
    base = memory.day if ("chain" in told or memory.narrative) and memory.day else memory.anchor
    if base is None:
        return f"XXXX-WXX-{wanted}{tail}"
    if told.get("of") == "week":
        week = shifted(base, "W", int(told["rel"])) or base
        date: Date | None = shifted(week, "D", wanted - week.isoweekday())
    else:
        date = shifted(base, "D", _days_to(scene, found, base, wanted))
    return date.isoformat() + tail if date else None


def _days_to(scene: Scene, found: Found, base: Date, wanted: int) -> int:
    """Days from the base to the weekday: back by default, ahead for the future."""
    ahead, back = (wanted - base.isoweekday()) % 7, -((base.isoweekday() - wanted) % 7)
    rel = found.fields.get("chain") or found.fields.get("rel")
    if rel == "-1":
        return back or -7
    if rel == "1":
        return ahead or 7
    if not back:
        return 0
    tense = scene.tense(found.span)
    forward = tense == "future" or (tense == "present" and rel == "0")
    return ahead if forward or (rel == "0" and tense != "past") else back


def _season(scene: Scene, found: Found, year: int | None) -> str | None:
    told, base = found.fields, scene.memory.base
    code = told["season"]
    first = next(month for name, month in calendar().seasons.values() if name == code)
    if year is None and scene.memory.before_christ:
        year = scene.memory.year
    if year is None and base is None:
        return f"XXXX-{code}"
    if year is None and base is not None:
        rel, year = told.get("rel"), base.year
        running = first <= base.month < first + 3
        if rel == "-1" and (running or base.month < first):
            year -= 1
        elif rel == "1" and base.month >= first:
            year += 1
        elif rel is None and not scene.memory.narrative and base.month < first:
            year -= scene.tense(found.span) == "past"
    return f"{year_value(year)}-{code}" if year else None


def _quarter(scene: Scene, found: Found, year: int | None) -> str | None:
    told, memory = found.fields, scene.memory
    base = memory.base
    number = told.get("quarter", "").lstrip("qQ")
    if "half" in told:
        return f"{year:04d}-H{told['half']}" if year and told["half"] in "12" else None
    if base is None and year is None:
        return None
    if number == "same":
        before = shifted(base, "Q", -1) if base else None
        quarter = memory.quarter or (coarse(before, "Q") if before else None)
        if quarter is None:
            return None
        return f"{year or int(quarter[:4]) + int(told.get('years', 0)):04d}{quarter[4:]}"
    if year is None and base is not None:
        this = (base.month + 2) // 3
        year = base.year - (int(number) > this and scene.tense(found.span) != "future")
    return f"{(year or 0) + int(told.get('years', 0)):04d}-Q{number}"


def beside(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """The day before last Tuesday, the day after March 5."""
    step = -1 if found.fields["way"].lower() == "before" else 1
    told = [meaning.value for meaning in calendar_date(scene, found)]
    known = told and told[0][:1].isdigit() and interval(told[0]).precision == "day"
    date = shifted(Date.fromisoformat(told[0]), "D", step) if known else None
    return dated(scene, found, date.isoformat() if date else "XXXX-XX-XX")


def era(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """Post-1989, pre-1914: the year is named, the time is all that follows it or comes before."""
    year = found.fields["year"]
    whole = interval(year)
    post = found.fields["way"].lower() == "post"
    near = Interval(whole.earliest if post else None, None if post else whole.latest, "unknown")
    return (Meaning(found.span, "DATE", year, near, False),)


def days(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """Two days of one month: "between 3 and 5 March"."""
    value = _month(scene, found, _year(scene, found))
    first = _number(found.fields["first"])
    last = _number(found.fields["day"])
    if value is None or first is None or last is None or first >= last or not 1 <= first <= 31:
        return ()
    start, end = found.span.start, found.span.end
    early, late = found.parts["first"], found.parts["day"]
    spans = Span(start, early.end), Span(late.start, end)
    values = value[:-2] + f"{first:02d}", value
    return tuple(Meaning(span, "DATE", each, interval(each)) for span, each in zip(spans, values, strict=True))


def years(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """Two years in a row: 1990-95."""
    first, parts = int(found.fields["first"]), found.parts
    second = (
        int(found.fields["year"]) if "year" in found.fields else first // 100 * 100 + int(found.fields["shortyear"])
    )
    if "shortyear" in found.fields and not 0 < second - first <= 50:
        return (Meaning(parts["first"], "DATE", f"{first:04d}", interval(f"{first:04d}")),)
    last = parts.get("year") or parts["shortyear"]
    return tuple(
        Meaning(span, "DATE", f"{year:04d}", interval(f"{year:04d}"))
        for span, year in ((parts["first"], first), (last, second))
    )


def before_christ(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """A year, decade, season, month or day before Christ; one after Christ where the era says so."""
    told = found.fields
    if "bcdecade" in told:
        tens = f"{int(told['bcdecade'][:-1]) // 10:03d}"
        return dated(scene, found, f"BC{tens}" if _is_before_christ(told) else tens)
    year = -int(told["bcyear"]) if _is_before_christ(told) else int(told["bcyear"])
    if not year:
        return ()
    if "month" in told:
        number = _number(told.get("day"))
        tail = f"-{int(told['month']):02d}" + (f"-{number:02d}" if number else "")
    else:
        tail = f"-{told['season']}" if "season" in told else ""
    return dated(scene, found, year_value(year) + tail)


def years_before_christ(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """Two years before Christ in a row: "499–493 BC"."""
    told, parts = found.fields, found.parts
    first, last = int(told["first"]), int(told["bcyear"])
    if not first or not last or (first <= last) is _is_before_christ(told):
        return ()
    sign = -1 if _is_before_christ(told) else 1
    spans = parts["first"], Span(parts["bcyear"].start, found.span.end)
    values = year_value(sign * first), year_value(sign * last)
    return tuple(Meaning(span, "DATE", each, interval(each)) for span, each in zip(spans, values, strict=True))


def _is_before_christ(told: Mapping[str, str]) -> bool:
    return told["era"].upper().startswith("B")


def decade(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """The 1990s, the '90s, the nineties."""
    told = found.fields
    if "decade" in told:
        return dated(scene, found, told["decade"][:3])
    tens = int(told["shortdecade"][0] if "shortdecade" in told else told["decadeword"])
    anchor = scene.memory.base
    century = anchor.year // 100 if anchor else 19
    if anchor and century * 100 + tens * 10 > anchor.year:
        century -= 1
    return dated(scene, found, f"{century}{tens}")


def century(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """The 20th century."""
    words = found.fields["century"]
    number = _number(words)
    if not number or not 1 <= number <= 22:
        return ()
    if "era" in found.fields and found.fields["era"].upper().startswith("B"):
        return (Meaning(found.span, "DATE", f"BC{number - 1:02d}", UNKNOWN),)
    return dated(scene, found, f"{number - 1:02d}")


def fiscal(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """FY2019, fiscal year 2019: named by its year; which months it holds, its owner only knows."""
    words = found.fields.get("year") or re.sub(r"[^0-9]", "", found.fields["fyear"])
    year = int(words) + (2000 if len(words) == 2 else 0)
    return (Meaning(found.span, "DATE", f"{year:04d}", UNKNOWN),)
