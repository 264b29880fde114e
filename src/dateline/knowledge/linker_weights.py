"""The weights by which two documents' tellings are judged to be of one happening."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from dateline.knowledge.tables import read_table

_FILE = "models/linker/weights.tsv"


@functools.cache
def linker_weights() -> Mapping[str, float]:
    """Weights by feature, in log-odds (see ``training/linker/card.md``); ``constant`` is added to all.

    >>> weights = linker_weights()
    >>> weights["constant"] < 0 < weights["words"]
    True
    """
    weights: dict[str, float] = {}
    for row in read_table(_FILE, ("feature", "weight")):
        try:
            weights[row["feature"]] = float(row["weight"])
        except ValueError as error:
            raise row.error(str(error)) from error
    return MappingProxyType(weights)
