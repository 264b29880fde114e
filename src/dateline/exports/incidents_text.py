"""Incidents as a report for the terminal: every claim with its voice, origin, document and words.

A claim that one voice repeats stands once, with how often. Left out: offsets and ids of events,
parties' claims beyond their number, and what is counted as "more" at the end of a long list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.text import Text

from dateline.core import Incident, Reading
from dateline.exports.phrases import chain, clean, short
from dateline.exports.sheet import ALARM, FAINT, FLAG, KIND, VOICE, WIDTH, Sheet, many, quoted, some
from dateline.exports.tally import ClaimView, CountView, DisputeView, IncidentView, LabelView, incident_views

_INDENT = 4
_LABEL = 12
_MANY = 8


def write_text(
    incidents: Sequence[Incident], readings: Mapping[str, Reading], *, width: int = WIDTH, ansi: bool = False
) -> Iterator[str]:
    """A report of the incidents; ``readings`` by document id give the quotes (none where one is missing)."""
    views = incident_views(incidents, readings)
    sheet = Sheet(width, ansi)
    sheet.rule()
    sheet.add(_summary(views))
    for view in views:
        _block(sheet, view)
    yield sheet.text()


def _summary(views: tuple[IncidentView, ...]) -> Text:
    documents = {document for view in views for document in view.incident.documents}
    disputed = sum(1 for view in views if view.disputes)
    line = Text() + Text(f"{many(len(views), 'incident')} in {many(len(documents), 'document')}", style="bold")
    return line.append(f" · {disputed} with disagreements", style=ALARM) if disputed else line


def _block(sheet: Sheet, view: IncidentView) -> None:
    incident = view.incident
    sizes = (
        many(len(incident.documents), "document"),
        many(len(incident.events), "telling"),
        many(incident.origins, "independent origin"),
    )
    kind = () if view.heading.startswith(view.kind) else (view.kind,)
    sheet.blank()
    sheet.add(Text(view.heading, style="bold"), f"{view.number:>3} ", _INDENT)
    sheet.add(Text(" · ".join((*kind, *sizes)), style=KIND), indent=_INDENT)
    _line(sheet, "when", _scene(view))
    for role, parties in view.parties:
        names = [clean(party.name) + (f" ({len(party.claims)}×)" if party.claims else "") for party in parties]
        _line(sheet, role, Text(some(names, _MANY)))
    for count in view.counts:
        _count(sheet, count)
    for number, dispute in enumerate(view.disputes):
        _line(sheet, "" if number else "disagree", _dispute(dispute))
    for number, label in enumerate(view.labels):
        _line(sheet, "" if number else "labels", _label(label))
    _tellings(sheet, view)


def _line(sheet: Sheet, label: str, words: Text) -> None:
    sheet.labelled(label, words, _INDENT, _LABEL)


def _scene(view: IncidentView) -> Text:
    place = view.incident.place
    where = Text(view.where or "place not told")
    if place:
        where.append(f"  ±{place.radius_km:g} km", style=FAINT)
    return Text(view.when or "not told") + Text("   where ", style=FAINT) + where


def _count(sheet: Sheet, count: CountView) -> None:
    head = Text() + Text(count.figure, style="bold")
    head.append(f"  by the rule “{count.rule}”", style=FAINT)
    if count.disputed:
        head.append("  disputed", style=ALARM)
    _line(sheet, count.what, head)
    for claim in count.claims:
        value = Text(" " * _INDENT) + Text(
            claim.value.rjust(_LABEL), style="strike dim" if claim.superseded else "bold"
        )
        sheet.add(_claim(claim), value, _INDENT + max(_LABEL, len(claim.value)) + 1)


def _claim(claim: ClaimView) -> Text:
    line = Text() + Text(chain(claim.chain), style=VOICE)
    if claim.chain and claim.origin != claim.chain[-1]:
        line.append(f" (origin: {claim.origin})")
    if claim.superseded:
        line.append("  superseded", style=FAINT)
    documents = some([short(document, 14) for document in claim.documents], 2)
    source = " · ".join(part for part in (documents, claim.reported) if part)
    line.append(f"  {source}" + (f" · {claim.times}×" if claim.times > 1 else ""), style=FAINT)
    return line.append("  " + some([f"“{words}”" for words in claim.quotes], 3)) if claim.quotes else line


def _dispute(dispute: DisputeView) -> Text:
    sides = " ≠ ".join(f"{value} ({some(origins, 3)})" for value, origins in dispute.sides)
    return Text(f"{dispute.field}: {sides}", style=ALARM)


def _label(label: LabelView) -> Text:
    line = Text(f"{label.entity} is called ")
    for number, (words, chains) in enumerate(label.texts):
        line.append(("; " if number else "") + f"“{words}” by ")
        line.append(some([chain(names) for names in chains], 3), style=VOICE)
    return line


def _tellings(sheet: Sheet, view: IncidentView) -> None:
    for number, telling in enumerate(view.tellings[:_MANY]):
        line = Text() + Text(chain(telling.chain), style=VOICE)
        for flag in telling.flags:
            line.append(f"  {flag}", style=FLAG)
        source = " · ".join(part for part in (telling.document, telling.title, telling.published) if part)
        line.append(f"  {source}", style=FAINT)
        _line(sheet, "" if number else "told by", line)
        if telling.quote:
            _line(sheet, "", quoted(telling.quote, sheet.ansi))
    if len(view.tellings) > _MANY:
        _line(sheet, "", Text(f"and {len(view.tellings) - _MANY} more tellings", style=FAINT))
