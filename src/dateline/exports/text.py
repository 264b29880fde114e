"""Readings as a report for the terminal.

Left out: offsets, ids, entities that play no part, toponyms and time expressions that no event
uses. A quote is cut at about 360 characters around its trigger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from dateline.core import Reading
from dateline.exports.phrases import chain
from dateline.exports.sheet import FAINT, FLAG, KIND, VOICE, WIDTH, Sheet, many, quoted
from dateline.exports.view import STANDINGS, EventView, Fact, ReadingView

_INDENT = 4
_LABEL = 6


def write_text(readings: Iterable[Reading], *, width: int = WIDTH, ansi: bool = False) -> Iterator[str]:
    """One report a reading, as it comes; ``ansi`` adds colours, ``width`` is in columns (40 or more)."""
    for reading in readings:
        sheet = Sheet(width, ansi)
        _report(sheet, ReadingView(reading))
        yield sheet.text() + "\n"


def _report(sheet: Sheet, view: ReadingView) -> None:
    _header(sheet, view)
    for standing, words in STANDINGS:
        events = [event for event in view.events if event.standing == standing]
        if events:
            sheet.heading(f"{words} ({len(events)})")
        for event in events:
            _block(sheet, view, event)
    if not view.events:
        sheet.blank()
        sheet.add(Text("No event was read.", style=FAINT))
    _framings(sheet, view)


def _header(sheet: Sheet, view: ReadingView) -> None:
    reading = view.reading
    sizes = (
        many(len(reading.document.text.split()), "word"),
        many(len(view.events), "event"),
        many(len(reading.voices), "voice"),
    )
    sheet.rule()
    sheet.add(Text(view.title, style="bold"))
    sheet.add(Text(" · ".join((*view.byline, *sizes))))
    if reading.unsupported:
        sheet.add(Text(f"not read: its language is {reading.unsupported}, and only English is supported", style=FLAG))
    elif reading.producers:
        sheet.add(Text("read by " + ", ".join(reading.producers.values()), style=FAINT))


def _block(sheet: Sheet, view: ReadingView, event: EventView) -> None:
    head = Text(event.kind, style=f"bold {KIND}")
    for flag in event.flags:
        head.append(f"  {flag}", style=FLAG)
    sheet.blank()
    sheet.add(head, f"{event.number:>3} ", _INDENT)
    sheet.add(_deed(event), indent=_INDENT)
    _scene(sheet, event)
    if event.means:
        sheet.labelled("with", Text(_list(event.means)), _INDENT, _LABEL)
    if event.counts:
        sheet.labelled("counts", _counts(event), _INDENT, _LABEL)
    sheet.labelled("voice", Text(chain(view.chain_names(event.chain)), style=VOICE), _INDENT, _LABEL)
    sheet.labelled("", quoted(event.quote, sheet.ansi), _INDENT, _LABEL)


def _scene(sheet: Sheet, event: EventView) -> None:
    """When and where: on one line where they fit."""
    when = _fact(event.when) if event.when else Text()
    where = _fact(event.where) if event.where else Text()
    if when and where and len(when) + len(where) + 22 <= sheet.width:
        sheet.labelled("when", when + Text("   where ", style=FAINT) + where, _INDENT, _LABEL)
        return
    for label, fact in (("when", when), ("where", where)):
        if fact:
            sheet.labelled(label, fact, _INDENT, _LABEL)


def _deed(event: EventView) -> Text:
    """Who — did — to whom, in one line."""
    line = Text(_list(event.who) or "someone", style="bold" if event.who else FAINT)
    line = Text() + line + Text(" — ", style=FAINT) + Text(event.trigger, style="bold")
    if event.whom:
        line = line + Text(" — ", style=FAINT) + Text(_list(event.whom), style="bold")
    return line


def _counts(event: EventView) -> Text:
    line = Text()
    for number, count in enumerate(event.counts):
        line.append(("; " if number else "") + f"{count.what} ")
        line.append(count.figure, style="bold")
        line.append(f" “{count.quoted}”", style=FAINT)
    return line


def _fact(fact: Fact) -> Text:
    line = Text(fact.words)
    if fact.quoted and fact.quoted != fact.words:
        line.append(f"  “{fact.quoted}”", style=FAINT)
    return line


def _framings(sheet: Sheet, view: ReadingView) -> None:
    framings = view.framings()
    if not framings:
        return
    sheet.heading(f"Who is called what, and by whom ({len(framings)})")
    rows = [[Text(words, style=FAINT) for words in ("party", "is called", "by", "first in the words")]]
    last = ""
    for row in framings:
        name = Text(row.entity if row.entity != last else "", style="bold")
        label = Text(row.text).append(f" ×{row.times}" if row.times > 1 else "", style=FAINT)
        voices = Text(chain(view.chain_names(row.chain)), style=VOICE)
        rows.append([name, label, voices, Text(f"“{row.quote}”", style=FAINT)])
        last = row.entity
    sheet.columns(rows, (3, 3, 4, 6))


def _list(facts: tuple[Fact, ...]) -> str:
    return ", ".join(fact.words for fact in facts)
