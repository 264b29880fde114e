"""Word pieces and the windows that the shared encoder reads, with the code points that each piece stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.core import ModelError, Span

WINDOW = 128
"""The longest window in pieces, its two marks included."""


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences in a row that the encoder reads together.

    ``ids`` are vocabulary numbers with the marks of begin and end around them; ``spans`` are the
    code points of the pieces between the marks, so there are two fewer of them.
    """

    ids: tuple[int, ...]
    spans: tuple[Span, ...]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of one sentence."""

    ids: tuple[int, ...]
    spans: tuple[Span, ...]


class WordPieces:
    """The vocabulary of the encoder behind records of our own."""

    def __init__(self, file: Path) -> None:
        """``file``: a ``tokenizer.json``. ModelError where it is missing or no vocabulary."""
        from tokenizers import Tokenizer

        try:
            self._tokenizer: Any = Tokenizer.from_file(str(file))
        except Exception as error:  # the library raises nothing narrower
            raise ModelError(f"{file}: {error}") from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        begin, end = (self._tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
        if begin is None or end is None:
            raise ModelError(f"{file}: no marks of begin and end")
        self._begin, self._end = int(begin), int(end)

    def pieces(self, text: str, spans: Iterable[Span]) -> list[Pieces]:
        """The pieces of each stretch of the text; offsets are code points of the whole text."""
        return [self._of(text, span) for span in spans]

    def _of(self, text: str, span: Span) -> Pieces:
        found = self._tokenizer.encode(_plain(span.of(text)), add_special_tokens=False)
        return Pieces(
            tuple(found.ids), tuple(Span(span.start + start, span.start + end) for start, end in found.offsets)
        )

    def windows(self, sentences: Iterable[Pieces], size: int = WINDOW, first: int | None = None) -> Iterator[Window]:
        """Whole sentences packed in order into windows; a sentence longer than a window is cut.

        ``first``: the room of the first window where it is to be smaller (training varies the borders).
        """
        room, ids, spans = (first or size) - 2, [], []  # type: int, list[int], list[Span]
        for sentence in sentences:
            at = 0
            while at < len(sentence.ids):
                left = len(sentence.ids) - at
                if ids and left > room - len(ids):
                    yield self._window(ids, spans)
                    room, ids, spans = size - 2, [], []
                take = min(left, room - len(ids))
                ids += sentence.ids[at : at + take]
                spans += sentence.spans[at : at + take]
                at += take
        if ids:
            yield self._window(ids, spans)

    def _window(self, ids: list[int], spans: list[Span]) -> Window:
        return Window((self._begin, *ids, self._end), tuple(spans))


def _plain(words: str) -> str:
    """The words with halves of characters, which no vocabulary holds, in the same length."""
    if words.isascii():
        return words
    return "".join("?" if "\ud800" <= c <= "\udfff" else c for c in words)
