"""The step: matches, decision, choice."""

from __future__ import annotations

import math
from collections import Counter

from dateline.core import Document, Passage, Place, Toponym, content_id
from dateline.knowledge.gazetteer import GazetteerEntry, gazetteer
from dateline.knowledge.place_words import place_weights, place_words
from dateline.language import Parse
from dateline.places.context import names_of, scene_of
from dateline.places.evidence import Around, Neighbours, features, surroundings
from dateline.places.matches import Match, Matcher
from dateline.places.resolve import choose

_SURE = 0.45
_SURE_UNKNOWN = 0.3
_SURE_SPELLED = 0.08
_MARGIN = 0.05


class Places:
    """Finds the names of places and says which place each stands for, or that it cannot be told."""

    def __init__(self) -> None:
        self._words = place_words()
        self._gazetteer = gazetteer()
        self.producer = "gazetteer-places@2" + self._gazetteer.label
        self._matches = Matcher(self._gazetteer, self._words)
        self._weights = place_weights()
        self._neighbours = Neighbours(self._words)

    def __call__(
        self, document: Document, parse: Parse, passages: tuple[Passage, ...]
    ) -> tuple[tuple[Toponym, ...], tuple[Place, ...]]:
        """The toponyms in text order and the places that they stand for, each once."""
        found, arounds, peoples = self.named(document, parse, passages)
        names, keys = names_of(found, arounds, self._words)
        scene = scene_of(document, found, peoples, arounds)
        choice = choose(names, scene, self._weights["first"], self._weights["second"], _MARGIN)
        places: dict[str, Place] = {}
        toponyms = []
        for match, key in zip(found, keys, strict=True):
            entry = choice[key]
            place = _place(entry) if entry is not None else None
            if place is not None:
                places.setdefault(place.id, place)
            span = match.span
            toponyms.append(
                Toponym(content_id("l", document.sha256, span.start, span.end), span, place.id if place else None)
            )
        return tuple(toponyms), tuple(places.values())

    def named(
        self, document: Document, parse: Parse, passages: tuple[Passage, ...]
    ) -> tuple[list[Match], list[Around], Counter[str]]:
        """The matches that are taken for names of places, what surrounds each, and the peoples named."""
        found, peoples = self._matches(document, parse, passages)
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

    Least for another spelling of a place in a country that the document names.
    """
    if not match.loose:
        return _SURE
    return _SURE_SPELLED if around.related else _SURE_UNKNOWN


def _place(entry: GazetteerEntry) -> Place:
    own = content_id("l", entry.name, entry.kind, entry.lat, entry.lon)
    return Place(
        id=f"g{entry.geonames}" if entry.geonames else own,
        name=entry.name,
        kind=entry.kind,
        lat=entry.lat,
        lon=entry.lon,
        country=entry.country,
        admin1=entry.admin1,
        geonames=entry.geonames,
        radius_km=entry.radius_km,
    )
