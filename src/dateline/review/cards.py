"""Events of a reading as cards for the margin, and the words that carry each of their roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.core import Event, Reading, Scalar, Span
from dateline.review.models import EventState
from dateline.review.wording import NONE, days, figure

Role = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a card: what it tells, the value, the words where these say more; ``hand``: a person set it."""

    name: str
    value: str
    words: str
    hand: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """An event in the margin; ``roles`` are (first, last, role) in code points, ``state`` is how reviewers decided."""

    id: str
    number: int
    trigger: Span
    words: str
    type: str
    mode: str
    flags: tuple[str, ...]
    facts: tuple[Fact, ...]
    roles: tuple[Role, ...]
    state: str
    incident: str | None
    voice: str
    added: bool
    quiet: bool
    hand: bool = False


def cards_of(reading: Reading, states: Sequence[EventState]) -> tuple[Card, ...]:
    """The cards in the order of their triggers, numbered from 1."""
    by_id = {event.id: event for event in reading.events}
    inside = [each for each in states if each.trigger.end <= len(reading.document.text)]
    ordered = sorted(inside, key=lambda each: (each.trigger.start, each.trigger.end, each.event))
    desk = _Desk(reading)
    return tuple(desk.card(number, state, by_id.get(state.event)) for number, state in enumerate(ordered, 1))


class _Desk:
    def __init__(self, reading: Reading) -> None:
        self._text = reading.document.text
        self._mentions: Mapping[str, Span] = {each.id: each.span for each in reading.mentions}
        self._timexes: Mapping[str, Span] = {each.id: each.span for each in reading.timexes}
        self._places: Mapping[str, str] = {each.id: each.name for each in reading.places}
        self._cues = {each.id: each.cue or each.source for each in reading.attributions}

    def card(self, number: int, state: EventState, event: Event | None) -> Card:
        trigger = Span(state.trigger.start, state.trigger.end)
        return Card(
            id=state.event,
            number=number,
            trigger=trigger,
            words=trigger.of(self._text),
            type=_set(state, "type", state.type),
            mode=_set(state, "mode", (event.mode or "") if event else ""),
            flags=_flags(event) if event else ("added",),
            facts=_corrected(tuple(self._facts(event)) if event else (), state),
            roles=tuple(self._roles(event)) if event else (),
            state=state.state,
            hand=bool({"type", "mode"} & state.edits.keys()),
            incident=state.incident,
            voice=event.voice if event else "",
            added=state.added,
            quiet=bool(event and (event.background or event.status != "asserted")),
        )

    def _facts(self, event: Event) -> Iterator[Fact]:
        by_role: dict[str, list[str]] = {}
        for argument in event.arguments:
            span = self._mentions.get(argument.mention)
            if span:
                by_role.setdefault(argument.role, []).append(" ".join(span.of(self._text).split()))
        for role, several in by_role.items():
            yield Fact(role, "; ".join(dict.fromkeys(several)), "")
        if event.time:
            span = self._timexes.get(event.time.timex or "")
            yield Fact("when", days(event.time.earliest, event.time.latest), span.of(self._text) if span else "")
        if event.place:
            words = event.place.span.of(self._text) if event.place.span else ""
            name = self._places.get(event.place.place or "", "")
            yield Fact("where", name or words, words if name and words != name else "")
        for count in event.counts:
            yield Fact(count.what, figure(count.low, count.best, count.high), count.span.of(self._text))

    def _roles(self, event: Event) -> Iterator[Role]:
        found: list[tuple[Span | None, str]] = [(self._mentions.get(a.mention), a.role) for a in event.arguments]
        found += [(count.span, count.what) for count in event.counts]
        found.append((event.place.span if event.place else None, "where"))
        found.append((self._timexes.get(event.time.timex or "") if event.time else None, "when"))
        found.append((self._cues.get(event.attribution or ""), "voice"))
        found.append((event.status_cue, "status"))
        for span, role in found:
            if span and span.end <= len(self._text):
                yield span.start, span.end, role


def _set(state: EventState, name: str, read: str) -> str:
    """Type or mode as a person set it, else as it was read."""
    return str(state.edits[name].get("to") or "") if name in state.edits else read


def _corrected(facts: tuple[Fact, ...], state: EventState) -> tuple[Fact, ...]:
    """The facts with those that people set in the place of what was read."""
    out = {fact.name: fact for fact in facts}
    for field, value in state.edits.items():
        name = {"time": "when", "place": "where"}.get(field, field.removeprefix("party."))
        if name in ("type", "mode"):
            continue
        held = out.get(name)
        if field.startswith("party.") and value.get("name") and held:
            out[name] = Fact(name, f"{held.value}; {value['name']}", "", True)
        else:
            out[name] = Fact(name, _told(field, value), "", True)
    return tuple(out.values())


def _told(field: str, value: Mapping[str, Scalar]) -> str:
    """What a person set, in words."""
    if not value:
        return NONE
    if field == "time":
        earliest, latest = (str(value[key]) if value.get(key) else None for key in ("earliest", "latest"))
        return days(earliest, latest)
    if field == "place" or field.startswith("party."):
        return str(value.get("name") or NONE)
    low, best, high = (each if isinstance(each := value.get(key), int) else None for key in ("low", "best", "high"))
    return figure(low, best, high)


def _flags(event: Event) -> tuple[str, ...]:
    flags = [] if event.status == "asserted" else [str(event.status)]
    flags += [] if event.certainty == "certain" else [str(event.certainty)]
    return (*flags, *(["background"] if event.background else []))
