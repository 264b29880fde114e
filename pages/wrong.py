"""The examples of docs/what_it_gets_wrong.md, read by the program as it is: ``python -m pages.wrong`` prints it.

An example is a section with a quoted report (or several, which are linked), the day of writing, and a table whose rows
say what the program gives and what is right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import dateline
from dateline.core import Event, Incident, Reading

PAGE = Path(__file__).parents[1] / "docs" / "what_it_gets_wrong.md"
SAYS, RIGHT, NOTHING = "it says", "right", "–"
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A section of the page; ``says`` and ``right`` are rows of the table under ``fields``."""

    title: str
    reports: tuple[str, ...]
    published: str
    fields: Row
    says: tuple[Row, ...]
    right: tuple[Row, ...]


def examples(page: str) -> tuple[Example, ...]:
    """The examples of a page of Markdown. Raises ValueError where a section is no example."""
    return tuple(_example(section) for section in re.split(r"^### ", page, flags=re.M)[1:])


def found(example: Example) -> tuple[Row, ...]:
    """What the program says now, in the columns of the example; one row of dashes where it says nothing."""
    documents = [
        {"id": chr(ord("a") + number), "text": text, "published": example.published}
        for number, text in enumerate(example.reports)
    ]
    readings = [each for each in dateline.read_many(documents) if isinstance(each, Reading)]
    if len(readings) > 1:
        told = [_of_incident(incident) for incident in dateline.link(readings)]
    else:
        told = [_of_event(event, reading) for reading in readings for event in reading.events]
    return tuple(tuple(row[field] for field in example.fields) for row in told) or ((NOTHING,) * len(example.fields),)


def _example(section: str) -> Example:
    title, _, body = section.partition("\n")
    reports = re.findall(r"(?:^> .*\n)+", body, re.M)
    table = [
        tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
        for line in body.splitlines()
        if line.startswith("|")
    ]
    day = re.search(r"on (\d{4}-\d\d-\d\d)\.", body)
    if not reports or len(table) < 4 or not day:
        raise ValueError(f"{title}: no quoted report, no day of writing or no table")
    rows = {name: tuple(row[1:] for row in table[2:] if row[0] == name) for name in (SAYS, RIGHT)}
    texts = tuple(" ".join(line[2:].strip() for line in report.splitlines()) for report in reports)
    return Example(title, texts, day[1], table[0][1:], rows[SAYS], rows[RIGHT])


def _of_event(event: Event, reading: Reading) -> dict[str, str]:
    text = reading.document.text
    mentions = {mention.id: mention.span.of(text) for mention in reading.mentions}
    places = {place.id: place.name for place in reading.places}
    voices = {voice.id: voice.name for voice in reading.voices}
    who = [mentions[each.mention] for each in event.arguments if each.role == "actor"]
    whom = [mentions[each.mention] for each in event.arguments if each.role in ("victim", "target", "recipient")]
    row = {
        "trigger": event.trigger.of(text),
        "type": event.type if event.mode is None else f"{event.type}/{event.mode}",
        "who": _several(who),
        "whom": _several(whom),
        "where": places.get(event.place.place or "", NOTHING) if event.place else NOTHING,
        "when": _days(event.time.earliest, event.time.latest) if event.time else NOTHING,
        "status": event.status,
        "voice": voices[event.voice],
    }
    return row | {name: _several([str(each.best) for each in event.counts if each.what == name]) for name in _COUNTS}


def _of_incident(incident: Incident) -> dict[str, str]:
    killed = incident.counts.get("killed")
    return {"reports": " and ".join(incident.documents), "killed": str(killed.best) if killed else NOTHING}


_COUNTS = ("killed", "injured")


def _several(words: Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(words)) or NOTHING


def _days(earliest: str | None, latest: str | None) -> str:
    if earliest == latest:
        return earliest or NOTHING
    return f"{earliest or '…'} to {latest or '…'}"


def main() -> None:
    """Show each example with what the program says now."""
    for example in examples(PAGE.read_text(encoding="utf-8")):
        now = found(example)
        print(f"{example.title}: {'as told' if set(now) == set(example.says) else 'CHANGED'}")
        for row in now:
            print("  | " + " | ".join((SAYS, *row)) + " |")


if __name__ == "__main__":
    main()
