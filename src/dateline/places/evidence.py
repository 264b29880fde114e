"""What speaks for and against a match being the name of a place: features of the words around it."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable

from dateline.knowledge.gazetteer import GazetteerEntry
from dateline.knowledge.place_words import PlaceWords
from dateline.language import Token
from dateline.places.matches import Match
from dateline.places.metonyms import Slots

_SIZES = ((1_000_000, "huge"), (200_000, "large"), (50_000, "middle"), (10_000, "small"))
_WIDE = {"country", "region", "admin1", "area", "water"}


def container_of(match: Match, following: Match | None) -> bool:
    """Whether the next match is the unit that this one lies in: "Paris, Texas", "Lima (Peru)"."""
    if following is None or following.sentence is not match.sentence:
        return False
    between = following.first - match.last
    if between != 2 or match.sentence[match.last + 1].text not in (",", "("):
        return False
    return any(within(town, unit) for town in match.entries for unit in following.entries)


def within(town: GazetteerEntry, unit: GazetteerEntry) -> bool:
    """Whether the unit is the country, the first-order unit or the county of the town.

    A county and what lies in it are told by distance: nearer than the county's radius (25 km at least).
    """
    if unit.kind == "country":
        return town.country == unit.country and town.kind != "country"
    if town.number == unit.number or town.country != unit.country:
        return False
    if unit.kind == "admin1":
        return town.admin1_number == unit.number or (town.admin1_number < 0 and near(town, unit, unit.radius_km))
    if unit.kind in ("admin2", "area"):
        return town.kind not in ("country", "admin1") and near(town, unit, max(25.0, 1.3 * unit.radius_km))
    return False


def near(a: GazetteerEntry, b: GazetteerEntry, km: float) -> bool:
    """Whether two places are at most so far apart (flat reckoning, good to a few per cent for short distances)."""
    dy = (a.lat - b.lat) * 111.2
    dx = (a.lon - b.lon) * 111.2 * math.cos(math.radians((a.lat + b.lat) / 2))
    return dx * dx + dy * dy <= km * km


def size(entries: Iterable[GazetteerEntry]) -> str:
    """The kind of the widest place of a name, or the size of its largest town.

    >>> size(())
    'none'
    """
    best, rank = "none", -1.0
    label: str
    for entry in entries:
        if entry.kind == "country" and not entry.alternate:
            return "country"
        if entry.kind in _WIDE:
            label, value = entry.kind, 20.0
        elif entry.kind in ("facility", "district", "admin2"):
            label, value = entry.kind, 4.5
        else:
            label = next((name for least, name in _SIZES if entry.population >= least), "tiny")
            value = math.log10(entry.population + 10)
        if entry.alternate:
            label, value = "also-" + label, value - 1.5
        if value > rank:
            best, rank = label, value
    return best


_KIND_WORDS = frozenset(("admin1", "admin2", "city", "district", "area", "facility"))


class Neighbours:
    """Reads the words beside a match."""

    def __init__(self, words: PlaceWords, slots: Slots) -> None:
        self._words = words
        self.governs = slots

    def left(self, match: Match, text: str) -> str:
        """The class of what stands before the match."""
        sentence, i = match.sentence, match.first - 1
        while i >= 0 and sentence[i].text in ('"', "'", "``", "(", "-", "--", "–", "—"):
            i -= 1
        if i < 0:
            return "start"
        token = sentence[i]
        word = _written(token, match, text)
        low = word.lower().rstrip(".")
        if low == "the" or low in ("a", "an", "this", "that", "its", "his", "her", "their", "our"):
            outer = self._words.before.get(sentence[i - 1].lower, "") if i else ""
            return "the-" + outer if low == "the" and outer in ("preposition", "of") else "determiner"
        if word == ",":
            return "comma"
        known = self._words.before.get(low)
        if known == "of" and i and self._words.after.get(sentence[i - 1].lower) in _KIND_WORDS:
            return "kind-of"
        if known:
            return known if known != "title" or word[0].isupper() else "lower"
        if word[0].isupper():
            if self._words.rarely.get(low) in ("given", "both"):
                return "given"
            return "capital" if token.pos == "PROPN" else "capital-other"
        if word[0].isdigit():
            return "number"
        return "lower" if word[0].isalpha() else "mark"

    def right(self, match: Match, text: str) -> str:
        """The class of what stands after the match."""
        sentence, i = match.sentence, match.last + 1
        if i >= len(sentence):
            return "end"
        token = sentence[i]
        word = _written(token, match, text)
        if word in ("'s", "'S", "’s", "'", "’"):
            return "possessive"
        if not word[0].isalnum():
            return "comma" if word == "," else "stop" if word in (".", "!", "?", ";", ":") else "mark"
        known = self._words.after.get(word.lower().rstrip("."))
        capital = word[0].isupper()
        if known:
            return f"{known}-{'C' if capital else 'c'}"
        if self._words.before.get(word) == "preposition":
            return "preposition"
        if capital:
            if self._words.rarely.get(word.lower()) in ("surname", "both", "given"):
                return "surname"
            return "capital" if token.pos == "PROPN" else "capital-other"
        return "verb" if token.pos in ("VERB", "AUX") else "noun" if token.pos == "NOUN" else "lower"


def _written(token: Token, match: Match, text: str) -> str:
    """A word beside a match as the text writes it; in a passage of capitals as the parse guesses its case."""
    return token.text if match.capitals else text[token.start : token.end]


def features(match: Match, text: str, neighbours: Neighbours, words: PlaceWords, around: Around) -> list[str]:
    """The names of the features that a match has."""
    head = match.sentence[match.last]
    kind = ("spelled" if match.entries else "unknown") if match.loose else size(match.entries)
    left, right = neighbours.left(match, text), neighbours.right(match, text)
    rare = words.rarely.get(match.key, "") if not match.abbreviated else ""
    pos = "PROPN" if all(t.pos == "PROPN" for t in match.sentence.tokens[match.first : match.last + 1]) else head.pos
    few = min(3, match.last - match.first + 1)
    big = "unknown" if match.loose else "big" if kind in _BIG else "small"
    found = [
        f"size={kind}", f"left={left}", f"right={right}", f"words={few}", f"pos={pos}", f"dep={head.dep}",
        f"{big}&left={left}", f"{big}&right={right}", f"{big}&dep={head.dep}", f"{big}&pos={pos}",
    ]  # fmt: skip
    if rare:
        found += [f"rare={rare}", f"rare&left={left}", f"rare&right={right}", f"rare={rare}&{big}"]
    if match.abbreviated:
        found.append("abbreviated")
    elif not match.capitals and text[match.span.start : match.span.end].isupper():
        found.append(f"shouted={'short' if len(match.key) < 5 else 'long'}&{big}")
    if around.contained:
        found += ["contained", f"contained&{big}"]
    if around.container:
        found += ["container", f"container&{big}"]
    if around.listed:
        found.append(f"listed&{big}")
    if around.elsewhere:
        found += ["elsewhere", f"elsewhere&{big}"]
    if around.in_longer:
        found += [f"in-longer&{big}", f"in-longer={min(2, around.in_longer)}"]
    if around.related:
        found += [f"related={around.related}", f"related={around.related}&{big}"]
    if around.governs and left not in ("given", "title", "capital"):
        power = any(e.kind == "country" or (e.capital and e.population >= _SEAT) for e in match.entries[:3])
        found.append("governs-power" if power else "governs-none")
    if around.close:
        found += ["close", f"close&{big}", f"close&left={left}", f"close&related={around.related}"]
        if rare:
            found += [f"close&rare={rare}", f"close&rare&left={left}"]
    return found


_SEAT = 200_000
_BIG = {"country", "region", "admin1", "area", "huge", "large", "middle"}


class Around:
    """What the rest of the document tells about a match."""

    __slots__ = ("close", "contained", "container", "elsewhere", "governs", "in_longer", "listed", "related")

    def __init__(self) -> None:
        self.contained = self.container = self.listed = self.elsewhere = self.governs = self.close = False
        self.in_longer = 0
        self.related = ""


def surroundings(found: list[Match], text: str, neighbours: Neighbours, peoples: Counter[str]) -> list[Around]:
    """What the document tells about each match: containment, lists, other standings of the same name."""
    arounds = [Around() for _ in found]
    good: Counter[str] = Counter()
    longer: Counter[str] = Counter()
    own: list[bool] = []
    for k, match in enumerate(found):
        following = found[k + 1] if k + 1 < len(found) else None
        if container_of(match, following):
            arounds[k].contained = arounds[k + 1].container = True
        if following is not None and _listed(match, following):
            arounds[k].listed = arounds[k + 1].listed = True
        left = neighbours.left(match, text)
        own.append(arounds[k].contained or left in _PLACE_FOLLOWS)
        good[match.key] += own[-1]
        if left in ("capital", "title", "given") or neighbours.right(match, text) in _LONGER_NAME:
            longer[match.key] += 1
    countries, units = _named(found, arounds, peoples)
    anchors = Anchors(found, own, countries)
    for match, around, mine in zip(found, arounds, own, strict=True):
        around.governs = neighbours.governs(match)
        around.close = anchors.near(match)
        around.elsewhere = good[match.key] > mine
        around.in_longer = longer[match.key]
        around.related = _related(match, countries, units)
    return arounds


_PLACE_FOLLOWS = ("preposition", "the-preposition", "direction", "kind-of")
_LONGER_NAME = ("capital", "surname", "organisation-C", "person-C")


class Anchors:
    """Where the names that surely name places can lie: what lies near one of them more likely is a place too.

    Of each such name only the places count that lie in a country that the document names.
    """

    def __init__(self, found: list[Match], sure: list[bool], countries: set[str]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[str, GazetteerEntry]]] = {}
        self._countries = countries
        for key, entries in {m.key: m.entries for m, good in zip(found, sure, strict=True) if good}.items():
            for entry in self._told(entries):
                cell = self._cells.setdefault((int(entry.lat // 1), int(entry.lon // 1)), [])
                if len(cell) < _CROWD:
                    cell.append((key, entry))

    def near(self, match: Match) -> bool:
        """Whether some place of the name lies within 100 km of one of another name."""
        return any(self._near(match.key, entry) for entry in self._told(match.entries))

    def _told(self, entries: Iterable[GazetteerEntry]) -> list[GazetteerEntry]:
        towns = (e for e in entries if e.country in self._countries and e.kind not in _WIDE)
        return list(itertools.islice(towns, _FEW))

    def _near(self, key: str, entry: GazetteerEntry) -> bool:
        y, x = int(entry.lat // 1), int(entry.lon // 1)
        return any(
            other_key != key and near(entry, other, _CLOSE)
            for dy in (-1, 0, 1)
            for dx in (-1, 0, 1)
            for other_key, other in self._cells.get((y + dy, x + dx), ())
        )


_CROWD, _FEW, _CLOSE = 20, 8, 100.0


def _listed(match: Match, following: Match) -> bool:
    if following.sentence is not match.sentence or following.first - match.last != 2:
        return False
    return match.sentence[match.last + 1].text in (",", "and", "or", "&")


def _named(found: list[Match], arounds: list[Around], peoples: Counter[str]) -> tuple[set[str], set[int]]:
    """Countries and first-order units that the document names, by word, by people or as a container."""
    countries, units = set(peoples), set()
    for match, around in zip(found, arounds, strict=True):
        for entry in match.entries[:3]:
            if entry.kind == "country" and entry.country:
                countries.add(entry.country)
            elif entry.kind == "admin1" and (not entry.alternate or around.container or match.abbreviated):
                units.add(entry.number)
    return countries, units


def _related(match: Match, countries: set[str], units: set[int]) -> str:
    if any(e.admin1_number in units and e.number != e.admin1_number for e in match.entries):
        return "unit"
    if any(e.country in countries and e.kind != "country" for e in match.entries):
        return "country"
    return ""
