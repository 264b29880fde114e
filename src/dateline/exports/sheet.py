"""A sheet of styled lines for the terminal, wrapped to its width with hanging indents."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

WIDTH = 100
NARROWEST = 40
KIND, FLAG, FAINT, VOICE, ALARM, TRIGGER = "cyan", "bold yellow", "dim", "magenta", "bold red", "bold reverse"


class Sheet:
    """Lines of text, added from top to bottom; ``width`` is in columns, ``ansi`` adds colours.

    >>> sheet = Sheet(40)
    >>> sheet.labelled("voice", Text("outlet ← a very long name of an agency ← police"), 2, 6)
    >>> print(sheet.text())
      voice  outlet ← a very long name of an
             agency ← police
    <BLANKLINE>
    """

    __slots__ = ("_console", "_lines", "ansi", "width")

    def __init__(self, width: int = WIDTH, ansi: bool = False) -> None:
        self.width = max(NARROWEST, width)
        self.ansi = ansi
        self._lines: list[Text] = []
        self._console = Console(
            file=io.StringIO(),
            width=self.width,
            force_terminal=ansi,
            color_system="256" if ansi else None,
            no_color=not ansi,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )

    def text(self) -> str:
        """The sheet as a string that ends with a line break."""
        if not self.ansi:
            return "".join(line.plain.rstrip() + "\n" for line in self._lines)
        with self._console.capture() as capture:
            self._console.print(Text("\n").join(self._lines), soft_wrap=True)
        return capture.get()

    def blank(self) -> None:
        """An empty line."""
        self._lines.append(Text())

    def rule(self) -> None:
        """A heavy line from edge to edge."""
        self._lines.append(Text("━" * self.width, style="bold"))

    def heading(self, words: str) -> None:
        """A section's heading after an empty line, with a thin line to the right edge."""
        self.blank()
        for line in Text(words, style="bold").wrap(self._console, self.width):
            self._lines.append(line)
        line = self._lines[-1]
        rest = self.width - line.cell_len - 1
        line.append(" " + "─" * rest if rest > 0 else "", style="not bold dim")

    def add(self, words: Text, first: str | Text = "", indent: int = 0) -> None:
        """Words wrapped at ``indent`` columns from the left; ``first`` stands before them on the first line."""
        wrapped = words.wrap(self._console, self.width - indent) or [Text()]
        before = Text(first, style=FAINT) if isinstance(first, str) else first
        before.truncate(indent, pad=True)
        for number, line in enumerate(wrapped):
            self._lines.append((Text(" " * indent) if number else before) + line)

    def labelled(self, label: str, words: Text, indent: int, columns: int) -> None:
        """Words after a short label that takes ``columns`` columns."""
        self.add(words, f"{'':{indent}}{label}", indent + columns + 1)

    def columns(self, rows: Sequence[Sequence[Text]], shares: Sequence[int]) -> None:
        """Rows of cells; each column takes its share of the width, and long cells wrap."""
        room = self.width - 2 * (len(shares) - 1)
        widths = [room * share // sum(shares) for share in shares]
        for row in rows:
            cells = [list(cell.wrap(self._console, width)) for cell, width in zip(row, widths, strict=True)]
            for k in range(max(len(cell) for cell in cells)):
                line = Text()
                for cell, width in zip(cells, widths, strict=True):
                    part = cell[k] if k < len(cell) else Text()
                    line = line + part + Text(" " * (width - part.cell_len + 2))
                self._lines.append(line)


def quoted(pieces: Sequence[tuple[str, bool]], ansi: bool) -> Text:
    """A quote with its trigger marked; asterisks mark it where there are no colours."""
    text = Text("“", style="italic" if ansi else "")
    for words, hit in pieces:
        text.append(f"*{words}*" if hit and not ansi else words, style=TRIGGER if hit else None)
    return text.append("”")


def some(words: Sequence[str], limit: int, joint: str = ", ") -> str:
    """The first few, and how many more there are.

    >>> some(["a", "b", "c", "d"], 2)
    'a, b and 2 more'
    """
    more = len(words) - limit
    return joint.join(words[:limit]) + (f" and {more} more" if more > 0 else "")


def many(count: int, noun: str) -> str:
    """A number and its noun in the plural where it is not one."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
