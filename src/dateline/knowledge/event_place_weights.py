"""The weights by which the place of an event is chosen."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from dateline.knowledge.tables import data_path, read_table

_FILE = "models/event_place/weights.tsv"


@functools.cache
def event_place_weights() -> Mapping[str, float]:
    """Weights by feature (see ``training/event_place/card.md``), none where the table is not installed.

    >>> weights = event_place_weights()
    >>> not weights or weights["way=in"] > weights["way=nsubj"]
    True
    """
    if not data_path(_FILE).exists():
        return MappingProxyType({})
    weights: dict[str, float] = {}
    for row in read_table(_FILE, ("feature", "weight")):
        try:
            weights[row["feature"]] = float(row["weight"])
        except ValueError as error:
            raise row.error(str(error)) from error
    return MappingProxyType(weights)
