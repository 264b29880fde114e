"""How far a token is from a trigger, where no other clause or voice lies between."""

from __future__ import annotations

from dateline.events.triggers import Trigger
from dateline.language import Sentence

_CLAUSE = frozenset({"relcl", "advcl", "ccomp", "parataxis"})
_FARTHEST = 16.0


def cost(sentence: Sentence, trigger: Trigger, i: int, cues: frozenset[int]) -> float | None:
    """The price of the way from a trigger to a token, or None where another clause or voice lies between.

    An arc costs one, a clause border on the way up three; ``cues`` are where the cues of attributions start.
    """
    chain = [i, *(t.i for t in sentence.ancestors(i))]
    above = [trigger.i, *(t.i for t in sentence.ancestors(trigger.i))]
    light = trigger.slots.light.verb if trigger.slots.light else None
    if light is not None and light not in above:
        above.append(light)
    meeting = next((k for k in chain if k in above), None)
    if meeting is None:
        return None
    if sentence[meeting].start in cues and meeting not in (light, trigger.i):
        return None
    down = chain[: chain.index(meeting)]
    up = above[: above.index(meeting)]
    if any(sentence[k].dep in _CLAUSE for k in up) and len(down) > 2:
        return None
    if any(sentence[k].dep in _CLAUSE or (sentence[k].dep == "conj" and sentence[k].pos == "VERB") for k in down[1:]):
        return None
    price = float(len(down)) + sum(3.0 if sentence[k].dep in _CLAUSE else 1.0 for k in up)
    return price if price <= _FARTHEST else None
