"""The only pointer into a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Unicode code points ``start`` (inclusive) to ``end`` (exclusive) of a document's text.

    >>> Span(0, 4).of("Lima, Peru")
    'Lima'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The quoted words."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


def cover(spans: tuple[Span, ...] | list[Span]) -> Span:
    """The smallest span that holds all the given ones.

    >>> cover([Span(4, 6), Span(0, 2)])
    Span(start=0, end=6)
    """
    return Span(min(s.start for s in spans), max(s.end for s in spans))
