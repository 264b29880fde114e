"""The words around names that make other places of them: "20 km north of", "near", "between … and", "… airport"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.core import Place, Span
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.numbers import read_number
from dateline.knowledge.place_phrases import borders, directions, extents, lengths, metonym_words, sites
from dateline.knowledge.place_words import PlaceWords
from dateline.places.matches import Match
from dateline.places.placing import place_of
from dateline.places.shifting import (
    around,
    away,
    beside,
    county,
    distance,
    inside,
    midway,
    named,
    narrow,
    on_border,
    part,
)

_WINDOW = 100
_FIGURES = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:\s*(?:-|–|to)\s*(\d[\d,]*(?:\.\d+)?))?")
_NEAR = "near|nearby|close to|around|just outside|outside|on the outskirts of|in the outskirts of|in the vicinity of"
_FROM = "from|away from|outside|outside of|off|of"
_LOCATIVE = frozenset(("in", "at", "of", "near"))
_KINDS = frozenset(("city", "town", "district"))
_TALK = frozenset(("war", "conflict", "clash", "fighting", "battle", "game", "match", "flight", "border", "difference"))
_ROADS = "road|roads|highway|motorway|route|railway|rail line|line|corridor|frontline|front line|pipeline"
_FAR_SITE = 60.0


@dataclass(frozen=True, slots=True)
class Standing:
    """A name in its text with the place that it stands for (None: not told)."""

    match: Match
    place: Place | None


@dataclass(frozen=True, slots=True)
class Computed:
    """A place that words around a name make of it, and those words."""

    place: Place
    phrase: Span


class Phrases:
    """Reads the words around names; knowledge is compiled to patterns once, each look is at 100 letters or less."""

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords) -> None:
        self._gazetteer = gazetteer
        self._directions, self._extents, self._borders, self._sites = directions(), extents(), borders(), sites()
        self._lengths = lengths()
        self._no_places = _TALK | metonym_words("noun")
        way = _either(word for word, told in self._directions.items() if told.noun)
        parts = _either(word for word, told in self._directions.items() if told.adjective)
        kinds = _either(word for word, kind in words.after.items() if kind in _KINDS)
        head = rf"(?:the\s+(?:[\w-]+\s+){{0,2}}(?:{kinds}|capital)\s*(?:of\s+|,\s*)?)?(?:the\s+)?"
        self._far = (
            rf"(?P<many>(?:\d[\d,.]*|half an?|an?|[a-z]+(?:-[a-z]+)?)(?:\s*(?:-|–|to|or)\s*\d[\d,.]*)?)[\s-]*"
            rf"(?P<unit>{_either(self._lengths)})\b\.?\s*(?:\([^()]{{1,30}}\)\s*)?"
        )
        bearing = rf"(?:to\s+the\s+|in\s+the\s+|due\s+|just\s+)?(?P<way>{way})"
        self._distance = _ending(rf"{self._far}(?:away\s+)?(?:{bearing}\s+(?:of|from)|{_FROM})\s+{head}")
        self._beside = _ending(rf"(?:just\s+)?\b(?P<way>{way})\s+of\s+{head}")
        self._part = _ending(rf"\b(?P<way>{parts})\s+")
        self._part_of = _ending(rf"\b(?:the\s+)?(?P<way>{way})\s+of\s+(?:the\s+)?")
        self._near = _ending(rf"\b(?:{_NEAR})\s+{head}")
        self._between = _ending(rf"(?P<what>[\w-]+)?\s*\bbetween\s+(?:the\s+(?:{kinds})\s+(?:of\s+)?)?(?:the\s+)?")
        self._road = _ending(
            rf"\b(?:{_ROADS})\s+(?:that\s+)?(?:from|linking|links|connecting|connects|between)\s+(?:the\s+)?"
        )
        self._at = _ending(
            rf"(?P<name>(?:[\w.’'-]+\s+){{0,3}}?(?P<site>{_either(self._sites)}))\s+(?:in|at|of|near)\s+"
        )
        self._site = re.compile(rf"\s+(?:[A-Z][\w-]+\s+)?(?P<site>(?i:{_either(self._sites)}))\b")
        # Cheap looks that spare most names the dear ones.
        self._has_unit = re.compile(rf"\b(?:{_either(self._lengths)})\b", re.I)
        self._has_near = re.compile(rf"\b(?:{_NEAR})\s", re.I)
        self._own_border = _ending(r"(?:(?P<people>[A-Z]\w+)\s+)?\bborder\s+with\s+(?:the\s+)?")
        self._joint = re.compile(r"\s*(?:,\s*)?(?:and|to|with)\s+(?:the\s+)?", re.I)
        self._border = re.compile(r"\s+(?:\w+\s+)?border\b", re.I)
        self._has_border = re.compile(r"(?:['’]s?)?\s+(?:\w+\s+)?border\s+with\s+(?:the\s+)?", re.I)
        self._road_after = re.compile(rf"\s+(?:{_ROADS})\b", re.I)

    def __call__(self, text: str, standings: Sequence[Standing]) -> list[Computed | None]:
        """For each name what the words around it make of it; None where they leave it as it is."""
        found: list[Computed | None] = []
        home = main_country(standings)
        for k, standing in enumerate(standings):
            following = standings[k + 1] if k + 1 < len(standings) else None
            before = standings[k - 1] if k else None
            found.append(
                self._pair(text, standing, following)
                or self._pair(text, before, standing)
                or self._own(text, standing, home)
            )
        return found

    # --- two names

    def _pair(self, text: str, one: Standing | None, other: Standing | None) -> Computed | None:
        if one is None or other is None or one.place is None or other.place is None:
            return None
        if one.match.sentence is not other.match.sentence:
            return None
        left, right = one.match.span, other.match.span
        between = text[left.end : right.start]
        if len(between) > 20:
            return None
        before = _before(text, one.match.sentence.span.start, left.start)
        after = text[right.end : right.end + 20]
        if one.place.kind == other.place.kind == "country":
            return self._common_border(text, one.place, other.place, (left, right), (before, between, after))
        start = None
        if self._joint.fullmatch(between):
            start = self._pair_start(before, left.start)
        elif between in ("-", "–") and (road := self._road_after.match(after)):
            start, right = left.start, Span(right.start, right.end + road.end())
        if start is None or not (narrow(one.place) and narrow(other.place)):
            return None
        middle = midway(one.place, other.place)
        return _computed(text, middle, start, right.end) if middle else None

    def _pair_start(self, before: str, at: int) -> int | None:
        """Where "between" or "the road from" begins; None where neither stands there or it is said of people."""
        road = self._road.search(before)
        if road:
            return at - len(before) + road.start()
        found = self._between.search(before) if "between" in before.lower() else None
        if found is None or _lemma(found["what"] or "") in self._no_places:
            return None
        return at - len(before) + before.lower().index("between", found.end("what") if found["what"] else found.start())

    def _common_border(
        self, text: str, one: Place, other: Place, spans: tuple[Span, Span], around_them: tuple[str, str, str]
    ) -> Computed | None:
        border = self._borders.get((one.country or "", other.country or ""))
        if border is None:
            return None
        before, between, after = around_them
        start, end = spans[0].start, spans[1].end
        told = self._between.search(before) if "between" in before else None
        if between in ("-", "–", "/") and (found := self._border.match(after)):
            end += found.end()
        elif told and _lemma(told["what"] or "") == "border" and self._joint.fullmatch(between):
            start += told.start("what") - len(before)
        elif not self._has_border.fullmatch(between):
            return None
        return _computed(text, on_border(one, border), start, end)

    # --- one name

    def _own(self, text: str, standing: Standing, home: str | None) -> Computed | None:
        place, match = standing.place, standing.match
        if place is None:
            return None
        if place.kind == "country":
            border = self._border_with(text, match, place, home)
            if border is not None:
                return border
        start, end = match.span.start, match.span.end
        floor = match.sentence.span.start
        now = place
        if (site := self._site_after(text, match, place)) is not None:
            now, end = site
        before = _before(text, floor, start)
        last = (before.split() or [""])[-1].lower()
        if (
            now is place
            and last in _LOCATIVE
            and (told := self._at.search(before))
            and (at := self._site_at(text, told, start, place))
        ):
            now, start = at
        elif now is place and last in self._directions and (told := self._part.search(before)):
            now, start = part(place, self._directions[told["way"].lower()].bearing, self._extents), start - len(told[0])
        moved = self.before(text, floor, start, now)
        if moved is not None:
            now, start = moved
        return _computed(text, now, start, end) if now is not place else None

    def _border_with(self, text: str, match: Match, place: Place, home: str | None) -> Computed | None:
        """ "The (Syrian) border with Turkey": of the adjective's country, or of the one the document is about."""
        before = _before(text, match.sentence.span.start, match.span.start)
        told = self._own_border.search(before) if "border" in before else None
        if told is None:
            return None
        people = self._gazetteer.demonym(told["people"]) if told["people"] else None
        border = self._borders.get((people or home or "", place.country or ""))
        start = match.span.start - len(told[0]) + (0 if people else told[0].index("border"))
        return _computed(text, on_border(place, border), start, match.span.end) if border else None

    def before(self, text: str, floor: int, start: int, place: Place) -> tuple[Place, int] | None:
        """The place that the words before a position make of a place, and where they begin."""
        moved = self._moved(_before(text, floor, start), place)
        return (moved[0], start - moved[1]) if moved else None

    def _moved(self, before: str, place: Place) -> tuple[Place, int] | None:
        """The place that a distance, a direction or "near" before a name makes, and how many letters tell it."""
        if self._has_unit.search(before) and (told := self._distance.search(before)):
            km = self._kilometres(told["many"], told["unit"])
            if km is not None and (narrow(place) or told["way"]):
                bearing = self._directions[told["way"].lower()].bearing if told["way"] else None
                return away(place, *km, bearing), len(told[0])
        if " of " in before and (told := self._beside.search(before)):
            bearing = self._directions[told["way"].lower()].bearing
            if narrow(place) and bearing is not None:
                return beside(place, bearing), len(told[0])
            told = self._part_of.search(before)
            if told and told[0].lower().startswith("the "):
                return part(place, bearing, self._extents), len(told[0])
            return None
        told = self._near.search(before) if narrow(place) and self._has_near.search(before) else None
        return (around(place), len(told[0])) if told else None

    def _kilometres(self, many: str, unit: str) -> tuple[float, float] | None:
        """A distance and how far off it may be, both in km."""
        scale = self._lengths[unit.lower()]
        if figures := _FIGURES.fullmatch(many.strip()):
            values = [float(v.replace(",", "")) for v in figures.groups() if v]
            low, high = min(values), max(values)
        elif many.lower() in ("a", "an"):
            low = high = 1.0
        elif many.lower().startswith("half"):
            low = high = 0.5
        else:
            told = read_number(many.split())
            if told is None:
                return None
            low, high = float(told[0]), float(told[2] if told[2] is not None else told[0])
        km = (low + high) / 2 * scale
        return (km, (high - low) / 2 * scale) if km <= 2000 else None

    def _site_after(self, text: str, match: Match, place: Place) -> tuple[Place, int] | None:
        """ "Baghdad airport": the site if it is known near the place, else somewhere in the place."""
        end = match.span.end
        told = self._site.match(text, end, min(end + 45, match.sentence.span.end))
        if told is None or place.kind in ("facility", "water"):
            return None
        site = self._sites[" ".join(told["site"].lower().split())]
        if (site.kind == "district" and not narrow(place)) or (site.abroad and place.kind == "country"):
            return None
        known = self._known(text[match.span.start : told.end()], place)
        if known is None and told["site"].lower() == "district":
            return county(place), told.end()
        return (known or inside(place, site.kind), told.end())

    def _site_at(self, text: str, told: re.Match[str], start: int, place: Place) -> tuple[Place, int] | None:
        """ "The embassy in Baghdad", "Karrada district of Baghdad": from its first capital on."""
        name = told["name"]
        first = next(
            (m.start() for m in re.finditer(r"\S+", name) if m[0][0].isupper()), told.start("site") - told.start()
        )
        begin = start - len(told[0]) + first
        kind = self._sites[" ".join(told["site"].lower().split())].kind
        if place.kind in ("facility", "water") or (kind == "district" and not narrow(place)):
            return None
        known = self._known(name[first:], place) or self._known(text[begin:start] + place.name, place)
        return known or inside(place, kind), begin

    def _known(self, name: str, place: Place) -> Place | None:
        """The facility or district of that name in or near a place."""
        for entry in self._gazetteer.candidates(name):
            if entry.kind in ("facility", "district"):
                known = place_of(entry)
                if distance(known, place) <= place.radius_km + _FAR_SITE:
                    return known
        return None


def abroad_site(text: str, match: Match) -> bool:
    """Whether what stands after the name is its country's in another ("U.S. Embassy")."""
    word = text[match.span.end : match.span.end + 20].split()
    site = sites().get(word[0].lower()) if word else None
    return site is not None and site.abroad


def main_country(standings: Iterable[Standing]) -> str | None:
    """The country that most names of a document lie in, None where none does."""
    counts = Counter(s.place.country for s in standings if s.place is not None and s.place.country)
    return max(counts, key=lambda code: (counts[code], code)) if counts else None


def _computed(text: str, place: Place, start: int, end: int) -> Computed:
    span = Span(start, end)
    return Computed(named(place, span.of(text)), span)


def _before(text: str, floor: int, start: int) -> str:
    return text[max(floor, start - _WINDOW) : start]


def _either(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first, blanks of any kind between their parts."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))


def _ending(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w^-])(?<!\d\*)(?<!\d\*\*)(?:{pattern})$", re.I)


def _lemma(word: str) -> str:
    word = word.lower()
    return word[:-2] if word.endswith("ches") or word.endswith("shes") else word.removesuffix("s")
