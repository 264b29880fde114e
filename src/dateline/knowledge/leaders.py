"""Heads of state and of government: who a title and a name meant in a year."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.core import Actor
from dateline.knowledge.actor_rows import key_of, year_of
from dateline.knowledge.spelling import name_key
from dateline.knowledge.tables import Row, read_table

COLUMNS = ("key", "name", "aliases", "called", "country", "office", "start", "end")
_SAME = {"premier": "prime minister"}
_TOLD_ONLY = frozenset({"king"})


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch in office, in years; an open end is None. Whose it is, and what the holder is called behind a title."""

    actor: Actor
    called: tuple[str, ...]
    offices: tuple[str, ...]
    start: int
    end: int | None

    def holds(self, year: int) -> bool:
        """Whether any of the year lies in it."""
        return self.start <= year and (self.end is None or year <= self.end)


class Leaders:
    """The leaders of states by full name, and by title and name in a year.

    >>> leaders().titled("president", "Bush", 1990).key, leaders().titled("president", "Bush", 2004).key
    ('george-bush', 'george-w-bush')
    >>> leaders().titled("president", "Bush", 1997) is None
    True
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._called: dict[str, list[Term]] = {}
        bearers: dict[str, dict[str, Actor]] = {}
        for term in terms:
            for name in (term.actor.name, *term.actor.aliases):
                bearers.setdefault(name_key(name), {})[term.actor.key] = term.actor
            for key in {name_key(name) for name in (term.actor.name, *term.actor.aliases, *term.called)}:
                self._called.setdefault(key, []).append(term)
        self._full = {key: next(iter(found.values())) for key, found in bearers.items() if len(found) == 1}

    def named(self, actor: Actor) -> tuple[str, ...]:
        """The full names of a leader that no other one bears: only by these is somebody known without a title."""
        return tuple(name for name in (actor.name, *actor.aliases) if self._full.get(name_key(name)) is actor)

    def actors(self) -> tuple[Actor, ...]:
        """Everybody, in the order of the table."""
        every = (term.actor for terms in self._called.values() for term in terms)
        return tuple({actor.key: actor for actor in every}.values())

    def titled(self, title: str, name: str, year: int | None, country: str | None = None) -> Actor | None:
        """Who a title with a surname or a full name means in a year; None where nobody or more than one fits.

        ``country``: ISO 3166-1 alpha-2 where the text tells one beside the title. Kings bear their names
        again and again, so that of a king it must be told. Without a year nobody is known.
        """
        office = _SAME.get(title, title)
        if year is None or (country is None and office in _TOLD_ONLY):
            return None
        fitting = {
            term.actor.key: term.actor
            for term in self._called.get(name_key(name), ())
            if office in term.offices and term.holds(year) and country in (None, term.actor.country)
        }
        return next(iter(fitting.values())) if len(fitting) == 1 else None


@functools.cache
def leaders() -> Leaders:
    """The table ``actors/leaders.tsv``. Raises KnowledgeError with file:line where it is wrong."""
    return Leaders(_terms(read_table("actors/leaders.tsv", COLUMNS)))


def _terms(rows: Iterable[Row]) -> Iterable[Term]:
    known: dict[str, Actor] = {}
    for row in rows:
        start, end = year_of(row, "start"), year_of(row, "end")
        if start is None or (end is not None and end < start):
            raise row.error("a term needs a start, and an end that is not before it")
        if not row["country"] or not row.list("office") or not row.list("called"):
            raise row.error("no country, no office or nothing that the leader is called")
        actor = known.setdefault(row["key"], _actor(row))
        if (actor.name, actor.country) != (row["name"], row["country"]):
            raise row.error(f"{row['key']!r} is somebody else above")
        yield Term(actor, row.list("called"), row.list("office"), start, end)


def _actor(row: Row) -> Actor:
    """The person; not bound to the years in office, as a full name is theirs before and after."""
    return Actor(
        key=key_of(row),
        name=row["name"],
        kind="person",
        aliases=row.list("aliases"),
        country=row["country"],
        sector="GOV",
        start=None,
        end=None,
        source="Phoenix countries",
    )
