"""One incident with every claim on every field: who says what, by whom it reaches us, when, and in which words.

Nothing is left out but offsets. The JSON form is the incident as it is kept, with the ``quote`` of each claim.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.text import Text

from dateline import codec
from dateline.core import Claim, Incident, IncidentCount, Reading, Span
from dateline.exports.incidents_table import count_words
from dateline.exports.phrases import around, chain, clean, day, figure, kind_of, short, when
from dateline.exports.sheet import ALARM, FAINT, FLAG, KIND, VOICE, WIDTH, Sheet, many
from dateline.exports.tally import claim_words, place_name, words_at

_INDENT = 2
_LABEL = 10
_SHARES = (18, 36, 46)


def write_show(
    incident: Incident, readings: Mapping[str, Reading], *, width: int = WIDTH, ansi: bool = False
) -> Iterator[str]:
    """The claim table of an incident for the terminal; ``readings`` by document id give the quotes."""
    sheet = Sheet(width, ansi)
    _head(sheet, incident)
    for what, count in incident.counts.items():
        sheet.heading(f"{what}: {_chosen(count)}")
        sheet.add(Text(f"by the rule “{clean(count.rule)}”: {count.why}", style=FAINT), indent=_INDENT)
        for side in count.sides:
            figures = f"{side.side}: {figure(side.low, side.best, side.high)}"
            sheet.add(Text(figures, style=FAINT), indent=_INDENT)
        _claims(sheet, count.claims, readings)
    for party in incident.parties:
        sheet.heading(f"{party.role}: {clean(party.name)}")
        _claims(sheet, party.claims, readings)
    for dispute in incident.disagreements:
        if dispute.field not in incident.counts and dispute.field != "responsibility":
            sheet.heading(f"{clean(dispute.field)}, disputed")
            _claims(sheet, dispute.values, readings)
    if incident.labels:
        sheet.heading("labels")
        names = {party.entity: clean(party.name) for party in incident.parties}
        for label in incident.labels:
            line = Text(f"{names.get(label.entity, label.entity)} is called “{clean(label.text)}” by ")
            sheet.add(line.append(chain(label.voice), style=VOICE), indent=_INDENT)
    _tellings(sheet, incident, readings)
    yield sheet.text()


def write_show_json(incident: Incident, readings: Mapping[str, Reading]) -> Iterator[str]:
    """The incident as one JSON object, each claim with its ``quote`` (empty where the reading is not at hand)."""
    yield json.dumps(_quoted(codec.to_dict(incident), readings), ensure_ascii=False, indent=2) + "\n"


def _head(sheet: Sheet, incident: Incident) -> None:
    sheet.rule()
    sheet.add(Text(clean(incident.summary) or kind_of(incident.type, incident.mode), style="bold"))
    sizes = (many(len(incident.documents), "document"), many(len(incident.events), "telling"))
    origins = many(incident.origins, "independent origin")
    sheet.add(Text(" · ".join((incident.id, kind_of(incident.type, incident.mode), *sizes, origins)), style=KIND))
    sheet.labelled("when", Text(when(incident.time) or "not told"), _INDENT, _LABEL)
    sheet.labelled("where", Text(place_name(incident) or "not told"), _INDENT, _LABEL)
    if incident.counts:
        sheet.labelled("how many", Text(count_words(incident)), _INDENT, _LABEL)
    if incident.grade:
        grade = Text(incident.grade.name, style="bold").append(f"  {clean(incident.grade.why)}", style=FAINT)
        sheet.labelled("evidence", grade, _INDENT, _LABEL)
    for number, dispute in enumerate(incident.disagreements):
        line = Text(clean(f"{dispute.field}: {dispute.about}".rstrip(": ")), style=ALARM)
        sheet.labelled("" if number else "disagree", line, _INDENT, _LABEL)


def _chosen(count: IncidentCount) -> str:
    return "no figure chosen" if count.best is None else figure(count.low, count.best, count.high)


def _claims(sheet: Sheet, claims: Sequence[Claim], readings: Mapping[str, Reading]) -> None:
    sheet.columns([_cells(claim, readings) for claim in claims], _SHARES)


def _cells(claim: Claim, readings: Mapping[str, Reading]) -> tuple[Text, Text, Text]:
    value = claim_words(claim) + (f" {clean(claim.of)}" if claim.of else "")
    marks = (
        claim.status,
        "replaced" if claim.superseded else "",
        "a part" if claim.part else "",
        "set by hand" if claim.edited else "",
    )
    cell = Text("  ") + Text(value, style="strike dim" if claim.superseded else "bold")
    for mark in marks:
        if mark:
            cell.append(f" {mark}", style=FLAG)
    who = Text(chain(claim.voice), style=VOICE)
    if claim.voice and claim.origin != claim.voice[-1]:
        who.append(f" (origin: {clean(claim.origin)})")
    source = " · ".join(part for part in (day(claim.reported), short(clean(claim.document), 40)) if part)
    return cell, who, Text(source, style=FAINT).append(_quote(claim.document, claim.span, readings), style="none")


def _quote(document: str, span: Span, readings: Mapping[str, Reading]) -> str:
    reading = readings.get(document)
    return f" “{around(reading.document.text, span)}”" if reading else ""


def _tellings(sheet: Sheet, incident: Incident, readings: Mapping[str, Reading]) -> None:
    sheet.heading("told by")
    for telling in incident.events:
        reading = readings.get(telling.document)
        event = next((e for e in reading.events if e.id == telling.event), None) if reading else None
        line = Text(chain(telling.voice), style=VOICE).append(f"  {clean(telling.document)}", style=FAINT)
        if event and event.status != "asserted":
            line.append(f"  {event.status}", style=FLAG)
        if event:
            line.append(_quote(telling.document, event.trigger, readings))
        sheet.add(line, indent=_INDENT)


def _quoted(data: Any, readings: Mapping[str, Reading]) -> Any:
    """JSON with a ``quote`` beside each span of a document."""
    if isinstance(data, list):
        return [_quoted(each, readings) for each in data]
    if not isinstance(data, dict):
        return data
    made = {key: _quoted(value, readings) for key, value in data.items()}
    if {"document", "start", "end"} <= data.keys():
        made["quote"] = words_at(readings, data["document"], Span(data["start"], data["end"]), 400)
    return made
