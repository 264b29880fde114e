"""Fits the weights of data/models/event_place/weights.tsv on sentences whose verbs' places are marked.

    python training/event_place/train.py CACHE.pickle weights.tsv [--ridge 3.0] [--bias -0.2] [--seed 7] [--held 0]

``--held``: the fifth of the sentences that is kept for measuring, the same that training/reader keeps (-1: none).

CACHE is what prepare.py wrote; evaluate.py judges the same fit on held-out sentences.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from prepare import Read
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from dateline.core import Hearing, Span
from dateline.events import Events
from dateline.events.candidates import Candidate, Names
from dateline.events.fillers import Fillers
from dateline.events.place_features import Asking, Query, Scenery
from dateline.knowledge.folding import fold

sys.modules["__main__"].Read = Read  # type: ignore[attr-defined]
_FEWEST = 3
_LEAST = 0.05


@dataclass
class Choice:
    """A verb: the features of "nowhere" and of each candidate, and which of them are right (nowhere first)."""

    told: list[list[str]]
    right: list[bool]
    fold: int


def words(text: str) -> frozenset[str]:
    return frozenset(w for w in fold(text).split() if w not in {"the", "a", "an"})


def fold_of(row: Read, folds: int, seed: int) -> int:
    """The fold of a row by its sentence, so that all verbs of a sentence stay together."""
    return int(hashlib.sha256(f"{seed}:{row.document.text}".encode()).hexdigest(), 16) % folds


def fifth(text: str) -> int:
    """Which fifth a sentence belongs to, as training/reader/prepare.py parts them."""
    return int(hashlib.sha256(" ".join(text.split()).encode()).hexdigest(), 16) % 5


def right_ones(row: Read, candidates: Sequence[Candidate]) -> list[bool] | None:
    """Which answers are right ("nowhere" first), or None where no candidate shares a word with the places."""
    text = row.document.text
    gold = [Span(p["start"], p["end"]) for p in row.row["places"]]
    if not gold:
        return [True] + [False] * len(candidates)
    best, grades = 0.0, []
    for c in candidates:
        have, grade = words(c.span.of(text)), 0.0
        for span in gold:
            want = words(span.of(text))
            if c.span.overlaps(span) and have & want:
                grade = max(grade, 2 * len(have & want) / (len(have) + len(want)))
        grades.append(grade)
        best = max(best, grade)
    return [False] + [g == best for g in grades] if best > 0.4 else None


def choices(rows: Sequence[Read], folds: int, seed: int) -> list[Choice]:
    """A choice for each verb, and one for each event that is the only one of its sentence where its verb is placed."""
    found, events = [], Events()
    for row in rows:
        verb = Span(row.row["verb"]["start"], row.row["verb"]["end"])
        sentence = row.parse.at(verb.start)
        tokens = sentence.tokens_in(verb) if sentence else ()
        if sentence is None or not tokens:
            continue
        fillers = Fillers(row.mentions, row.toponyms, row.timexes)
        tellings = events.tellings(sentence, fillers)
        triggers = {word.i: word for telling in tellings for word in telling.words}
        names = Names(row.toponyms, row.places, row.timexes, row.mentions, row.entities)
        scenery = Scenery(sentence, names.of(sentence), Hearing(row.passages, row.attributions))
        right = right_ones(row, scenery.candidates)
        if right is None:
            continue
        asked = [tokens[0].i]
        if len(tellings) == 1 and tokens[0].i != tellings[0].trigger.i and not right[0]:
            asked.append(tellings[0].trigger.i)
        for i in asked:
            light = triggers[i].slots.light if i in triggers else None
            asking = Asking(scenery, Query(i, light.verb if light else None, frozenset(triggers) - {i}))
            told = [asking.nowhere(), *([*scenery.own(n), *asking.of(n)] for n in range(len(scenery.candidates)))]
            found.append(Choice(told, right, fold_of(row, folds, seed)))
    return found


def fit(usable: Sequence[Choice], ridge: float) -> dict[str, float]:
    """Softmax over the answers of a verb; right ones share the probability. Minimises −log p + ridge·|w|²/2."""
    counts = Counter(f for c in usable for told in c.told for f in set(told))
    index = {f: k for k, f in enumerate(sorted(f for f, n in counts.items() if n >= _FEWEST))}
    rows, columns, starts, right = [], [], [], []
    at = 0
    for choice in usable:
        starts.append(at)
        right += choice.right
        for told in choice.told:
            known = {index[f] for f in told if f in index}
            rows += [at] * len(known)
            columns += sorted(known)
            at += 1
    x = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(at, len(index)))
    begins, good = np.array(starts), np.array(right)
    group = np.repeat(np.arange(len(begins)), np.diff([*begins, at]))

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = x @ w
        score -= np.maximum.reduceat(score, begins)[group]
        p = np.exp(score)
        p /= np.add.reduceat(p, begins)[group]
        q = np.where(good, p, 0.0)
        mass = np.maximum(np.add.reduceat(q, begins), 1e-12)
        slope = x.T @ (p - q / mass[group]) + ridge * w
        return float(-np.log(mass).sum() + ridge * (w @ w) / 2), slope

    found = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return {f: float(found.x[k]) for f, k in index.items()}


def load(path: Path) -> list[Read]:
    """What prepare.py wrote."""
    return list(pickle.loads(path.read_bytes()))


def kept(weights: dict[str, float], bias: float) -> dict[str, float]:
    """The weights that ship: rounded, the small ones left out, "nowhere" made dearer or cheaper by ``bias``."""
    moved = {**weights, "none": weights.get("none", 0.0) + bias}
    return {f: round(w, 3) for f, w in moved.items() if abs(w) >= _LEAST}


def write(weights: dict[str, float], path: Path) -> None:
    lines = [
        "# source: fitted by training/event_place/train.py (see its card.md)",
        "# licence: Apache-2.0",
        "# date: 2026-11-22",
        "feature\tweight",
        *(f"{f}\t{w:.3f}" for f, w in sorted(weights.items())),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cache", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--ridge", type=float, default=3.0)
    parser.add_argument("--bias", type=float, default=-0.2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--held", type=int, default=0)
    given = parser.parse_args()
    rows = [row for row in load(given.cache) if fifth(row.document.text) != given.held]
    fitted = fit(choices(rows, 1, given.seed), given.ridge)
    write(kept(fitted, given.bias), given.out)
    print(hashlib.sha256(given.out.read_bytes()).hexdigest(), given.out)


if __name__ == "__main__":
    main()
