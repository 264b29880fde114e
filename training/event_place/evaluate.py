"""Judges the choice of an event's place on sentences that its weights have not seen.

    python training/event_place/evaluate.py CACHE.pickle [--folds 5] [--ridge 3.0] [--bias -0.2] [--seed 7] [--rules]

Reads each sentence with the events step. The event of a gold verb is the one whose trigger overlaps it, else the only
event of the sentence. Told: precision, recall and F of the words of the places (folded, articles dropped, as sets)
over the verbs that have an event; then over those whose event has the verb for its trigger.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from prepare import Read
from train import choices, fit, fold_of, kept, load, words

from dateline.core import Event, Span
from dateline.events import Events


def event_of(verb: Span, events: tuple[Event, ...]) -> tuple[Event | None, bool]:
    """The event that answers for a verb, and whether the verb is its trigger."""
    own = next((e for e in events if e.trigger.overlaps(verb)), None)
    return (own, True) if own else (events[0], False) if len(events) == 1 else (None, False)


def judge(rows: list[Read], events: Events, sums: dict[str, list[int]]) -> None:
    """Adds right, spurious and missed words, and rows and exact rows, of each group of verbs."""
    for row in rows:
        text = row.document.text
        told = events(
            row.document, row.parse, row.passages, row.attributions, row.timexes, row.toponyms, row.places,
            row.mentions, row.entities,
        )  # fmt: skip
        event, own = event_of(Span(row.row["verb"]["start"], row.row["verb"]["end"]), told)
        if event is None:
            continue
        want = frozenset().union(*(words(text[p["start"] : p["end"]]) for p in row.row["places"]))
        have = words(event.place.span.of(text)) if event.place and event.place.span else frozenset()
        for name in ("covered", "own trigger" if own else "only event"):
            add = (len(want & have), len(have - want), len(want - have), 1, int(want == have))
            sums[name] = [a + b for a, b in zip(sums.get(name, [0] * 5), add, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--ridge", type=float, default=3.0)
    parser.add_argument("--bias", type=float, default=-0.2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rules", action="store_true", help="judge the rules that stand in for missing weights")
    given = parser.parse_args()
    rows, sums = load(given.cache), {}
    all_choices = [] if given.rules else choices(rows, given.folds, given.seed)
    for n in range(given.folds):
        weights: dict[str, float] = {}
        if not given.rules:
            weights = kept(fit([c for c in all_choices if c.fold != n], given.ridge), given.bias)
        judge([r for r in rows if fold_of(r, given.folds, given.seed) == n], Events(place_weights=weights), sums)
    for name, (right, spurious, missed, count, exact) in sums.items():
        p, r = right / (right + spurious), right / (right + missed)
        print(f"{name}: P {p:.3f} R {r:.3f} F {2 * p * r / (p + r):.3f}, exact {exact / count:.3f} of {count}")


if __name__ == "__main__":
    main()
