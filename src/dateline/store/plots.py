"""Where and when incidents lie: spots for the map and bins for the timeline."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dateline.store.columns import Ints
from dateline.store.filters import Bin, FacetValue, Spot

Step = Literal["auto", "day", "week", "month", "year"]
POINTS = 5_000
_CELLS = 8  # a side of a map tile of 256 pixels
_BINS = 400
_EPOCH = datetime.date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Plots:
    """Incidents by number, place (degrees, NaN where none), first day (ordinal), type and radius of doubt in km."""

    numbers: Ints
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    days: Ints
    types: Ints
    names: Sequence[str]
    never: int
    radius: NDArray[np.float64]

    def spots(self, zoom: int) -> tuple[tuple[Spot, int], ...]:
        """Spots, the largest first, each with the number of its incident (-1 where it stands for several).

        Up to POINTS incidents are drawn where they are (those at one point together); more are gathered in cells of
        a grid that fits the zoom level of a web map (0: the world in one tile).
        """
        there = ~np.isnan(self.lat)
        lat, lon, numbers, types = self.lat[there], self.lon[there], self.numbers[there], self.types[there]
        if not len(lat):
            return ()
        size = 1e-6 if len(lat) <= POINTS else 360.0 / (2**zoom * _CELLS)
        cells = np.floor((lat + 90) / size).astype(np.int64) * 2**31 + np.floor((lon + 180) / size).astype(np.int64)
        _, first, of, count = np.unique(cells, return_index=True, return_inverse=True, return_counts=True)
        mean = [np.bincount(of, each) / count for each in (lat, lon)]
        order = np.argsort(of, kind="stable")
        starts = np.concatenate([[0], np.cumsum(count)[:-1]])
        low = [np.minimum.reduceat(each[order], starts) for each in (lon, lat)]
        high = [np.maximum.reduceat(each[order], starts) for each in (lon, lat)]
        kinds = np.zeros((len(count), len(self.names)), np.int64)
        np.add.at(kinds, (of, types), 1)
        best = kinds.argmax(axis=1)
        doubt = np.maximum.reduceat(self.radius[there][order], starts)
        made = [
            (
                Spot(
                    round(float(mean[0][k]), 5),
                    round(float(mean[1][k]), 5),
                    int(count[k]),
                    None,
                    self.names[best[k]],
                    (float(low[0][k]), float(low[1][k]), float(high[0][k]), float(high[1][k])),
                    float(doubt[k]),
                ),
                int(numbers[first[k]]) if count[k] == 1 else -1,
            )
            for k in np.argsort(-count, kind="stable")[:POINTS].tolist()
        ]
        return tuple(made)

    def bins(self, step: Step = "auto") -> tuple[Bin, ...]:
        """Bins of the timeline that hold an incident, in order; ``auto`` takes the finest step that stays readable."""
        there = self.days != self.never
        days, types = self.days[there], self.types[there]
        if not len(days):
            return ()
        stretch = int(days.max() - days.min()) + 1
        if step == "auto":
            step = next((name for name, length in _LENGTHS.items() if stretch / length <= _BINS), "year")
        keys = _floor(days, step)
        starts, of = np.unique(keys, return_inverse=True)
        kinds = np.zeros((len(starts), len(self.names)), np.int64)
        np.add.at(kinds, (of, types), 1)
        return tuple(
            Bin(
                datetime.date.fromordinal(int(start)).isoformat(),
                _last(int(start), step).isoformat(),
                int(row.sum()),
                tuple(FacetValue(self.names[k], self.names[k], int(row[k])) for k in np.flatnonzero(row).tolist()),
            )
            for start, row in zip(starts, kinds, strict=True)
        )


_LENGTHS: Mapping[Literal["day", "week", "month", "year"], float] = {"day": 1, "week": 7, "month": 30.4, "year": 365.2}


def _floor(days: Ints, step: Step) -> Ints:
    if step == "day":
        return days
    if step == "week":
        return days - (days - 1) % 7
    dates = (days - _EPOCH).astype("datetime64[D]")
    unit = "datetime64[M]" if step == "month" else "datetime64[Y]"
    floored: Ints = dates.astype(unit).astype("datetime64[D]").astype(np.int64) + _EPOCH
    return floored


def _last(start: int, step: Step) -> datetime.date:
    first = datetime.date.fromordinal(start)
    if step == "day":
        return first
    if step == "week":
        return datetime.date.fromordinal(start + 6)
    if step == "year":
        return first.replace(month=12, day=31)
    after = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return after - datetime.timedelta(days=1)
