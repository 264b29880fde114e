"""Country outlines for small maps."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass

from dateline.core import KnowledgeError
from dateline.knowledge.tables import data_path

FILE = "places/countries.json"

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class CountryShape:
    """A country's outline for a map of the world, good to about 50 km.

    ``polygons`` holds polygons of rings (the outer one first, then holes) of (longitude, latitude) in
    degrees, WGS 84; rings are closed and none crosses the antimeridian. A code can have two shapes (CY
    and SO are drawn in two parts).
    """

    iso2: str
    name: str
    polygons: tuple[tuple[Ring, ...], ...]


@functools.cache
def country_shapes() -> tuple[CountryShape, ...]:
    """The shapes of 177 countries, by ISO 3166-1 alpha-2 code; very small states are not among them.

    >>> next(shape.name for shape in country_shapes() if shape.iso2 == "IQ")
    'Iraq'
    """
    path = data_path(FILE)
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return tuple(
            CountryShape(
                row["iso2"],
                row["name"],
                tuple(
                    tuple(tuple((float(lon), float(lat)) for lon, lat in ring) for ring in polygon)
                    for polygon in row["polygons"]
                ),
            )
            for row in rows
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnowledgeError(str(path), 0, f"not country shapes: {error!r}") from error
