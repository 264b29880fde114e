"""The map's spots: each incident where it is, or gathered where there are too many."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.store.plots import POINTS, Plots


def plots(count: int) -> Plots:
    """Incidents all over the world, one of ten without a place."""
    draw = np.random.default_rng(7)
    lat, lon = draw.uniform(-60, 70, count), draw.uniform(-180, 180, count)
    lat[::10] = lon[::10] = np.nan
    return Plots(
        numbers=np.arange(count),
        lat=lat,
        lon=lon,
        days=np.full(count, 737_000),
        types=np.zeros(count, np.int64),
        names=("ASSAULT",),
        never=4_000_000,
        radius=np.full(count, 5.0),
    )


@pytest.mark.parametrize(("count", "gathered"), [(POINTS, False), (3 * POINTS, True)])
def test_plots_gather_points_beyond_the_bound(count: int, gathered: bool) -> None:
    placed = count - len(range(0, count, 10))
    for zoom in (0, 2, 5):
        spots = plots(count).spots(zoom)
        assert len(spots) <= POINTS
        assert (max(spot.count for spot, _ in spots) > 1) == gathered
        if zoom < 5:
            assert sum(spot.count for spot, _ in spots) == placed
        for spot, number in spots:
            west, south, east, north = spot.bbox
            assert west <= spot.lon + 1e-4 and spot.lon <= east + 1e-4
            assert south <= spot.lat + 1e-4 and spot.lat <= north + 1e-4
            assert (number >= 0) == (spot.count == 1)
    assert len(plots(count).spots(0)) < len(plots(count).spots(2)) or not gathered
