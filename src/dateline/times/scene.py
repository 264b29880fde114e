"""What a resolver sees: the anchor, what was said before, the tense above, a day nearby."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dateline.core import Span, TimexType
from dateline.times.find import Found
from dateline.times.periods import Date, Interval, day, interval, narrowed
from dateline.times.tense import Tense

_AGAINST = 4
_TURN = 8
_REPORTED = frozenset({"P9M", "P6M", "P1Y", "P12M", "P3Q", "P2Q"})
_QUARTER = re.compile(r"[0-9]{4}-Q[1-4]")
_TOLD = re.compile(r"(?P<bc>BC)?(?:(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?|[0-9]{2,3})")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A resolved expression; ``current``: it is what the text reports on, not what that is compared with."""

    span: Span
    type: TimexType
    value: str
    interval: Interval
    current: bool = True


@dataclass(slots=True)
class Memory:
    """What has been under discussion: the anchor, the last full date, and the last value with its place.

    ``narrative`` texts tell a history: there a missing year or month comes from where the story has
    got to (``year``, negative before Christ, ``month``, ``day``), not from what is only glanced at:
    a look back or ahead, or a moment that is counted from today.
    """

    anchor: Date | None
    narrative: bool = False
    day: Date | None = None
    value: str | None = None
    at: int = 0
    year: int | None = None
    month: int | None = None
    quarter: str | None = None

    def learn(self, meaning: Meaning, opens: bool = True) -> None:
        """Remember what an expression meant; ``opens``: a sentence begins with it."""
        if meaning.type == "DURATION" and meaning.value in _REPORTED:
            self.quarter = None
        told = _TOLD.match(meaning.value) if meaning.type in ("DATE", "TIME") else None
        if told is None or (self.narrative and not meaning.current):
            return
        self.value, self.at = meaning.value, meaning.span.start
        if meaning.current and _QUARTER.fullmatch(meaning.value) and meaning.value[:4] >= (self.quarter or "")[:4]:
            self.quarter = meaning.value
        if told["year"] is None:
            return
        year = -int(told["year"]) if told["bc"] else int(told["year"])
        if self.narrative and _is_glance(told, self.year, year, opens):
            return
        self.month = int(told["month"]) if told["month"] else self.month if year == self.year else None
        self.year = year
        if told["bc"]:
            self.day = None
        elif told["day"]:
            self.day = day(year, int(told["month"]), int(told["day"]))

    def year_of(self, month: int) -> int | None:
        """The year of a month in a history: the last one said, or the next where the story has turned a year's end."""
        before = self.month
        turned = before is not None and before - month >= _TURN
        return self.year + turned if self.year else None

    @property
    def before_christ(self) -> bool:
        """Whether a history has got to a year before Christ: there is no calendar to count on."""
        return self.narrative and (self.year or 0) < 0

    @property
    def base(self) -> Date | None:
        """The day from which days and months without a year are counted."""
        if self.before_christ:
            return None
        if self.narrative and self.year:
            return self.day if self.day and self.day.year == self.year else day(self.year, 1, 1)
        return self.anchor


def _is_glance(told: re.Match[str], before: int | None, year: int, opens: bool) -> bool:
    """Whether a year or month inside a sentence only looks away from where the story is.

    A story is moved on by what a sentence begins with, or by a date with its day.
    """
    if opens or before is None or told["day"]:
        return False
    return year < before if told["month"] else year != before


@dataclass(frozen=True, slots=True)
class Scene:
    """The memory of a passage, the tense above a span, and the day that a time of day belongs to."""

    memory: Memory
    tense: Callable[[Span], Tense]
    nearby: Callable[[Found], Date | None]


def dated(scene: Scene, found: Found, value: str | None, mod: str | None = None) -> tuple[Meaning, ...]:
    """A dated meaning, its interval narrowed by the modifier; none where there is no value."""
    if value is None:
        return ()
    mod = found.fields.get("mod") if mod is None else mod
    whole = interval(value)
    if mod:
        whole = narrowed(whole, mod, scene.memory.anchor)
    kind: TimexType = "TIME" if "T" in value else "DATE"
    told = found.fields
    compared = "years" in told or "ago" in told or "dayword" in told or told.get("later") == "-"
    return (Meaning(found.span, kind, value, whole, not compared),)


def distance(base: Date, date: Date, tense: Tense) -> float:
    """How far a candidate lies from the base, days on the wrong side of the tense weighing more."""
    days = (date - base).days
    if days == 0:
        return 0
    wrong = days > 0 if tense != "future" else days < 0
    weight = 1.5 if tense in ("unknown", "present") else _AGAINST
    return abs(days) * (weight if wrong else 1)
