"""Gives the texts of prepare_acts.py what an earlier reader hears in them, so that its heads are not forgotten there.

    python training/reader/relabel.py EARLIER_FOLDER ACTS.pickle OUT.pickle [--share 0.5] [--seed 7]

EARLIER_FOLDER holds an exported reader. ``--share``: how many of the texts of the large sets are kept.
"""

from __future__ import annotations

import argparse
import pickle
import random
from pathlib import Path

import numpy as np
from examples import NONE, Example

from dateline.core import Span
from dateline.language.encoder import Encoder
from dateline.language.signals import WindowSignals
from dateline.language.wordpieces import Window

LARGE = ("muc4/train", "india_police/train", "plover")
BEGIN, END = 101, 102


def relabel(encoder: Encoder, example: Example) -> None:
    """Labels of attribution, cues and event words, and factuality at event words, from the encoder."""
    size = len(example.ids)
    layout = encoder._layout
    tags = {head: np.full(size, NONE, np.int64) for head in ("attribution", "event")}
    pointers, values = np.full(size, NONE, np.int64), np.full(size, np.nan, np.float32)
    for start, end in example.ranges[0]:
        spans = tuple(Span(k, k + 1) for k in range(start, end))
        window = Window((BEGIN, *(int(i) for i in example.ids[start:end]), END), spans)
        labels, keys = encoder._run(window)
        heard = WindowSignals(layout, spans, labels, keys)
        for head, row in tags.items():
            at, names = layout.tags[head]
            row[start:end] = labels[1:-1, at : at + len(names)].argmax(1)
        for k in range(end - start):
            if tags["attribution"][start + k]:
                to = int(heard.pair_row("cue", k).argmax()) - 1
                pointers[start + k] = start + to if to >= 0 else -1
            if tags["event"][start + k]:
                values[start + k] = heard.value("factuality", k)
    example.tags |= tags
    example.pointers, example.factuality = pointers, values


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("earlier", type=Path)
    parser.add_argument("acts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--share", type=float, default=0.5)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    encoder, chance = Encoder(given.earlier), random.Random(given.seed)
    data: dict[str, list[Example]] = pickle.loads(given.acts.read_bytes())
    for name, examples in data.items():
        if name in LARGE:
            data[name] = chance.sample(examples, int(given.share * len(examples)))
        if not name.endswith("/dev"):
            for example in data[name]:
                relabel(encoder, example)
        print(name, len(data[name]), flush=True)
    given.out.write_bytes(pickle.dumps(data))


if __name__ == "__main__":
    main()
