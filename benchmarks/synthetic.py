"""Made-up news for measuring how linking grows: reports of incidents at known days and towns, with known answers.

What is assumed of a larger corpus: a hundred times more news covers ten times more days with ten times more reports a
day; towns and surnames grow with the square root of the reports, and both have a few that are named very often (Zipf).
An incident has one to forty reports, three on average; a report has some ninety words, drawn from the words of real
news as often as they stand there, with the site, persons, town and figures of the incident among them; it is written
up to three days after, at times weeks. A tenth of the reports are lightly edited copies of the incident's first. Each
report tells two events of its incident.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import random
from array import array
from collections.abc import Iterator, Mapping

from dateline.core import Count, Document, Event, EventPlace, EventTime, Place, Reading, Span, Voice
from dateline.knowledge.word_spread import word_spread

_LETTERS = "bcdfgklmnprstvz"
_MODES = (("firearms", 5), ("explosives", 3), ("aerial", 2), ("beat", 2), ("abduct", 1))
_SITES = ("market", "station", "school", "mosque", "checkpoint", "mine", "clinic", "farm", "bridge", "depot")
_DAY = datetime.date(2015, 1, 1).toordinal()
_PER_INCIDENT = 3
_WORDS = 70


def name(number: int) -> str:
    """A made-up proper name, no two alike."""
    parts = []
    number += 15 * 5
    while number:
        number, part = divmod(number, 75)
        parts.append(_LETTERS[part // 5] + "aeiou"[part % 5])
    return "".join(parts).capitalize()


@functools.cache
def _filler() -> tuple[list[str], list[float]]:
    spread = {word: share for word, share in word_spread().items() if word.isalpha()}
    return list(spread), list(itertools.accumulate(spread.values()))


def _zipf(chance: random.Random, size: int) -> int:
    """A number below ``size``; the first ones come often (exponent 1)."""
    return min(size - 1, int(size ** chance.random()) - 1)


class News(Mapping[str, Reading]):
    """So many events' readings by document id, made anew whenever one is asked for."""

    def __init__(self, events: int) -> None:
        self.size = events // 2
        self._towns = max(50, round(20 * self.size**0.5))
        self._names = max(200, round(60 * self.size**0.5))
        self.days = max(5, round(0.5 * self.size**0.5))
        self.homes = array("I")
        """The incident of each report, by number."""
        self._first = array("I")
        incident = 0
        while len(self.homes) < self.size:
            chance = random.Random(f"size {incident}")
            size = min(40, self.size - len(self.homes), 1 + int(chance.paretovariate(1.35) - 1 + chance.random()))
            self._first.append(len(self.homes))
            self.homes.extend([incident] * size)
            incident += 1

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[str]:
        return (f"d{number}" for number in range(self.size))

    def __getitem__(self, document: str) -> Reading:
        return self.report(int(document[1:]))

    def town(self, chance: random.Random) -> int:
        """The number of a town, the first ones often."""
        return _zipf(chance, self._towns)

    def day(self, incident: int) -> int:
        """The day of an incident, an ordinal."""
        return _DAY + incident * self.days // len(self._first)

    def report(self, number: int) -> Reading:
        """One report's reading."""
        incident = self.homes[number]
        chance = random.Random(f"incident {incident}")
        town, day = self.town(chance), self.day(incident)
        people = [
            name(10_000 + _zipf(chance, self._names)) + " " + name(200_000 + _zipf(chance, self._names)) for _ in "abcd"
        ]
        mode = chance.choices([m for m, _ in _MODES], [n for _, n in _MODES])[0]
        dead, hurt = 1 + _zipf(chance, 30), _zipf(chance, 60)
        site = f"{name(3_000_000 + chance.randrange(50 * self._names))} {chance.choice(_SITES)}"
        own = random.Random(f"report {number}")
        copy = number != self._first[incident] and own.random() < 0.1
        words = random.Random(f"report {self._first[incident]}") if copy else own
        late = own.choice((0, 0, 0, 1, 1, 1, 2, 3)) if own.random() < 0.95 else own.randrange(4, 60)
        text = self._text(words, name(town), site, people, dead, hurt)
        if copy:
            text += " The agency reported it first."
        return _reading(number, text, day, late, town, mode, dead, hurt)

    def _text(self, chance: random.Random, town: str, site: str, people: list[str], dead: int, hurt: int) -> str:
        common, weights = _filler()
        row = chance.choices(common, cum_weights=weights, k=_WORDS)
        for words in (*chance.sample(people, 2), *chance.sample(people, 2), town, site, f"{town} police"):
            row.insert(chance.randrange(len(row)), words)
        return f"Attackers killed {dead} people and wounded {hurt} at the {site} in {town}. " + " ".join(row) + "."


def _reading(number: int, text: str, day: int, late: int, town: int, mode: str, dead: int, hurt: int) -> Reading:
    iso = datetime.date.fromordinal(day).isoformat()
    published = datetime.date.fromordinal(day + late).isoformat()
    document = Document.of(text, id=f"d{number}", published=published, outlet=f"outlet-{number % 300}")
    chance = random.Random(f"town {town}")
    place = Place(
        f"g{town}", name(town), "town", chance.uniform(-60, 70), chance.uniform(-180, 180), "XX", radius_km=5.0
    )
    events = []
    for at, (verb, what, figure) in enumerate((("killed", "killed", dead), ("wounded", "injured", hurt)), 1):
        start = text.index(verb)
        span = Span(start, start + len(verb))
        counts = (Count(what, figure, figure, figure, span, "people"),) if figure else ()
        where, when = EventPlace(place.id, None), EventTime(iso, iso, "day", "t1")
        told = Event(
            f"x{at}", span, "ASSAULT", mode, (), where, when, counts, "asserted", "certain", False, None, "v1", (span,)
        )
        events.append(told)
    voice = Voice("v1", "outlet", "outlet", ("v1",))
    return Reading(document, (), (voice,), (), (), (), (place,), (), (), tuple(events), ())
