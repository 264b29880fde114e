"""Fits data/models/muc4/weights.tsv: ``python training/muc4/train.py weights.tsv CACHE.pickle …`` (see card.md).

A CACHE holds ``(gold rows, readings)`` as prepare.py writes them.
"""

from __future__ import annotations

import pickle
import re
import string
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment, minimize
from scipy.sparse import csr_matrix

from dateline.core import Event, Reading
from dateline.exports.muc4_fillers import Cast
from dateline.exports.muc4_merge import Draft, merged
from dateline.exports.muc4_signs import Signs
from dateline.knowledge.muc4_weights import muc4_weights

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
FAMILIES = (("attack", "bombing", "arson"), ("kidnapping", "hijacking"), ("robbery",), ("forced work stoppage",))
RIDGE = {"event": 30.0, "draft": 30.0} | dict.fromkeys(ROLES, 10.0)
KEYS = {"PerpInd": "perp_ind", "PerpOrg": "perp_org", "Target": "phys_tgt", "Victim": "hum_tgt", "Weapon": "instrument"}
FEWEST, LEAST = 4, 0.05
_PUNCTUATION = {ord(ch): None for ch in string.punctuation}


def normal(text: str) -> str:
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text.lower().translate(_PUNCTUATION)).split())


def belongs(event: Event, template: dict[str, Any]) -> bool:
    """Whether a telling may be of a template: the same family of types, and no other date."""
    types = template["incident_type"]
    if not any(event.muc4 in family and kind in family for family in FAMILIES for kind in types):
        return False
    dates = (template["date"] or {}).get("alternatives") or []
    if not event.time or not dates:
        return True
    low, high = (event.time.earliest or "")[:10], (event.time.latest or "9999")[:10]
    return any(low <= (date["latest"] or "9999") and high >= (date["earliest"] or "") for date in dates)


def examples(rows: Sequence[dict[str, Any]], readings: Sequence[Reading]) -> dict[str, list[tuple[list[str], bool]]]:
    """By model its examples: the features and whether they are right."""
    found: dict[str, list[tuple[list[str], bool]]] = {name: [] for name in RIDGE}
    for row, reading in zip(rows, readings, strict=True):
        cast = Cast(reading)
        signs = Signs(reading, cast)
        for event in reading.events:
            if event.muc4:
                right = any(belongs(event, template) for template in row["templates"])
                found["event"].append((signs.of_event(event), right))
        wanted = {role: {normal(words) for filler in row["ree"][role] for words in filler} for role in ROLES}
        for mention in reading.mentions:
            for features, words in signs.of_mention(mention):
                for role in ROLES:
                    found[role].append((features, normal(words) in wanted[role]))
    return found


def agreement(draft: Draft, template: dict[str, Any], fillers: dict[str, list[list[str]]]) -> float:
    """How much a template-to-be and a gold template share; 0 where nothing."""
    kind = draft.kind in template["incident_type"]
    shared = 0
    for role, key in KEYS.items():
        wanted = {normal(words) for filler in template[key] for words in filler.get("mentions", filler.get("name", ()))}
        shared += sum(any(normal(words) in wanted for words in filler) for filler in fillers[role])
    dated = any(belongs(event, template) for event in draft.events)
    return shared + 1.5 * kind + 0.3 * dated if kind or shared else 0.0


def of_drafts(rows: Sequence[dict[str, Any]], readings: Sequence[Reading]) -> list[tuple[list[str], bool]]:
    """Templates-to-be, right where they are the best of a gold template; needs the weights of tellings."""
    found: list[tuple[list[str], bool]] = []
    for row, reading in zip(rows, readings, strict=True):
        cast = Cast(reading)
        signs = Signs(reading, cast)
        drafts = merged(reading, cast, signs)
        grid = np.zeros((len(drafts), len(row["templates"])))
        for k, draft in enumerate(drafts):
            fillers = cast.fillers(draft.events)
            grid[k] = [agreement(draft, template, fillers) for template in row["templates"]]
        pairs = zip(*linear_sum_assignment(-grid), strict=True)
        right = {k for k, g in pairs if grid[k, g] > 0}
        told = [(draft.kind, draft.events) for draft in drafts]
        for k, (kind, events) in enumerate(told):
            found.append((sorted(signs.of_draft(kind, events, told[:k], len(told))), k in right))
    return found


def fit(told: Sequence[tuple[list[str], bool]], ridge: float) -> dict[str, float]:
    """Logistic regression with a ridge, the bias apart from it."""
    seen = Counter(feature for features, _ in told for feature in set(features))
    names = sorted(feature for feature, times in seen.items() if times >= FEWEST)
    number = {name: k for k, name in enumerate(names)}
    rows = [sorted({number[f] for f in features if f in number}) for features, _ in told]
    starts = np.cumsum([0, *map(len, rows)])
    x = csr_matrix(
        (np.ones(starts[-1]), np.concatenate([np.array(r, int) for r in rows]), starts), (len(rows), len(names))
    )
    y = np.array([1.0 if right else -1.0 for _, right in told])
    free = np.array([0.0 if name == "bias" else 1.0 for name in names])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margin = y * (x @ w)
        slope = -y / (1 + np.exp(np.clip(margin, -50, 50)))
        return float(np.logaddexp(0, -margin).sum() + ridge / 2 * (free * w * w).sum()), x.T @ slope + ridge * free * w

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return {name: float(w) for name, w in zip(names, best, strict=True) if abs(w) >= LEAST}


def write(out: Path, models: dict[str, dict[str, float]]) -> None:
    lines = [
        "# source: fitted by training/muc4/train.py (see its card.md)",
        "# licence: Apache-2.0",
        "# date: 2026-11-22",
    ]
    lines.append("model\tfeature\tweight")
    lines += [f"{name}\t{feature}\t{w:.3f}" for name, model in models.items() for feature, w in sorted(model.items())]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    muc4_weights.cache_clear()


def main(out: str, *caches: str) -> None:
    """Reads the caches, fits the models one after another and writes the table, which must be the package's own."""
    rows: list[dict[str, Any]] = []
    readings: list[Reading] = []
    for cache in caches:
        new_rows, new_readings = pickle.loads(Path(cache).read_bytes())
        rows, readings = rows + list(new_rows), readings + list(new_readings)
    told = examples(rows, readings)
    models: dict[str, dict[str, float]] = {}
    for name, ridge in RIDGE.items():
        if name == "draft":
            write(Path(out), models)
            told[name] = of_drafts(rows, readings)
        models[name] = fit(told[name], ridge)
        print(name, len(told[name]), sum(right for _, right in told[name]), len(models[name]))
    write(Path(out), models)


if __name__ == "__main__":
    main(*sys.argv[1:])
