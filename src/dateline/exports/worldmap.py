"""A small map as drawn shapes: an equirectangular view fitted to some places, no tiles and no network."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.knowledge.shapes import CountryShape, Ring

WIDTH, HEIGHT = 640.0, 400.0
KM_PER_DEGREE = 111.32
_MARGIN = 1.35
_SMALLEST = 8.0
_FINE = 200.0
_SCALES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_NAME_ROOM = 400.0
Point = tuple[float, float]
Extent = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Site:
    """A place to show: WGS 84 degrees, the radius of honesty in km, and the (key, number) of what happened there."""

    name: str
    lat: float
    lon: float
    radius_km: float
    events: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """A drawn site: the centre, the radius of the precision circle, and where its label stands.

    ``anchor`` is how the label is aligned, empty where there is no room for one.
    """

    x: float
    y: float
    radius: float
    label_x: float
    label_y: float
    anchor: str
    site: Site


@dataclass(frozen=True, slots=True)
class Outline:
    """A country: its SVG path and, where there is room, the position of its name."""

    path: str
    name: str
    label: Point | None


@dataclass(frozen=True, slots=True)
class WorldMap:
    """Everything to draw in a box of ``width`` by ``height``; the scale bar is ``bar`` wide.

    ``outside`` are the countries and regions that lie too far from the finer places to be shown.
    """

    width: float
    height: float
    outlines: tuple[Outline, ...]
    dots: tuple[Dot, ...]
    bar: float
    bar_km: int
    outside: tuple[Site, ...]


class View:
    """An equirectangular view: degrees to the box, true to scale at its middle latitude."""

    __slots__ = ("lat", "lon", "scale", "squeeze")

    def __init__(self, sites: Sequence[Site]) -> None:
        lons = [site.lon for site in sites]
        self.lon = 0.0
        if max(lons) - min(lons) > 180:
            lons = [lon + 360 if lon < 0 else lon for lon in lons]
        lats = [site.lat for site in sites]
        self.lon, self.lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
        self.squeeze = max(0.2, math.cos(math.radians(self.lat)))
        reach = [min(site.radius_km, 600.0) / KM_PER_DEGREE for site in sites]
        high = max(abs(lat - self.lat) + r for lat, r in zip(lats, reach, strict=True)) * 2
        wide = max(abs(lon - self.lon) * self.squeeze + r for lon, r in zip(lons, reach, strict=True)) * 2
        tall = max(high * _MARGIN, wide * _MARGIN * HEIGHT / WIDTH, _SMALLEST)
        self.scale = HEIGHT / min(tall, 200.0)

    def point(self, lon: float, lat: float) -> Point:
        """Where a position falls in the box, taken round the globe the shorter way."""
        away = (lon - self.lon + 540) % 360 - 180
        return self.x(away), HEIGHT / 2 - (lat - self.lat) * self.scale

    def holds(self, site: Site) -> bool:
        """Whether the middle of a site lies in the box."""
        x, y = self.point(site.lon, site.lat)
        return 0 <= x <= WIDTH and 0 <= y <= HEIGHT

    def sees(self, extent: Extent, turn: float) -> bool:
        """Whether a box of degrees, turned round the globe by ``turn``, touches the view."""
        west, south, east, north = extent
        high, wide = HEIGHT / self.scale / 2, WIDTH / self.scale / self.squeeze / 2
        beside = east + turn < self.lon - wide or west + turn > self.lon + wide
        return not beside and north >= self.lat - high and south <= self.lat + high

    def x(self, away: float) -> float:
        """The x of a longitude given in degrees from the middle."""
        return WIDTH / 2 + away * self.squeeze * self.scale


class Atlas:
    """Country shapes made ready, from which any number of maps are drawn."""

    __slots__ = ("_countries",)

    def __init__(self, shapes: Iterable[CountryShape]) -> None:
        self._countries = tuple(
            (
                shape.name,
                tuple((_extent(ring), ring, not k) for polygon in shape.polygons for k, ring in enumerate(polygon)),
            )
            for shape in shapes
        )

    def __call__(self, sites: Sequence[Site]) -> WorldMap | None:
        """The map fitted to the sites, or None where there are none."""
        if not sites:
            return None
        fine = [site for site in sites if site.radius_km <= _FINE] or sites
        view = View(fine)
        shown = [site for site in sites if view.holds(site)]
        dots = _dots(shown, view)
        outlines = tuple(o for name, rings in self._countries if (o := _outline(name, rings, view, dots)))
        bar_km, bar = _scale_bar(view)
        return WorldMap(WIDTH, HEIGHT, outlines, dots, bar, bar_km, tuple(s for s in sites if s not in shown))


def _scale_bar(view: View) -> tuple[int, float]:
    bar_km = max((km for km in _SCALES if km / KM_PER_DEGREE * view.scale <= WIDTH / 5), default=_SCALES[0])
    return bar_km, round(bar_km / KM_PER_DEGREE * view.scale, 1)


def _dots(sites: Sequence[Site], view: View) -> tuple[Dot, ...]:
    dots: list[Dot] = []
    taken: list[Extent] = []
    for site in sorted(sites, key=lambda s: (-s.radius_km, s.name)):
        x, y = view.point(site.lon, site.lat)
        radius = max(4.0, site.radius_km / KM_PER_DEGREE * view.scale)
        wide = 7.2 * len(site.name) + 18 * min(len(site.events), 6) + 8
        choices = ((x + 10, y + 4, "start"), (x - 10, y + 4, "end"), (x, y - 12, "middle"), (x, y + 22, "middle"))
        boxes = [_box(left, top, anchor, wide) for left, top, anchor in choices]
        free = [k for k, box in enumerate(boxes) if _inside(box) and not any(_touch(box, other) for other in taken)]
        taken.append((x - 5, y - 5, x + 5, y + 5))
        label_x, label_y, anchor = choices[free[0]] if free else (x, y, "")
        taken += [boxes[k] for k in free[:1]]
        dots.append(Dot(round(x, 1), round(y, 1), round(radius, 1), round(label_x, 1), round(label_y, 1), anchor, site))
    return tuple(dots)


def _box(x: float, y: float, anchor: str, wide: float) -> Extent:
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
    return left, y - 12, left + wide, y + 4


def _inside(box: Extent) -> bool:
    return box[0] >= 2 and box[1] >= 2 and box[2] <= WIDTH - 2 and box[3] <= HEIGHT - 2


def _touch(one: Extent, two: Extent) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _outline(
    name: str, rings: Iterable[tuple[Extent, Ring, bool]], view: View, dots: tuple[Dot, ...]
) -> Outline | None:
    paths: list[str] = []
    best: tuple[float, Point] | None = None
    for extent, ring, outer in rings:
        for turn in (-360.0, 0.0, 360.0):
            points = _clip(_project(ring, view, turn)) if view.sees(extent, turn) else []
            if len(points) < 3:
                continue
            paths.append(_path(points))
            area, middle = _centre(points)
            if outer and area > _NAME_ROOM * len(name) and (best is None or area > best[0]):
                best = area, middle
    if not paths:
        return None
    label = (round(best[1][0], 1), round(best[1][1], 1)) if best else None
    if label and any(abs(label[0] - dot.x) < 5 * len(name) + 60 and abs(label[1] - dot.y) < 20 for dot in dots):
        label = None
    return Outline("".join(paths), name, label)


def _extent(ring: Ring) -> Extent:
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    return min(lons), min(lats), max(lons), max(lats)


def _project(ring: Ring, view: View, turn: float) -> list[Point]:
    return [(view.x(lon + turn - view.lon), HEIGHT / 2 - (lat - view.lat) * view.scale) for lon, lat in ring]


def _clip(points: list[Point]) -> list[Point]:
    """The polygon inside the box and a little beyond it (Sutherland and Hodgman, four half planes)."""
    for axis, limit, sign in ((0, -4.0, 1), (0, WIDTH + 4, -1), (1, -4.0, 1), (1, HEIGHT + 4, -1)):
        kept: list[Point] = []
        for k, point in enumerate(points):
            before = points[k - 1]
            inside, was = sign * (point[axis] - limit) >= 0, sign * (before[axis] - limit) >= 0
            if inside != was:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if inside:
                kept.append(point)
        points = kept
        if not points:
            break
    return points


def _path(points: list[Point]) -> str:
    rounded = [f"{x:.1f},{y:.1f}" for x, y in points]
    kept = [each for k, each in enumerate(rounded) if not k or each != rounded[k - 1]]
    return "M" + "L".join(kept) + "Z"


def _centre(points: list[Point]) -> tuple[float, Point]:
    """Area and centroid of a polygon in the box (the shoelace formula)."""
    twice = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        twice += cross
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    if abs(twice) < 1e-9:
        return 0.0, points[0]
    return abs(twice) / 2, (x / (3 * twice), y / (3 * twice))
