"""Figures drawn: a claim's range beside the chosen one, and claims over the days on which they were reported."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 130
CHART_WIDTH, CHART_HEIGHT = 620, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 20, 14, 30
_STEP = 20
_MOST = 60
Bounds = tuple[int, int | None, int | None]
Point = tuple[str, int, int | None, int | None, str | None]
"""Letter, colour, low, high, day of the report."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A range on a line from 0: the chosen band, its likeliest figure, the claim from ``x1`` to ``x2`` (pixels)."""

    band: float
    band_width: float
    best: float | None
    x1: float
    x2: float
    open: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """A claim in the chart: a line from ``y1`` to ``y2`` with its letter at (``x``, ``y``)."""

    x: float
    y: float
    y1: float
    y2: float
    letter: str
    colour: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Claims over time; ``ticks`` are (x, day), ``levels`` (y, figure), the band is the chosen range."""

    dots: tuple[Dot, ...]
    ticks: tuple[tuple[float, str], ...]
    levels: tuple[tuple[float, str], ...]
    band: tuple[float, float]
    best: float | None
    width: int = CHART_WIDTH
    height: int = CHART_HEIGHT
    left: int = _LEFT
    bottom: int = CHART_HEIGHT - _BOTTOM


def strip_of(bounds: Bounds, claim: tuple[int, int | None], most: int) -> Strip:
    """A claim on the scale of its table, whose largest figure is ``most``.

    >>> strip_of((5, 5, 10), (10, 10), 10).x1
    120.0
    """
    low, best, high = bounds
    top = max(most, low, best or 0, high or 0, 1)
    room = WIDTH - 10

    def x(value: int) -> float:
        return round(room * min(value, top) / top, 1)

    last = x(claim[1]) if claim[1] is not None else float(WIDTH - 4)
    band = x(low)
    end = x(high) if high is not None else float(room)
    return Strip(band, max(end - band, 1.5), x(best) if best is not None else None, x(claim[0]), last, claim[1] is None)


def chart_of(points: Sequence[Point], bounds: Bounds) -> Chart | None:
    """The chart of claims, or None where fewer than two have a day: a single one needs no drawing."""
    held = [(letter, colour, low, high, day) for letter, colour, low, high, iso in points if low is not None
            for day in [_day(iso)] if day is not None][:_MOST]  # fmt: skip
    if len(held) < 2:
        return None
    low, best, high = bounds
    top = max([low, best or 0, high or 0, 1, *(max(p[2], p[3] or 0) for p in held)])
    first, last = min(p[4] for p in held), max(p[4] for p in held)
    span = max((last - first).days, 1)
    room = CHART_WIDTH - _LEFT - _RIGHT - 2 * _STEP
    floor = CHART_HEIGHT - _BOTTOM

    def x(day: datetime.date) -> float:
        return round(_LEFT + _STEP + room * (day - first).days / span, 1)

    def y(value: int) -> float:
        return round(floor - (floor - _TOP) * value / top, 1)

    dots: list[Dot] = []
    for letter, colour, least, most, day in sorted(held, key=lambda p: (p[4], p[2])):
        place, end = x(day), most if most is not None else least
        while any(abs(dot.x - place) < _STEP - 2 and abs(dot.y - y((least + end) // 2)) < 18 for dot in dots):
            place += _STEP
        dots.append(Dot(min(place, CHART_WIDTH - 10), y((least + end) // 2), y(least), y(end), letter, colour))
    days = dict.fromkeys([first, last])
    ticks = tuple((x(day), f"{day.day} {day:%b %Y}") for day in days)
    levels = tuple((y(value), f"{value:,}") for value in dict.fromkeys([0, (top + 1) // 2, top]))
    band = (y(high if high is not None else top), y(low))
    return Chart(tuple(dots), ticks, levels, band, y(best) if best is not None else None)


def _day(iso: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None
