"""A user's own table of actors, checked row by row against the registry before anything is read with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from dateline.core import Actor, KnowledgeError
from dateline.knowledge.actor_rows import (
    GROUP_COLUMNS,
    ORGANISATION_COLUMNS,
    SECTORS,
    STATE_COLUMNS,
    Name,
    key_of,
    kind_of,
    named_actor,
    sector_of,
    year_of,
)
from dateline.knowledge.shapes import country_shapes
from dateline.knowledge.spelling import name_key
from dateline.knowledge.tables import Row, read_table, scanned

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIRST_YEAR, _LAST_YEAR = 1000, 2100


class Registered(Protocol):
    """What is asked of the registry that a table is laid over."""

    def __iter__(self) -> Iterator[Actor]: ...

    def get(self, key: str) -> Actor | None: ...

    def bearers(self, name: Name) -> tuple[Actor, ...]: ...


@dataclass(frozen=True, slots=True)
class CheckedActors:
    """What a table holds: rows that were looked at, the names of the sound ones, and what is wrong, line by line.

    ``replaced`` are the keys of registered actors whose entry the table takes over.
    """

    rows: int
    names: tuple[Name, ...]
    replaced: frozenset[str]
    faults: tuple[KnowledgeError, ...]

    @property
    def summary(self) -> str:
        """The counts in one line."""
        wrong = len({fault.line for fault in self.faults})
        actors = len({name.actor.key for name in self.names})
        told = ((self.rows, "row"), (actors, "sound actor"), (len(self.names), "name"), (wrong, "wrong line"))
        counts = ", ".join(f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in told)
        return f"{counts}; {len(self.replaced):,} in the place of a registered actor"


def checked_actors(path: Path, registered: Registered) -> CheckedActors:
    """The table at a path, with the columns of the groups' or the organisations' table.

    Every wrong row is a fault of its own, so that all can be put right at once. A row with the key of a registered
    actor takes its place. A name that running text already finds for another actor is wrong, unless it is ``weak``.
    Raises KnowledgeError where the file cannot be read.
    """
    return _Check(registered).table(path)


class _Check:
    """The book-keeping of one table."""

    def __init__(self, registered: Registered) -> None:
        self._registered = registered
        actors = list(registered)
        self._countries = {a.country for a in actors if a.country} | {shape.iso2 for shape in country_shapes()}
        self._states = {row["key"] for row in read_table("actors/states.tsv", STATE_COLUMNS)}
        self._faults: list[KnowledgeError] = []
        self._lines: dict[str, int] = {}
        self._bearers: dict[str, list[tuple[Name, int]]] = {}

    def table(self, path: Path) -> CheckedActors:
        rows = 0
        sound: list[tuple[Row, tuple[Name, ...]]] = []
        for row in scanned(path, str(path), GROUP_COLUMNS, ORGANISATION_COLUMNS):
            if isinstance(row, KnowledgeError):
                self._faults.append(row)
                continue
            rows += 1
            if names := self._names(row):
                sound.append((row, names))
        # The keys are all known by now: a name of an entry that the table replaces is free.
        taken = tuple(name for row, names in sound for name in names if self._free(row, name))
        keys = {names[0].actor.key for _, names in sound}
        replaced = frozenset(key for key in keys if self._registered.get(key) is not None)
        faults = tuple(sorted(self._faults, key=lambda fault: fault.line))
        return CheckedActors(rows, taken, replaced, faults)

    def _names(self, row: Row) -> tuple[Name, ...]:
        """The names of a row; none where a cell is wrong."""
        before = len(self._faults)
        key = self._asked(key_of, row)
        if key is not None:
            self._check_key(row, key)
        if "kind" in row.cells:
            self._asked(kind_of, row)
        if self._asked(sector_of, row) is None:
            self._faults[-1] = row.error(f"{self._faults[-1].reason}: one of {' '.join(sorted(SECTORS))}")
        self._check_years(row)
        if row["country"] and row["country"] not in self._countries:
            self._faults.append(row.error(f"{row['country']!r} is no country (ISO 3166-1 alpha-2, in capitals)"))
        if not row["source"]:
            self._faults.append(row.error("no source"))
        return names_of(row) if len(self._faults) == before else ()

    def _asked(self, ask: Callable[[Row], str], row: Row) -> str | None:
        try:
            return ask(row)
        except KnowledgeError as error:
            self._faults.append(error)
            return None

    def _check_key(self, row: Row, key: str) -> None:
        if key in self._lines:
            self._faults.append(row.error(f"the key {key!r} stands already in line {self._lines[key]}"))
            return
        self._lines[key] = row.line
        if not _SLUG.fullmatch(key):
            self._faults.append(row.error(f"the key {key!r} is not of lower-case letters, digits and single hyphens"))
        if key in self._states:
            self._faults.append(row.error(f"the key {key!r} is that of a state, which is no actor of this table"))

    def _check_years(self, row: Row) -> None:
        years = []
        for column in ("start", "end"):
            try:
                year = year_of(row, column)
            except KnowledgeError as error:
                self._faults.append(error)
                continue
            if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
                self._faults.append(row.error(f"{column} {year} is no year from {_FIRST_YEAR} to {_LAST_YEAR}"))
            years.append(year)
        if len(years) == 2 and years[0] and years[1] and years[0] > years[1]:
            self._faults.append(row.error(f"it ends in {years[1]}, before it starts in {years[0]}"))

    def _free(self, row: Row, name: Name) -> bool:
        """Whether a name leads to nobody else; weak names may."""
        if not name_key(name.text):
            self._faults.append(row.error(f"the name {name.text!r} holds no letter or digit"))
            return False
        if name.weak:
            return True
        for other, line in self._bearers.get(name_key(name.text), ()):
            if other.actor.key != name.actor.key and clashes(name, other):
                self._faults.append(row.error(f"the name {name.text!r} stands already in line {line}"))
                return False
        self._bearers.setdefault(name_key(name.text), []).append((name, row.line))
        others = [a for a in self._registered.bearers(name) if a.key != name.actor.key and a.key not in self._lines]
        if others:
            told = f"the name {name.text!r} is already that of {others[0].name} ({others[0].key})"
            self._faults.append(row.error(f"{told}: name it under weak, or replace that entry by its key"))
        return not others


def names_of(row: Row) -> tuple[Name, ...]:
    """The entry of one line under each of its names. Raises KnowledgeError with file:line where a cell is wrong."""
    actor = named_actor(row)
    strict, weak = row.list("strict"), row.list("weak")
    names = dict.fromkeys((actor.name, *actor.aliases))
    return tuple(Name(actor, text, text in strict, text in weak) for text in names)


def clashes(name: Name, other: Name) -> bool:
    """Whether two names of one key are found by the same words: a strict one only where it is spelt just so.

    >>> from dateline.core import Actor
    >>> actor = Actor("x", "X", "group", (), None, None)
    >>> clashes(Name(actor, "IS", True, False), Name(actor, "Is", True, False))
    False
    """
    return not other.weak and (name.text == other.text or not (name.strict or other.strict))
