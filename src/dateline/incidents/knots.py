"""Tellings of one happening inside one document, tied together."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

from dateline.core import Place
from dateline.incidents.geography import fit, specific
from dateline.incidents.tales import Tale
from dateline.knowledge.families import CROWD, Family

_FORCE = "violence"
_BY_HAND = ("", "hand")
_LOOK_BACK = 40
_LOOK_AROUND = 20


class Knot:
    """Tellings that one document makes of one happening, and what they say together.

    ``founds``: some telling says that it happened; ``background``: the document tells it only as
    history; ``wide``: it sums up more than a week.
    """

    __slots__ = (
        "actors",
        "agents",
        "background",
        "counts",
        "families",
        "first",
        "founds",
        "heads",
        "last",
        "others",
        "places",
        "tales",
        "weight",
        "wide",
    )

    def __init__(self, tale: Tale) -> None:
        self.tales = [tale]
        self.families: set[Family] = {tale.family}
        self.first = tale.first
        self.last = tale.last
        self.places: list[Place] = [tale.place] if tale.place else []
        self.actors = set(tale.actors)
        self.others = set(tale.others)
        self.agents = set(tale.agents)
        self.heads = set(tale.heads)
        self.counts = _counts(tale)
        self.weight = tale.weight
        self.founds = not tale.denies
        self.background = tale.event.background or tale.denies
        self.wide = tale.wide

    def add(self, tale: Tale) -> None:
        """Tie one more telling in; the days become those that all tellings allow."""
        self.tales.append(tale)
        self.families.add(tale.family)
        self.first = max(_told(self.first, tale.first), default=None)
        self.last = min(_told(self.last, tale.last), default=None)
        if tale.place and tale.place not in self.places:
            self.places.append(tale.place)
        if not tale.denies:
            self.actors |= tale.actors
            self.agents |= tale.agents
        self.others |= tale.others
        self.heads |= tale.heads
        self.counts |= _counts(tale)
        self.weight += tale.weight
        self.founds |= not tale.denies
        self.background &= tale.event.background or tale.denies
        self.wide |= tale.wide

    @property
    def reading(self) -> int:
        """The number of the reading."""
        return self.tales[0].reading

    @property
    def dated(self) -> bool:
        """Whether its days are told to within a week."""
        return self.first is not None and self.last is not None and not self.wide

    @property
    def located(self) -> bool:
        """Whether it is told where, to within a town."""
        return any(specific(place) for place in self.places)


def knots_of(tales: Sequence[Tale]) -> list[Knot]:
    """The tellings of one document tied into knots, by their first place in the text.

    First the tellings that give a day or a place of their own, in the order of the text, each to the
    knot that fits best among the latest ones, or to a new one; then the vague ones, each to the knot
    that fits best among those told near it; denials last, and alone only where they deny nothing
    told here.
    """
    told = [tale for tale in tales if not tale.denies]
    clear = [tale for tale in told if tale.last_told or tale.place]
    knots: list[Knot] = []
    row: list[tuple[int, Knot]] = []
    for tale in clear:
        row.append((tale.event.trigger.start, _tied(tale, knots[-_LOOK_BACK:], knots)))
    for tale in (tale for tale in told if not (tale.last_told or tale.place)):
        at = bisect.bisect(row, tale.event.trigger.start, key=lambda pair: pair[0])
        near = _unique(knot for _, knot in row[max(0, at - _LOOK_AROUND) : at + _LOOK_AROUND])
        row.insert(at, (tale.event.trigger.start, _tied(tale, near, knots)))
    for tale in tales:
        if tale.denies:
            at = bisect.bisect(row, tale.event.trigger.start, key=lambda pair: pair[0])
            near = _unique(knot for _, knot in row[max(0, at - _LOOK_AROUND) : at + _LOOK_AROUND])
            _tied(tale, near, knots)
    return sorted(knots, key=lambda knot: min((tale.event.trigger, tale.event.id) for tale in knot.tales))


def parted(knots: Sequence[Knot], apart: Sequence[tuple[str, str]]) -> list[Knot]:
    """The knots of one document with tellings (event ids) untied that a person says are not of one happening."""
    made = list(knots)
    for one, two in apart:
        for at, knot in enumerate(made):
            ids = {tale.event.id for tale in knot.tales}
            if one in ids and two in ids and one != two:
                late = max(
                    (t for t in knot.tales if t.event.id in (one, two)), key=lambda t: (t.event.trigger, t.event.id)
                )
                rest = [tale for tale in knot.tales if tale is not late]
                made[at] = Knot(rest[0])
                for tale in rest[1:]:
                    made[at].add(tale)
                made.insert(at + 1, Knot(late))
                break
    return made


def _tied(tale: Tale, choice: Sequence[Knot], knots: list[Knot]) -> Knot:
    """The best of the choice with the telling tied in, or a new knot of it alone."""
    fits = [(value, -n, knot) for n, knot in enumerate(choice) if (value := _ties(tale, knot)) is not None]
    best = max(fits, key=lambda fit: fit[:2], default=None)
    if best and best[0] > 0:
        best[2].add(tale)
        return best[2]
    knots.append(Knot(tale))
    return knots[-1]


def _unique(knots: Iterable[Knot]) -> list[Knot]:
    return list({id(knot): knot for knot in knots}.values())


def kin(left: Iterable[Family], right: Iterable[Family]) -> bool:
    """Whether tellings of these families can be of one happening: an equal family, or crowds and force."""
    ours, theirs = kinds(left), kinds(right)
    return not ours.isdisjoint(theirs)


def kinds(families: Iterable[Family]) -> set[str]:
    """The names under which families are compared.

    A crowd's deeds have a second name that all force of unknown or other manner shares.
    """
    found = set()
    for family in families:
        found.add(family.name)
        if family.group == CROWD or (family.name == _FORCE and family.group in _BY_HAND):
            found.add(CROWD)
    return found


def clash(left: Iterable[Family], right: Iterable[Family]) -> bool:
    """Whether both tell the manner (guns, bombs, from the air) and never the same one."""
    ours, theirs = {f.group for f in left if f.group}, {f.group for f in right if f.group}
    return bool(ours and theirs and not ours & theirs)


def apart(first: int | None, last: int | None, other_first: int | None, other_last: int | None) -> int:
    """The days between two intervals; 0 where they meet or may meet."""
    if last is not None and other_first is not None and last < other_first:
        return other_first - last
    if other_last is not None and first is not None and other_last < first:
        return first - other_last
    return 0


def _of_things(tales: Iterable[Tale]) -> bool:
    """Whether nothing but things was hit: "burned three houses"."""
    return all(t.event.mode == "destroy" and not any(c.what != "targets" for c in t.event.counts) for t in tales)


def _of_people(tales: Iterable[Tale]) -> bool:
    """Whether somebody was killed or hurt."""
    return any(c.what in ("killed", "injured") for t in tales for c in t.event.counts)


def _ties(tale: Tale, knot: Knot) -> float | None:
    """How well a telling fits a knot of its document (0 and below: not enough); None where something forbids it."""
    if not kin([tale.family], knot.families) or tale.wide != knot.wide:
        return None
    if apart(tale.first, tale.last, knot.first, knot.last):
        return None
    if tale.place and not all(fit(tale.place, place) for place in knot.places):
        return None
    value = 1.0 + _shared(tale, knot)
    if tale.actors and knot.actors and not tale.actors & knot.actors and not tale.denies:
        value -= 1.5
    if clash([tale.family], knot.families) or tale.family.name not in {family.name for family in knot.families}:
        value -= 1.5
    if not tale.denies and tale.event.background != knot.background:
        value -= 2.5 if tale.dated or knot.dated else 1.5
    elif tale.event.background and not tale.denies:
        value -= 1.5
    if (_of_things([tale]) and _of_people(knot.tales)) or (_of_people([tale]) and _of_things(knot.tales)):
        value -= 3.0
    if tale.family.speech:
        value -= 1.5 if tale.actors & knot.actors or tale.agents & knot.agents else 10.0
    distance = min(abs(tale.event.trigger.start - other.event.trigger.start) for other in knot.tales[-3:])
    return value + 0.5 / (1 + distance / 400)


def _shared(tale: Tale, knot: Knot) -> float:
    """What a telling and a knot have in common: days, town, parties and their descriptions."""
    same_days = tale.first is not None and (tale.first, tale.last) == (knot.first, knot.last)
    same_days = same_days or (tale.dated and knot.dated)
    same_place = specific(tale.place) and knot.located
    parties = len((tale.actors | tale.others) & (knot.actors | knot.others))
    described = len(tale.heads & knot.heads) + len(tale.agents & knot.agents)
    return same_days + same_place + parties + 0.5 * described


def _told(*days: int | None) -> list[int]:
    return [day for day in days if day is not None]


def _counts(tale: Tale) -> set[tuple[str, int]]:
    return {(count.what, count.best if count.best is not None else count.low) for count in tale.event.counts}
