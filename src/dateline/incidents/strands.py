"""What linking keeps of the happenings that one document tells."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from dateline.core import Place
from dateline.incidents.geography import specific
from dateline.incidents.knots import Knot, kinds
from dateline.knowledge.families import Family


@dataclass(frozen=True, slots=True)
class Strand:
    """One knot of a document, tied and laid away: what tells whether another document's is the same happening.

    ``events`` are the ids of its tellings, ``placed`` how many of them name a place; the rest as in ``Knot``.
    """

    events: tuple[str, ...]
    families: frozenset[Family]
    first: int | None
    last: int | None
    places: tuple[Place, ...]
    actors: frozenset[str]
    others: frozenset[str]
    agents: frozenset[str]
    counts: frozenset[tuple[str, int]]
    weight: float
    placed: int
    founds: bool
    background: bool
    wide: bool
    dated: bool = field(init=False)
    """Whether its days are told to within a week."""
    located: bool = field(init=False)
    """Whether it is told where, to within a town."""
    speech: bool = field(init=False)
    """Whether it is words rather than deeds."""
    kinds: frozenset[str] = field(init=False)
    """The names under which its families are compared."""
    parties: frozenset[str] = field(init=False)
    dead: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        derived = {
            "dated": self.first is not None and self.last is not None and not self.wide,
            "located": any(specific(place) for place in self.places),
            "speech": all(family.speech for family in self.families),
            "kinds": frozenset(kinds(self.families)),
            "parties": self.actors | self.others,
            "dead": frozenset(value for what, value in self.counts if what == "killed"),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)


def strand_of(knot: Knot) -> Strand:
    """A knot laid away."""
    return Strand(
        events=tuple(tale.event.id for tale in knot.tales),
        families=frozenset(knot.families),
        first=knot.first,
        last=knot.last,
        places=tuple(knot.places),
        actors=frozenset(knot.actors),
        others=frozenset(knot.others),
        agents=frozenset(knot.agents),
        counts=frozenset(knot.counts),
        weight=knot.weight,
        placed=sum(1 for tale in knot.tales if tale.place),
        founds=knot.founds,
        background=knot.background,
        wide=knot.wide,
    )


def packed(strands: Iterable[Strand]) -> bytes:
    """Strands as a line of JSON; ``unpacked`` gives them back."""
    return json.dumps([_row(each) for each in strands], ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def unpacked(line: bytes) -> tuple[Strand, ...]:
    """The strands of a line. ValueError where it holds something else.

    >>> unpacked(packed([]))
    ()
    """
    try:
        return tuple(_strand(row) for row in json.loads(line.decode("utf-8", "surrogatepass")))
    except (TypeError, KeyError) as error:
        raise ValueError(f"not strands: {error}") from error


def _row(strand: Strand) -> list[Any]:
    families = sorted((f.name, f.group, f.speech, f.part) for f in strand.families)
    places = [(p.id, p.name, p.kind, p.lat, p.lon, p.country, p.admin1, p.geonames, p.radius_km) for p in strand.places]
    flags = strand.founds + 2 * strand.background + 4 * strand.wide
    parties = [sorted(each) for each in (strand.actors, strand.others, strand.agents)]
    counts = sorted(strand.counts)
    days = [strand.first, strand.last]
    return [strand.events, families, *days, places, *parties, counts, strand.weight, strand.placed, flags]


def _strand(row: Sequence[Any]) -> Strand:
    events, families, first, last, places, actors, others, agents, counts, weight, placed, flags = row
    return Strand(
        events=tuple(events),
        families=frozenset(_family(*each) for each in families),
        first=first,
        last=last,
        places=tuple(_place(*each) for each in places),
        actors=frozenset(actors),
        others=frozenset(others),
        agents=frozenset(agents),
        counts=frozenset((what, value) for what, value in counts),
        weight=weight,
        placed=placed,
        founds=bool(flags & 1),
        background=bool(flags & 2),
        wide=bool(flags & 4),
    )


_family = functools.lru_cache(1_000)(Family)
_place = functools.lru_cache(20_000)(Place)
