"""Sentences and tokens with their dependency tree, as records of our own."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.core import Span


@dataclass(frozen=True, slots=True)
class Token:
    """A token: ``i`` is its number in the sentence, ``head`` its head's number (its own at the root).

    ``pos`` is a Universal POS tag, ``tag`` a Penn Treebank tag, ``dep`` a CLEAR dependency label;
    ``lemma`` is lower case.

    Source: the tag sets of Universal Dependencies, the Penn Treebank and ClearNLP.

    >>> Token(0, "Rebels", "rebel", "NOUN", "NNS", "nsubj", 1, 0, 6).lemma
    'rebel'
    """

    i: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the token stands in the document."""
        return Span(self.start, self.end)

    @property
    def lower(self) -> str:
        """The token in lower case."""
        return self.text.lower()


class Sentence:
    """A parsed sentence; iterating gives its tokens, ``sentence[i]`` one of them.

    ``start`` and ``end`` of tokens and ``span`` are code points of the document's text.

    >>> rebels = Token(0, "Rebels", "rebel", "NOUN", "NNS", "nsubj", 1, 0, 6)
    >>> fled = Token(1, "fled", "flee", "VERB", "VBD", "ROOT", 1, 7, 11)
    >>> sentence = Sentence(Span(0, 11), (rebels, fled), "p1")
    >>> [token.text for token in sentence], sentence[0].dep
    (['Rebels', 'fled'], 'nsubj')
    """

    __slots__ = ("_children", "passage", "span", "tokens")

    def __init__(self, span: Span, tokens: tuple[Token, ...], passage: str) -> None:
        self.span = span
        self.tokens = tokens
        self.passage = passage
        self._children: tuple[tuple[Token, ...], ...] | None = None

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, i: int) -> Token:
        return self.tokens[i]

    def children(self, i: int, *deps: str) -> tuple[Token, ...]:
        """The dependents of token ``i``, in order; only those with one of the labels where given."""
        found = (self._children or self._linked())[i]
        return tuple([token for token in found if token.dep in deps]) if found and deps else found

    def _linked(self) -> tuple[tuple[Token, ...], ...]:
        lists: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                lists[token.head].append(token)
        self._children = tuple(tuple(each) for each in lists)
        return self._children

    def head(self, i: int) -> Token | None:
        """The head of token ``i``, or None at the root."""
        token = self.tokens[i]
        return None if token.head == i else self.tokens[token.head]

    def ancestors(self, i: int) -> Iterator[Token]:
        """The heads above token ``i``, nearest first."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield self.tokens[i]

    def subtree(self, i: int, without: frozenset[str] = frozenset()) -> tuple[int, ...]:
        """Token numbers of the subtree of ``i``, sorted; branches with a label in ``without`` left out."""
        children, found = self._children or self._linked(), [i]
        for k in found:  # it grows while it is walked
            for child in children[k]:
                if child.dep not in without:
                    found.append(child.i)
        return tuple(sorted(found))

    def conjuncts(self, i: int) -> tuple[int, ...]:
        """``i`` and what is coordinated under it ("A, B and C" from A)."""
        found = [i]
        for child in self.children(i, "conj"):
            found += self.conjuncts(child.i)
        return tuple(found)

    def cover(self, numbers: tuple[int, ...] | list[int]) -> Span:
        """The span from the first to the last of the tokens."""
        return Span(self.tokens[min(numbers)].start, self.tokens[max(numbers)].end)

    def tokens_in(self, span: Span) -> tuple[Token, ...]:
        """The tokens that overlap a span of the document."""
        return tuple(t for t in self.tokens if t.start < span.end and span.start < t.end)


class Parse:
    """The sentences of a document in order.

    >>> len(tuple(Parse(())))
    0
    """

    __slots__ = ("_starts", "sentences")

    def __init__(self, sentences: tuple[Sentence, ...]) -> None:
        self.sentences = sentences
        self._starts = [sentence.span.start for sentence in sentences]

    def __iter__(self) -> Iterator[Sentence]:
        return iter(self.sentences)

    def __len__(self) -> int:
        return len(self.sentences)

    def at(self, offset: int) -> Sentence | None:
        """The sentence that holds a code point, or None between sentences."""
        k = bisect.bisect_right(self._starts, offset) - 1
        if k >= 0 and offset < self.sentences[k].span.end:
            return self.sentences[k]
        return None

    def within(self, span: Span) -> tuple[Sentence, ...]:
        """The sentences that overlap a span."""
        k = max(0, bisect.bisect_right(self._starts, span.start) - 1)
        last = bisect.bisect_left(self._starts, span.end)
        return tuple(s for s in self.sentences[k:last] if s.span.overlaps(span))
