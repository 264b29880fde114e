"""Incidents and readings with the sentences behind them, and how people decided about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from dateline.codec import to_dict
from dateline.core import Anchor, Claim, Incident, Reading, Span, Verdict
from dateline.review.errors import NotThere
from dateline.review.models import (
    ClaimView,
    ConflictView,
    EventState,
    IncidentView,
    ReadingView,
    SpanModel,
    TellingView,
    Values,
    VerdictView,
)
from dateline.review.questions import rows
from dateline.store import Store
from dateline.store.editing import FIELDS, told
from dateline.store.overlay import added_id, of_event, standing
from dateline.store.records import DocumentRecord

_REACH = 400
_AROUND = 160
_STOP = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n\s*\n")


def sentence(text: str, span: Span) -> Span:
    """The sentence, or nearly that, around some words; at most some hundred characters to either side.

    >>> sentence("One came. Two were hurt near the mill. Three fled.", Span(14, 18))
    Span(start=10, end=38)
    """
    low, high = max(0, span.start - _REACH), min(len(text), span.end + _REACH)
    ends = [low + found.end() for found in _STOP.finditer(text[low : span.start])]
    start = ends[-1] if ends else low
    after = _STOP.search(text, span.end, high)
    end = high if after is None else after.start() + len(after[0].rstrip())
    while start < span.start and text[start].isspace():
        start += 1
    while end > span.end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def incident_view(store: Store, id: str) -> IncidentView:
    """Everything that an incident's page shows. Raises NotThere."""
    incident, number = store.shown_record(id), store.number_of(id)
    if incident is None or number is None:
        raise NotThere(f"no incident {id}")
    documents = store.documents_of(incident.documents)
    verdicts = store.verdicts_over(number)
    gone = {each.id for each in verdicts} - {each.id for each in standing(verdicts)}
    views = [verdict_view(each, each.id not in gone) for each in verdicts]
    by_id = {view.id: view for view in views}
    conflicts = [
        ConflictView(verdict=by_id[each.verdict], kind=each.kind, about=each.about, incident=each.incident)
        for each in store.conflicts()
        if each.verdict in by_id
    ]
    return IncidentView(
        row=rows(store, [number])[0],
        incident=to_dict(incident),
        tellings=_tellings(store, incident, documents, verdicts),
        claims=_claims(incident, documents),
        verdicts=views,
        conflicts=conflicts,
        editable={name: told(incident, name) for name in FIELDS},
    )


def reading_view(store: Store, document: str) -> ReadingView:
    """A reading with the standing of its events. Raises NotThere."""
    reading = store.reading(document)
    if reading is None:
        raise NotThere(f"no document {document}")
    verdicts = store.verdicts_about(reading.document.sha256)
    held = standing(verdicts)
    kept = {each.id for each in held}
    incidents = store.incidents_of(document)
    states = [
        _event_state(
            event.id,
            incidents.get(event.id),
            event.type,
            event.trigger,
            _about(held, reading, event.trigger, event.type),
        )
        for event in reading.events
    ]
    for verdict in held:
        for anchor in verdict.anchors[:1] if verdict.decision == "add" else ():
            key = added_id(anchor)
            mine = [v for v in held if _same(v, anchor) and v.subject == key]
            state = _event_state(key, incidents.get(key), anchor.type, anchor.span, mine)
            states.append(state.model_copy(update={"added": True}))
    return ReadingView(
        reading=to_dict(reading),
        events=states,
        verdicts=[verdict_view(each, each.id in kept) for each in verdicts if each.decision != "undo"],
    )


def verdict_view(verdict: Verdict, stands: bool, number: int | None = None) -> VerdictView:
    """A verdict as the API gives it."""
    return VerdictView(
        id=verdict.id,
        number=number,
        subject=verdict.subject,
        decision=verdict.decision,
        reviewer=verdict.reviewer,
        decided=verdict.decided,
        note=verdict.note,
        field=verdict.field,
        value=dict(verdict.value),
        was=dict(verdict.was),
        document=verdict.document,
        words=span_view(verdict.words),
        standing=stands,
    )


def _tellings(
    store: Store, incident: Incident, documents: Mapping[str, DocumentRecord], verdicts: Sequence[Verdict]
) -> list[TellingView]:
    events = store.events_of([(telling.document, telling.event) for telling in incident.events])
    added = {
        (anchor.document, added_id(anchor)): anchor for v in verdicts if v.decision == "add" for anchor in v.anchors
    }
    held = standing(verdicts)
    out = []
    for telling in incident.events:
        key, document = (telling.document, telling.event), documents.get(telling.document)
        event, anchor = events.get(key), added.get(key)
        if document is None or (event is None and anchor is None):
            continue
        span = anchor.span if anchor and event is None else Span(event.first, event.last) if event else Span(0, 1)
        around = sentence(document.text, span)
        view = TellingView(
            document=telling.document,
            event=telling.event,
            voice=list(telling.voice),
            outlet=document.outlet,
            title=document.title,
            published=document.published,
            type=event.type if event else anchor.type if anchor else "",
            status=event.status if event else "asserted",
            certainty=event.certainty if event else "certain",
            trigger=SpanModel(start=span.start, end=span.end),
            sentence=SpanModel(start=around.start, end=around.end),
            quote=around.of(document.text),
            added=event is None,
            edits=_edits(held, Anchor(document.id, document.sha256, span, event.type)) if event else {},
        )
        out.append(view)
    return out


def _claims(incident: Incident, documents: Mapping[str, DocumentRecord]) -> list[ClaimView]:
    """Every claim by field; within a field by the time at which it was reported."""
    held: list[tuple[str, Claim]] = [(name, claim) for name, count in incident.counts.items() for claim in count.claims]
    held += [(party.role, claim) for party in incident.parties for claim in party.claims]
    held += [
        (each.field, claim)
        for each in incident.disagreements
        if each.field not in incident.counts
        for claim in each.values
    ]
    unique = dict.fromkeys((name, claim) for name, claim in held if claim.document in documents)
    return [
        _claim(name, claim, documents[claim.document])
        for name, claim in sorted(unique, key=lambda pair: (pair[0], pair[1].reported or "", pair[1].origin))
    ]


def _claim(name: str, claim: Claim, document: DocumentRecord) -> ClaimView:
    around = sentence(document.text, claim.span)
    return ClaimView(
        field=name,
        value=list(claim.value),
        origin=claim.origin,
        voice=list(claim.voice),
        document=claim.document,
        outlet=document.outlet,
        title=document.title,
        reported=claim.reported,
        superseded=claim.superseded,
        edited=claim.edited,
        words=SpanModel(start=claim.span.start, end=claim.span.end),
        quote=claim.span.of(document.text),
        sentence=SpanModel(start=around.start, end=around.end),
        before=document.text[around.start : claim.span.start],
        after=document.text[claim.span.end : around.end],
    )


def _about(held: Sequence[Verdict], reading: Reading, trigger: Span, kind: str) -> list[Verdict]:
    """The standing verdicts about one event, found by content."""
    anchor = Anchor(reading.document.id, reading.document.sha256, trigger, kind)
    return [each for each in held if of_event(each) and _same(each, anchor)]


def _same(verdict: Verdict, anchor: Anchor) -> bool:
    return any(
        each.sha256 == anchor.sha256 and each.type == anchor.type and each.span.overlaps(anchor.span)
        for each in verdict.anchors
    )


def _edits(held: Sequence[Verdict], anchor: Anchor) -> dict[str, Values]:
    """The fields of one event that people set."""
    mine = (each for each in held if each.decision == "edit" and of_event(each) and _same(each, anchor))
    return {each.field: dict(each.value) for each in mine if each.field}


def _event_state(id: str, incident: str | None, kind: str, span: Span, about: Iterable[Verdict]) -> EventState:
    votes: dict[str, str] = {}
    edits: dict[str, dict[str, str | int | float | bool | None]] = {}
    for each in about:
        if each.decision in ("accept", "reject"):
            votes[each.reviewer] = each.decision
        elif each.decision == "edit" and each.field:
            edits[each.field] = dict(each.value)
    kinds = set(votes.values())
    state = "contested" if len(kinds) > 1 else "accepted" if "accept" in kinds else "rejected" if kinds else "new"
    return EventState.model_validate(
        {
            "event": id,
            "incident": incident,
            "state": state,
            "edits": edits,
            "type": kind,
            "trigger": {"start": span.start, "end": span.end},
        }
    )


def span_view(span: Span | None) -> SpanModel | None:
    """Words of a text as the API gives them."""
    return SpanModel(start=span.start, end=span.end) if span else None
