"""Explanations of events for the terminal and as JSON, and which events a name means."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from rich.text import Text

from dateline.core import Explanation, Reading, Reason, encode
from dateline.exports.phrases import clean, passage, short
from dateline.exports.sheet import FAINT, KIND, WIDTH, Sheet, many, quoted
from dateline.exports.view import EventView, ReadingView

EXPLANATION_FORMATS = ("text", "json")
_INDENT, _LABEL, _LONGEST = 4, 10, 160
_NUMBER = re.compile(r"x?(\d+)")


def named_events(reading: Reading, name: str | None) -> tuple[EventView, ...]:
    """The events that a name means: an id or its beginning, a number as the terminal report shows it (``7`` or ``x7``).

    All of them where no name is given. Raises ValueError where it means none or several.
    """
    events = ReadingView(reading).events
    if name is None:
        return events
    number = _NUMBER.fullmatch(name)
    found = [each for each in events if each.event.id == name]
    found = found or [each for each in events if number and each.number == int(number[1])]
    found = found or [each for each in events if len(name) > 1 and each.event.id.startswith(name)]
    if len(found) != 1:
        raise ValueError(f"{'several events' if found else 'no event'} {name}: {many(len(events), 'event')} in all")
    return tuple(found)


def write_explanation(
    reading: Reading,
    events: Iterable[EventView],
    told: Iterable[Explanation],
    *,
    width: int = WIDTH,
    ansi: bool = False,
) -> Iterator[str]:
    """The explanations of some events of a reading, as lines for people."""
    by_event = {each.event: each for each in told}
    for event in events:
        if event.event.id in by_event:
            sheet = Sheet(width, ansi)
            _block(sheet, reading, event, by_event[event.event.id])
            yield sheet.text() + "\n"


def write_json(events: Iterable[EventView], told: Iterable[Explanation]) -> Iterator[str]:
    """The same as a JSON array, each with the event's ``number`` in the terminal report."""
    by_event = {each.event: each for each in told}
    rows = [encode(by_event[each.event.id]) | {"number": each.number} for each in events if each.event.id in by_event]
    yield json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _block(sheet: Sheet, reading: Reading, event: EventView, told: Explanation) -> None:
    text = reading.document.text
    sheet.add(Text(f"{event.kind}  ", style=f"bold {KIND}").append(told.event, style=FAINT), f"{event.number:>3} ", 4)
    sheet.add(quoted(passage(text, event.event.evidence, event.event.trigger), sheet.ansi), indent=_INDENT)
    last = ""
    for reason in told.reasons:
        sheet.labelled("" if reason.field == last else reason.field, _reason(reason, text), _INDENT, _LABEL)
        last = reason.field


def _reason(reason: Reason, text: str) -> Text:
    line = Text(short(clean(reason.value), _LONGEST) if reason.value else "—", style="bold")
    line.append(f"  {reason.by}", style=KIND)
    line.append(f": {clean(reason.because)}", style="not bold")
    if reason.span is not None and (words := short(clean(reason.span.of(text)), _LONGEST)) not in line.plain:
        line.append(f" “{words}”", style=FAINT)
    if reason.row:
        line.append(f"  [{reason.row}]", style=FAINT)
    return line
