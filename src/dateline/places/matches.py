"""Where names of the gazetteer stand in a parsed text, before anything is decided."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.core import Document, Passage, Span
from dateline.knowledge.folding import fold
from dateline.knowledge.gazetteer import LONGEST, Gazetteer, GazetteerEntry
from dateline.knowledge.place_words import PlaceWords
from dateline.language import Parse, Sentence, Token
from dateline.language.case import mostly_capitals, without_capitals
from dateline.language.signals import NOTHING, Signals

_GLUE = frozenset((*"-‐‑–'’&./", "'s", "’s"))
_HYPHENS = frozenset("-‐‑–'’")
_KINDS = frozenset(("admin1", "admin2", "city", "district", "area", "facility", "water"))
_ANNOUNCING = frozenset(("preposition", "direction", "of", "and", "taking"))
_OTHERS = frozenset(("organisation", "street", "person", "government"))
_ELIDED = re.compile(r"[^\W\d_]{1,2}['’][A-ZÀ-Þ]")
_CAPITAL = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``first`` to ``last`` (inclusive) of a sentence that spell a name of the gazetteer.

    ``alone`` is False for a short form ("Mich.") that counts only after a town; ``capitals``: the whole
    passage is in capitals, so the capitals of the name tell nothing; ``loose``: the entries (if any) are
    only spelled alike.
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
    loose: bool = False


class Matcher:
    """Finds names that begin and end with a capital, left to right, without overlap.

    The longest names of the gazetteer, and between them runs of capitals that it lacks but that stand
    where places are named; those have no entries, or those of another spelling.
    """

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords) -> None:
        self._gazetteer = gazetteer
        self._words = words

    def __call__(
        self, document: Document, parse: Parse, passages: tuple[Passage, ...], signals: Signals = NOTHING
    ) -> tuple[list[Match], Counter[str]]:
        """The matches, and how often the text names each country's people ("Iraqi", "Peruvians").

        In passages without any capital the names are those that the encoder hears as places.
        """
        text = document.text
        shouted = {p.id for p in passages if mostly_capitals(text[p.span.start : p.span.end])}
        flat = {p.id for p in passages if without_capitals(text[p.span.start : p.span.end])}
        heard = [s.span for s in signals.stretches("place")] if flat and signals else []
        found: list[Match] = []
        peoples: Counter[str] = Counter()
        for sentence in parse:
            words = [text[t.start : t.end] for t in sentence]
            if heard and sentence.passage in flat:
                words = _raised(sentence, words, heard)
            found += self._in_sentence(text, sentence, words, sentence.passage in shouted, peoples)
        return found, peoples

    def _in_sentence(
        self, text: str, sentence: Sentence, words: list[str], capitals: bool, peoples: Counter[str]
    ) -> Iterator[Match]:
        capital = [_capital(word) for word in words]
        i = 0
        while i < len(words):
            if not capital[i]:
                i += 1
                continue
            match = self._abbreviation(text, sentence, words, i, capitals)
            match = match or self._name(sentence, words, capital, i, capitals)
            n, country = self._people(words, i, capitals)
            if n and (match is None or match.last - i < n):
                peoples[country] += 1
                i += n
                continue
            if match is None and not capitals:
                match = self._unknown(sentence, words, capital, i)
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
        if len(key) < 2 or (capitals and not _named_in_capitals(sentence.tokens[i : i + n], entries)):
            return None
        if self._words.rarely.get(key) == "never":
            return None
        span = sentence.cover((i, i + n - 1))
        if words[i + n - 1].endswith(".") and "." not in words[i + n - 1][:-1] and len(words[i + n - 1]) > 4:
            span = Span(span.start, span.end - 1)
        return Match(span, key, sentence, i, i + n - 1, entries, capitals=capitals)

    def _unknown(self, sentence: Sentence, words: list[str], capital: list[bool], i: int) -> Match | None:
        """A run of capitals that the gazetteer lacks, where the words beside it announce a place."""
        last = i
        while last + 1 < min(len(words), i + 6) and (capital[last + 1] or words[last + 1] in _HYPHENS):
            last += 1
        while last > i and not capital[last]:
            last -= 1
        while last > i and self._words.after.get(words[last].lower()) in _KINDS:
            last -= 1
        names = words[i : last + 1]
        name = " ".join(names)
        key = fold(name)
        if (
            len(key) < 3
            or key in self._words.rarely
            or names[0] == "The"
            or any(self._is_other(word) for word in names)
        ):
            return None
        entries = self._gazetteer.loosely(name)
        if not entries and not self._announced(words, i, last):
            return None
        return Match(sentence.cover((i, last)), key, sentence, i, last, entries, loose=True)

    def _is_other(self, word: str) -> bool:
        """Whether a word shows that the run names a person, an organisation, a street or a people."""
        low = word.lower().rstrip(".")
        return (
            self._words.before.get(low) == "title"
            or self._words.after.get(low) in _OTHERS
            or self._words.rarely.get(low) in ("word", "given", "both", "never")
            or self._gazetteer.demonym(word) is not None
        )

    def _announced(self, words: list[str], i: int, last: int) -> bool:
        before = words[i - 1].lower() if i else ""
        if before == "the" and i > 1:
            before = words[i - 2].lower()
        after = words[last + 1].lower() if last + 1 < len(words) else ""
        return self._words.before.get(before) in _ANNOUNCING or before == "," or self._words.after.get(after) in _KINDS

    def _goes_on(self, word: str, capital: bool) -> bool:
        return capital or word in _GLUE or word.lower() in self._words.inside

    def _abbreviation(self, text: str, sentence: Sentence, words: list[str], i: int, capitals: bool) -> Match | None:
        token = sentence[i]
        for end in (token.end + 1, token.end):
            word = text[token.start : end]
            known = self._gazetteer.abbreviation(word) if end == token.end or word.endswith(".") else None
            if known is None or (capitals and not _capital(token.text)):
                continue
            after_town = i >= 2 and words[i - 1] in (",", "(") and _capital(words[i - 2])
            alone = known.alone and not capitals
            if after_town or alone:
                return Match(token.span, word, sentence, i, i, known.entries, True, alone, capitals)
        return None


def _named_in_capitals(tokens: Sequence[Token], entries: Sequence[GazetteerEntry]) -> bool:
    """Whether the parse, which guesses the case of a text in capitals, took some word for a name.

    Names of several common words ("UNITED STATES") are known for wide areas only.
    """
    wide = len(tokens) > 1 and any(entry.kind in ("country", "region", "area", "water") for entry in entries)
    return wide or any(_capital(token.text) for token in tokens)


def _raised(sentence: Sentence, words: list[str], heard: list[Span]) -> list[str]:
    """The words of a sentence, those in heard stretches with a capital."""
    first = bisect.bisect_left(heard, sentence.span)
    near = [s for s in heard[max(0, first - 1) : first + len(words)] if s.overlaps(sentence.span)]
    return [
        word[0].upper() + word[1:] if any(span.overlaps(token.span) for span in near) else word
        for word, token in zip(words, sentence, strict=True)
    ]


def _capital(word: str) -> bool:
    """Whether a word begins with a capital, or has one after its apostrophe ("d'Ivoire")."""
    letter = _CAPITAL.search(word)
    return letter is not None and (word[letter.start()].isupper() or _ELIDED.match(word) is not None)
