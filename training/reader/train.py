"""Trains the encoder with all heads at once.

    python training/reader/train.py MODEL_FOLDER OUT.pt CACHE.pickle... [--begin BEFORE.pt] [--epochs 4] [--held 0]

MODEL_FOLDER holds the base weights, the caches come from prepare.py and prepare_acts.py (see card.md).
``--begin``: weights to go on from; heads that they lack begin anew. ``--held``: the fifth of event_place, cameo,
re3d and plover that is kept for measuring (-1: none). Prints the figures on the dev parts after every epoch.
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
from heads import TAGS
from marks import Marked
from model import Reader, Slices, pair_scores, taken_over
from torch import Tensor
from torch.nn import functional

WEIGHTS = {
    "attribution": 1.0,
    "time": 0.3,
    "place": 0.3,
    "event": 0.5,
    "muc": 1.0,
    "side": 1.0,
    "entity": 1.0,
}
COPIES = {
    "cameo": 2,
    "re3d": 3,
    "muc4/train": 1,
    "hrdsattack/train": 2,
    "india_police/train": 1,
    "plover": 1,
}
"""How often a text is read in an epoch."""
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
    total = total + 0.5 * Marked.of(labels, batch).loss()
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
    marked: list[Marked] = []
    for items in data.values():
        for batch in batches(items, 4096, None):
            with torch.autocast("cpu", torch.bfloat16):
                labels, keys = model(batch.ids, batch.mask)
            labels, keys = labels.float(), keys.float()
            for name, names in TAGS.items():
                best, wanted = (
                    labels[..., SLICES.tags[name]].argmax(-1),
                    batch.tags[name],
                )
                for kind in range(1, (len(names) + 1) // 2):
                    have = ((best + 1) // 2 == kind) & (wanted != NONE)
                    want = (wanted + 1) // 2 == kind
                    sums = counts.setdefault(f"{name}/{names[2 * kind][2:]}", [0, 0, 0])
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
            marked.append(Marked.of(labels, batch))
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
        + f" | where {100 * f_of(*wheres):.1f} | "
        + " ".join(f"{name} {100 * f:.0f}" for name, f in Marked.figures(marked).items())
    )


def held_out(source: str, held: int) -> bool:
    return source.endswith(f"/{held}")


def items_of(
    data: dict[str, list[Example]],
    held: int,
    epoch: int,
    chance: random.Random,
    share: float,
) -> list[Item]:
    """The windows of an epoch: borders and neighbours vary from epoch to epoch."""
    places = [e for e in data["event_place"] if not held_out(e.source, held)]
    chance.shuffle(places)
    made = documents(data["attribution/train"], epoch) + packed(places, chance)
    for name in ("factuality/uw-train", "factuality/meantime-train"):
        made += packed(data[name], chance) + packed(data[name], chance)
    made = chance.sample(made, int(share * len(made)))
    for name, copies in COPIES.items():
        for copy in range(copies):
            told = [e for e in data.get(name, ()) if not held_out(e.source, held)]
            if name in ("cameo", "plover"):
                chance.shuffle(told)
                made += packed(told, chance)
            else:
                made += documents(told, epoch + copy)
    return made


def dev_of(data: dict[str, list[Example]], held: int) -> dict[str, list[Item]]:
    """What is measured after each epoch."""
    dev = {
        "attribution": documents(data["attribution/dev"], 0)[:300],
        "factuality": packed(data["factuality/uw-dev"], random.Random(1)),
    }
    for name in ("event_place", "cameo", "plover"):
        kept = [e for e in data.get(name, ()) if held_out(e.source, held)]
        dev[name] = packed(kept[:600], random.Random(1))
    dev["re3d"] = documents([e for e in data.get("re3d", ()) if held_out(e.source, held)], 0)
    for name in ("muc4/dev", "hrdsattack/dev", "india_police/dev"):
        dev[name] = documents(data.get(name, [])[:200], 0)
    return dev


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("caches", type=Path, nargs="+")
    parser.add_argument("--begin", type=Path)
    parser.add_argument(
        "--share",
        type=float,
        default=1.0,
        help="of the texts of prepare.py that an epoch reads",
    )
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
    data: dict[str, list[Example]] = {}
    for cache in given.caches:
        data |= pickle.loads(cache.read_bytes())
    dev = dev_of(data, given.held)
    model = Reader(given.base)
    if given.begin:
        taken_over(model, given.begin)
    model.train()
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups = [
        {
            "params": list(model.encoder.parameters()),
            "lr": given.rate,
            "weight_decay": 0.01,
        },
        {"params": heads, "lr": 5 * given.rate, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups)
    first = sum(
        1
        for _ in batches(
            items_of(data, given.held, 0, random.Random(0), given.share),
            given.budget,
            None,
        )
    )
    steps, step = first * given.epochs, 0
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / (0.06 * steps), max(0.02, 1 - n / steps))
    )
    begun = time.time()
    for epoch in range(given.epochs):
        running = 0.0
        for batch in batches(items_of(data, given.held, epoch, chance, given.share), given.budget, chance):
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
                    f"epoch {epoch + 1} step {step}/{steps} loss {running:.3f} {time.time() - begun:.0f} s",
                    flush=True,
                )
        print(
            f"epoch {epoch + 1} done, {time.time() - begun:.0f} s: {measure(model, dev)}",
            flush=True,
        )
        torch.save(model.state_dict(), given.out)


if __name__ == "__main__":
    main()
