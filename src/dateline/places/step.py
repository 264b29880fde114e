"""The step: matches, decision, choice."""

from __future__ import annotations

import math
from collections import Counter

from dateline.core import Document, Passage, Place, Span, Toponym, content_id
from dateline.knowledge.folding import fold
from dateline.knowledge.gazetteer import gazetteer
from dateline.knowledge.place_words import place_weights, place_words
from dateline.language import Parse
from dateline.language.signals import NOTHING, Signals
from dateline.places.context import names_of, scene_of
from dateline.places.evidence import Around, Neighbours, features, surroundings
from dateline.places.matches import Match, Matcher
from dateline.places.metonyms import Metonyms, Slots
from dateline.places.nominals import Nominals
from dateline.places.phrases import Computed, Phrases, Standing, abroad_site, main_country
from dateline.places.placing import place_of
from dateline.places.resolve import choose

_SURE = 0.45
_SURE_CLOSE = 0.32
_SURE_UNKNOWN = 0.3
_SURE_SPELLED = 0.08
_MARGIN = 0.05
_TOWN_KM = 20.0


class Places:
    """Finds the names of places and says which place each stands for, or that it cannot be told.

    The pipeline calls it:

    >>> import dateline
    >>> [place.name for place in dateline.read("Protesters marched in Lima, Peru.").places]
    ['Lima', 'Peru']
    """

    def __init__(self, heard: str | None = None) -> None:
        """``heard``: the encoder whose signals find the names in text without capitals; None: nobody's."""
        self._words = place_words()
        self._gazetteer = gazetteer()
        self._hears = heard is not None
        self.producer = "gazetteer-places@2" + self._gazetteer.label + (f"+{heard}" if heard else "")
        self._matches = Matcher(self._gazetteer, self._words)
        self._weights = place_weights()
        slots = Slots()
        self._neighbours = Neighbours(self._words, slots)
        self._phrases = Phrases(self._gazetteer, self._words)
        self._nominals = Nominals(self._gazetteer, self._phrases)
        self._metonyms = Metonyms(slots, self._capital)

    def __call__(
        self, document: Document, parse: Parse, passages: tuple[Passage, ...], signals: Signals = NOTHING
    ) -> tuple[tuple[Toponym, ...], tuple[Place, ...]]:
        """The toponyms in text order and the places that they stand for, each once."""
        found, arounds, peoples = self.named(document, parse, passages, signals if self._hears else NOTHING)
        names, keys = names_of(found, arounds, self._words)
        scene = scene_of(document, found, peoples, arounds)
        choice = choose(names, scene, self._weights["first"], self._weights["second"], _MARGIN)
        standings = [Standing(m, place_of(e) if (e := choice[k]) else None) for m, k in zip(found, keys, strict=True)]
        return self._told(document, parse, standings)

    def _told(
        self, document: Document, parse: Parse, standings: list[Standing]
    ) -> tuple[tuple[Toponym, ...], tuple[Place, ...]]:
        """The names with what the words around them make of them, and the places told without a name."""
        text = document.text
        around = self._phrases(text, standings)
        places: dict[str, Place] = {}
        toponyms = []
        for k, standing in enumerate(standings):
            place, computed, span = standing.place, around[k], standing.match.span
            if place is None and k + 1 < len(standings):
                place = _named_in(span, around[k + 1])
            area = computed.place if computed else None
            metonym = computed is None and (abroad_site(text, standing.match) or self._metonyms(standing.match, place))
            place = place if metonym else self._town(place)
            places.update({each.id: each for each in (place, area) if each is not None and each.id not in places})
            toponyms.append(
                Toponym(
                    id=content_id("l", document.sha256, span.start, span.end),
                    span=span,
                    place=place.id if place else None,
                    metonym=metonym,
                    area=area.id if area else None,
                    phrase=computed.phrase if computed else None,
                )
            )
        taken = [standing.match.span for standing in standings]
        for found in self._nominals(text, parse, taken, main_country(standings)):
            places.setdefault(found.place.id, found.place)
            own = content_id("l", document.sha256, found.phrase.start, found.phrase.end)
            toponyms.append(Toponym(own, found.phrase, found.place.id))
        return tuple(sorted(toponyms, key=lambda toponym: toponym.span)), tuple(places.values())

    def _town(self, place: Place | None) -> Place | None:
        """The town that a country is: "in Singapore"; other places as they are."""
        if place is None or place.kind != "country" or place.radius_km > _TOWN_KM or place.country is None:
            return place
        entry = self._gazetteer.capital(place.country)
        return place_of(entry) if entry and fold(entry.name) == fold(place.name) else place

    def _capital(self, country: str) -> str | None:
        entry = self._gazetteer.capital(country)
        return place_of(entry).id if entry else None

    def named(
        self, document: Document, parse: Parse, passages: tuple[Passage, ...], signals: Signals = NOTHING
    ) -> tuple[list[Match], list[Around], Counter[str]]:
        """The matches that are taken for names of places, what surrounds each, and the peoples named."""
        found, peoples = self._matches(document, parse, passages, signals)
        arounds = surroundings(found, document.text, self._neighbours, peoples)
        kept = [
            (match, around)
            for match, around in zip(found, arounds, strict=True)
            if self.probability(match, around, document.text) >= sure(match, around)
        ]
        return [match for match, _ in kept], [around for _, around in kept], peoples

    def probability(self, match: Match, around: Around, text: str) -> float:
        """How likely the match is the name of a place."""
        weights = self._weights["name"]
        told = features(match, text, self._neighbours, self._words, around)
        total = weights.get("bias", 0.0) + sum(weights.get(feature, 0.0) for feature in told)
        return 1 / (1 + math.exp(-total))


def sure(match: Match, around: Around) -> float:
    """How probable a match must be: less for a name that is not in the gazetteer, where a place goes unseen otherwise.

    Less, too, near other places of the document, and least for another spelling of a place in a country
    that the document names.
    """
    if not match.loose:
        return _SURE_CLOSE if around.close else _SURE
    return _SURE_SPELLED if around.related else _SURE_UNKNOWN


def _named_in(span: Span, computed: Computed | None) -> Place | None:
    """The district or site that a name without a place names: "Karrada district of Baghdad"."""
    if computed is None or computed.place.kind not in ("district", "facility") or not computed.phrase.holds(span):
        return None
    return computed.place
