"""What speaks for each country, number and fate of a MUC-4 template: the candidates and the features of the weights.

``training/muc4/train.py`` fits the weights on the same features (card.md there).
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.core import Event, Place, Reading
from dateline.exports.muc4_fillers import Cast
from dateline.exports.muc4_merge import outcomes
from dateline.knowledge.folding import fold
from dateline.knowledge.gazetteer import gazetteer
from dateline.knowledge.numbers import read_number

PLURAL = "plural"
EFFECTS = ("death", "injury", "no injury or death", "regained freedom")
Evidence = Mapping[str, Iterable[str]]
_SUFFERING = ("victim", "target", "recipient")
_HUMANS = ("person", "people")
_HARM = ("killed", "injured", "abducted", "missing")
_WORD = re.compile(r"[^\W_]+")
_BEFORE, _AFTER, _NEAR = 160, 420, 240
_DATELINE = 120


@dataclass(frozen=True, slots=True)
class Harmed:
    """The people of a template: its named victims and its described ones, each by its words."""

    named: Sequence[Sequence[str]]
    described: Sequence[Sequence[str]]


class Setting:
    """A reading asked where each of its incidents played; what the whole text says is gathered once."""

    __slots__ = ("_cast", "_first", "_named", "_own", "_peoples", "_places", "_rebels", "_shares", "_text")

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self._cast, self._text = cast, reading.document.text
        self._places = {place.id: place for place in reading.places}
        told = [(t, self._places[t.place]) for t in reading.toponyms if t.place in self._places]
        self._named = [(t.span.start, p) for t, p in told if not t.metonym and p.country]
        self._first = next(((at, p.country) for at, p in self._named), None)
        names = {(p.country, fold(t.span.of(self._text))) for t, p in told if not t.metonym and p.kind != "country"}
        self._shares = _shares(Counter(country for country, _ in names if country))
        self._own = {(p.country, t.metonym) for t, p in told if p.kind == "country"}
        self._peoples = _shares(Counter(_peoples(self._text)))
        bodies = Counter(e.country for e in reading.entities if e.country and e.sector in ("REB", "UAF"))
        self._rebels = _shares(bodies)

    def countries(self, events: Sequence[Event]) -> dict[str, list[str]]:
        """The countries in question for these tellings, each with its features."""
        told = [place.country for place in self._told(events) if place.country]
        near = [place.country for event in events if (place := self._nearest(event))]
        sides = [(side, country) for side, country in self._sides(events) if country]
        codes = {country for _, country in sides} | {p.country for _, p in self._named} | set(self._peoples)
        codes |= {*told, *self._rebels, *(country for country, _ in self._own)}
        kept = sorted(code for code in codes if code)
        return {code: list(self._of_country(code, told, near, sides, len(kept))) for code in kept}

    def _of_country(
        self, code: str, told: Sequence[str], near: Sequence[str | None], sides: Sequence[tuple[str, str]], among: int
    ) -> Iterator[str]:
        first = self._first is not None and self._first[1] == code
        yield "bias"
        yield f"among={min(among, 4)}"
        place = f"told={_part(told.count(code), len(told))}"
        yield place
        yield f"near={_part(near.count(code), len(near))}"
        yield f"first={first}:{self._first is not None and self._first[0] < _DATELINE}"
        yield f"{place}:first={first}"
        yield f"named={_share(self._shares.get(code))}"
        yield f"own={(code, False) in self._own}:{(code, True) in self._own}"
        people = f"people={_share(self._peoples.get(code))}"
        yield people
        yield f"{people}:first={first}"
        yield f"rebels={_share(self._rebels.get(code))}"
        for side in ("actor", "other"):
            yield f"{side}={(side, code) in sides}"

    def _told(self, events: Iterable[Event]) -> list[Place]:
        return [self._places[e.place.place] for e in events if e.place and e.place.place in self._places]

    def _nearest(self, event: Event) -> Place | None:
        """The place named nearest to a trigger, if it is near."""
        at = event.trigger.start
        found = [(abs(start - at), place) for start, place in self._named if abs(start - at) < _NEAR]
        return min(found, key=lambda pair: pair[0])[1] if found else None

    def _sides(self, events: Iterable[Event]) -> Iterator[tuple[str, str]]:
        for event in events:
            for argument in event.arguments:
                mention = self._cast.mention(argument)
                entity = self._cast.entity(mention) if mention else None
                if entity and entity.country:
                    yield ("actor" if argument.role == "actor" else "other"), entity.country


def _peoples(text: str) -> Iterator[str]:
    """The country of each people that the text names."""
    for match in _WORD.finditer(text):
        word = match.group()
        country = gazetteer().demonym(word.title()) if word[0].isupper() else None
        if country:
            yield country


def _shares(counts: Counter[str]) -> dict[str, float]:
    total = sum(counts.values())
    return {name: count / total for name, count in counts.items()}


def _share(share: float | None) -> str:
    return "none" if share is None else str(bisect.bisect_left((0.2, 0.4, 0.6, 0.99), share))


def _part(count: int, total: int) -> str:
    return "untold" if not total else "none" if not count else "all" if count == total else "some"


class Tolls:
    """A reading asked how many people each of its incidents harmed."""

    __slots__ = ("_cast", "_often", "_people")

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self._cast = cast
        text = reading.document.text
        people = [m for m in reading.mentions if m.kind in _HUMANS and m.level == "nominal"]
        told = [(m, _many(" ".join(text[m.span.start : m.head.end].split()))) for m in people]
        self._people = {m.id: (m.span.start, many) for m, many in told if many > 1}
        often = Counter(many for _, many in self._people.values()).most_common(2)
        self._often = str(often[0][0]) if often and (len(often) == 1 or often[0][1] > often[1][1]) else None

    def numbers(self, kind: str, events: Sequence[Event], harmed: Harmed) -> dict[str, list[str]]:
        """The numbers of victims in question ("plural" for several), each with its features."""
        sources: dict[str, set[str]] = {"1": {"one"}, PLURAL: {"more"}}
        for name, value in (*_sources(events, harmed), *self._sources(events)):
            sources.setdefault(value, set()).add(name)
        return _weighed(kind, sources, harmed)

    def _sources(self, events: Sequence[Event]) -> Iterator[tuple[str, str]]:
        """Numbers told of people near the tellings, and of the same people elsewhere."""
        if self._often:
            yield "often", self._often
        for event in events:
            near = ((abs(at - event.trigger.start), many) for at, many in self._people.values())
            yield from (("people near", str(many)) for far, many in near if far < _NEAR)
            for argument in event.arguments:
                mention = self._cast.mention(argument) if argument.role in _SUFFERING else None
                for same in self._cast.same(mention) if mention else ():
                    if same.id in self._people:
                        yield "same people", str(self._people[same.id][1])


def _weighed(kind: str, sources: Mapping[str, set[str]], harmed: Harmed) -> dict[str, list[str]]:
    """The features of each number by who gives it."""
    listed = f"named={min(3, len(harmed.named))}:described={min(3, len(harmed.described))}"
    all_names = sorted(set().union(*sources.values())) if sources else []
    found = {}
    for value, names in sources.items():
        size = value if value == PLURAL else str(bisect.bisect_left((1, 2, 3, 6, 12, 40, 120), int(value)))
        told = ["bias", f"kind={kind}", f"agree={min(4, len(names))}", f"size={size}", f"{listed}", f"{listed}:{size}"]
        told += [f"by={name}" for name in names] + [f"by={name}:{listed}" for name in names]
        told += [f"not={name}" for name in all_names if name not in names]
        found[value] = [*told, f"among={min(5, len(sources))}"]
    return found


def _sources(events: Sequence[Event], harmed: Harmed) -> Iterator[tuple[str, str]]:
    """Ways to reckon how many were harmed: each its name and what it gives."""
    most: dict[str, int] = {}
    vague = False
    for event in events:
        for count in event.counts:
            if count.what in _HARM:
                best = count.best if count.best is not None else count.low
                vague = vague or (count.high is None or count.high != count.low)
                most[count.what] = max(most.get(count.what, 0), best)
                yield f"any {count.what}", str(best)
                yield ("asserted" if event.status == "asserted" and not event.background else "aside"), str(best)
    for what, best in most.items():
        yield f"most {what}", str(best)
    if most:
        yield "all counts", str(sum(most.values()))
        yield "largest count", str(max(most.values()))
    if vague:
        yield "open count", PLURAL
    named, told = len(harmed.named), [_many(words[0]) for words in harmed.described]
    plain = [n for n in told if n]
    if named:
        yield "named", str(named)
    if told and all(told):
        yield "described", str(sum(plain))
        yield "largest described", str(max(plain))
        yield "named and described", str(named + sum(plain))
        yield "counts or listed", str(max(sum(most.values()), named + sum(plain)))
    if named or plain:
        yield "named and singular", str(named + sum(n == 1 for n in plain) or max(plain))
    if 0 in told:
        yield "several", PLURAL
    if len(told) > 1 or (told and named):
        yield "groups", PLURAL


def _many(words: str) -> int:
    """How many a description speaks of: its number, 1 for a singular, 0 for a plural without a number."""
    parts = words.split()
    for stop in range(min(4, len(parts)), 0, -1):
        told = read_number(parts[:stop])
        if told:
            return told[0]
    return 0 if fold(words).endswith(("s", "men", "people", "children", "population")) else 1


class Fates:
    """A reading asked what became of the people of each of its incidents."""

    __slots__ = ("_cast", "_fates", "_released", "_starts", "_text", "_words")

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self._cast, self._text = cast, reading.document.text
        found = list(_WORD.finditer(self._text))
        self._words, self._starts = [fold(match.group()) for match in found], [match.start() for match in found]
        self._released = any(e.mode == "release" and e.status == "asserted" for e in reading.events)
        self._fates: dict[str, set[str]] = {}
        for event in reading.events:
            if event.status != "asserted":
                continue
            fates = self._outcomes(event) | {count.what for count in event.counts}
            for entity in self._harmed(event):
                self._fates.setdefault(entity, set()).update(fates)

    def _outcomes(self, event: Event) -> set[str]:
        return outcomes(event.trigger.of(self._text))

    def _harmed(self, event: Event) -> Iterator[str]:
        for argument in event.arguments:
            mention = self._cast.mention(argument) if argument.role in _SUFFERING else None
            if mention and mention.kind in _HUMANS and mention.entity:
                yield mention.entity

    def features(self, kind: str, events: Sequence[Event], harmed: Harmed) -> list[str]:
        """The features of a template's effects on people, whichever effect is asked for."""
        found = {"bias", f"kind={kind}", f"released={self._released}:{kind}"}
        found.add(f"listed={bool(harmed.named)}:{bool(harmed.described)}")
        statuses = {event.status for event in events}
        found |= {f"status={status}" for status in statuses} | {f"only={'+'.join(sorted(statuses))}"}
        told: set[str] = set()
        for event in events:
            found |= {f"count={count.what}:{event.status}" for count in event.counts}
            found.add(f"word={fold(event.trigger.of(self._text))}")
            own = self._outcomes(event)
            told |= own | {count.what for count in event.counts}
            victims = list(self._harmed(event))
            found |= {f"outcome={what}:{event.status}:{bool(victims)}" for what in own}
            for victim in victims:
                found |= {f"fate={what}" for what in self._fates.get(victim, ())}
        found.add("told=" + "+".join(sorted(told & {"killed", "injured"})))
        return sorted(found | set(self._around(events)))

    def _around(self, events: Iterable[Event]) -> Iterator[str]:
        """The words near the tellings, and what is said not to be there ("no casualties")."""
        for event in events:
            first = bisect.bisect_left(self._starts, event.trigger.start - _BEFORE)
            stop = bisect.bisect_left(self._starts, event.trigger.start + _AFTER)
            for k in range(first, stop):
                yield f"near={self._words[k]}"
                if self._words[k] in ("no", "not", "without", "neither"):
                    yield f"near=no {' '.join(self._words[k + 1 : k + 2])}"
                    yield from (f"not={word}" for word in self._words[k + 1 : k + 5])
