"""Words that stand beside place names, names that are rarely places, and the weights of the evidence."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dateline.knowledge.folding import fold
from dateline.knowledge.tables import read_table

_SIDES = ("before", "after", "inside")
_KINDS = ("word", "given", "surname", "both", "metonym", "never")


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Classes of neighbour words and names that are rarely places.

    ``before`` and ``after`` give the class of a lower-case neighbour, ``inside`` holds the small
    words inside names ("Isle of Man"), ``rarely`` why a folded name is rarely a place.
    """

    before: Mapping[str, str]
    after: Mapping[str, str]
    inside: frozenset[str]
    rarely: Mapping[str, str]


@functools.cache
def place_words() -> PlaceWords:
    """The words of ``data/places/context.tsv`` and ``not_places.tsv``.

    >>> place_words().before["near"], place_words().after["province"], place_words().rarely["jackson"]
    ('preposition', 'admin1', 'surname')
    """
    sides: dict[str, dict[str, str]] = {side: {} for side in _SIDES}
    for row in read_table("places/context.tsv", ("word", "side", "class")):
        if row["side"] not in sides or not row["class"]:
            raise row.error(f"side {row['side']!r}, class {row['class']!r}")
        sides[row["side"]][row["word"]] = row["class"]
    rarely: dict[str, str] = {}
    for row in read_table("places/not_places.tsv", ("name", "kind")):
        if row["kind"] not in _KINDS:
            raise row.error(f"kind {row['kind']!r}")
        rarely[fold(row["name"])] = row["kind"]
    return PlaceWords(
        MappingProxyType(sides["before"]),
        MappingProxyType(sides["after"]),
        frozenset(sides["inside"]),
        MappingProxyType(rarely),
    )


@functools.cache
def place_weights() -> Mapping[str, Mapping[str, float]]:
    """Weights of evidence by model ("name": is it a place name; "first", "second": which place) and feature.

    >>> sorted(place_weights())
    ['first', 'name', 'second']
    """
    weights: dict[str, dict[str, float]] = {}
    for row in read_table("places/weights.tsv", ("model", "feature", "weight")):
        try:
            weights.setdefault(row["model"], {})[row["feature"]] = float(row["weight"])
        except ValueError as error:
            raise row.error(str(error)) from error
    return MappingProxyType({model: MappingProxyType(found) for model, found in weights.items()})
