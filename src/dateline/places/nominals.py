"""Places told without a name: "15 miles south of the capital", "the Syrian-Turkish border"."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator

from dateline.core import Place, Span
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.place_phrases import borders
from dateline.language import Parse
from dateline.places.phrases import Computed, Phrases
from dateline.places.placing import place_of
from dateline.places.shifting import named, on_border

_CAPITAL = re.compile(
    r"\bthe\s+(?:(?P<people>[A-Z]\w+(?:\s[A-Z]\w+)?)\s+)?capital\b(?!\s*(?:,\s*|of\s+|city\s+of\s+)?[A-Z])"
)
_BORDER = re.compile(r"\b(?P<one>[A-Z]\w+)(?:[-–/](?P<other>[A-Z]\w+))?\s+border\b(?!\s+with\b)")


class Nominals:
    """Finds such places; what country is meant is told by an adjective, or is the one the document is about."""

    def __init__(self, gazetteer: Gazetteer, phrases: Phrases) -> None:
        self._gazetteer = gazetteer
        self._phrases = phrases
        self._borders = borders()

    def __call__(self, text: str, parse: Parse, taken: Iterable[Span], country: str | None) -> Iterator[Computed]:
        """The places in text order; none overlaps a name that was taken."""
        occupied = sorted(taken)
        for sentence in parse:
            words = text[sentence.span.start : sentence.span.end]
            found: list[Computed] = []
            if "capital" in words:
                found += self._from_capital(text, sentence.span, country)
            if "border" in words:
                found += self._at_border(text, sentence.span, country)
            yield from sorted(
                (each for each in found if not _overlaps(each.phrase, occupied)), key=lambda each: each.phrase
            )

    def _from_capital(self, text: str, span: Span, country: str | None) -> Iterator[Computed]:
        for told in _CAPITAL.finditer(text, span.start, span.end):
            code = self._gazetteer.demonym(told["people"]) if told["people"] else country
            entry = self._gazetteer.capital(code) if code else None
            found = self._phrases.before(text, span.start, told.start(), place_of(entry)) if entry else None
            if found is not None:
                place, start = found
                phrase = Span(start, told.end())
                yield Computed(named(place, phrase.of(text)), phrase)

    def _at_border(self, text: str, span: Span, country: str | None) -> Iterator[Computed]:
        for told in _BORDER.finditer(text, span.start, span.end):
            one = self._gazetteer.demonym(told["one"])
            other = self._gazetteer.demonym(told["other"]) if told["other"] else country
            border = self._borders.get((one or "", other or ""))
            entry = self._gazetteer.country(one) if one else None
            if border is None or entry is None:
                continue
            place: Place = on_border(place_of(entry), border)
            phrase = Span(told.start(), told.end())
            yield Computed(named(place, phrase.of(text)), phrase)


def _overlaps(span: Span, occupied: list[Span]) -> bool:
    k = bisect.bisect_right(occupied, span)
    return any(other.overlaps(span) for other in occupied[max(0, k - 2) : k + 2])
