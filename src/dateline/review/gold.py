"""Accepted work as gold data: documents with the events and links that people stand by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dateline.core import Event, Reading, Scalar, Span, Verdict
from dateline.review.evidence import reading_view
from dateline.review.models import EventState
from dateline.store import Store
from dateline.store.overlay import standing

GOLD_SCHEMA = "dateline.gold/1"


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event as it was read, what people decided about it, the fields that they set, and its accepted incident.

    ``by``: "accept" (of the event itself), "incident" (it tells an accepted incident), "edit", "add" or "reject".
    ``read`` is None for an event that people added.
    """

    id: str
    trigger: Span
    type: str
    by: str
    incident: str | None
    edits: Mapping[str, Mapping[str, Scalar]]
    read: Event | None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text with what people stand by; rejected events are listed apart, so that they can serve as negatives."""

    id: str
    sha256: str
    text: str
    published: str | None
    outlet: str | None
    title: str | None
    events: tuple[GoldEvent, ...]
    rejected: tuple[GoldEvent, ...]
    reviewers: tuple[str, ...]
    schema: str = GOLD_SCHEMA


def gold(store: Store) -> Iterator[GoldDocument]:
    """One record for each document of which people accepted, edited, added or rejected something, in their order.

    What two people decide differently is left out until they agree.
    """
    decided: dict[str, list[Verdict]] = {}
    for verdict in standing(store.verdicts()):
        for anchor in verdict.anchors:
            decided.setdefault(anchor.sha256, []).append(verdict)
    states = store.states()
    for id in store.ids():
        mine = decided.get(store.sha256_of(id) or "")
        reading = store.reading(id) if mine else None
        if reading is None or mine is None:
            continue
        made = _document(store, reading, mine, states)
        if made.events or made.rejected:
            yield made


def _document(store: Store, reading: Reading, decided: list[Verdict], states: Mapping[str, str]) -> GoldDocument:
    read = {event.id: event for event in reading.events}
    kept: list[GoldEvent] = []
    rejected: list[GoldEvent] = []
    for state in reading_view(store, reading.document.id).events:
        by = _by(state, states)
        if by is None:
            continue
        span = Span(state.trigger.start, state.trigger.end)
        accepted = state.incident if states.get(state.incident or "") == "accepted" else None
        made = GoldEvent(state.event, span, state.type, by, accepted, state.edits, read.get(state.event))
        (rejected if by == "reject" else kept).append(made)
    document = reading.document
    return GoldDocument(
        id=document.id,
        sha256=document.sha256,
        text=document.text,
        published=document.published,
        outlet=document.outlet,
        title=document.title,
        events=tuple(kept),
        rejected=tuple(rejected),
        reviewers=tuple(sorted({verdict.reviewer for verdict in decided})),
    )


def _by(state: EventState, states: Mapping[str, str]) -> str | None:
    """What makes an event gold; None where nobody stands by it, or people differ."""
    if state.state == "contested":
        return None
    if state.state == "rejected":
        return "reject"
    if state.added:
        return "add"
    if state.edits:
        return "edit"
    if state.state == "accepted":
        return "accept"
    return "incident" if states.get(state.incident or "") == "accepted" else None
