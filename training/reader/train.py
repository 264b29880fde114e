"""Trains the encoder with all heads at once.

    python training/reader/train.py CACHE.pickle MODEL_FOLDER OUT.pt [--epochs 4] [--seed 7] [--held 0]

MODEL_FOLDER holds the base weights (see card.md). ``--held``: the fifth of event_place that is kept for
measuring (-1: none). Prints the figures on the dev parts after every epoch.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from pathlib import Path

import numpy as np
import torch
from batches import Batch, Item, batches, documents, packed
from examples import NONE, Example
from model import TAGS, Reader, Slices, pair_scores
from torch import Tensor
from torch.nn import functional

WEIGHTS = {"attribution": 1.0, "time": 0.3, "place": 0.3, "event": 0.5}
SLICES = Slices.of()


def loss_of(model: Reader, batch: Batch) -> Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        labels, keys = model(batch.ids, batch.mask)
    labels, keys = labels.float(), keys.float()
    total = labels.sum() * 0.0
    for name, weight in WEIGHTS.items():
        wanted = batch.tags[name]
        if bool((wanted != NONE).any()):
            scores = labels[..., SLICES.tags[name]].transpose(1, 2)
            total = total + weight * functional.cross_entropy(scores, wanted, ignore_index=NONE)
    closed = (batch.mask == 0)[:, None, :]
    if bool((batch.pointers != NONE).any()):
        scores = pair_scores(keys, "cue").masked_fill(closed, -1e4).transpose(1, 2)
        total = total + 0.5 * functional.cross_entropy(scores, batch.pointers, ignore_index=NONE)
    told = ~torch.isnan(batch.values)
    if bool(told.any()):
        value = labels[..., SLICES.values["factuality"]][told]
        total = total + 0.4 * functional.smooth_l1_loss(value, batch.values[told])
    if batch.where:
        scores = pair_scores(keys, "where")
        at = torch.tensor([row for row, _, _ in batch.where])
        event = torch.tensor([k for _, k, _ in batch.where])
        picked = scores[at, event]
        wanted = torch.zeros_like(picked)
        for n, (_, _, places) in enumerate(batch.where):
            wanted[n, places] = 1.0
        each = functional.binary_cross_entropy_with_logits(picked - 3.0, wanted, reduction="none")
        total = total + 0.2 * (each * batch.mask[at]).sum(1).mean()
    return total


def f_of(right: int, have: int, want: int) -> float:
    return 2 * right / max(1, have + want)


@torch.no_grad()
def measure(model: Reader, data: dict[str, list[Item]]) -> str:
    """Figures on the dev parts, by piece."""
    model.eval()
    counts: dict[str, list[int]] = {}
    pointed, values, wheres = [0, 0], ([], []), [0, 0, 0]  # type: ignore[var-annotated]
    for items in data.values():
        for batch in batches(items, 4096, None):
            with torch.autocast("cpu", torch.bfloat16):
                labels, keys = model(batch.ids, batch.mask)
            labels, keys = labels.float(), keys.float()
            for name, names in TAGS.items():
                best, wanted = labels[..., SLICES.tags[name]].argmax(-1), batch.tags[name]
                for kind in range(1, (len(names) + 1) // 2):
                    have = ((best + 1) // 2 == kind) & (wanted != NONE)
                    want = (wanted + 1) // 2 == kind
                    sums = counts.setdefault(names[2 * kind][2:], [0, 0, 0])
                    sums[0] += int((have & want).sum())
                    sums[1] += int(have.sum())
                    sums[2] += int(want.sum())
            scores = pair_scores(keys, "cue").masked_fill((batch.mask == 0)[:, None, :], -1e4)
            asked = batch.pointers != NONE
            pointed[0] += int((scores.argmax(-1) == batch.pointers)[asked].sum())
            pointed[1] += int(asked.sum())
            told = ~torch.isnan(batch.values)
            values[0].extend(labels[..., SLICES.values["factuality"]][told].tolist())
            values[1].extend(batch.values[told].tolist())
            where = pair_scores(keys, "where")
            for row, event, places in batch.where:
                have_places = set(torch.nonzero(where[row, event] > 3.0).flatten().tolist())
                wheres[0] += len(have_places & set(places))
                wheres[1] += len(have_places)
                wheres[2] += len(places)
    model.train()
    told_r = float(np.corrcoef(values[0], values[1])[0, 1]) if values[0] else 0.0
    parts = [f"{name} {100 * f_of(*sums):.1f}" for name, sums in counts.items()]
    return (
        " ".join(parts)
        + f" | pointer {100 * pointed[0] / max(1, pointed[1]):.1f} | factuality r {told_r:.3f}"
        + f" | where {100 * f_of(*wheres):.1f}"
    )


def items_of(data: dict[str, list[Example]], held: int, epoch: int, chance: random.Random) -> list[Item]:
    """The windows of an epoch: borders and neighbours vary from epoch to epoch."""
    places = [e for e in data["event_place"] if e.source != f"event_place/{held}"]
    chance.shuffle(places)
    made = documents(data["attribution/train"], epoch)
    made += packed(places, chance)
    for name in ("factuality/uw-train", "factuality/meantime-train"):
        made += packed(data[name], chance) + packed(data[name], chance)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cache", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--held", type=int, default=0)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--budget", type=int, default=2048)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)
    chance = random.Random(given.seed)
    data: dict[str, list[Example]] = pickle.loads(given.cache.read_bytes())
    held = [e for e in data["event_place"] if e.source == f"event_place/{given.held}"]
    dev = {
        "attribution": documents(data["attribution/dev"], 0)[:400],
        "factuality": packed(data["factuality/uw-dev"], random.Random(1)),
        "event_place": packed(held, random.Random(1)),
    }
    model = Reader(given.base)
    model.train()
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups = [
        {"params": list(model.encoder.parameters()), "lr": given.rate, "weight_decay": 0.01},
        {"params": heads, "lr": 5 * given.rate, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups)
    first = sum(1 for _ in batches(items_of(data, given.held, 0, random.Random(0)), given.budget, None))
    steps, step = first * given.epochs, 0
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / (0.06 * steps), max(0.02, 1 - n / steps))
    )
    begun = time.time()
    for epoch in range(given.epochs):
        running = 0.0
        for batch in batches(items_of(data, given.held, epoch, chance), given.budget, chance):
            loss = loss_of(model, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            running = 0.98 * running + 0.02 * float(loss.detach()) if running else float(loss.detach())
            if step % 50 == 0:
                print(
                    f"epoch {epoch + 1} step {step}/{steps} loss {running:.3f} {time.time() - begun:.0f} s", flush=True
                )
        print(f"epoch {epoch + 1} done, {time.time() - begun:.0f} s: {measure(model, dev)}", flush=True)
        torch.save(model.state_dict(), given.out)


if __name__ == "__main__":
    main()
