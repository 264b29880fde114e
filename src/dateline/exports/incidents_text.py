"""Incidents as a report for the terminal: every claim with its voice, origin, document and words.

Left out: offsets and ids of events, and parties' claims beyond their number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import ConsoleRenderable, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dateline.core import Incident, Reading
from dateline.exports.phrases import chain, clean, short
from dateline.exports.tally import ClaimView, CountView, IncidentView, incident_views
from dateline.exports.text import WIDTH, labelled, many, quoted, render

_FAINT = "dim"
_VOICE = "magenta"
_ALARM = "bold red"


def incidents_text(
    incidents: Sequence[Incident], readings: Mapping[str, Reading], *, width: int = WIDTH, ansi: bool = False
) -> str:
    """A report of the incidents; ``readings`` by document id give the quotes (none where one is missing)."""
    views = incident_views(incidents, readings)
    parts: list[ConsoleRenderable] = [Rule(style="bold", characters="━"), _summary(views)]
    parts += [_block(view, ansi) for view in views]
    return render(Group(*parts), width=width, ansi=ansi)


def _summary(views: tuple[IncidentView, ...]) -> Text:
    documents = {document for view in views for document in view.incident.documents}
    disputed = sum(1 for view in views if view.disagreements)
    line = Text(f"{many(len(views), 'incident')} in {many(len(documents), 'document')}", style="bold")
    if disputed:
        line.append(f" · {disputed} with disagreements", style=_ALARM)
    return line


def _block(view: IncidentView, ansi: bool) -> ConsoleRenderable:
    incident = view.incident
    head = Text(view.heading, style="bold")
    sizes = (
        many(len(incident.documents), "document"),
        many(len(incident.events), "telling"),
        many(incident.origins, "independent origin"),
    )
    kind = () if view.heading.startswith(view.kind) else (view.kind,)
    lines: list[ConsoleRenderable] = [head, Text(" · ".join((*kind, *sizes)), style="cyan")]
    lines.append(_where_and_when(view))
    for role, parties in view.parties:
        names = ", ".join(clean(party.name) + (f" ({len(party.claims)}×)" if party.claims else "") for party in parties)
        lines.append(labelled(role, Text(names), 10))
    lines += [_count(count) for count in view.counts]
    lines += [_disagreement(field, claims) for field, claims in view.disagreements]
    lines += _labels(view)
    lines += _tellings(view, ansi)
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=3, justify="right", style=_FAINT)
    grid.add_column()
    grid.add_row(str(view.number), Group(*lines))
    return Padding(grid, (1, 0, 0, 0))


def _where_and_when(view: IncidentView) -> ConsoleRenderable:
    place = view.incident.place
    where = Text(view.where or "place not told")
    if place:
        where.append(f"  ±{place.radius_km:g} km", style=_FAINT)
    return labelled("when", Text(view.when or "not told") + Text("   where ", style=_FAINT) + where, 10)


def _count(count: CountView) -> ConsoleRenderable:
    head = Text(count.figure, style="bold")
    head.append(f"  by the rule “{count.rule}”", style=_FAINT)
    if count.disputed:
        head.append("  disputed", style=_ALARM)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=10, justify="right")
    table.add_column()
    for claim in count.claims:
        table.add_row(*_claim(claim))
    return Group(labelled(count.what, head, 10), table)


def _claim(claim: ClaimView) -> tuple[Text, Text]:
    value = Text(claim.value, style="strike dim" if claim.superseded else "bold")
    who = Text(chain(claim.chain), style=_VOICE)
    if claim.chain and claim.origin != claim.chain[-1]:
        who.append(f" (origin: {claim.origin})")
    if claim.superseded:
        who.append("  superseded", style=_FAINT)
    source = " · ".join(part for part in (short(claim.document, 24), claim.reported) if part)
    who.append(f"  {source}", style=_FAINT)
    if claim.quote:
        who.append(f"  “{claim.quote}”")
    return value, who


def _disagreement(field: str, claims: tuple[ClaimView, ...]) -> ConsoleRenderable:
    sides: dict[str, list[str]] = {}
    for claim in claims:
        sides.setdefault(claim.value, [])
        if claim.origin not in sides[claim.value]:
            sides[claim.value].append(claim.origin)
    words = " ≠ ".join(f"{value} ({', '.join(origins)})" for value, origins in sides.items())
    return labelled("disagree", Text(f"{field}: {words}", style=_ALARM), 10)


def _labels(view: IncidentView) -> list[ConsoleRenderable]:
    lines: list[ConsoleRenderable] = []
    for number, (name, words, voice) in enumerate(view.labels):
        line = Text(f"{name} is called “{words}” by ") + Text(chain(voice), style=_VOICE)
        lines.append(labelled("" if number else "labels", line, 10))
    return lines


def _tellings(view: IncidentView, ansi: bool) -> list[ConsoleRenderable]:
    lines: list[ConsoleRenderable] = []
    for number, telling in enumerate(view.tellings):
        line = Text(chain(telling.chain), style=_VOICE)
        for flag in telling.flags:
            line.append(f"  {flag}", style="bold yellow")
        source = " · ".join(part for part in (telling.document, telling.title, telling.published) if part)
        line.append(f"  {source}", style=_FAINT)
        lines.append(labelled("" if number else "told by", line, 10))
        if telling.quote:
            lines.append(labelled("", quoted(telling.quote, ansi), 10))
    return lines
