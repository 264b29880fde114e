"""Why an event says what it says: as the models that read it explain it, else who produced each field."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.core import Event, Explanation, Reading, Reason, Span
from dateline.review.errors import NotThere
from dateline.review.evidence import span_view
from dateline.review.explaining import Explainer, NotExplained
from dateline.review.models import ReasonView, WhyView
from dateline.store import Store

_NAMED = 3
"""So many layers are named where models differ."""


def why(store: Store, document: str, event: str, explainer: Explainer | None) -> WhyView:
    """The reasons of every field of an event. Raises NotThere."""
    reading = store.reading(document)
    found = next((each for each in reading.events if each.id == event), None) if reading else None
    if reading is None or found is None:
        raise NotThere(f"no event {event} in {document}")
    if explainer is None:
        return _produced(reading, found, "This server explains nothing; dateline explain does.")
    try:
        told = explainer(reading)
    except NotExplained as error:
        return _produced(reading, found, str(error))
    mine = next((each for each in told.explanations if _is_of(each, found)), None)
    others = _other_models(reading.producers, told.producers)
    if mine is None:
        note = f"Today’s models do not read this event any more ({others})." if others else "It has no explanation."
        return _produced(reading, found, note)
    note = f"Explained by models that differ from those that read the report ({others})." if others else ""
    text = reading.document.text
    return WhyView(explained=True, note=note, reasons=[_explained(each, text) for each in mine.reasons])


def _is_of(explanation: Explanation, event: Event) -> bool:
    return (explanation.trigger, explanation.type) == (event.trigger, event.type)


def _other_models(then: Mapping[str, str], now: Mapping[str, str]) -> str:
    """The layers whose producers differ, with both."""
    layers = [name for name in {**then, **now} if then.get(name) != now.get(name)]
    first = "; ".join(f"{name}: {then.get(name, 'none')}, now {now.get(name, 'none')}" for name in layers[:_NAMED])
    return f"{first}; {len(layers) - _NAMED} more layers" if len(layers) > _NAMED else first


def _explained(reason: Reason, text: str) -> ReasonView:
    return ReasonView(
        field=reason.field,
        value=reason.value,
        by=reason.by,
        because=reason.because,
        row=reason.row,
        words=span_view(reason.span),
        quote=reason.span.of(text) if reason.span else None,
    )


def _produced(reading: Reading, found: Event, note: str) -> WhyView:
    """For each field its producer and the words that carry it."""
    text, by = reading.document.text, reading.producers.get("events", "")
    mentions = {each.id: each for each in reading.mentions}
    timexes = {each.id: each for each in reading.timexes}
    cue = next((each for each in reading.attributions if each.id == found.attribution), None)
    told_by = timexes.get(found.time.timex or "") if found.time else None
    given: list[tuple[str, str | None, str, Span | None]] = [
        ("type", f"{found.type}/{found.mode}" if found.mode else found.type, by, found.trigger),
        ("status", found.status, by, found.status_cue),
        ("certainty", found.certainty, by, found.status_cue),
    ]
    if cue:
        given.append(("voice", found.voice, reading.producers.get("attribution", ""), cue.cue or cue.source))
    if found.time:
        days = f"{found.time.earliest or '..'}/{found.time.latest or '..'}"
        given.append(("time", days, reading.producers.get("times", ""), told_by.span if told_by else None))
    if found.place:
        given.append(("place", found.place.place, reading.producers.get("places", ""), found.place.span))
    for argument in found.arguments:
        mention = mentions.get(argument.mention)
        words = mention.span if mention else None
        given.append((argument.role, words.of(text) if words else None, reading.producers.get("actors", ""), words))
    given += [(count.what, f"{count.low}..{count.high or ''}", by, count.span) for count in found.counts]
    reasons = [
        ReasonView(field=field, value=value, by=who, words=span_view(span), quote=span.of(text) if span else None)
        for field, value, who, span in given
    ]
    return WhyView(explained=False, note=note, reasons=reasons)
