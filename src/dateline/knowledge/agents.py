"""Role nouns ("soldier", "protester") and nouns for things ("embassy", "car bomb"), by lemma."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from dateline.core import MentionKind
from dateline.knowledge.actor_rows import kind_of, sector_of
from dateline.knowledge.tables import Row, read_table

AGENT_COLUMNS = ("lemma", "kind", "sector", "loaded", "armed", "collective")
THING_COLUMNS = ("lemma", "kind", "class", "sector")
_MANY: dict[str, MentionKind] = {"MIL": "force", "COP": "force", "REB": "group", "PRM": "group", "UAF": "group"}
_ENDINGS = (("men", "man"), ("women", "woman"), ("ies", "y"), ("ves", "fe"), ("es", ""), ("s", ""))


@dataclass(frozen=True, slots=True)
class Agent:
    """A noun for people: what kind of mention it makes, and its PLOVER sector.

    ``loaded``: the word takes sides or judges, so it is kept as a label of whoever uses it.
    ``armed``: it implies arms. ``collective``: one word means many ("crowd", "battalion").
    """

    lemma: str
    kind: MentionKind
    sector: str
    loaded: bool
    armed: bool
    collective: bool

    @property
    def many(self) -> MentionKind:
        """The kind of its plural: "soldiers" are a force, "rebels" a group, "farmers" people."""
        if self.kind != "person":
            return self.kind
        return _MANY.get(self.sector, "people") if self.armed and not self.loaded else "people"


@dataclass(frozen=True, slots=True)
class Thing:
    """A noun for a facility, weapon, vehicle or other thing.

    ``group`` is its class ("diplomatic", "rocket", "vehicle-bomb"); ``sector`` whose it usually is.
    """

    lemma: str
    kind: MentionKind
    group: str
    sector: str


class _Entry(Protocol):
    @property
    def lemma(self) -> str: ...


EntryT = TypeVar("EntryT", bound=_Entry)


class Nouns(Generic[EntryT]):
    """Entries by lemma; lemmas are in lower case and may have several words ("suicide bomber")."""

    __slots__ = ("_first", "_rows")

    def __init__(self, entries: Iterable[EntryT]) -> None:
        self._rows: dict[str, EntryT] = {entry.lemma: entry for entry in entries}
        self._first: dict[str, int] = {}
        for lemma in self._rows:
            first = _parted(lemma)[0]
            self._first[first] = max(self._first.get(first, 0), len(_parted(lemma)))

    def __len__(self) -> int:
        return len(self._rows)

    def lemmas(self) -> frozenset[str]:
        """All lemmas, in lower case."""
        return frozenset(self._rows)

    def rows(self) -> Mapping[str, EntryT]:
        """The entries by lemma."""
        return self._rows

    def get(self, word: str) -> EntryT | None:
        """The entry of a lemma, or of the regular plural of one; None where there is none.

        >>> agents().get("gunmen").lemma, agents().get("Protesters").sector
        ('gunman', 'OPP')
        """
        low = word.lower()
        row = self._rows.get(low)
        if row is None and low[-1:] in ("s", "n"):
            for ending, singular in _ENDINGS:
                if low.endswith(ending) and (row := self._rows.get(low[: -len(ending)] + singular)):
                    break
        return row

    def longest(self, words: Sequence[str], i: int) -> tuple[int, EntryT | None]:
        """How many tokens from ``i`` on are an entry, the longest one, and which; (0, None) where none begins.

        Words may be lemmas or as written; a hyphen may be a token of its own.

        >>> size, row = things().longest("a car bomb exploded".split(), 1)
        >>> size, row.group
        (2, 'vehicle-bomb')
        """
        low = words[i].lower()
        most = max(self._first.get(low, 0), self._first.get(_parted(low)[0], 0), 1) if low else 0
        for n in range(min(most, len(words) - i), 0, -1):
            row = self.get(" ".join(words[i : i + n]).replace(" - ", "-"))
            if row is not None:
                return n, row
        return 0, None


class Agents(Nouns[Agent]):
    """The role nouns."""

    __slots__ = ()

    def loaded(self, word: str) -> bool:
        """Whether the word takes sides or judges.

        >>> agents().loaded("terrorist"), agents().loaded("soldier")
        (True, False)
        """
        row = self.get(word)
        return row is not None and row.loaded


class Things(Nouns[Thing]):
    """The nouns for things."""

    __slots__ = ()


@functools.cache
def agents() -> Agents:
    """The role nouns that ship with the package.

    Raises KnowledgeError with file:line where the table is wrong.
    """
    return Agents(agent_of_row(row) for row in read_table("actors/agents.tsv", AGENT_COLUMNS))


@functools.cache
def things() -> Things:
    """The nouns for things that ship with the package.

    Raises KnowledgeError with file:line where the table is wrong.
    """
    return Things(thing_of_row(row) for row in read_table("actors/things.tsv", THING_COLUMNS))


def agent_of_row(row: Row) -> Agent:
    """One line of the table of role nouns; raises KnowledgeError with file:line."""
    return Agent(
        _lemma(row), kind_of(row), sector_of(row), _flag(row, "loaded"), _flag(row, "armed"), _flag(row, "collective")
    )


def thing_of_row(row: Row) -> Thing:
    """One line of the table of things; raises KnowledgeError with file:line."""
    if not row["class"]:
        raise row.error("no class")
    return Thing(_lemma(row), kind_of(row), row["class"], sector_of(row))


def _parted(lemma: str) -> list[str]:
    """The words and hyphens of a lemma, as a tokenizer parts them."""
    return lemma.replace("-", " - ").split()


def _lemma(row: Row) -> str:
    if not row["lemma"]:
        raise row.error("no lemma")
    return row["lemma"].lower()


def _flag(row: Row, column: str) -> bool:
    if row[column] not in ("0", "1"):
        raise row.error(f"{column} is {row[column]!r}, not 0 or 1")
    return row[column] == "1"
