"""One line of the registry's tables, checked and turned into a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, cast, get_args

from dateline.core import Actor, MentionKind
from dateline.knowledge.spelling import name_key
from dateline.knowledge.tables import Row

GROUP_COLUMNS = ("key", "name", "aliases", "strict", "weak", "country", "sector", "start", "end", "source")
ORGANISATION_COLUMNS = (
    "key",
    "name",
    "aliases",
    "strict",
    "weak",
    "kind",
    "country",
    "sector",
    "start",
    "end",
    "source",
)
STATE_COLUMNS = ("key", "iso2", "name", "aliases", "capitals", "adjectives", "people", "start", "end", "source")
BODY_COLUMNS = ("key", "name", "kind", "sector", "heads")
NAMES = ("aliases", "strict", "weak")
_OF_NOBODY = ("nationality", "money", "quantity", "document")
KINDS: frozenset[str] = frozenset(get_args(MentionKind)) - frozenset(_OF_NOBODY)
_OFTEN = "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK"
_SELDOM = "AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC"
SECTORS = frozenset((*_OFTEN.split(), *_SELDOM.split()))


class Name(NamedTuple):
    """One spelling of one entry.

    ``strict``: it counts only exactly as spelt. ``weak``: running text alone does not make it this
    entry's ("Tigers", "CAM"); it has to be asked for.
    """

    actor: Actor
    text: str
    strict: bool
    weak: bool


@dataclass(frozen=True, slots=True)
class Body:
    """A body that every state has ("army"), and the words for it."""

    key: str
    name: str
    kind: MentionKind
    sector: str
    heads: tuple[str, ...]


def named_actor(row: Row) -> Actor:
    """The entry of one line of the groups' or organisations' table; strict and weak names are aliases too.

    Raises KnowledgeError with file:line where a cell is wrong.
    """
    country = row["country"] or None
    return Actor(
        key=key_of(row),
        name=row["name"],
        kind=kind_of(row) if "kind" in row.cells else "group",
        aliases=tuple(name for column in NAMES for name in row.list(column) if name != row["name"]),
        country=country,
        sector=sector_of(row),
        start=year_of(row, "start"),
        end=year_of(row, "end"),
        source=row["source"],
    )


def state_actor(row: Row) -> Actor:
    """The government that a state's name stands for."""
    return Actor(
        key=key_of(row),
        name=row["name"],
        kind="government",
        aliases=row.list("aliases"),
        country=row["iso2"],
        sector="GOV",
        start=year_of(row, "start"),
        end=year_of(row, "end"),
        source=row["source"],
    )


def body_of_row(row: Row) -> Body:
    """One line of the table of bodies that every state has."""
    heads = tuple(name_key(head) for head in row.list("heads"))
    return Body(row["key"], row["name"], kind_of(row), sector_of(row), heads)


def key_of(row: Row) -> str:
    """The key of a line; raises KnowledgeError with file:line where it or the name is missing."""
    if not row["key"] or not row["name"] or len(row["key"].split()) != 1:
        raise row.error("no key or no name")
    return row["key"]


def kind_of(row: Row) -> MentionKind:
    """The mention kind of a line; raises KnowledgeError with file:line."""
    if row["kind"] not in KINDS:
        raise row.error(f"{row['kind']!r} is no mention kind")
    return cast(MentionKind, row["kind"])


def sector_of(row: Row) -> str:
    """The PLOVER sector of a line; raises KnowledgeError with file:line."""
    if row["sector"] not in SECTORS:
        raise row.error(f"{row['sector']!r} is no PLOVER sector")
    return row["sector"]


def year_of(row: Row, column: str) -> int | None:
    """The year in a cell, None where it is empty; raises KnowledgeError with file:line."""
    text = row[column]
    if text and not (text.isdigit() and len(text) == 4):
        raise row.error(f"{column} {text!r} is no year")
    return int(text) if text else None
