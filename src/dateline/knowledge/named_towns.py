"""How much a report speaks of each town and country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping

from dateline.core import Document, Hearing, Place, Span, Toponym
from dateline.knowledge.folding import fold
from dateline.knowledge.place_words import place_words

TOWNS = ("city", "town", "district")
_SILENT = ("header", "byline", "boilerplate")
_DATELINE = 2.0
_TITLE = 1.0
_AFTER = 24


def named_places(
    document: Document,
    hearing: Hearing,
    toponyms: Iterable[Toponym],
    places: Iterable[Place],
    kinds: Container[str] = TOWNS,
    others: Container[Span] = (),
) -> Mapping[Place, float]:
    """How much a report speaks of each place of some kinds: one a name, more for its dateline and its title.

    Names of streets are left out, those that are ``others`` ("Mr Lima"), and headers, bylines and boilerplate.
    """
    known = {place.id: place for place in places if place.kind in kinds}
    found: defaultdict[Place, float] = defaultdict(float)
    for toponym in toponyms:
        place = known.get(toponym.place or "")
        passage = hearing.passage(toponym.span)
        if place is None or (passage and passage.role in _SILENT) or _street(document.text, toponym.span.end):
            continue
        if toponym.span in others:
            continue
        found[place] += _DATELINE if passage and passage.role == "dateline" else 1.0
    title = f" {fold(document.title or '')} "
    for place in found:
        if f" {fold(place.name)} " in title:
            found[place] += _TITLE
    return found


def _street(text: str, end: int) -> bool:
    """Whether the word behind a name makes a street of it: "Quincy Avenue"."""
    words = text[end : end + _AFTER].split(maxsplit=1)
    if text[end : end + 1] != " " or not words or not words[0][0].isupper():
        return False  # "a Lima park" is no street
    return place_words().after.get(words[0].strip(".,;:").lower()) == "street"
