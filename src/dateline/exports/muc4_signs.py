"""What speaks for and against a telling and a filler of a MUC-4 template: the features of the weights.

``training/muc4/train.py`` fits the weights on the same features (card.md there).
"""

from __future__ import annotations

import bisect
import datetime
import re
from collections.abc import Iterator, Sequence

from dateline.core import Event, Mention, Reading
from dateline.exports.muc4_fillers import Cast
from dateline.knowledge.folding import fold

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_BREAK = re.compile(r"[.!?][\"”)\]]?\s|\n\s*\n")
_OURS = frozenset({"we", "our", "us", "i", "my"})
_REACH = 240


def _step(number: float, *bounds: float) -> str:
    """Which stretch a number falls into."""
    return str(bisect.bisect_left(bounds, number))


class Signs:
    """The features of a reading's tellings and mentions."""

    __slots__ = (
        "_arguments",
        "_cast",
        "_ends",
        "_entity",
        "_events",
        "_page",
        "_reading",
        "_sources",
        "_starts",
        "_text",
        "_voices",
        "_words",
    )

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self._reading, self._cast = reading, cast
        self._text = reading.document.text
        found = list(_WORD.finditer(self._text))
        self._words = [fold(match.group()) for match in found]
        self._starts, self._ends = [m.start() for m in found], [m.end() for m in found]
        self._events = sorted((e for e in reading.events if e.muc4), key=lambda e: e.trigger)
        self._voices = {voice.id: voice.kind for voice in reading.voices}
        self._sources = {a.source.end for a in reading.attributions if a.source}
        self._arguments: dict[str, list[tuple[str, Event]]] = {}
        self._entity: dict[str, list[tuple[str, Event]]] = {}
        for event in reading.events:
            for argument in event.arguments:
                self._arguments.setdefault(argument.mention, []).append((argument.role, event))
                mention = cast.mention(argument)
                if mention and mention.entity:
                    self._entity.setdefault(mention.entity, []).append((argument.role, event))
        self._page = tuple(self._of_page())

    def _of_page(self) -> Iterator[str]:
        """What the whole document says about its being news of violence."""
        told = [e for e in self._events if not e.background and e.status == "asserted"]
        yield "page:told=" + _step(len(told), 0, 1, 2, 4, 8)
        yield "page:old=" + _step(len(self._events) - len(told), 0, 1, 3, 8)
        yield "page:share=" + _step(len(told) / max(1, len(self._reading.events)), 0.05, 0.1, 0.2, 0.4)
        ours = sum(word in _OURS for word in self._words)
        yield "page:ours=" + _step(100 * ours / max(1, len(self._words)), 0, 0.4, 1.0, 2.0)
        yield "page:long=" + _step(len(self._words), 100, 200, 400, 800)
        counted = sum(bool(e.counts) for e in told)
        yield "page:counts=" + _step(counted, 0, 1, 3)
        yield "page:dated=" + _step(sum(bool(e.time and e.time.timex) for e in told), 0, 1, 3)

    def of_event(self, event: Event) -> list[str]:
        """The features of one telling."""
        return [*self._page, *self._of_event(event)]

    def _of_event(self, event: Event) -> Iterator[str]:
        word = fold(event.trigger.of(self._text))
        yield "bias"
        yield f"kind={event.muc4}"
        yield f"status={event.status}:{event.certainty}"
        yield f"status={event.status}"
        yield f"background={event.background}:{event.aggregate}"
        yield f"word={word}"
        yield f"word={word}:{event.background}"
        yield f"mode={event.type}:{event.mode}"
        yield f"voice={self._voices.get(event.voice)}:{event.attribution is not None}"
        yield "place=" + ("told" if event.place and event.place.place else "none")
        yield f"age={self._age(event)}"
        yield f"precision={event.time.precision if event.time and event.time.timex else None}"
        yield "start=" + _step(event.trigger.start, 200, 500, 1000, 2000, 4000)
        yield "rank=" + _step(self._events.index(event), 0, 1, 3, 6)
        for what in sorted({count.what for count in event.counts}) or ("none",):
            yield f"count={what}"
        for argument in event.arguments:
            mention = self._cast.mention(argument)
            if mention:
                entity = self._cast.entity(mention)
                yield f"has={argument.role}:{mention.kind}:{mention.level}"
                yield f"sector={argument.role}:{entity.sector if entity else None}"
                yield f"head={argument.role}:{self._head(mention)}"
                yield f"has={argument.role}"
        k = bisect.bisect_left(self._starts, event.trigger.start)
        for name, word in self._around(k, bisect.bisect_left(self._starts, event.trigger.end)):
            yield f"{name}={word}"

    def _age(self, event: Event) -> str:
        published, time = self._reading.document.published, event.time
        if not published or not time or not time.latest or not time.timex:
            return "untold"
        try:
            gap = datetime.date.fromisoformat(published[:10]) - datetime.date.fromisoformat(time.latest[:10])
        except ValueError:
            return "untold"
        return _step(gap.days, -1, 0, 1, 3, 7, 14, 30, 60, 120, 365)

    def _head(self, mention: Mention) -> str:
        return fold(mention.head.of(self._text)).rsplit(" ", 1)[-1]

    def _around(self, first: int, stop: int) -> Iterator[tuple[str, str]]:
        """The two words before and the two after a stretch of words, and the pairs of them."""
        words = self._words
        before = [words[k] if k >= 0 else "^" for k in (first - 1, first - 2)]
        after = [words[k] if k < len(words) else "$" for k in (stop, stop + 1)]
        yield "before1", before[0]
        yield "before2", before[1]
        yield "before", f"{before[1]} {before[0]}"
        yield "after1", after[0]
        yield "after2", after[1]
        yield "after", f"{after[0]} {after[1]}"

    def of_draft(
        self, kind: str, events: Sequence[Event], before: Sequence[tuple[str, Sequence[Event]]], among: int
    ) -> set[str]:
        """The features of a template-to-be: all its tellings', and where it stands among the document's."""
        found = {feature for event in events for feature in self.of_event(event)}
        found |= {f"text={word}" for word in self._words}  # what the whole text is about
        return found | {
            f"draft:kind={kind}",
            f"draft:among={min(4, among)}",
            f"draft:place={min(4, len(before))}",
            f"draft:tellings={min(5, len(events))}",
            f"draft:old={all(event.background for event in events)}",
            f"draft:again={any(other == kind for other, _ in before)}",
        }

    def of_mention(self, mention: Mention) -> Iterator[tuple[list[str], str]]:
        """For each way to write a mention its features as a filler, whatever the role, and the words."""
        if mention.level == "pronoun":
            return
        told = [*self._page, *self._of_mention(mention)]
        for form, words in self._cast.forms(mention):
            parts = fold(words).split() or [""]
            yield (
                [
                    *told,
                    f"form={form}",
                    f"form={form}:{mention.kind}:{mention.level}",
                    f"size={min(6, len(parts))}",
                    f"first={parts[0]}",
                    f"last={parts[-1]}",
                ],
                words,
            )

    def _of_mention(self, mention: Mention) -> Iterator[str]:
        entity, head = self._cast.entity(mention), self._head(mention)
        yield "bias"
        yield f"kind={mention.kind}:{mention.level}"
        yield f"kind={mention.kind}"
        yield f"sector={entity.sector if entity else None}:{mention.kind}"
        yield f"head={head}"
        yield f"known={bool(entity and entity.actor)}"
        same = self._cast.same(mention)
        yield "count=" + _step(len(same), 1, 2, 4, 8)
        yield "named=" + str(any(m.level == "name" for m in same))
        yield "start=" + _step(mention.span.start, 200, 500, 1000, 2000, 4000)
        yield f"source={mention.head.end in self._sources}"
        first = bisect.bisect_left(self._starts, mention.span.start)
        stop = bisect.bisect_left(self._starts, mention.head.end)
        for name, word in self._around(first, stop):
            yield f"{name}={word}"
        for word in self._words[first : stop - 1][-4:]:
            yield f"within={word}"
        yield from self._of_arguments("as", self._arguments.get(mention.id, []), mention)
        yield from self._of_arguments("entity", self._entity.get(mention.entity or "", []), mention)
        yield from self._of_neighbours(mention)

    def _of_arguments(self, name: str, found: list[tuple[str, Event]], mention: Mention) -> Iterator[str]:
        if not found:
            yield f"{name}=none"
        seen = set()
        for role, event in found:
            told = "old" if event.background else event.status
            seen |= {
                f"{name}={role}:{event.muc4}",
                f"{name}={role}:{event.muc4}:{told}",
                f"{name}={role}",
                f"{name}={role}:{mention.kind}:{event.muc4 is not None}",
                f"{name}={role}:{fold(event.trigger.of(self._text))}",
            }
        yield from sorted(seen)

    def _of_neighbours(self, mention: Mention) -> Iterator[str]:
        """The nearest telling of violence before and after in the same sentence."""
        k = bisect.bisect_left(self._events, mention.head, key=lambda e: e.trigger)
        left = self._events[k - 1] if k else None
        right = self._events[k] if k < len(self._events) else None
        for side, near in (("left", left), ("right", right)):
            if near is None:
                yield f"{side}=none"
                continue
            low = near.trigger.end if side == "left" else mention.head.end
            high = mention.span.start if side == "left" else near.trigger.start
            if high - low > _REACH or _BREAK.search(self._text, low, max(low, high)):
                yield f"{side}=far"
                continue
            told = "old" if near.background else near.status
            yield f"{side}={near.muc4}:{told}"
            yield f"{side}={fold(near.trigger.of(self._text))}"
            yield f"{side}=" + _step(high - low, 1, 15, 40, 80, 140)
            yield f"{side}={near.muc4}:" + _step(high - low, 15, 40, 100) + ":" + mention.kind
