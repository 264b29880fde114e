"""The roles of violence that the encoder hears: a weapon or target that rules missed joins the act of its sentence."""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dateline.core import Argument, ArgumentRole, Event, Mention, Span
from dateline.events.parties_heard import by_sentence, fitting, in_clause
from dateline.events.within import within
from dateline.language import Parse
from dateline.language.signals import Signals

HEAD = "muc"
_ROLES: Mapping[str, ArgumentRole] = {
    "PerpInd": "actor",
    "PerpOrg": "actor",
    "Target": "target",
    "Victim": "victim",
    "Weapon": "instrument",
}
_LEAST: Mapping[str, float] = {"PerpInd": 0.6, "PerpOrg": 0.6, "Target": 0.8, "Victim": 0.6, "Weapon": 0.7}
"""From where a role counts, chosen on the dev part of muc4."""


def hear_roles(
    events: Sequence[Event], parse: Parse, mentions: Sequence[Mention], signals: Signals
) -> tuple[Event, ...]:
    """The events, with the roles that were heard; ``events`` in the order of their triggers.

    Only an act of violence in whose clause it stands takes one, the nearest, and only where rules gave the
    mention no role. Without the encoder the events are returned as they are.
    """
    if not signals.hears(HEAD):
        return tuple(events)
    ordered = sorted(mentions, key=lambda m: m.span)
    stretches = [s for s in signals.stretches(HEAD) if s.score >= _LEAST[s.label]]
    starts = [s.span.start for s in stretches]
    made = list(events)
    for span, numbers in by_sentence(events, parse):
        acts = [n for n in numbers if events[n].type == "ASSAULT" or events[n].muc4]
        heard = stretches[bisect.bisect_left(starts, span.start) : bisect.bisect_left(starts, span.end)]
        near = within(ordered, span) if acts and heard else []
        for stretch in heard if near else ():
            mention = fitting(stretch.span, near)
            if mention is None or any(mention.id == a.mention for n in numbers for a in made[n].arguments):
                continue
            own = [n for n in acts if in_clause(events[n], mention)]
            if not own:
                continue
            number = min(own, key=lambda n: (_between(events[n].trigger, stretch.span), n))
            role = _ROLES[stretch.label]
            made[number] = replace(made[number], arguments=(*made[number].arguments, Argument(role, mention.id)))
    return tuple(made)


def _between(one: Span, other: Span) -> int:
    """How many characters lie between two stretches."""
    return max(one.start - other.end, other.start - one.end, 0)
