"""What the encoder's heads say: stretches of text with a label, values of words, and which words belong together."""

from __future__ import annotations

import bisect
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.core import Span

Warm = dict[tuple[int, str], NDArray[np.float32]]
_WARM = 64


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each head stands in the encoder's output rows."""

    tags: Mapping[str, tuple[int, tuple[str, ...]]]
    values: Mapping[str, int]
    pairs: tuple[str, ...]
    width: int

    @classmethod
    def of(cls, tags: Mapping[str, Sequence[str]], values: Sequence[str], pairs: Sequence[str], width: int) -> Layout:
        """The layout that ``heads.json`` tells: tag heads first, then the values."""
        found, at = {}, 0
        for name, labels in tags.items():
            found[name] = (at, tuple(labels))
            at += len(labels)
        return cls(found, {name: at + k for k, name in enumerate(values)}, tuple(pairs), width)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that a head gave a label; ``score`` is the mean probability of their labels.

    ``window`` and the pieces ``first`` to ``last`` say where the encoder saw them.
    """

    label: str
    span: Span
    score: float
    window: int
    first: int
    last: int


class WindowSignals:
    """The output rows of one window; row 0 and the last one belong to the marks.

    ``warm`` is shared by the windows of a document: keys in the form that is reckoned with, the last few of them.
    """

    __slots__ = ("_asked", "_keys", "_labels", "_layout", "_starts", "_warm", "spans")

    def __init__(
        self,
        layout: Layout,
        spans: tuple[Span, ...],
        labels: NDArray[np.float32],
        keys: NDArray[np.float16],
        warm: Warm | None = None,
    ) -> None:
        self.spans = spans
        self._warm = {} if warm is None else warm
        self._layout, self._labels, self._keys = layout, labels, keys
        self._starts = [span.start for span in spans]
        self._asked: dict[str, NDArray[np.float32]] = {}

    def stretches(self, head: str, number: int) -> list[Stretch]:
        """The stretches that a tag head marks, in order (BIO decoding, each piece its best label)."""
        _, names = self._layout.tags[head]
        chances = self._chances(head)
        best = chances.argmax(1).tolist()
        made: list[Stretch] = []
        k = 0
        while k < len(best):
            kind = (best[k] + 1) // 2
            if not kind:
                k += 1
                continue
            end = k + 1
            while end < len(best) and best[end] == 2 * kind:
                end += 1
            inside = chances[k:end, 2 * kind - 1 : 2 * kind + 1].sum(1)
            span = Span(self.spans[k].start, self.spans[end - 1].end)
            made.append(Stretch(names[2 * kind][2:], span, round(float(inside.mean()), 4), number, k, end - 1))
            k = end
        return made

    def piece(self, span: Span) -> int | None:
        """The first piece that overlaps a stretch of the document."""
        k = max(0, bisect.bisect_right(self._starts, span.start) - 1)
        while k < len(self.spans) and self.spans[k].end <= span.start:
            k += 1
        return k if k < len(self.spans) and self.spans[k].start < span.end else None

    def pieces(self, span: Span) -> range:
        """All pieces that overlap a stretch."""
        first = self.piece(span)
        if first is None:
            return range(0)
        return range(first, max(first + 1, bisect.bisect_left(self._starts, span.end)))

    def value(self, head: str, piece: int) -> float:
        """What a value head says of a piece."""
        return float(self._labels[piece + 1, self._layout.values[head]])

    def mean(self, head: str, pieces: range) -> float:
        """The mean of what a value head says of some pieces: how the marks of whole sentences are told."""
        rows = self._labels[pieces.start + 1 : pieces.stop + 1, self._layout.values[head]]
        return float(rows.astype(np.float64).mean())

    def chances(self, head: str, piece: int) -> NDArray[np.float32]:
        """The probabilities of a tag head's labels at a piece."""
        chances: NDArray[np.float32] = self._chances(head)[piece]
        return chances

    def _chances(self, head: str) -> NDArray[np.float32]:
        if head not in self._asked:
            at, names = self._layout.tags[head]
            self._asked[head] = _softmax(self._labels[1:-1, at : at + len(names)])
        return self._asked[head]

    def pair_row(self, head: str, piece: int) -> NDArray[np.float32]:
        """The scores of all pieces as partner of one; entry 0 stands for "none here", entry k + 1 for piece k."""
        return self.pair_mean(head, piece, piece)

    def pair_mean(self, head: str, first: int, last: int) -> NDArray[np.float32]:
        """The mean scores of all pieces as partner of the pieces ``first`` to ``last``, as in ``pair_row``."""
        width = self._layout.width
        at = 2 * self._layout.pairs.index(head) * width
        query = self._keys[first + 1 : last + 2, at : at + width].astype(np.float32)
        query = query[0] if first == last else query.mean(0)
        asked = (self.spans[0].start, head)
        if asked not in self._warm:
            if len(self._warm) == _WARM:
                del self._warm[next(iter(self._warm))]
            self._warm[asked] = self._keys[:-1, at + width : at + 2 * width].astype(np.float32)
        scores: NDArray[np.float32] = (self._warm[asked] @ query) / np.float32(width**0.5)
        return scores


class Signals:
    """What was heard in a document; empty where there is no encoder or the text lies behind its limit."""

    __slots__ = ("_edges", "layout", "windows")

    def __init__(self, layout: Layout | None, windows: tuple[WindowSignals, ...]) -> None:
        self.layout = layout
        self.windows = windows
        self._edges = [window.spans[0].start for window in windows]

    def __bool__(self) -> bool:
        return bool(self.windows)

    def stretches(self, head: str) -> tuple[Stretch, ...]:
        """Everything that a tag head marks in the document, in order."""
        return tuple(s for n, window in enumerate(self.windows) for s in window.stretches(head, n))

    def at(self, span: Span) -> tuple[WindowSignals, int] | None:
        """The window that holds the first piece of a stretch, and that piece; None where nothing was heard."""
        k = bisect.bisect_right(self._edges, span.start) - 1
        for n in (k, k + 1):
            if 0 <= n < len(self.windows):
                piece = self.windows[n].piece(span)
                if piece is not None:
                    return self.windows[n], piece
        return None

    def value(self, head: str, span: Span) -> float | None:
        """What a value head says of a word."""
        found = self.at(span)
        return found[0].value(head, found[1]) if found else None

    def mark(self, head: str, sentence: Span) -> float | None:
        """How likely a mark holds of a sentence, 0 to 1; None where nothing was heard or no such mark is known.

        A sentence longer than a window is judged by its first part.
        """
        found = self.at(sentence)
        if not found or self.layout is None or head not in self.layout.values:
            return None
        window, _ = found
        return round(1.0 / (1.0 + math.exp(-window.mean(head, window.pieces(sentence)))), 4)

    def hears(self, head: str) -> bool:
        """Whether the encoder has such a head at all."""
        return self.layout is not None and (head in self.layout.tags or head in self.layout.values)

    def partner(self, head: str, word: Span, other: Span) -> float | None:
        """How strongly another stretch is partner of a word: the best among its pieces; None across windows."""
        found = self.at(word)
        if not found:
            return None
        window, piece = found
        held = window.pieces(other)
        if not held:
            return None
        row = window.pair_row(head, piece)
        return float(max(row[k + 1] for k in held))


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    raised = np.exp(scores - scores.max(1, keepdims=True))
    made: NDArray[np.float32] = raised / raised.sum(1, keepdims=True)
    return made


NOTHING = Signals(None, ())
"""What is heard without an encoder."""
