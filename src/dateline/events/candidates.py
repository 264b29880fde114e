"""The names of a sentence that can say where its events happened: toponyms, and other names that may be places."""

from __future__ import annotations

import bisect
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
_SAME = 0.001
_LOCATIVE = word_set("locative")
_NEVER: frozenset[MentionKind] = frozenset({"force", "people", "vehicle", "weapon"})
_PARTIES: frozenset[MentionKind] = frozenset({"person", "group", "government", "force", "organisation"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name: tokens ``first`` to ``last`` (inclusive), ``head`` the one that the rest of the sentence hangs it on.

    ``chain`` is ``head`` and its ancestors up to the root; ``kind`` the place's kind, "unplaced" for a toponym
    without a place, "name" for a name that is no toponym; ``mention`` the kind of the named mention over its last
    word and ``meant`` whether that mention names just this. ``area`` is what the words around the name make of the
    place ("20 km north of Kirkuk").
    """

    span: Span
    first: int
    last: int
    head: int
    chain: tuple[int, ...]
    kind: str
    toponym: Toponym | None
    place: Place | None
    area: Place | None
    mention: MentionKind | None
    meant: bool

    @property
    def governs(self) -> bool:
        """Whether the name stands for a government."""
        return self.toponym is not None and self.toponym.metonym

    @property
    def words(self) -> Span:
        """The name, with the words around it where they make another point of it ("20 km north of Jolo").

        A part ("northern Iraq") or a neighbourhood ("near Jolo") is told by the name.
        """
        if self.area is None or self.place is None or self.toponym is None or self.toponym.phrase is None:
            return self.span
        moved = max(abs(self.area.lat - self.place.lat), abs(self.area.lon - self.place.lon)) > _SAME
        return self.toponym.phrase if moved and self.area.kind == "area" else self.span


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
        starts = [token.start for token in sentence]
        found: dict[tuple[int, int], Toponym | None] = {}
        for toponym in within(self._toponyms, sentence.span):
            found[_ends(starts, toponym.span)] = toponym
        ends = [_ends(starts, timex.span) for timex in within(self._timexes, sentence.span)]
        runs = _runs(sentence, {i for first, last in ends for i in range(first, last + 1)})
        if not found and not runs:
            return ()
        named = {}
        for mention in within(self._mentions, sentence.span):
            first, last = _ends(starts, mention.head)
            for i in range(first, last + 1):
                named[i] = mention
        found = {ends: t for ends, t in found.items() if not _of_person(sentence, ends, named.get(ends[1]))}
        for first, last in runs:
            if not self._is_party(sentence, first, named.get(last)):
                found.setdefault((first, last), None)
        return tuple(
            self._candidate(sentence, first, last, toponym, named.get(last))
            for (first, last), toponym in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1]))
        )

    def _is_party(self, sentence: Sentence, first: int, mention: Mention | None) -> bool:
        """Whether a name is a party that the registry knows, or one by its kind that no preposition leads to."""
        if mention is None:
            return False
        if mention.kind in _NEVER or (mention.entity in self._actors and mention.kind in _PARTIES):
            return True
        left = sentence[first - 1].lower if first else ""
        return mention.kind == "person" and mention.head.start == sentence[first].start and left not in _LOCATIVE

    def _candidate(
        self,
        sentence: Sentence,
        first: int,
        last: int,
        toponym: Toponym | None,
        over: Mention | None,
    ) -> Candidate:
        head = last
        for _ in range(last - first):
            above = sentence[head].head
            if above == head or not first <= above <= last:
                break
            head = above
        place = self._places.get(toponym.place) if toponym and toponym.place else None
        span = sentence.cover((first, last))
        return Candidate(
            span=span,
            first=first,
            last=last,
            head=head,
            chain=(head, *(t.i for t in sentence.ancestors(head))),
            kind=place.kind if place else "unplaced" if toponym else "name",
            toponym=toponym,
            place=place,
            area=self._places.get(toponym.area) if toponym and toponym.area else None,
            mention=over.kind if over else None,
            meant=over is not None and over.head == span,
        )


def _of_person(sentence: Sentence, ends: tuple[int, int], mention: Mention | None) -> bool:
    """Whether a name is a part of a person's: "Salem" in "Ann Salem"."""
    if mention is None or mention.kind != "person":
        return False
    span = sentence.cover(ends)
    return mention.head != span and mention.head.holds(span)


def _ends(starts: list[int], span: Span) -> tuple[int, int]:
    """The first and last token of a span, by where the tokens start."""
    first = max(0, bisect.bisect_right(starts, span.start) - 1)
    return first, max(first, bisect.bisect_left(starts, span.end) - 1)


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
