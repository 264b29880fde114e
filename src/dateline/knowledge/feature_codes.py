"""Which kinds of GeoNames features are taken as places, and how wide each is."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast, get_args

from dateline.core import PlaceKind
from dateline.knowledge.tables import read_table


@dataclass(frozen=True, slots=True)
class Feature:
    """The kind of place that a GeoNames feature code stands for, and its radius of honesty in km."""

    kind: PlaceKind
    radius_km: float


@functools.cache
def feature_codes() -> Mapping[str, Feature]:
    """The features of ``data/places/feature_codes.tsv`` by code.

    >>> feature_codes()["AIRB"].kind, "PCLI" in feature_codes()
    ('facility', False)
    """
    found: dict[str, Feature] = {}
    for row in read_table("places/feature_codes.tsv", ("code", "kind", "radius_km")):
        if row["kind"] not in get_args(PlaceKind) or not row["radius_km"].isdigit() or row["code"] in found:
            raise row.error(f"{row['code']} stands twice, or its kind or radius is not known")
        found[row["code"]] = Feature(cast(PlaceKind, row["kind"]), float(row["radius_km"]))
    return MappingProxyType(found)


def town_radius(population: int) -> float:
    """The radius of honesty, in km, of a town of so many people.

    >>> town_radius(0), town_radius(5_000_000)
    (5.0, 20.0)
    """
    return 20.0 if population >= 1_000_000 else 12.0 if population >= 200_000 else 8.0 if population >= 30_000 else 5.0
