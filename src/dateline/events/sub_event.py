"""The ACLED sub-event of a telling: by its word, its type and mode, and by who does it to whom."""

from __future__ import annotations

from dateline.events.fillers import Fillers
from dateline.events.tellings import Telling
from dateline.knowledge.acled_parties import acled_parties
from dateline.language import Sentence
from dateline.language.phrases import meant

_OTHER_SIDE = frozenset({"recipient", "victim", "target"})


def sub_event(sentence: Sentence, telling: Telling, fillers: Fillers, usual: str | None) -> str | None:
    """What the word, its type and its mode usually map to (``usual``), changed where the parties say more."""
    if usual is None:
        return None
    rules = [rule for rule in acled_parties() if rule.acled == usual]
    if not rules:
        return usual
    actors = [i for role, i in telling.arguments if role == "actor"]
    others = [i for role, i in telling.arguments if role in _OTHER_SIDE]
    for rule in rules:
        if _fits(sentence, actors, rule.actor, fillers) and _fits(sentence, others, rule.other, fillers):
            return rule.becomes
    return usual


def _fits(sentence: Sentence, tokens: list[int], wanted: frozenset[str], fillers: Fillers) -> bool:
    return not wanted or any(_is_one(sentence, i, wanted, fillers) for i in tokens)


def _is_one(sentence: Sentence, i: int, wanted: frozenset[str], fillers: Fillers) -> bool:
    if sentence[meant(sentence, i)].lemma in wanted:
        return True
    if "@armed" in wanted and fillers.is_kind(sentence, i, "armed"):
        return True
    mention = fillers.at(sentence, i) if "@state" in wanted else None
    return mention is not None and mention.kind in ("force", "government")
