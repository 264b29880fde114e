"""The names of a sentence that can say where its events happened: toponyms, and other names that may be places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dateline.core import Entity, Mention, MentionKind, Place, Span, Timex, Toponym
from dateline.events.within import within
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence

_HYPHENS = frozenset("-‐‑–")
_GLUE = _HYPHENS | frozenset("'’`‘.&")
_LINKS = word_set("name_link")
_SMALL = frozenset({"DET", "ADP", "PRON", "CCONJ", "SCONJ", "AUX", "PART", "INTJ", "NUM", "PUNCT"})
_LONGEST = 8
_ACRONYM = 5
_PARTIES: frozenset[MentionKind] = frozenset({"person", "group", "government", "force", "organisation"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name: tokens ``first`` to ``last`` (inclusive), ``head`` the one that the rest of the sentence hangs it on.

    ``chain`` is ``head`` and its ancestors up to the root; ``kind`` the place's kind, "unplaced" for a toponym
    without a place, "name" for a name that is no toponym; ``mention`` the kind of the named mention over its last
    word and ``meant`` whether that mention names just this.
    """

    span: Span
    first: int
    last: int
    head: int
    chain: tuple[int, ...]
    kind: str
    toponym: Toponym | None
    place: Place | None
    mention: MentionKind | None
    meant: bool


class Names:
    """The candidates of every sentence of a document."""

    def __init__(
        self,
        toponyms: Iterable[Toponym],
        places: Iterable[Place],
        timexes: Iterable[Timex],
        mentions: Iterable[Mention],
        entities: Iterable[Entity],
    ) -> None:
        self._toponyms = sorted(toponyms, key=lambda t: t.span)
        self._places = {place.id: place for place in places}
        self._actors = {entity.id for entity in entities if entity.actor}
        self._timexes = sorted(timexes, key=lambda t: t.span)
        self._mentions = sorted((m for m in mentions if m.level == "name"), key=lambda m: m.span)

    def of(self, sentence: Sentence) -> tuple[Candidate, ...]:
        """The candidates of a sentence in text order; a longer name comes before the toponym inside it."""
        found: dict[tuple[int, int], Toponym | None] = {}
        placed = set()
        for toponym in within(self._toponyms, sentence.span):
            numbers = _tokens(sentence, toponym.span)
            if numbers:
                found[numbers[0], numbers[-1]] = toponym
                placed.update(numbers)
        taken = {i for timex in within(self._timexes, sentence.span) for i in _tokens(sentence, timex.span)}
        named = self._named(sentence)
        for first, last in _runs(sentence, taken):
            if last not in named or not self._is_actor(named[last]):
                found.setdefault((first, last), None)
        return tuple(
            self._candidate(sentence, first, last, toponym, named)
            for (first, last), toponym in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1]))
        )

    def _named(self, sentence: Sentence) -> dict[int, Mention]:
        """By token number, the named mention over it."""
        return {i: m for m in within(self._mentions, sentence.span) for i in _tokens(sentence, m.head)}

    def _is_actor(self, mention: Mention) -> bool:
        """Whether the registry knows the named one as a party: no place, whatever stands before it."""
        return mention.entity in self._actors and mention.kind in _PARTIES

    def _candidate(
        self,
        sentence: Sentence,
        first: int,
        last: int,
        toponym: Toponym | None,
        named: dict[int, Mention],
    ) -> Candidate:
        head = last
        for _ in range(last - first):
            above = sentence[head].head
            if above == head or not first <= above <= last:
                break
            head = above
        place = self._places.get(toponym.place) if toponym and toponym.place else None
        span = sentence.cover((first, last))
        over = named.get(last)
        return Candidate(
            span=span,
            first=first,
            last=last,
            head=head,
            chain=(head, *(t.i for t in sentence.ancestors(head))),
            kind=place.kind if place else "unplaced" if toponym else "name",
            toponym=toponym,
            place=place,
            mention=over.kind if over else None,
            meant=over is not None and over.head == span,
        )


def _tokens(sentence: Sentence, span: Span) -> list[int]:
    return [t.i for t in sentence.tokens_in(span)]


def _runs(sentence: Sentence, taken: set[int]) -> list[tuple[int, int]]:
    """Runs of capitalised names, glued by hyphens and small words: "Abu al-Hol", "Port-au-Prince"."""
    runs: list[tuple[int, int]] = []
    i, size = 0, len(sentence)
    while i < size:
        if i in taken or not _capital(sentence, i):
            i += 1
            continue
        last = k = i
        while k + 1 < size and k + 1 not in taken and k - i < _LONGEST and k - last < 3:
            k += 1
            if _capital(sentence, k):
                last = k
            elif not _glues(sentence, k):
                break
        end = last
        while end >= i and sentence[end].pos == "ADJ":
            end -= 1  # "Iraqi", "the Kurdish": a people, not a place
        start = _start(sentence, i)
        if end >= i and not (start == end and sentence[end].text.isupper() and len(sentence[end].text) <= _ACRONYM):
            runs.append((start, end))
        i = last + 1
    return runs


def _glues(sentence: Sentence, k: int) -> bool:
    """Whether a token may stand inside a name: a hyphen, or a small word of names ("de", or "al" before a hyphen)."""
    token = sentence[k]
    if token.text in _GLUE:
        return True
    hyphens = sentence[k - 1].text in _HYPHENS or (k + 1 < len(sentence) and sentence[k + 1].text in _HYPHENS)
    return token.lower in _LINKS and (hyphens or token.pos == "PROPN")


def _start(sentence: Sentence, i: int) -> int:
    """Where the name begins that has its first capital at token ``i``: at the article in "al-Hazm"."""
    if i > 1 and sentence[i - 1].text in _HYPHENS and sentence[i - 2].lower in _LINKS:
        return i - 2
    return i


def _capital(sentence: Sentence, i: int) -> bool:
    """Whether a token can begin or end a name: capitalised and, at the start of a sentence, tagged as one.

    A small word may carry the capital itself: "al-Hazm" as one token.
    """
    token = sentence[i]
    if token.text[0].isupper():
        return token.pos == "PROPN" or (i > 0 and token.pos not in _SMALL)
    return token.pos == "PROPN" and "-" in token.text and token.text.rpartition("-")[2][:1].isupper()
