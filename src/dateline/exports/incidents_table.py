"""Incidents as a table for the terminal, one a row: what, when, where, how many, how well borne out.

Left out: everything but the chosen values; ``dateline show`` tells the claims behind them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from rich.text import Text

from dateline import codec
from dateline.core import Incident
from dateline.exports.phrases import clean, figure, kind_of, when
from dateline.exports.sheet import ALARM, FAINT, KIND, WIDTH, Sheet, many
from dateline.exports.tally import COUNT_ORDER, place_name

TABLE_FORMATS = ("table", "json")
_HEADS = ("incident", "when", "what", "where", "how many", "origins", "disagree", "evidence")
_SHARES = (12, 12, 14, 17, 19, 7, 15, 14)


def write_table(incidents: Sequence[Incident], *, width: int = WIDTH, ansi: bool = False) -> Iterator[str]:
    """A row an incident, in the order given, and how many there are."""
    sheet = Sheet(width, ansi)
    rows = [[Text(head, style="bold") for head in _HEADS], *(_row(incident) for incident in incidents)]
    if incidents:
        sheet.columns(rows, _SHARES)
    sheet.add(Text(many(len(incidents), "incident"), style=FAINT))
    yield sheet.text()


def write_json(incidents: Sequence[Incident]) -> Iterator[str]:
    """The incidents as one JSON array, each whole."""
    yield json.dumps([codec.to_dict(each) for each in incidents], ensure_ascii=False, indent=2) + "\n"


def count_words(incident: Incident) -> str:
    """The chosen figures in words: "8–14–14 killed"; the told words where the profile chooses none."""
    found = []
    for what in (*COUNT_ORDER, *sorted(set(incident.counts) - set(COUNT_ORDER))):
        count = incident.counts.get(what)
        if count is not None:
            said = " / ".join(clean(each) for each in count.words) if count.best is None else ""
            found.append(f"{said or figure(count.low, count.best, count.high)} {what}")
    return ", ".join(found)


def _row(incident: Incident) -> list[Text]:
    disputes = ", ".join(dict.fromkeys(clean(each.field) for each in incident.disagreements))
    sizes = f"{incident.origins}/{len(incident.documents)}"
    return [
        Text(incident.id, style=FAINT),
        Text(when(incident.time)),
        Text(kind_of(incident.type, incident.mode), style=KIND),
        Text(place_name(incident)),
        Text(count_words(incident)),
        Text(sizes),
        Text(disputes, style=ALARM),
        Text(incident.grade.name if incident.grade else ""),
    ]
