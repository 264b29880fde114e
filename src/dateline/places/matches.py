"""Where names of the gazetteer stand in a parsed text, before anything is decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.core import Document, Passage, Span
from dateline.knowledge.folding import fold
from dateline.knowledge.gazetteer import LONGEST, Gazetteer, GazetteerEntry
from dateline.language import Parse, Sentence
from dateline.language.case import mostly_capitals

_GLUE = frozenset("-‐‑–'’&./")
_CAPITAL = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``first`` to ``last`` (inclusive) of a sentence that spell a name of the gazetteer.

    ``alone`` is False for a short form ("Mich.") that counts only after a town; ``capitals``: the whole
    passage is in capitals, so the capitals of the name tell nothing.
    """

    span: Span
    key: str
    sentence: Sentence
    first: int
    last: int
    entries: tuple[GazetteerEntry, ...]
    abbreviated: bool = False
    alone: bool = True
    capitals: bool = False


class Matcher:
    """Finds the longest gazetteer names that begin and end with a capital, left to right, without overlap."""

    def __init__(self, gazetteer: Gazetteer, links: frozenset[str]) -> None:
        self._gazetteer = gazetteer
        self._links = links

    def __call__(
        self, document: Document, parse: Parse, passages: tuple[Passage, ...]
    ) -> tuple[list[Match], Counter[str]]:
        """The matches, and how often the text names each country's people ("Iraqi", "Peruvians")."""
        text = document.text
        shouted = {p.id for p in passages if mostly_capitals(text[p.span.start : p.span.end])}
        found: list[Match] = []
        peoples: Counter[str] = Counter()
        for sentence in parse:
            found += self._in_sentence(text, sentence, sentence.passage in shouted, peoples)
        return found, peoples

    def _in_sentence(self, text: str, sentence: Sentence, capitals: bool, peoples: Counter[str]) -> Iterator[Match]:
        words = [text[t.start : t.end] for t in sentence]
        capital = [_capital(word) for word in words]
        i = 0
        while i < len(words):
            if not capital[i]:
                i += 1
                continue
            n, country = self._people(words, i, capitals)
            if n:
                peoples[country] += 1
                i += n
                continue
            match = self._abbreviation(text, sentence, words, i, capitals)
            match = match or self._name(sentence, words, capital, i, capitals)
            if match is None:
                i += 1
            else:
                yield match
                i = match.last + 1

    def _people(self, words: list[str], i: int, capitals: bool) -> tuple[int, str]:
        for n in (3, 2, 1):
            word = " ".join(words[i : i + n])
            country = self._gazetteer.demonym(word.title() if capitals else word)
            if country and i + n <= len(words):
                return n, country
        return 0, ""

    def _name(self, sentence: Sentence, words: list[str], capital: list[bool], i: int, capitals: bool) -> Match | None:
        end = i + 1
        while end < min(len(words), i + LONGEST) and self._goes_on(words[end], capital[end]):
            end += 1
        n, entries = self._gazetteer.longest(words[:end], i)
        while n and not capital[i + n - 1]:
            n, entries = self._gazetteer.longest(words[: i + n - 1], i)
        key = fold(" ".join(words[i : i + n]))
        if len(key) < 2:
            return None
        return Match(sentence.cover((i, i + n - 1)), key, sentence, i, i + n - 1, entries, capitals=capitals)

    def _goes_on(self, word: str, capital: bool) -> bool:
        return capital or word in _GLUE or word.lower() in self._links

    def _abbreviation(self, text: str, sentence: Sentence, words: list[str], i: int, capitals: bool) -> Match | None:
        token = sentence[i]
        for end in (token.end + 1, token.end):
            word = text[token.start : end]
            known = self._gazetteer.abbreviation(word) if end == token.end or word.endswith(".") else None
            if known is None:
                continue
            after_town = i >= 2 and words[i - 1] in (",", "(") and _capital(words[i - 2])
            alone = known.alone and not capitals
            if after_town or alone:
                return Match(token.span, word, sentence, i, i, known.entries, True, alone, capitals)
        return None


def _capital(word: str) -> bool:
    letter = _CAPITAL.search(word)
    return letter is not None and word[letter.start()].isupper()
