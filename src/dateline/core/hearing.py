"""Who speaks where: an index over passages and attributions."""

from __future__ import annotations

import bisect
from collections.abc import Iterable

from dateline.core.span import Span
from dateline.core.voice import Attribution, Passage


class Hearing:
    """Answers, for any span, which passage holds it and whose voice tells it.

    The innermost attribution whose content holds the span speaks (topical ones tell nothing and are
    passed over); else the passage's own voice.
    A look-up costs a binary search and a climb through the attributions that nest around the span.

    >>> text = "Nine died, police said."
    >>> page = Passage("p1", Span(0, 23), "narration", "v1")
    >>> police = Attribution("a1", "v2", "indirect", Span(11, 17), Span(18, 22), (Span(0, 9),))
    >>> hearing = Hearing([page], [police])
    >>> hearing.voice(Span(0, 4)), hearing.voice(Span(11, 17))
    ('v2', 'v1')
    """

    __slots__ = ("_contents", "_parents", "_passage_starts", "_passages", "_starts")

    def __init__(self, passages: Iterable[Passage], attributions: Iterable[Attribution] = ()) -> None:
        self._passages = sorted(passages, key=lambda p: p.span)
        self._passage_starts = [p.span.start for p in self._passages]
        told = [a for a in attributions if not a.topical]
        depths = _depths(told)
        self._contents = sorted(
            ((part, a) for a in told for part in a.content),
            key=lambda pair: (pair[0].start, -pair[0].end, depths[pair[1].id], pair[1].id),
        )
        self._starts = [part.start for part, _ in self._contents]
        self._parents: list[int] = []
        open_parts: list[int] = []
        for number, (part, _) in enumerate(self._contents):
            while open_parts and self._contents[open_parts[-1]][0].end <= part.start:
                open_parts.pop()
            self._parents.append(open_parts[-1] if open_parts else -1)
            open_parts.append(number)

    def passage(self, span: Span) -> Passage | None:
        """The passage that holds the span's start, or None between passages."""
        k = bisect.bisect_right(self._passage_starts, span.start) - 1
        if k >= 0 and span.start < self._passages[k].span.end:
            return self._passages[k]
        return None

    def attribution(self, span: Span) -> Attribution | None:
        """The innermost attribution whose content holds the span, or None."""
        k = bisect.bisect_right(self._starts, span.start) - 1
        while k >= 0 and not self._contents[k][0].holds(span):
            k = self._parents[k]
        return self._contents[k][1] if k >= 0 else None

    def voice(self, span: Span) -> str | None:
        """The id of the voice that tells the span; None outside every passage."""
        attribution = self.attribution(span)
        if attribution:
            return attribution.voice
        passage = self.passage(span)
        return passage.voice if passage else None


def _depths(attributions: list[Attribution]) -> dict[str, int]:
    """How many attributions each stands inside; of two with one content the deeper one speaks."""
    within = {a.id: a.within for a in attributions}
    depths: dict[str, int] = {}
    for attribution in attributions:
        climb: dict[str, None] = {}
        at: str | None = attribution.id
        while at is not None and at not in depths and at not in climb:
            climb[at] = None
            at = within.get(at)
        depth = depths.get(at, -1) if at is not None else -1
        for name in reversed(climb):
            depth += 1
            depths[name] = depth
    return depths
