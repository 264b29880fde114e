"""Names and scene of a document, put together from its matches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dateline.core import Document
from dateline.knowledge.gazetteer import GazetteerEntry
from dateline.knowledge.place_words import PlaceWords
from dateline.places.evidence import Around, container_of
from dateline.places.matches import Match
from dateline.places.resolve import Name, Scene

_HOST = re.compile(r"^[a-z]+://(?:[^/@]*@)?([^/:?#]+)", re.I)
_CODES = {"uk": "GB"}
_KINDS = ("admin1", "admin2", "city", "country", "facility", "area")


def names_of(found: Sequence[Match], arounds: Sequence[Around], words: PlaceWords) -> tuple[list[Name], list[str]]:
    """The names to be told apart, and for each match the key of its name.

    Standings of one spelling are one name; a standing with a container that another place of the spelling
    satisfies ("Springfield, Illinois … Springfield, Ohio") is a name of its own.
    """
    units: list[tuple[GazetteerEntry, ...]] = []
    for k, match in enumerate(found):
        following = found[k + 1] if k + 1 < len(found) else None
        held = arounds[k].contained and following is not None and container_of(match, following)
        units.append(following.entries[:6] if held and following is not None else ())
    told: dict[str, list[tuple[GazetteerEntry, ...]]] = {}
    for match, unit in zip(found, units, strict=True):
        if unit and unit not in told.setdefault(match.key, []):
            told[match.key].append(unit)
    keys: list[str] = []
    entries: dict[str, tuple[GazetteerEntry, ...]] = {}
    unit_of: dict[str, tuple[GazetteerEntry, ...]] = {}
    kinds: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    for match, unit in zip(found, units, strict=True):
        known = told.get(match.key, [])
        use = unit or (known[0] if known else ())
        key = match.key if not known or use is known[0] or use == known[0] else f"{match.key}|{known.index(use)}"
        keys.append(key)
        counts[key] += 1
        entries.setdefault(key, match.entries)
        unit_of.setdefault(key, use)
        kinds.setdefault(key, set()).update(_kind_beside(match, words))
    loose = {key for key, match in zip(keys, found, strict=True) if match.loose}
    governs = {key for key, around in zip(keys, arounds, strict=True) if around.governs}
    names = [
        Name(key, entries[key], unit_of[key], frozenset(kinds[key]), counts[key], key in loose, key in governs)
        for key in entries
    ]
    return names, keys


def _kind_beside(match: Match, words: PlaceWords) -> set[str]:
    """The kind told by the word after ("Anbar province") or before ("the city of Hit")."""
    sentence, kinds = match.sentence, set()
    if match.last + 1 < len(sentence):
        kinds.add(words.after.get(sentence[match.last + 1].lower, ""))
    if match.first >= 2 and sentence[match.first - 1].lower == "of":
        kinds.add(words.after.get(sentence[match.first - 2].lower, ""))
    elif match.first >= 1:
        before = words.after.get(sentence[match.first - 1].lower, "")
        kinds.add(before if before in ("admin1", "city") else "")
    return {kind for kind in kinds if kind in _KINDS}


def scene_of(document: Document, found: Sequence[Match], peoples: Counter[str], arounds: Sequence[Around]) -> Scene:
    """The countries and units that the document names outright, and the country of its outlet's address."""
    countries: Counter[str] = Counter()
    for country, count in peoples.items():
        countries[country] += count
    units: set[int] = set()
    for match, around in zip(found, arounds, strict=True):
        for entry in match.entries[:3]:
            if entry.kind == "country" and entry.country:
                countries[entry.country] += 1
            elif entry.kind == "admin1" and (not entry.alternate or around.container or match.abbreviated):
                units.add(entry.number)
                if entry.country:
                    countries[entry.country] += 1
    total = sum(countries.values())
    return Scene({k: v / total for k, v in countries.items()}, frozenset(units), _outlet_country(document.url))


def _outlet_country(url: str | None) -> str | None:
    """The country of a web address by its top-level domain; None where it tells none.

    >>> _outlet_country("https://news.example.co.uk/a"), _outlet_country("https://example.com/")
    ('GB', None)
    """
    match = _HOST.match(url or "")
    if match is None:
        return None
    last = match.group(1).rsplit(".", 1)[-1].lower()
    if len(last) != 2 or last in ("tv", "fm", "co", "io", "me", "cc", "ai", "eu"):
        return None
    return _CODES.get(last, last.upper())
