"""Where countries meet and how far each reaches, from the shipped outlines.

    PYTHONPATH=src python training/gazetteer/borders.py src/dateline/data/places

Writes borders.tsv (a point on each common border and the radius that covers it) and extents.tsv
(south, north, west, east of each country's largest polygon). The same outlines give the same bytes.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

from dateline.knowledge.shapes import country_shapes

HEADER = "# source: worked out by training/gazetteer/borders.py from countries.json (Natural Earth 1:110m, public domain)\n# licence: CC0-1.0\n# date: 2026-11-22\n"  # noqa: E501
Point = tuple[float, float]


def km(a: Point, b: Point) -> float:
    (lon1, lat1), (lon2, lat2) = a, b
    y1, y2 = math.radians(lat1), math.radians(lat2)
    h = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def main(out: Path) -> None:
    corners: dict[str, set[Point]] = {}
    largest: dict[str, tuple[float, tuple[float, float, float, float]]] = {}
    for shape in country_shapes():
        for polygon in shape.polygons:
            for ring in polygon:
                corners.setdefault(shape.iso2, set()).update(ring)
            lons, lats = [p[0] for p in polygon[0]], [p[1] for p in polygon[0]]
            box = (min(lats), max(lats), min(lons), max(lons))
            size = (box[1] - box[0]) * (box[3] - box[2])
            if size > largest.get(shape.iso2, (0.0, box))[0]:
                largest[shape.iso2] = (size, box)
    codes = sorted(code for code in corners if len(code) == 2 and code.isalpha())
    rows = []
    for n, one in enumerate(codes):
        for other in codes[n + 1 :]:
            common = sorted(corners[one] & corners[other])
            if common:
                best = min(common, key=lambda p: (max(km(p, q) for q in common), p))
                radius = max(50.0, *(km(best, q) for q in common))
                rows.append(f"{one}\t{other}\t{best[1]:.2f}\t{best[0]:.2f}\t{radius:.0f}")
    about = "# A point on the common border of two countries (middle corner of the outline, good to about 50 km) and the radius that covers the border.\n"  # noqa: E501
    told = HEADER + about + "one\tother\tlat\tlon\tradius_km\n" + "\n".join(rows) + "\n"
    (out / "borders.tsv").write_text(told, encoding="utf-8")
    about = "# Degrees that each country's largest polygon lies between.\n"
    boxes = ["\t".join((code, *(f"{v:.2f}" for v in largest[code][1]))) for code in codes]
    told = HEADER + about + "country\tsouth\tnorth\twest\teast\n" + "\n".join(boxes) + "\n"
    (out / "extents.tsv").write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
