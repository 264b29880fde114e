"""What the heads learn from: one record a text, in word pieces."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

PACKINGS = 5
NONE = -100
"""A piece that a head learns nothing from."""


@dataclass
class Example:
    """One text: ids of its pieces and what each head should say of them.

    ``ranges``: for each packing, the stretches of pieces that the encoder reads together.
    ``pointers``: the piece where the cue of this piece's attribution begins (-1: none; NONE: not asked).
    ``where``: pairs of an event's piece and the pieces of its place.
    ``marks``: first piece, the one after the last, and what holds of the stretch (1.0) or not (0.0).
    """

    id: str
    source: str
    ids: np.ndarray
    ranges: list[list[tuple[int, int]]]
    tags: dict[str, np.ndarray] = field(default_factory=dict)
    pointers: np.ndarray | None = None
    factuality: np.ndarray | None = None
    where: list[tuple[int, list[int]]] = field(default_factory=list)
    marks: list[tuple[int, int, dict[str, float]]] = field(default_factory=list)
