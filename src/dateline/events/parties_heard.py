"""The two sides that the encoder hears in a sentence: whoever a rule missed joins the event that they belong to."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from dateline.core import Argument, ArgumentRole, Attribution, Event, Mention, Span
from dateline.events.within import within
from dateline.knowledge.word_sets import word_set
from dateline.language import Parse, Sentence
from dateline.language.signals import Signals, Stretch

HEAD = "side"
_EVEN = 0.5
_FINDING = word_set("finding")
_SUFFERING: frozenset[ArgumentRole] = frozenset({"recipient", "victim", "target"})
_ACTING = frozenset({"person", "people", "organisation", "group", "government", "force"})
_THINGS = frozenset({"facility", "vehicle", "thing", "weapon"})


def hear_parties(
    events: Sequence[Event],
    parse: Parse,
    mentions: Sequence[Mention],
    signals: Signals,
    attributions: Sequence[Attribution] = (),
) -> tuple[Event, ...]:
    """The events, with the sides that were heard; ``events`` in the order of their triggers.

    Who tells an event by one of the ``attributions`` is no side of it.

    The encoder hears one act a sentence. It is the event that shares most parties with what was
    heard; where none shares any, it is the sentence's only event; an event whose sides rules found the
    other way round is another act. An actor is added where rules found none; whom it was done to is the
    encoder's word against a rule's recipient, but victims and targets that a rule found stay. Without
    the encoder the events are returned as they are.
    """
    if not signals.hears(HEAD):
        return tuple(events)
    ordered = sorted(mentions, key=lambda m: m.span)
    stretches = [s for s in signals.stretches(HEAD) if s.score >= _EVEN]
    starts = [s.span.start for s in stretches]
    parties = {m.id for m in mentions if m.kind in _ACTING}
    sources = {a.id: a.source for a in attributions}
    made = list(events)
    for sentence, numbers in _by_sentence(events, parse):
        span = sentence.span
        heard = stretches[bisect.bisect_left(starts, span.start) : bisect.bisect_left(starts, span.end)]
        if not heard:
            continue
        near = within(ordered, span)
        sides = {label: _mentions(heard, label, near) for label in ("source", "target", "both")}
        acting, other = sides["source"] + sides["both"], sides["target"] + sides["both"]
        fitting_ones = [n for n in numbers if not _reversed(made[n], sides) and not _finding(sentence, made[n])]
        number = _heard_one(made, fitting_ones, {m.id for m in acting + other})
        if number is not None:
            taken = {a.mention for n in numbers if n != number for a in made[n].arguments}
            teller = sources.get(made[number].attribution or "")
            acting, other = ([m for m in side if not (teller and teller.holds(m.head))] for side in (acting, other))
            made[number] = _joined(made[number], acting, other, parties, taken)
    return tuple(made)


def _finding(sentence: Sentence, event: Event) -> bool:
    """Whether the trigger tells that the dead were found: who found them did nothing to them."""
    token = next(iter(sentence.tokens_in(event.trigger)), None)
    return event.type == "ASSAULT" and token is not None and token.lemma in _FINDING


def _by_sentence(events: Sequence[Event], parse: Parse) -> Iterator[tuple[Sentence, list[int]]]:
    """The sentences that tell events, with the numbers of these."""
    sentences = tuple(parse)
    starts = [sentence.span.start for sentence in sentences]
    held: dict[int, list[int]] = {}
    for number, event in enumerate(events):
        held.setdefault(bisect.bisect_right(starts, event.trigger.start) - 1, []).append(number)
    for k, numbers in held.items():
        if k >= 0:
            yield sentences[k], numbers


def _mentions(heard: Sequence[Stretch], label: str, near: Sequence[Mention]) -> list[Mention]:
    """The mention that fits each stretch best: most of both shared; a pronoun only where nothing else is there."""
    found: list[Mention] = []
    for stretch in heard:
        if stretch.label != label:
            continue
        best = _fitting(stretch.span, near)
        if best is not None and best not in found:
            found.append(best)
    return found


def _fitting(span: Span, near: Sequence[Mention]) -> Mention | None:
    """The mention that shares most with a stretch; a pronoun only where nothing else overlaps it."""
    fits = [m for m in near if m.span.overlaps(span) and m.kind not in ("quantity", "money", "nationality")]
    return max(fits, key=lambda m: (m.level != "pronoun", _shared(m.span, span), -m.span.start), default=None)


def _shared(one: Span, other: Span) -> float:
    """Dice's measure of two stretches that overlap."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return 2 * common / (one.end - one.start + other.end - other.start)


def _reversed(event: Event, sides: Mapping[str, list[Mention]]) -> bool:
    """Whether a rule's actor is heard as the other side, or the other way round."""
    source, target = ({m.id for m in sides[label]} for label in ("source", "target"))
    actors = {a.mention for a in event.arguments if a.role == "actor"}
    suffering = {a.mention for a in event.arguments if a.role in _SUFFERING}
    return bool(actors & target - source or suffering & source - target)


def _heard_one(events: Sequence[Event], numbers: list[int], parties: set[str]) -> int | None:
    if not numbers:
        return None

    def touched(number: int) -> int:
        return sum(a.mention in parties for a in events[number].arguments)

    best = max(numbers, key=lambda number: (touched(number), -number))
    return best if len(numbers) == 1 or touched(best) else None


def _joined(event: Event, acting: list[Mention], other: list[Mention], parties: Set[str], taken: Set[str]) -> Event:
    """The event with the sides that were heard in its own clause.

    ``parties``: mentions of who can act; a thing never takes the place of one. ``taken``: mentions that other
    events of the sentence hold; they take nobody's place.
    """
    acting, other = ([m for m in side if _in_clause(event, m)] for side in (acting, other))
    told = event.arguments
    suffering = {a.mention for a in told if a.role in _SUFFERING}
    if not any(a.role == "actor" for a in told):
        found = [m for m in acting if m.id in parties and m.id not in suffering]
        told = (*told, *(Argument("actor", m.id) for m in found))
    actors = {a.mention for a in told if a.role == "actor"}
    best = suffering & parties
    wanted = [m for m in other if m.id not in actors]
    wanted = [m for m in wanted if not suffering or (m.id not in taken and (m.id in parties or not best))]
    if wanted:
        kept = {m.id for m in wanted}
        told = tuple(a for a in told if a.role != "recipient" or a.mention in kept)
        held = {a.mention for a in told}
        told = (*told, *(Argument(_role(event, m), m.id) for m in wanted if m.id not in held))
    return event if told == event.arguments else replace(event, arguments=told)


def _in_clause(event: Event, mention: Mention) -> bool:
    """Whether a mention's head stands in the clause that tells the event: who says so stands outside."""
    return any(span.holds(mention.head) for span in event.evidence)


def _role(event: Event, mention: Mention) -> ArgumentRole:
    """What somebody is to whom it was done: of violence a victim, of people nothing else."""
    if event.type != "ASSAULT":
        return "recipient"
    return "target" if mention.kind in _THINGS else "victim" if mention.kind in ("person", "people") else "recipient"
