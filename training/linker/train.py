"""Fit the weights of linking: ``python training/linker/train.py READINGS DOCUMENTS [WEIGHTS]``.

READINGS: JSONL of ``dateline read``; DOCUMENTS: JSONL of the same documents with their ``incident``.
The pairs that ``Neighbours`` brings together are judged by whether both documents are of one incident, on
the texts and each document's foremost strand. Prints the clusters' B3 and pairwise F when each pair is
scored by weights that saw no document of either incident's fold (five folds), for several cuts; writes the weights
of all pairs where WEIGHTS is named.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import hashlib
import json
import pickle
from collections import Counter
from pathlib import Path
from typing import Any

import numpy
from sklearn.linear_model import LogisticRegression

from dateline.codec import from_json
from dateline.core import Reading
from dateline.incidents.candidates import Neighbours
from dateline.incidents.cards import Card, card_of
from dateline.incidents.clusters import Cut, clustered
from dateline.incidents.scorer import STRAND_FEATURES, strand_features
from dateline.incidents.similarity import TEXT_FEATURES, text_features

_FOLDS = 5
_CUTS = ((-1.0, -4.0), (-0.5, -4.0), (-0.25, -4.0), (0.0, -4.0), (0.5, -4.0))


def main() -> None:
    """Prepare, judge by folds, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("readings", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("weights", type=Path, nargs="?")
    args = parser.parse_args()
    with gzip.open(args.documents, "rt", encoding="utf-8") as rows:
        incident = {row["id"]: row["incident"] for row in map(json.loads, rows)}
    cards = prepared(args.readings)
    names = [card.document for card in cards]
    homes = [incident[name] for name in names]
    pairs, table, mains = features(cards)
    same = numpy.array([homes[a] == homes[b] for a, b in pairs])
    print(f"{len(names)} documents, {len(pairs)} pairs, {same.sum()} of one incident")
    fits = numpy.array(mains)
    scores = by_folds(pairs, table, same, homes, fits)
    for cut in (Cut(*values) for values in _CUTS):
        bonds = {pair: float(s) for pair, s, ok in zip(pairs, scores, mains, strict=True) if ok and s > cut.missing}
        print(cut, shown(clustered(range(len(names)), bonds, cut=cut), homes), flush=True)
    if args.weights:
        write(args.weights, *fitted(table[fits], same[fits]))


def prepared(file: Path) -> list[Card]:
    """The documents' cards."""
    if file.suffix == ".pkl":
        return [card_of(reading) for reading in pickle.loads(file.read_bytes())]
    with file.open(encoding="utf-8") as lines:
        return [card_of(from_json(Reading, line)) for line in lines]


def features(cards: list[Card]) -> tuple[list[tuple[int, int]], Any, list[bool]]:
    """The near pairs, their features and whether the documents' foremost strands can be one happening."""
    near, _ = Neighbours().add([(number, card.keys()) for number, card in enumerate(cards)])
    pairs = sorted(near)
    texts = text_features([card.sketch for card in cards], [a for a, _ in pairs], [b for _, b in pairs])
    main = [max(card.told(), key=lambda strand: strand.weight, default=None) for card in cards]
    rows, usable = [], []
    for i, j in pairs:
        a, b = main[i], main[j]
        fits = a is not None and b is not None and a.wide == b.wide and not a.kinds.isdisjoint(b.kinds)
        usable.append(fits)
        rows.append(strand_features(a, b) if a and b and fits else [0.0] * len(STRAND_FEATURES))
    return pairs, numpy.hstack([texts, numpy.array(rows, float)]), usable


def fitted(table: Any, same: Any) -> tuple[Any, float]:
    """Weights and constant of a logistic regression in the features' own units."""
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    model = LogisticRegression(C=1.0, max_iter=300).fit((table - mean) / spread, same)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ mean)


def by_folds(pairs: list[tuple[int, int]], table: Any, same: Any, homes: list[str], fits: Any) -> Any:
    """Each pair's log-odds by weights that saw neither incident's fold."""
    fold = numpy.array([int(hashlib.sha256(home.encode()).hexdigest(), 16) % _FOLDS for home in homes])
    left, right = fold[[a for a, _ in pairs]], fold[[b for _, b in pairs]]
    scores = numpy.zeros(len(pairs))
    for p in range(_FOLDS):
        for q in range(p, _FOLDS):
            asked = ((left == p) & (right == q)) | ((left == q) & (right == p))
            unseen = fits & ~numpy.isin(left, (p, q)) & ~numpy.isin(right, (p, q))
            weights, constant = fitted(table[unseen], same[unseen])
            scores[asked] = table[asked] @ weights + constant
    return scores


def shown(groups: list[list[int]], homes: list[str]) -> str:
    """B3 and pairwise F of clusters."""
    sizes = Counter(homes)
    precise = full = both = made = 0.0
    for group in groups:
        for home, n in Counter(homes[i] for i in group).items():
            precise += n * n / len(group)
            full += n * n / sizes[home]
            both += n * (n - 1) / 2
        made += len(group) * (len(group) - 1) / 2
    wanted = sum(n * (n - 1) / 2 for n in sizes.values())
    p, r = precise / len(homes), full / len(homes)
    return f"B3 {p:.3f} {r:.3f} {2 * p * r / (p + r):.3f} pairwise {2 * both / (made + wanted):.3f}"


def write(file: Path, weights: Any, constant: float) -> None:
    """The table that ships."""
    head = "# source: fitted by training/linker/train.py (see its card.md)\n# licence: Apache-2.0\n"
    head += f"# date: {datetime.date.today()}\n"
    named = [*zip((*TEXT_FEATURES, *STRAND_FEATURES), weights, strict=True), ("constant", constant)]
    file.write_text(head + "feature\tweight\n" + "".join(f"{n}\t{w:.4f}\n" for n, w in named), encoding="utf-8")


if __name__ == "__main__":
    main()
