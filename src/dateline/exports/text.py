"""Readings as a report for the terminal.

Left out: offsets, ids, entities that play no part, toponyms and time expressions that no event
uses. A quote is cut at about 360 characters around its trigger.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from rich.console import Console, ConsoleRenderable, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dateline.core import Reading
from dateline.exports.phrases import chain
from dateline.exports.view import STANDINGS, EventView, Fact, ReadingView

WIDTH = 100
_KIND = "bold cyan"
_FLAG = "bold yellow"
_FAINT = "dim"
_VOICE = "magenta"
_TRIGGER = "bold reverse"


def write_text(readings: Iterable[Reading], *, width: int = WIDTH, ansi: bool = False) -> Iterator[str]:
    """One report a reading, as it comes; ``ansi`` adds colours, ``width`` is in columns (40 or more)."""
    for reading in readings:
        yield render(_report(ReadingView(reading), width, ansi), width=width, ansi=ansi) + "\n"


def render(content: ConsoleRenderable, *, width: int = WIDTH, ansi: bool = False) -> str:
    """Anything of rich's as a string, blanks at line ends removed."""
    console = Console(
        file=io.StringIO(),
        width=max(40, width),
        force_terminal=ansi,
        color_system="256" if ansi else None,
        no_color=not ansi,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as capture:
        console.print(content)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def heading(words: str, count: int) -> ConsoleRenderable:
    """A section's heading over a thin line."""
    return Padding(
        Rule(Text(f"{words} ({count})", style="bold"), align="left", style=_FAINT, characters="─"), (1, 0, 0, 0)
    )


def labelled(label: str, value: Text, columns: int = 6) -> ConsoleRenderable:
    """A short label and its value, whose further lines hang under its first."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=columns, style=_FAINT)
    grid.add_column()
    grid.add_row(label, value)
    return grid


def quoted(pieces: tuple[tuple[str, bool], ...], ansi: bool) -> Text:
    """A quote with its trigger marked; asterisks mark it where there are no colours."""
    text = Text("“", style="italic" if ansi else "")
    for words, hit in pieces:
        text.append(f"*{words}*" if hit and not ansi else words, style=_TRIGGER if hit else None)
    return text.append("”")


def _report(view: ReadingView, width: int, ansi: bool) -> ConsoleRenderable:
    parts: list[ConsoleRenderable] = [_header(view)]
    for standing, words in STANDINGS:
        events = [event for event in view.events if event.standing == standing]
        if events:
            parts.append(heading(words, len(events)))
            parts += [_block(view, event, width, ansi) for event in events]
    if not view.events:
        parts.append(Padding(Text("No event was read.", style=_FAINT), (1, 0, 0, 0)))
    framings = _framings(view)
    if framings:
        parts += framings
    return Group(*parts)


def _header(view: ReadingView) -> ConsoleRenderable:
    reading = view.reading
    sizes = (
        many(len(reading.document.text.split()), "word"),
        many(len(view.events), "event"),
        many(len(reading.voices), "voice"),
    )
    lines: list[ConsoleRenderable] = [
        Rule(style="bold", characters="━"),
        Text(view.title, style="bold"),
        Text(" · ".join((*view.byline, *sizes))),
    ]
    if reading.producers:
        lines.append(Text("read by " + ", ".join(reading.producers.values()), style=_FAINT))
    return Group(*lines)


def _block(view: ReadingView, event: EventView, width: int, ansi: bool) -> ConsoleRenderable:
    head = Text()
    head.append(event.kind, style=_KIND)
    for flag in event.flags:
        head.append(f"  {flag}", style=_FLAG)
    lines: list[ConsoleRenderable] = [head, deed(event)]
    when = _fact(event.when) if event.when else Text()
    where = _fact(event.where) if event.where else Text()
    if when and where and len(when) + len(where) + 25 <= width:
        lines.append(labelled("when", when + Text("   where ", style=_FAINT) + where))
    else:
        lines += [labelled(label, fact) for label, fact in (("when", when), ("where", where)) if fact]
    if event.means:
        lines.append(labelled("with", Text(_list(event.means))))
    if event.counts:
        lines.append(labelled("counts", _counts(event)))
    lines.append(labelled("voice", Text(chain(view.chain_names(event.chain)), style=_VOICE)))
    lines.append(labelled("", quoted(event.quote, ansi)))
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=3, justify="right", style=_FAINT)
    grid.add_column()
    grid.add_row(str(event.number), Group(*lines))
    return Padding(grid, (1, 0, 0, 0))


def deed(event: EventView) -> Text:
    """Who — did — to whom, in one line."""
    line = Text()
    line.append(_list(event.who) or "someone", style="bold" if event.who else _FAINT)
    line.append(" — ", style=_FAINT)
    line.append(event.trigger, style="bold")
    if event.whom:
        line.append(" — ", style=_FAINT)
        line.append(_list(event.whom), style="bold")
    return line


def _counts(event: EventView) -> Text:
    line = Text()
    for number, count in enumerate(event.counts):
        line.append("; " if number else "")
        line.append(f"{count.what} ", style=None)
        line.append(count.figure, style="bold")
        line.append(f" “{count.quoted}”", style=_FAINT)
    return line


def _fact(fact: Fact) -> Text:
    line = Text(fact.words)
    if fact.quoted and fact.quoted != fact.words:
        line.append(f"  “{fact.quoted}”", style=_FAINT)
    return line


def _framings(view: ReadingView) -> list[ConsoleRenderable]:
    rows = view.framings()
    if not rows:
        return []
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=_FAINT, pad_edge=False)
    table.add_column("entity", ratio=3)
    table.add_column("is called", ratio=4)
    table.add_column("by", style=_VOICE, ratio=4)
    table.expand = True
    last = ""
    for row in rows:
        name = Text(row.entity if row.entity != last else "", style="bold")
        table.add_row(name, row.text, chain(view.chain_names(row.chain)))
        last = row.entity
    return [heading("Who is called what, and by whom", len(rows)), table]


def _list(facts: tuple[Fact, ...]) -> str:
    return ", ".join(fact.words for fact in facts)


def many(count: int, noun: str) -> str:
    """A number and its noun in the plural where it is not one."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
