"""The weights by which tellings and fillers of MUC-4 templates are chosen."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from math import exp, fsum

from dateline.knowledge.tables import read_table

_FILE = "models/muc4/weights.tsv"


@functools.cache
def muc4_weights() -> Mapping[str, Mapping[str, float]]:
    """By model (``event`` or a role) the weights of its features (``training/muc4/card.md``).

    >>> "Victim" in muc4_weights()
    True
    """
    weights: dict[str, dict[str, float]] = {}
    for row in read_table(_FILE, ("model", "feature", "weight")):
        try:
            weights.setdefault(row["model"], {})[row["feature"]] = float(row["weight"])
        except ValueError as error:
            raise row.error(str(error)) from error
    return weights


def likelihood(model: str, features: Iterable[str]) -> float:
    """How likely (0 to 1) something with these features is right; 0.5 where there are no weights.

    >>> likelihood("nothing", ["bias"])
    0.5
    """
    weights = muc4_weights().get(model, {})
    total = fsum(weights.get(feature, 0.0) for feature in set(features))
    return 1 / (1 + exp(-max(-50.0, min(50.0, total))))
