"""The shared encoder with its heads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from heads import PAIRS, SHIPPED, TAGS, VALUES, WIDTH
from torch import Tensor, nn


@dataclass(frozen=True)
class Slices:
    """Where each head stands in the output rows."""

    tags: dict[str, slice]
    values: dict[str, int]
    total: int

    @classmethod
    def of(cls) -> Slices:
        tags, at = {}, 0
        for name, labels in TAGS.items():
            tags[name] = slice(at, at + len(labels))
            at += len(labels)
        values = {name: at + k for k, name in enumerate(VALUES)}
        return cls(tags, values, at + len(VALUES))


def layout() -> dict[str, Any]:
    """What the run time must know to read the outputs of the shipped heads."""
    tags = {name: labels for name, labels in TAGS.items() if name in SHIPPED}
    values = [name for name in VALUES if name in SHIPPED]
    return {"tags": tags, "values": values, "pairs": PAIRS, "width": WIDTH}


class Reader(nn.Module):
    """One pass over a window, all heads at once.

    ``forward`` gives ``labels`` (batch, pieces, scores of all tag heads and the values) and ``keys``
    (batch, pieces, a query and a key of WIDTH numbers for each kind of pair).
    """

    def __init__(self, base: str | Path) -> None:
        super().__init__()
        from transformers import AutoModel

        self.encoder = AutoModel.from_pretrained(str(base), attn_implementation="eager", add_pooling_layer=False)
        size = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.labels = nn.Linear(size, Slices.of().total)
        self.keys = nn.Linear(size, 2 * len(PAIRS) * WIDTH)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.dropout(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        return self.labels(hidden), self.keys(hidden)


def pruned(model: Reader) -> Reader:
    """The model with the rows of the shipped heads only, in their order."""
    slices = Slices.of()
    rows = [k for name, part in slices.tags.items() if name in SHIPPED for k in range(part.start, part.stop)]
    rows += [k for name, k in slices.values.items() if name in SHIPPED]
    kept = nn.Linear(model.labels.in_features, len(rows))
    with torch.no_grad():
        kept.weight.copy_(model.labels.weight[rows])
        kept.bias.copy_(model.labels.bias[rows])
    model.labels = kept
    return model


def taken_over(model: Reader, weights: Path) -> None:
    """Goes on from weights whose heads may be fewer, told by the ``heads.json`` beside them."""
    held = torch.load(weights, weights_only=True)
    told = json.loads(weights.with_suffix(".heads.json").read_text(encoding="utf-8"))
    fresh = model.state_dict()
    before = [f"{head}/{label}" for head, labels in told["tags"].items() for label in labels] + told["values"]
    now = [f"{head}/{label}" for head, labels in TAGS.items() for label in labels] + VALUES
    for part in ("labels.weight", "labels.bias"):
        rows = fresh[part].clone()
        for at, name in enumerate(before):
            if name in now:
                rows[now.index(name)] = held[part][at]
        held[part] = rows
    model.load_state_dict(held)


def pair_scores(keys: Tensor, name: str) -> Tensor:
    """Scores (batch, from piece, to piece) of a kind of pair."""
    at = 2 * PAIRS.index(name) * WIDTH
    query, key = keys[..., at : at + WIDTH], keys[..., at + WIDTH : at + 2 * WIDTH]
    return query @ key.transpose(-1, -2) / WIDTH**0.5
