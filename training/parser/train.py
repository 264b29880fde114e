"""Trains tags and a dependency parse on top of the encoder as it stands, and measures them.

    python training/parser/train.py TRAIN.npz DEV.npz [--epochs 6] [--seed 7]

On the stored vectors: a mix, a layer over each word and its two neighbours, then tags (Penn, of the treebank), and for
each of two schemes (the treebank's; that of the parser that reads at run time, learned from its own parses) a biaffine
score of heads and labels. Heads are taken greedily. Printed after each epoch on DEV: tags right, heads right, heads
and labels right, punctuation included; and the same of the parser itself where the scheme allows it.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

SCHEMES = ("", "2")
WIDTH, ARC, LABEL = 320, 160, 160


class Words:
    """The sentences of a file, as tensors."""

    def __init__(self, file: Path, names: dict[str, list[str]] | None = None) -> None:
        held = np.load(file)
        self.vectors, self.lengths = held["vectors"], held["lengths"]
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)])
        kinds = [kind + scheme for kind in ("tag", "label") for scheme in SCHEMES]
        self.names = names or {kind: sorted(set(held[kind].tolist())) for kind in kinds}
        number = {kind: {name: k for k, name in enumerate(self.names[kind])} for kind in kinds}
        self.told = {kind: np.array([number[kind].get(x, -100) for x in held[kind].tolist()]) for kind in kinds}
        self.told |= {f"head{scheme}": held[f"head{scheme}"].astype(np.int64) for scheme in SCHEMES}

    def batch(self, chosen: list[int]) -> tuple[Tensor, Tensor, dict[str, Tensor]]:
        size = max(int(self.lengths[k]) for k in chosen)
        x = torch.zeros(len(chosen), size, self.vectors.shape[1])
        mask = torch.zeros(len(chosen), size, dtype=torch.bool)
        told = {kind: torch.full((len(chosen), size), -100) for kind in self.told}
        for row, k in enumerate(chosen):
            at, end = self.starts[k], self.starts[k + 1]
            x[row, : end - at] = torch.from_numpy(self.vectors[at:end].astype(np.float32))
            mask[row, : end - at] = True
            for kind, values in self.told.items():
                told[kind][row, : end - at] = torch.from_numpy(values[at:end])
        return x, mask, told


class Heads(nn.Module):
    """Tags, heads and labels of words from the vectors of the encoder."""

    def __init__(self, names: dict[str, list[str]], wide: int) -> None:
        super().__init__()
        self.inner = nn.Sequential(nn.LayerNorm(wide), nn.Linear(wide, WIDTH), nn.GELU(), nn.Dropout(0.25))
        self.beside = nn.Conv1d(WIDTH, WIDTH, 3, padding=1)
        self.tags = nn.Linear(WIDTH, len(names["tag"]))
        self.arcs = nn.ModuleDict({f"s{s}": nn.Linear(WIDTH, 2 * ARC + 2 * LABEL) for s in SCHEMES})
        self.ties = nn.ParameterDict({f"s{s}": nn.Parameter(torch.eye(ARC + 1, ARC) * 0.1) for s in SCHEMES})
        self.kinds = nn.ModuleDict({f"s{s}": nn.Linear(LABEL, len(names[f"label{s}"])) for s in SCHEMES})

    def forward(self, x: Tensor) -> tuple[Tensor, dict[str, tuple[Tensor, Tensor, Tensor]]]:
        x = self.inner(x)
        x = functional.dropout(x + functional.gelu(self.beside(x.transpose(1, 2)).transpose(1, 2)), 0.25, self.training)
        made = {}
        for scheme in SCHEMES:
            lower, upper, under, over = self.arcs[f"s{scheme}"](x).split([ARC, ARC, LABEL, LABEL], -1)
            lower, upper = functional.gelu(lower), functional.gelu(upper)
            one = torch.cat([lower, torch.ones_like(lower[..., :1])], -1)
            made[scheme] = one @ self.ties[f"s{scheme}"] @ upper.transpose(1, 2), under, over
        return self.tags(x), made

    def labels(self, scheme: str, under: Tensor, over: Tensor, heads: Tensor) -> Tensor:
        chosen = over.gather(1, heads.clamp(min=0)[..., None].expand(-1, -1, LABEL))
        scores: Tensor = self.kinds[f"s{scheme}"](functional.gelu(under + chosen))
        return scores


def loss_of(model: Heads, x: Tensor, mask: Tensor, told: dict[str, Tensor]) -> Tensor:
    tags, made = model(x)
    loss = functional.cross_entropy(tags.flatten(0, 1), told["tag"].flatten(), ignore_index=-100)
    for scheme, (arcs, under, over) in made.items():
        heads = told[f"head{scheme}"]
        inside = arcs.masked_fill(~mask[:, None], -1e4).flatten(0, 1)
        loss = loss + functional.cross_entropy(inside, heads.flatten(), ignore_index=-100)
        kinds = model.labels(scheme, under, over, heads)
        loss = loss + functional.cross_entropy(kinds.flatten(0, 1), told[f"label{scheme}"].flatten(), ignore_index=-100)
    return loss


def groups(words: Words, budget: int, shuffled: np.random.Generator | None) -> list[list[int]]:
    """Sentences of like lengths together, so that little is padded."""
    order = np.argsort(words.lengths, kind="stable")
    made: list[list[int]] = [[]]
    for k in order.tolist():
        if made[-1] and (len(made[-1]) + 1) * words.lengths[k] > budget:
            made.append([])
        made[-1].append(k)
    if shuffled is not None:
        shuffled.shuffle(made)  # type: ignore[arg-type]
    return made


@torch.no_grad()
def measured(model: Heads, words: Words) -> dict[str, float]:
    model.eval()
    right: dict[str, int] = {}
    seconds, number = 0.0, 0
    for chosen in groups(words, 3000, None):
        x, mask, told = words.batch(chosen)
        begun = time.process_time()
        tags, made = model(x)
        guesses: dict[str, Any] = {}
        for scheme, (arcs, under, over) in made.items():
            heads = arcs.masked_fill(~mask[:, None], -1e4).argmax(-1)
            guesses[scheme] = heads, model.labels(scheme, under, over, heads).argmax(-1)
        seconds += time.process_time() - begun
        number += int(mask.sum())
        hits = {"tag": tags.argmax(-1) == told["tag"]}
        for scheme, (heads, labels) in guesses.items():
            hits[f"UAS{scheme}"] = heads == told[f"head{scheme}"]
            hits[f"LAS{scheme}"] = hits[f"UAS{scheme}"] & (labels == told[f"label{scheme}"])
        for name, hit in hits.items():
            right[name] = right.get(name, 0) + int((hit & mask).sum())
    shares = {name: round(100 * n / number, 2) for name, n in right.items()}
    return shares | {"us a word": round(1e6 * seconds / number, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(1)
    chance = np.random.default_rng(given.seed)
    train = Words(given.train)
    dev = Words(given.dev, train.names)
    own = np.load(given.dev)
    print("the parser's own tags right:", round(100 * float((own["tag"] == own["tag2"]).mean()), 2), flush=True)
    model = Heads(train.names, train.vectors.shape[1])
    print(sum(p.numel() for p in model.parameters()), "parameters", len(train.lengths), "sentences", flush=True)
    steps = given.epochs * len(groups(train, 3000, None))
    optimiser = torch.optim.AdamW(model.parameters(), 2e-3, betas=(0.9, 0.98), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=steps + 1, pct_start=0.1)
    for epoch in range(given.epochs):
        model.train()
        for chosen in groups(train, 3000, chance):
            loss = loss_of(model, *train.batch(chosen))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
        print(
            epoch + 1,
            f"loss {float(loss.detach()):.3f}",
            measured(model, dev),
            f"{time.process_time():.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
