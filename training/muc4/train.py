"""Fits data/models/muc4/weights.tsv: ``python training/muc4/train.py weights.tsv CACHE.pickle …`` (see card.md).

A CACHE holds ``(gold rows, readings)`` as prepare.py writes them.
"""

from __future__ import annotations

import pickle
import re
import string
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment, minimize
from scipy.sparse import csr_matrix

from dateline.core import Event, Reading
from dateline.exports.muc4 import country_name
from dateline.exports.muc4_choice import Choice
from dateline.exports.muc4_evidence import EFFECTS, Fates, Harmed, Setting, Tolls
from dateline.exports.muc4_fillers import Cast
from dateline.exports.muc4_merge import Draft, drafts, merged
from dateline.exports.muc4_signs import Signs
from dateline.knowledge.folding import fold
from dateline.knowledge.muc4_weights import muc4_weights

Pair = tuple[dict[str, Any], Reading]
Examples = list[tuple[list[str], bool]]

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
FAMILIES = (("attack", "bombing", "arson"), ("kidnapping", "hijacking"), ("robbery",), ("forced work stoppage",))
FIRST = {"event": 30.0} | dict.fromkeys(ROLES, 10.0)
RIDGE = FIRST | {"draft": 30.0, "country": 3.0, "number": 5.0} | dict.fromkeys(EFFECTS, 15.0)
NONE = {"no injury or death", "no injury", "no death"}
KEYS = {"PerpInd": "perp_ind", "PerpOrg": "perp_org", "Target": "phys_tgt", "Victim": "hum_tgt", "Weapon": "instrument"}
FEWEST = 4
LEAST = dict.fromkeys(FIRST, 0.05)  # the others: 0.02
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


def of_tellings(pairs: Sequence[Pair]) -> Examples:
    """Tellings, right where they may be of a gold template."""
    found: Examples = []
    for row, reading in pairs:
        signs = Signs(reading, Cast(reading))
        for event in reading.events:
            if event.muc4:
                right = any(belongs(event, template) for template in row["templates"])
                found.append((signs.of_event(event), right))
    return found


def of_mentions(pairs: Sequence[Pair]) -> dict[str, Examples]:
    """By role the mentions in each way to write them, right where a filler of the role is so written."""
    found: dict[str, Examples] = {name: [] for name in ROLES}
    for row, reading in pairs:
        signs = Signs(reading, Cast(reading))
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


def pairs_of(drafts: Sequence[Draft], cast: Cast, templates: Sequence[dict[str, Any]]) -> dict[int, int]:
    """The gold template that each template-to-be tells best, one to one; those that share nothing are left out."""
    grid = np.zeros((len(drafts), len(templates)))
    for k, draft in enumerate(drafts):
        fillers = cast.fillers(draft.events)
        grid[k] = [agreement(draft, template, fillers) for template in templates]
    return {int(k): int(g) for k, g in zip(*linear_sum_assignment(-grid), strict=True) if grid[k, g] > 0}


def of_drafts(pairs: Sequence[Pair]) -> Examples:
    """Templates-to-be, right where they are the best of a gold template; needs the weights of tellings."""
    found: Examples = []
    for row, reading in pairs:
        cast = Cast(reading)
        signs = Signs(reading, cast)
        told_drafts = merged(reading, cast, signs)
        right = pairs_of(told_drafts, cast, row["templates"])
        told = [(draft.kind, draft.events) for draft in told_drafts]
        for k, (kind, events) in enumerate(told):
            found.append((sorted(signs.of_draft(kind, events, told[:k], len(told))), k in right))
    return found


def counted(value: str, accepted: set[str]) -> bool:
    """Whether a number is among the accepted ones ("6", "6-8", "6-", "~10", "plural")."""
    for told in accepted:
        span = re.fullmatch(r"~?(\d*)(-?)(\d*)", told)
        if value == told:
            return True
        if value.isdigit() and span and (span[1] or span[3]):
            high = float(span[3] or "inf") if span[2] else float(span[1])
            if float(span[1] or 0) <= int(value) <= high:
                return True
    return False


def accepted_numbers(template: dict[str, Any]) -> set[str]:
    """The totals that the key accepts: its own, else the sum of its lines, "plural" where one has no figure."""
    found = {value for total in template["hum_tgt_total"] for value in total["values"]}
    lines = [set(line["number"]) for line in template["hum_tgt"] if line.get("number")]
    if len(lines) == 1:
        return found | lines[0]
    sums = {0}
    for line in lines:
        plain = {int(value) for value in line if value.isdigit()}
        sums = {one + other for one in sums for other in plain}
    found |= {str(value) for value in sums if lines}
    return found | {"plural" for line in lines if "plural" in line or not sums}


def of_slots(pairs: Sequence[Pair]) -> dict[str, Examples]:
    """Countries, numbers and effects of the templates that a gold one pairs with; needs the weights of all before."""
    found: dict[str, Examples] = {name: [] for name in ("country", "number", *EFFECTS)}
    for row, reading in pairs:
        cast = Cast(reading)
        signs, setting, fates = Signs(reading, cast), Setting(reading, cast), Fates(reading, cast)
        tolls = Tolls(reading, cast)
        chosen = drafts(reading, cast, signs)
        fillers = Choice(reading, cast, signs).fillers([draft.events for draft in chosen])
        for k, g in pairs_of(chosen, cast, row["templates"]).items():
            draft, template = chosen[k], row["templates"][g]
            filled = cast.fillers(draft.events) | fillers[k]
            harmed = Harmed(filled["Victim"], filled["VictimDesc"])
            ways = (template["location"] or {}).get("alternatives") or []
            countries = {fold(step["name"]) for way in ways for step in way if step["type"] == "country"}
            if countries:
                for code, features in setting.countries(draft.events).items():
                    found["country"].append((features, fold(country_name(code)) in countries))
            accepted = accepted_numbers(template)
            for value, features in tolls.numbers(draft.kind, draft.events, harmed).items():
                found["number"].append((features, counted(value, accepted)))
            told = {effect for line in template["hum_tgt"] for effect in line.get("effect") or ()}
            features = fates.features(draft.kind, draft.events, harmed)
            for effect in EFFECTS:
                right = bool(told & NONE) if effect in NONE else effect in told
                found[effect].append((features, right))
    return found


def fit(name: str, told: Examples) -> dict[str, float]:
    """Logistic regression with a ridge, the bias apart from it."""
    ridge, least = RIDGE[name], LEAST.get(name, 0.02)
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
    return {name: float(w) for name, w in zip(names, best, strict=True) if abs(w) >= least}


def write(out: Path, models: dict[str, dict[str, float]]) -> None:
    lines = [
        "# source: fitted by training/muc4/train.py (see its card.md)",
        "# licence: Apache-2.0",
        "# date: 2026-11-28",
    ]
    lines.append("model\tfeature\tweight")
    lines += [f"{name}\t{feature}\t{w:.3f}" for name, model in models.items() for feature, w in sorted(model.items())]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    muc4_weights.cache_clear()


def halves(pairs: Sequence[Pair]) -> list[tuple[Sequence[Pair], dict[str, dict[str, float]]]]:
    """Each half of the texts with the weights of tellings and victims that the other half gives.

    Weights judge the texts that they were fitted on too kindly; what builds on them must see them as on new texts.
    """
    found = []
    for own, other in ((pairs[::2], pairs[1::2]), (pairs[1::2], pairs[::2])):
        told = {"event": of_tellings(other), "Victim": of_mentions(other)["Victim"]}
        found.append((own, {name: fit(name, each) for name, each in told.items()}))
    return found


def main(out: str, *caches: str, keep: bool = False) -> None:
    """Reads the caches, fits the models one after another and writes the table, which must be the package's own.

    ``keep``: the weights of the roles, which take longest, stay as they are.
    """
    pairs: list[Pair] = []
    for cache in caches:
        pairs += zip(*pickle.loads(Path(cache).read_bytes()), strict=True)
    models: dict[str, dict[str, float]] = {name: dict(muc4_weights()[name]) for name in ROLES} if keep else {}

    def learn(told: dict[str, Examples]) -> None:
        for name, each in told.items():
            models[name] = fit(name, each)
            print(name, len(each), sum(right for _, right in each), len(models[name]), flush=True)
        write(Path(out), models)

    learn({"event": of_tellings(pairs)} | ({} if keep else of_mentions(pairs)))
    crossed = halves(pairs)

    def seen_anew(look: Callable[[Sequence[Pair]], dict[str, Examples]]) -> dict[str, Examples]:
        found: dict[str, Examples] = {}
        for own, weights in crossed:
            write(Path(out), models | weights)
            for name, each in look(own).items():
                found.setdefault(name, []).extend(each)
        return found

    learn(seen_anew(lambda own: {"draft": of_drafts(own)}))
    learn(seen_anew(of_slots))


if __name__ == "__main__":
    main(*(word for word in sys.argv[1:] if word != "--keep"), keep="--keep" in sys.argv)
