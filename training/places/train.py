"""Fits the weights of data/places/weights.tsv on texts with marked toponyms.

    python training/places/train.py GOLD.jsonl.gz [GOLD.jsonl.gz …] [--cache DIR] [--folds 5] --out weights.tsv

Gold lines: {"id", "text", "published"?, "url"?, "toponyms": [{"start", "end", "lat", "lon", "geonames"?}]}.
With --folds N the accuracies told are those of held-out documents; the weights written are fitted on all.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from dateline.core import Document, Passage, Span
from dateline.knowledge.gazetteer import GazetteerEntry, gazetteer
from dateline.knowledge.place_words import place_words
from dateline.language import Parse
from dateline.places.context import names_of, scene_of
from dateline.places.evidence import Neighbours, features, surroundings
from dateline.places.matches import Match, Matcher
from dateline.places.metonyms import Slots
from dateline.places.resolve import Chosen, Name, Votes, candidates, first_features, second_features
from dateline.places.step import sure

NEAR_KM = 161.0


@dataclass
class Read:
    """A gold document with its parse."""

    document: Document
    parse: Parse
    passages: tuple[Passage, ...]
    toponyms: list[dict[str, Any]]
    corpus: str


def read(path: Path, cache: Path | None) -> list[Read]:
    held = cache / f"{path.name}.pickle" if cache else None
    if held and held.exists():
        return list(pickle.loads(held.read_bytes()))
    from dateline.language.spacy_door import SpacyLanguage

    language, found = SpacyLanguage(), []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            document = Document.of(row["text"], id=row["id"], published=row.get("published"), url=row.get("url"))
            passages = (Passage("p1", Span(0, len(row["text"])), "narration", "v1"),)
            found.append(Read(document, language(document, passages), passages, row["toponyms"], path.name))
    if held:
        held.write_bytes(pickle.dumps(found))
    return found


def km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a, b, c, d = map(math.radians, (lat1, lon1, lat2, lon2))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def gold_of(match: Match, row: Read) -> dict[str, Any] | None:
    for told in row.toponyms:
        if told["start"] < match.span.end and match.span.start < told["end"]:
            return told
    return None


# --- is it the name of a place


def fit_binary(rows: list[list[str]], labels: list[int], strength: float) -> dict[str, float]:
    """L2 logistic regression over named features."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectors = DictVectorizer()
    x = vectors.fit_transform([dict.fromkeys(row, 1.0) for row in rows])
    model = LogisticRegression(C=strength, max_iter=2000, solver="lbfgs").fit(x, labels)
    weights = {name: float(w) for name, w in zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)}
    return {"bias": float(model.intercept_[0]), **weights}


def probability(told: list[str], weights: dict[str, float]) -> float:
    return 1 / (1 + math.exp(-weights["bias"] - sum(weights.get(f, 0.0) for f in told)))


# --- which place


@dataclass
class Choice:
    """One name of one document: a feature list a candidate, and which candidates are right."""

    document: int
    told: list[list[tuple[str, float]]]
    right: list[bool]
    weight: float


def fit_choice(choices: Sequence[Choice], ridge: float) -> dict[str, float]:
    """Softmax over candidates; the right ones share the probability. Minimises −log p + ridge·|w|²."""
    usable = [c for c in choices if any(c.right) and not all(c.right)]
    index = {f: i for i, f in enumerate(sorted({f for c in usable for pairs in c.told for f, _ in pairs}))}
    arrays = []
    for choice in usable:
        x = np.zeros((len(choice.told), len(index)))
        for i, pairs in enumerate(choice.told):
            for feature, value in pairs:
                x[i, index[feature]] += value
        arrays.append((x, np.array(choice.right), choice.weight))

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = ridge * float(w @ w), 2 * ridge * w
        for x, right, weight in arrays:
            score = x @ w
            p = np.exp(score - score.max())
            p /= p.sum()
            mass = max(float(p[right].sum()), 1e-12)
            total -= weight * math.log(mass)
            q = np.where(right, p, 0) / mass
            slope += weight * (x.T @ (p - q))
        return total, slope

    found = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return {feature: float(found.x[i]) for feature, i in index.items()}


def right_ones(pool: Sequence[GazetteerEntry], gold: dict[str, Any]) -> list[bool]:
    same = [e.geonames is not None and e.geonames == gold.get("geonames") for e in pool]
    if any(same):
        return same
    away = [km(e.lat, e.lon, gold["lat"], gold["lon"]) for e in pool]
    least = min(away, default=math.inf)
    return [a <= min(NEAR_KM, least + 20) for a in away]


def total(pairs: Sequence[tuple[str, float]], weights: dict[str, float]) -> float:
    return sum(value * weights.get(feature, 0.0) for feature, value in pairs)


# --- all together


class Bench:
    """Everything of the gold that does not depend on weights, worked out once."""

    def __init__(self, rows: list[Read]) -> None:
        self.rows = rows
        self.words = place_words()
        self.neighbours = Neighbours(self.words, Slots())
        self.matched = []
        matcher = Matcher(gazetteer(), self.words)
        for row in rows:
            found, peoples = matcher(row.document, row.parse, row.passages)
            arounds = surroundings(found, row.document.text, self.neighbours, peoples)
            told = [
                features(m, row.document.text, self.neighbours, self.words, a)
                for m, a in zip(found, arounds, strict=True)
            ]
            gold = [gold_of(m, row) for m in found]
            self.matched.append((found, arounds, peoples, told, gold))

    def name_rows(self, numbers: Sequence[int]) -> tuple[list[list[str]], list[int]]:
        told, labels = [], []
        for n in numbers:
            told += self.matched[n][3]
            labels += [int(g is not None) for g in self.matched[n][4]]
        return told, labels

    def kept(self, n: int, name: dict[str, float]) -> tuple[list[Match], Any, Any, list[Any]]:
        found, arounds, peoples, told, gold = self.matched[n]
        keep = [k for k in range(len(found)) if probability(told[k], name) >= sure(found[k], arounds[k])]
        return [found[k] for k in keep], [arounds[k] for k in keep], peoples, [gold[k] for k in keep]

    def names(self, n: int, name: dict[str, float]) -> Any:
        found, arounds, peoples, gold = self.kept(n, name)
        names, keys = names_of(found, arounds, self.words)
        scene = scene_of(self.rows[n].document, found, peoples, arounds)
        return names, keys, scene, Votes(names, scene), found, gold

    def choices(
        self, n: int, name: dict[str, float], first: dict[str, float] | None
    ) -> list[tuple[Name, Sequence[GazetteerEntry], Choice]]:
        names, keys, scene, votes, _, gold = self.names(n, name)
        weight = {"geovirus": 1.5}.get(self.rows[n].corpus.split(".")[0], 1.0)
        pools = {each.key: candidates(each, scene) for each in names}
        told = {each.key: [first_features(each, e, scene, votes) for e in pools[each.key]] for each in names}
        if first is not None:
            picks = {
                k: pool[int(np.argmax([total(pairs, first) for pairs in told[k]]))] for k, pool in pools.items() if pool
            }
            chosen = Chosen(picks)
            told = {
                each.key: [
                    pairs + second_features(each, e, chosen)
                    for pairs, e in zip(told[each.key], pools[each.key], strict=True)
                ]
                for each in names
            }
        found = []
        for each in names:
            golds = [g for k, g in zip(keys, gold, strict=True) if k == each.key and g and g["lat"] is not None]
            if golds:
                right = right_ones(pools[each.key], golds[0])
                found.append((each, pools[each.key], Choice(n, told[each.key], right, weight * math.sqrt(len(golds)))))
        return found

    def fit(self, numbers: Sequence[int]) -> dict[str, dict[str, float]]:
        name = fit_binary(*self.name_rows(numbers), 0.3)
        first = fit_choice([c for n in numbers for _, _, c in self.choices(n, name, None)], 1.0)
        second = fit_choice([c for n in numbers for _, _, c in self.choices(n, name, first)], 1.0)
        return {"name": name, "first": first, "second": second}

    def judge(self, numbers: Sequence[int], weights: dict[str, dict[str, float]]) -> dict[str, np.ndarray]:
        """By corpus: right and all located; found, wrong and missed names."""
        sums: dict[str, np.ndarray] = {}
        for n in numbers:
            row = self.rows[n]
            _, _, _, gold = self.kept(n, weights["name"])
            picked: dict[str, GazetteerEntry] = {}
            for each, pool, choice in self.choices(n, weights["name"], weights["first"]):
                if pool:
                    picked[each.key] = pool[int(np.argmax([total(p, weights["second"]) for p in choice.told]))]
            _, keys, *_ = self.names(n, weights["name"])
            hit, seen = 0, set()
            for key, told in zip(keys, gold, strict=True):
                if told is None:
                    continue
                if told["start"] in seen:
                    continue
                seen.add(told["start"])
                if told["lat"] is not None and key in picked:
                    entry = picked[key]
                    hit += km(entry.lat, entry.lon, told["lat"], told["lon"]) <= NEAR_KM
            located = sum(t["lat"] is not None for t in row.toponyms)
            recognised = sum(g["start"] in seen and g["lat"] is not None for g in row.toponyms)
            wrong = sum(g is None for g in gold)
            each_sum = np.array([hit, located, recognised, len(seen), wrong, len(row.toponyms) - len(seen)])
            sums[row.corpus] = sums.get(row.corpus, 0) + each_sum
        return sums


def report(sums: dict[str, np.ndarray]) -> None:
    for corpus, (hit, located, recognised, tp, fp, fn) in sorted(sums.items()):
        p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
        print(
            f"{corpus}: end to end {hit / located:.3f}, of recognised {hit / recognised:.3f}; "
            f"names P {p:.3f} R {r:.3f} F {2 * p * r / (p + r):.3f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    bench = Bench([row for path in args.gold for row in read(path, args.cache)])
    every = list(range(len(bench.rows)))
    if args.folds:
        sums: dict[str, np.ndarray] = {}
        for fold in range(args.folds):
            held = [n for n in every if n % args.folds == fold]
            weights = bench.fit([n for n in every if n % args.folds != fold])
            for corpus, found in bench.judge(held, weights).items():
                sums[corpus] = sums.get(corpus, 0) + found
        print(f"{args.folds}-fold:")
        report(sums)
    weights = bench.fit(every)
    print("fitted on all:")
    report(bench.judge(every, weights))
    if args.out:
        lines = [
            "# source: fitted by training/places/train.py (see its card.md)",
            "# licence: Apache-2.0",
            "# date: 2026-11-22",
            "model\tfeature\tweight",
        ]
        for model, found in weights.items():
            lines += [f"{model}\t{f}\t{w:.3f}" for f, w in sorted(found.items()) if abs(w) >= 0.0005]
        args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
