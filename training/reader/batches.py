"""Windows and batches out of examples."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from examples import NONE, Example
from heads import TAGS
from torch import Tensor

BEGIN, END, ROOM = 101, 102, 126


@dataclass
class Item:
    """One window with its labels; every row has the length of ``ids`` (marks included)."""

    ids: np.ndarray
    tags: dict[str, np.ndarray]
    pointers: np.ndarray
    values: np.ndarray
    where: list[tuple[int, list[int]]]
    marks: list[tuple[int, int, dict[str, float]]]


def _padded(row: np.ndarray | None, size: int, empty: float) -> np.ndarray:
    if row is None:
        return np.full(size + 2, empty)
    return np.concatenate([[empty], row, [empty]])


def window(example: Example, start: int, end: int) -> Item:
    """The pieces from start to end of an example, between the marks."""
    size = end - start
    pointers = np.full(size + 2, NONE, np.int64)
    if example.pointers is not None:
        for k in range(start, end):
            to = example.pointers[k]
            if to != NONE:
                pointers[k - start + 1] = to - start + 1 if start <= to < end else 0
    tags = {name: _padded(row[start:end], size, NONE).astype(np.int64) for name, row in example.tags.items()}
    values = _padded(
        None if example.factuality is None else example.factuality[start:end],
        size,
        np.nan,
    )
    where = [
        (event - start + 1, [p - start + 1 for p in places if start <= p < end])
        for event, places in example.where
        if start <= event < end
    ]
    marks = [
        (max(first, start) - start + 1, min(last, end) - start + 1, told)
        for first, last, told in example.marks
        if 2 * (min(last, end) - max(first, start)) >= last - first
    ]
    return Item(
        np.concatenate([[BEGIN], example.ids[start:end], [END]]),
        tags,
        pointers,
        values,
        where,
        marks,
    )


def joined(items: list[Item]) -> Item:
    """Several windows as one: sentences beside each other, as at run time."""
    if len(items) == 1:
        return items[0]
    names = {name for item in items for name in item.tags}
    where, marks, at = [], [], 0
    for item in items:
        where += [(event + at, [p + at for p in places]) for event, places in item.where]
        marks += [(first + at, last + at, told) for first, last, told in item.marks]
        at += len(item.ids) - 2

    def row(pieces: list[np.ndarray], empty: float) -> np.ndarray:
        return np.concatenate([[empty], *[p[1:-1] for p in pieces], [empty]])

    return Item(
        np.concatenate([[BEGIN], *[i.ids[1:-1] for i in items], [END]]),
        {n: row([i.tags.get(n, np.full(len(i.ids), NONE)) for i in items], NONE).astype(np.int64) for n in names},
        np.full(at + 2, NONE, np.int64),
        row([i.values for i in items], np.nan),
        where,
        marks,
    )


def packed(examples: list[Example], chance: random.Random) -> list[Item]:
    """Short examples put together in their order, up to a length that varies."""
    made: list[Item] = []
    held: list[Item] = []
    room = chance.randint(24, ROOM)
    for example in examples:
        item = window(example, 0, min(len(example.ids), ROOM))
        if held and sum(len(i.ids) - 2 for i in held) + len(item.ids) - 2 > room:
            made.append(joined(held))
            held, room = [], chance.randint(24, ROOM)
        held.append(item)
    return [*made, joined(held)] if held else made


def documents(examples: list[Example], packing: int) -> list[Item]:
    """The windows of whole texts in one of their packings."""
    return [window(e, start, end) for e in examples for start, end in e.ranges[packing % len(e.ranges)]]


@dataclass
class Batch:
    """Padded tensors (batch, pieces).

    ``where`` holds (row, event piece, wanted places), ``marks`` (row, first piece, the one after the last, told).
    """

    ids: Tensor
    mask: Tensor
    tags: dict[str, Tensor]
    pointers: Tensor
    values: Tensor
    where: list[tuple[int, int, list[int]]]
    marks: list[tuple[int, int, int, dict[str, float]]]


def batches(items: list[Item], budget: int, chance: random.Random | None) -> Iterator[Batch]:
    """Batches of about ``budget`` pieces, of like lengths; in random order where ``chance`` is given."""
    order = list(range(len(items)))
    if chance:
        chance.shuffle(order)
    groups: list[list[int]] = []
    for at in range(0, len(order), 400):
        part = sorted(order[at : at + 400], key=lambda k: len(items[k].ids))
        group: list[int] = []
        for k in part:
            if group and (len(group) + 1) * len(items[k].ids) > budget:
                groups.append(group)
                group = []
            group.append(k)
        groups.append(group)
    if chance:
        chance.shuffle(groups)
    for group in groups:
        yield _batch([items[k] for k in group])


def _batch(items: list[Item]) -> Batch:
    size = max(len(item.ids) for item in items)

    def rows(pick: list[np.ndarray], empty: float, kind: torch.dtype) -> Tensor:
        made = torch.full((len(items), size), empty, dtype=kind)
        for n, row in enumerate(pick):
            made[n, : len(row)] = torch.as_tensor(row, dtype=kind)
        return made

    return Batch(
        ids=rows([i.ids for i in items], 0, torch.long),
        mask=rows([np.ones(len(i.ids)) for i in items], 0, torch.long),
        tags={
            name: rows(
                [i.tags.get(name, np.full(len(i.ids), NONE)) for i in items],
                NONE,
                torch.long,
            )
            for name in TAGS
        },
        pointers=rows([i.pointers for i in items], NONE, torch.long),
        values=rows([i.values for i in items], float("nan"), torch.float32),
        where=[(n, event, places) for n, item in enumerate(items) for event, places in item.where],
        marks=[(n, *mark) for n, item in enumerate(items) for mark in item.marks],
    )
