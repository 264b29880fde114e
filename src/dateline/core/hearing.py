"""Who speaks where: an index over passages and attributions."""

from __future__ import annotations

import bisect
from collections.abc import Iterable

from dateline.core.span import Span
from dateline.core.voice import Attribution, Passage


class Hearing:
    """Answers, for any span, which passage holds it and whose voice tells it.

    The innermost attribution whose content holds the span speaks; else the passage's own voice.
    A look-up takes logarithmic time in the number of attributions, as long as they nest.
    """

    __slots__ = ("_contents", "_longest", "_passage_starts", "_passages", "_starts")

    def __init__(self, passages: Iterable[Passage], attributions: Iterable[Attribution] = ()) -> None:
        self._passages = sorted(passages, key=lambda p: p.span)
        self._passage_starts = [p.span.start for p in self._passages]
        self._contents = sorted(
            ((part, a) for a in attributions for part in a.content), key=lambda pair: (pair[0], pair[1].id)
        )
        self._starts = [part.start for part, _ in self._contents]
        self._longest: list[int] = []
        far = 0
        for part, _ in self._contents:
            far = max(far, part.end)
            self._longest.append(far)

    def passage(self, span: Span) -> Passage | None:
        """The passage that holds the span's start, or None between passages."""
        k = bisect.bisect_right(self._passage_starts, span.start) - 1
        if k >= 0 and span.start < self._passages[k].span.end:
            return self._passages[k]
        return None

    def attribution(self, span: Span) -> Attribution | None:
        """The innermost attribution whose content holds the span, or None."""
        k = bisect.bisect_right(self._starts, span.start) - 1
        best: tuple[int, Attribution] | None = None
        while k >= 0 and self._longest[k] >= span.end:
            part, attribution = self._contents[k]
            if part.holds(span):
                size = part.end - part.start
                if best is None or size < best[0]:
                    best = (size, attribution)
            k -= 1
        return best[1] if best else None

    def voice(self, span: Span) -> str | None:
        """The id of the voice that tells the span; None outside every passage."""
        attribution = self.attribution(span)
        if attribution:
            return attribution.voice
        passage = self.passage(span)
        return passage.voice if passage else None
