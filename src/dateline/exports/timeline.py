"""A timeline as drawn shapes: one row a time span, with the numbers of what happened in it.

Reports cluster in days and reach back years, so the axis is bent: a gap of many days takes little
more room than a gap of a few, and every mark on the axis carries its date.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.core import EventTime
from dateline.exports.phrases import day, interval

WIDTH = 640.0
_LEFT, _RIGHT, _FLAG, _ROW, _CHIP, _TICK = 136.0, 42.0, 13.0, 26.0, 22.0, 80.0
Interval = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something to place in time: the key of its card, the number shown, hollow where it is background."""

    key: str
    number: int
    time: EventTime | None
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A numbered disc; x and y are its centre."""

    x: float
    y: float
    key: str
    number: int
    hollow: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A time span: its label, its bar (open at a side where a bound is not told) and its chips."""

    y: float
    label: str
    x1: float
    x2: float
    open_left: bool
    open_right: bool
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A dated line through all rows: the publication, or what "yesterday" is counted from.

    The label stands at ``label_x`` and ``y``, anchored at its ``side`` (``start`` or ``end``).
    """

    x: float
    y: float
    label: str
    label_x: float
    side: str
    main: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything to draw, in a box of ``width`` by ``height``; ``undated`` did not fit on it."""

    width: float
    height: float
    left: float
    bottom: float
    rows: tuple[Row, ...]
    flags: tuple[Flag, ...]
    ticks: tuple[Tick, ...]
    undated: tuple[Moment, ...]


def timeline(moments: Sequence[Moment], flags: Iterable[tuple[str, str, bool]] = ()) -> Timeline | None:
    """The timeline of dated moments, or None where nothing has a date.

    ``flags`` are (ISO date, label, main). A date that is no date is passed over.
    """
    spans: dict[Interval, list[Moment]] = {}
    undated: list[Moment] = []
    for moment in moments:
        found = _interval(moment.time)
        if found == (None, None):
            undated.append(moment)
        else:
            spans.setdefault(found, []).append(moment)
    if not spans:
        return None
    raised = [(told, label, main) for iso, label, main in flags if (told := _date(iso))]
    days = {d for pair in spans for d in pair if d} | {told for told, _, _ in raised}
    place = _axis(sorted(days))
    rows: list[Row] = []
    y = _FLAG * len(raised) + 12 + _ROW / 2
    for pair in sorted(spans, key=lambda p: (p[0] or p[1] or "", p[1] or "~")):
        row = _row(pair, spans[pair], place, y)
        rows.append(row)
        y = max(chip.y for chip in row.chips) + _ROW
    bottom = y - _ROW / 2 + 4
    drawn = tuple(_flag(place[told], label, main, level) for level, (told, label, main) in enumerate(raised))
    return Timeline(WIDTH, bottom + 24, _LEFT, bottom, tuple(rows), drawn, _ticks(place), tuple(undated))


def _flag(x: float, label: str, main: bool, level: int) -> Flag:
    side = "start" if x < WIDTH / 2 else "end"
    return Flag(x, 14 + level * _FLAG, label, x - 4 if side == "start" else x + 4, side, main)


def _interval(time: EventTime | None) -> Interval:
    return (_date(time.earliest), _date(time.latest)) if time else (None, None)


def _date(iso: str | None) -> str | None:
    try:
        return date.fromisoformat(iso[:10]).isoformat() if iso else None
    except ValueError:
        return None


def _axis(days: list[str]) -> dict[str, float]:
    """The x of each day, gaps growing with their logarithm."""
    steps = [0.0]
    for first, second in itertools.pairwise(days):
        gap = (date.fromisoformat(second) - date.fromisoformat(first)).days
        steps.append(steps[-1] + 1 + math.log2(gap))
    room = WIDTH - _LEFT - _RIGHT
    if len(days) == 1:
        return {days[0]: _LEFT + room / 2}
    inner = room - 2 * _CHIP
    return {d: round(_LEFT + _CHIP + inner * step / steps[-1], 1) for d, step in zip(days, steps, strict=True)}


def _row(pair: Interval, moments: list[Moment], place: dict[str, float], y: float) -> Row:
    earliest, latest = pair
    x1 = place[earliest] if earliest else _LEFT
    x2 = place[latest] if latest else WIDTH - _RIGHT
    across = max(1, int((WIDTH - _LEFT - _RIGHT) // _CHIP))
    wide = min(len(moments), across) * _CHIP
    centre = (x1 + x2) / 2 if earliest and latest else (x2 if latest else x1)
    start = min(max(centre - wide / 2, _LEFT), WIDTH - _RIGHT - wide) + _CHIP / 2
    chips = tuple(
        Chip(round(start + (k % across) * _CHIP, 1), y + (k // across) * _CHIP, m.key, m.number, m.hollow)
        for k, m in enumerate(moments)
    )
    return Row(y, interval(earliest, latest), x1, x2, earliest is None, latest is None, chips)


def _ticks(place: dict[str, float]) -> tuple[Tick, ...]:
    """The last day and as many before it as have room."""
    kept: list[str] = []
    for told in sorted(place, reverse=True):
        if not kept or place[kept[-1]] - place[told] >= _TICK:
            kept.append(told)
    return tuple(Tick(place[told], day(told)) for told in kept)
