"""What can be measured against gold data: which files, which scorer, which figures count."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

System = Literal["readings", "muc4", "incidents"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One gold set: its files under the gold folder, its scorer and the figures to show.

    ``figures`` maps a short name to a path in the scorer's JSON (``"strict.f"``). ``system`` says
    what the scorer reads: readings, MUC-4 templates or incidents; ``every``: with events of no coded type;
    ``fifth``: only the fifth of the texts that training/reader and training/event_place keep for measuring.
    """

    name: str
    scorer: str
    split: str
    files: tuple[str, ...]
    figures: dict[str, str]
    system: System = "readings"
    usual: bool = True
    every: bool = False
    fifth: bool = False

    def holds(self, text: str) -> bool:
        """Whether a text belongs to what is measured."""
        return not self.fifth or int(hashlib.sha256(" ".join(text.split()).encode()).hexdigest(), 16) % 5 == 0


def _times(name: str) -> Measure:
    figures = {"strict": "strict.f", "relaxed": "relaxed.f", "type": "type.f", "value": "value.f"}
    return Measure(name, "times", "dev", (f"times/{name}.jsonl.gz",), figures)


def _places(name: str) -> Measure:
    figures = {
        "exact": "exact.f",
        "overlap": "overlap.f",
        "acc161": "acc161_end_to_end",
        "of resolved": "acc161_of_resolved",
    }
    return Measure(name, "places", "dev", (f"places/{name}.jsonl.gz",), figures)


def _factuality(name: str) -> Measure:
    figures = {"coverage": "coverage", "mae": "mae", "r": "pearson_r", "mae end to end": "mae_end_to_end"}
    return Measure(name, "factuality", "dev", (f"factuality/{name}.jsonl.gz",), figures, usual=False, every=True)


MEASURES: tuple[Measure, ...] = (
    _times("timebank"),
    _times("aquaint"),
    _times("wikiwars"),
    _places("lgl"),
    _places("geovirus"),
    Measure(
        "event_place",
        "event_place",
        "dev, the fifth kept for measuring",
        ("event_place/dev.jsonl.gz",),
        {
            "tokens": "tokens.f",
            "end to end": "tokens_end_to_end.f",
            "exact": "exact_end_to_end",
            "coverage": "coverage",
        },
        every=True,
        fifth=True,
    ),
    Measure(
        "attribution",
        "attribution",
        "dev",
        ("attribution/dev.jsonl.gz",),
        {
            "source": "source.tokens.f",
            "cue": "cue.tokens.f",
            "content": "content.tokens.f",
            "found": "found.f",
            "source right": "source_right",
        },
    ),
    Measure(
        "plover",
        "plover",
        "dev",
        ("plover/dev.jsonl.gz",),
        {
            "type": "type.f",
            "with parties": "type_actor_recipient.f",
            "first": "type_first_accuracy",
            "false a record": "false_events_per_record",
        },
    ),
    Measure(
        "muc4",
        "muc4",
        "dev",
        ("muc4/dev.jsonl.gz",),
        {
            "ree": "first.ree.micro.f",
            "gtt": "first.gtt.micro.f",
            "rme": "first.rme_phi3.f",
            "template": "slots.template.f",
            "type": "slots.incident_type.f",
            "date overlap": "slots.date_overlap.f",
            "country": "slots.country.f",
            "victim number": "slots.victim_number.f",
            "human effect": "slots.human_effect.f",
        },
        system="muc4",
    ),
    Measure(
        "incidents",
        "incidents",
        "dev",
        ("incidents/docs.jsonl.gz", "incidents/incidents.jsonl.gz"),
        {
            "B3": "b_cubed.f",
            "CEAF-e": "ceaf_e.f",
            "pairwise": "pairwise.f",
            "date": "fields.date_same.end_to_end",
            "city": "fields.city_25km.end_to_end",
            "killed": "fields.killed_exact.end_to_end",
            "injured": "fields.injured_exact.end_to_end",
        },
        system="incidents",
    ),
    _factuality("uw-dev"),
    _factuality("meantime-dev"),
    _factuality("uds-ih2"),
    Measure(
        "cameo",
        "cameo",
        "train",
        ("cameo/train.jsonl.gz",),
        {"actor": "actor.f", "recipient": "recipient.f", "both": "both", "quad": "quad"},
        usual=False,
    ),
    Measure(
        "case2021",
        "case2021",
        "dev",
        ("case2021/dev.jsonl.gz",),
        {"weighted": "all.weighted_f", "macro": "all.macro_f", "acled": "acled.weighted_f"},
        usual=False,
    ),
    Measure(
        "coref",
        "coref",
        "np4e",
        ("coref/np4e.jsonl.gz",),
        {"conll": "minimal.conll", "mentions": "minimal.mentions.f", "exact": "exact.conll"},
        usual=False,
    ),
    Measure(
        "hrdsattack",
        "hrdsattack",
        "dev",
        ("hrdsattack/dev.jsonl.gz",),
        {
            "violation": "violation_type.f",
            "perpetrator": "perpetrator_mention.f",
            "victim": "victim_name_fuzzy.f",
            "country": "country.published",
            "city": "city.published",
            "day": "day.published",
        },
        usual=False,
    ),
    Measure(
        "india_police",
        "india_police",
        "dev",
        ("india_police/dev.jsonl.gz",),
        {"micro": "micro.f", "macro": "macro_f", "any": "ANY_ACTION.f", "force": "FORCE.f", "arrest": "ARREST.f"},
        usual=False,
    ),
    Measure(
        "re3d",
        "re3d",
        "train_dev",
        ("re3d/train_dev.jsonl.gz",),
        {"exact": "exact.all.f", "core": "exact.core.f", "overlap": "overlap.all.f"},
        usual=False,
    ),
)


def named(names: list[str]) -> tuple[Measure, ...]:
    """The measures with these names (the usual ones where none is named). KeyError on an unknown name.

    A scorer's name stands for all its sets: ``times`` is timebank, aquaint and wikiwars.
    """
    if not names:
        return tuple(measure for measure in MEASURES if measure.usual)
    found = []
    for name in names:
        some = [measure for measure in MEASURES if name in (measure.name, measure.scorer)]
        if not some:
            raise KeyError(name)
        found += [measure for measure in some if measure not in found]
    return tuple(found)
