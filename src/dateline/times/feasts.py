"""When feasts are: fixed days, Easter, the Jewish and (to a day) the Islamic calendar."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dateline.core import Precision
from dateline.times.find import Found
from dateline.times.periods import UNKNOWN, Date, Interval, between, coarse, day, easter, interval, shifted
from dateline.times.scene import Meaning, Scene, dated, distance

_RULE = re.compile(
    r"(?:(?P<base>easter|orthodox|rosh|passover|hanukkah)(?P<off>[+-][0-9]+)|islamic (?P<moon>[0-9]+-[0-9]+)"
    r"|(?P<month>[0-9]{2})/(?P<which>-?[0-9])/(?P<weekday>[0-9])|(?P<fixed>[0-9]{2}-[0-9]{2}))(?:/(?P<days>[0-9]+))?"
)
_HEBREW_EPOCH, _ISLAMIC_EPOCH = -1373427, 227015
_PASSOVER_TO_NEW_YEAR = 163


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day of a feast; ``sure`` is False where it may be a day earlier or later."""

    first: Date
    last: Date
    sure: bool = True


def holiday(scene: Scene, found: Found) -> tuple[Meaning, ...]:
    """A feast, in the year told or the nearest; open where its date is not reckoned here or nothing says the year."""
    rule, year = found.fields["holiday"], found.fields.get("year")
    days = feast(rule, int(year)) if year else _nearest(scene, found, rule)
    if days is None:
        return _by_name(found, rule, year)
    if days.first == days.last and days.sure:
        return dated(scene, found, days.first.isoformat())
    if days.sure and days.first.isoweekday() in (7, 1) and days.last == shifted(days.first, "D", 6):
        return (Meaning(found.span, "DATE", coarse(days.first, "W"), _stretch(days)),)
    value = days.first.isoformat() if days.sure else f"{days.first.year:04d}-XX-XX"
    return (Meaning(found.span, "DATE", value, _stretch(days)),)


def _stretch(days: Days) -> Interval:
    """The days of a long feast, with a day of doubt at both ends where they are not sure."""
    doubt = 0 if days.sure else 1
    coarse: Precision = "month" if (days.last - days.first).days > 20 else "week"
    return between(shifted(days.first, "D", -doubt), shifted(days.last, "D", doubt), coarse)


def _nearest(scene: Scene, found: Found, rule: str) -> Days | None:
    """The feast of the years around the anchor: the one that is on, else the last or next, or as the tense has it."""
    anchor, rel = scene.memory.base, found.fields.get("rel")
    if anchor is None:
        return None
    near = [days for k in (-1, 0, 1) if (days := feast(rule, anchor.year + k))]
    if rel == "-1":
        near = [days for days in near if days.last < anchor][-1:]
    elif rel == "1":
        near = [days for days in near if days.first > anchor][:1]
    tense = scene.tense(found.span)
    on = next((days for days in near if days.first <= anchor <= days.last), None)
    return on or min(near, key=lambda days: distance(anchor, days.first, tense), default=None)


def _by_name(found: Found, rule: str, year: str | None) -> tuple[Meaning, ...]:
    """What is known of a feast without its date: its name, its year, or the day of every year."""
    told = fixed(rule)
    value = f"{year or 'XXXX'}-{told or 'XX-XX'}"
    return (Meaning(found.span, "DATE", value, interval(year) if year else UNKNOWN),)


def feast(rule: str, year: int) -> Days | None:
    """The feast's days in a Gregorian year; None where the rule tells none ("?") or there is none such.

    >>> feast("rosh+9", 2019), feast("11/4/4", 2019).first
    (Days(first=datetime.date(2019, 10, 9), last=datetime.date(2019, 10, 9), sure=True), datetime.date(2019, 11, 28))
    """
    match = _RULE.fullmatch(rule)
    if match is None or not 1 < year < 9998:
        return None
    if match["base"]:
        first = shifted(_BASES[match["base"]](year), "D", int(match["off"]))
    elif match["moon"]:
        first = _islamic(year, *map(int, match["moon"].split("-")))
    elif match["fixed"]:
        first = day(year, *map(int, match["fixed"].split("-")))
    else:
        first = _nth(year, int(match["month"]), int(match["which"]), int(match["weekday"]))
    last = shifted(first, "D", int(match["days"] or 1) - 1) if first else None
    return Days(first, last, not match["moon"]) if first and last else None


def fixed(rule: str) -> str | None:
    """The month and day of a feast that is on one day in every year ("12-25"), else None."""
    match = _RULE.fullmatch(rule)
    return match["fixed"] if match and not match["days"] else None


def _nth(year: int, month: int, which: int, weekday: int) -> Date | None:
    """The fourth Thursday of a month, or its last Monday (``which`` -1)."""
    start = Date(year, month, 1) if which > 0 else shifted(Date(year, month, 1), "M", 1)
    first = shifted(start, "D", (weekday - start.isoweekday()) % 7) if start else None
    return shifted(first, "D", 7 * (which - (which > 0))) if first else None


def _orthodox(year: int) -> Date:
    """Easter Sunday of the Julian calendar as a Gregorian day (the algorithm of Meeus)."""
    d = (19 * (year % 19) + 15) % 30
    month, number = divmod(d + (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7 + 114, 31)
    julian = Date(year, month, number + 1)
    return Date.fromordinal(julian.toordinal() + year // 100 - year // 400 - 2)


def _elapsed(year: int) -> int:
    """Days from the Hebrew epoch to the mean conjunction that opens a year, put off where the rules ask it."""
    months = (235 * year - 234) // 19
    days = 29 * months + (12084 + 13753 * months) // 25920
    return days + (3 * (days + 1) % 7 < 3)


def _hebrew_new_year(year: int) -> int:
    """The ordinal of the first of Tishri of a Hebrew year."""
    before, here, after = _elapsed(year - 1), _elapsed(year), _elapsed(year + 1)
    return _HEBREW_EPOCH + here + (2 if after - here == 356 else here - before == 382)


def _rosh(year: int) -> Date:
    return Date.fromordinal(_hebrew_new_year(year + 3761))


def _passover(year: int) -> Date:
    return Date.fromordinal(_hebrew_new_year(year + 3761) - _PASSOVER_TO_NEW_YEAR)


def _hanukkah(year: int) -> Date:
    start, after = _hebrew_new_year(year + 3761), _hebrew_new_year(year + 3762)
    return Date.fromordinal(start + 83 + ((after - start) % 10 == 5))


_BASES: Mapping[str, Callable[[int], Date]] = {
    "easter": easter,
    "orthodox": _orthodox,
    "rosh": _rosh,
    "passover": _passover,
    "hanukkah": _hanukkah,
}


def _islamic(year: int, month: int, number: int) -> Date | None:
    """The first such day of the tabular Islamic calendar in a Gregorian year."""
    about = (year - 622) * 33 // 32
    for islamic in range(about - 1, about + 3):
        days = number + 29 * (month - 1) + month // 2 + (islamic - 1) * 354 + (3 + 11 * islamic) // 30
        ordinal = days + _ISLAMIC_EPOCH - 1
        if islamic > 0 and ordinal > 0 and Date.fromordinal(ordinal).year == year:
            return Date.fromordinal(ordinal)
    return None
