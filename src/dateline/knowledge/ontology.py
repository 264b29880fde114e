"""Event types and modes with their crosswalks (PLOVER, ACLED, UCDP, MUC-4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dateline.core import KnowledgeError
from dateline.core.event import UNTYPED
from dateline.knowledge.folder import by_folder, own_table
from dateline.knowledge.tables import Row, own_rows, read_table

_COLUMNS = ("type", "mode", "quad", "acled", "ucdp", "muc4", "definition")
_INTENTIONS = ("type", "announced", "refused")
_TYPE, _MODE = re.compile(r"[A-Z][A-Z_]*"), re.compile(r"[a-z][a-z-]*")
QUADS = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")


@dataclass(frozen=True, slots=True)
class OntologyEntry:
    """A PLOVER type (``mode`` None) or one of its modes.

    ``acled`` is the sub-event type it usually maps to, ``ucdp`` the usual kind of violence
    (``state-based``, ``non-state``, ``one-sided``: the parties decide, this is a hint), ``muc4``
    the incident type; each is None where the other scheme has nothing. ``line`` is the row's file:line.
    """

    type: str
    mode: str | None
    quad: str
    acled: str | None
    ucdp: str | None
    muc4: str | None
    definition: str
    line: str = ""


class Ontology:
    """The types in the table's order, and the entry of a type and mode.

    >>> ontology().modes("CONSULT")
    ('visit', 'third-party', 'multilateral', 'phone')
    >>> ontology().entry("ASSAULT", "aerial").acled
    'Air/drone strike'
    """

    __slots__ = ("_entries", "_intentions", "_modes", "types")

    def __init__(self, entries: tuple[OntologyEntry, ...], intentions: Mapping[str, tuple[str, str]]) -> None:
        self._intentions = intentions
        self._entries = {(entry.type, entry.mode): entry for entry in entries}
        self._modes: dict[str, tuple[str, ...]] = {}
        for entry in entries:
            known = self._modes.get(entry.type, ())
            self._modes[entry.type] = (*known, entry.mode) if entry.mode else known
        self.types = tuple(self._modes)

    def modes(self, type: str) -> tuple[str, ...]:
        """The modes of a type, in the table's order. KeyError where the type is unknown."""
        return self._modes[type]

    def entry(self, type: str, mode: str | None = None) -> OntologyEntry:
        """The entry of a mode, or its type's own where the mode is None or unknown.

        KeyError where the type is unknown.
        """
        return self._entries.get((type, mode)) or self._entries[type, None]

    def announced(self, type: str) -> str:
        """The type of saying that one will do it: a promise to help is AGREE, to attack THREATEN.

        KeyError where the type is unknown.
        """
        return self._intentions[type][0]

    def refused(self, type: str) -> str:
        """The type of saying that one will not do it: "will not withdraw" is REJECT.

        KeyError where the type is unknown.
        """
        return self._intentions[type][1]

    def to_markdown(self) -> str:
        """The types, modes and crosswalks as a table for the documentation."""
        lines = ["| type | mode | ACLED | MUC-4 | meaning |", "|---|---|---|---|---|"]
        for (type, mode), entry in self._entries.items():
            name = f"**{type}**" if mode is None else ""
            lines.append(f"| {name} | {mode or ''} | {entry.acled or ''} | {entry.muc4 or ''} | {entry.definition} |")
        return "\n".join(lines)


@by_folder
def ontology() -> Ontology:
    """The ontology that ships with the package, with the user's own types where a folder of knowledge is in use."""
    return read_ontology("ontology/types.tsv", "ontology/intentions.tsv", own_table("types.tsv"))


def read_ontology(name: str | Path, intentions: str | Path, own: Path | None = None) -> Ontology:
    """An ontology from its tables.

    ``own``: a user's table, whose rows are added or take the place of those with the same type and mode. A type
    that it brings is announced by AGREE and refused by REJECT where it is cooperation, else announced by THREATEN
    and refused by itself, as the shipped types are.
    KnowledgeError where a type is told twice or after its modes, or has no row of intentions.
    """
    entries: dict[tuple[str, str | None], OntologyEntry] = {}
    for row in read_table(name, _COLUMNS):
        entry = _entry(row)
        if (entry.type, entry.mode) in entries:
            raise row.error(f"{entry.type} {entry.mode or ''} stands twice")
        if entry.mode and (entry.type, None) not in entries:
            raise row.error(f"the row of {entry.type} itself must come before its modes")
        entries[entry.type, entry.mode] = entry
    intended = _intentions(intentions, {type for type, _ in entries})
    if own is not None:
        entries |= _own(own, entries)
    for type, mode in entries:
        intended.setdefault(type, _usual(type, entries[type, mode].quad))
    return Ontology(tuple(entries.values()), intended)


def _own(
    path: Path, known: Mapping[tuple[str, str | None], OntologyEntry]
) -> dict[tuple[str, str | None], OntologyEntry]:
    """The entries of a user's table."""
    found: dict[tuple[str, str | None], OntologyEntry] = {}
    for row in own_rows(path, _COLUMNS):
        entry = _entry(row)
        if not _TYPE.fullmatch(entry.type) or entry.type == UNTYPED:
            raise row.error(f"type {entry.type!r} is not of capitals, or is {UNTYPED}, which is taken")
        if entry.mode and not _MODE.fullmatch(entry.mode):
            raise row.error(f"mode {entry.mode!r} is not of lower-case letters and hyphens")
        if (entry.type, entry.mode) in found:
            raise row.error(f"{entry.type} {entry.mode or ''} stands twice")
        if entry.mode and (entry.type, None) not in known and (entry.type, None) not in found:
            raise row.error(f"the row of {entry.type} itself must come before its modes")
        found[entry.type, entry.mode] = entry
    return found


def _usual(type: str, quad: str) -> tuple[str, str]:
    return ("AGREE", "REJECT") if quad.endswith("cooperation") else ("THREATEN", type)


def _intentions(name: str | Path, types: set[str]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for row in read_table(name, _INTENTIONS):
        if not {row[column] for column in _INTENTIONS} <= types:
            raise row.error("names a type that the ontology lacks")
        found[row["type"]] = (row["announced"], row["refused"])
    if missing := types - set(found):
        raise KnowledgeError(str(name), 0, f"no intentions of {', '.join(sorted(missing))}")
    return found


def _entry(row: Row) -> OntologyEntry:
    if row["quad"] not in QUADS:
        raise row.error(f"quad is {row['quad']!r}, not one of {', '.join(QUADS)}")
    if not row["type"] or not row["definition"]:
        raise row.error("a type and a definition are needed")
    return OntologyEntry(
        type=row["type"],
        mode=row["mode"] or None,
        quad=row["quad"],
        acled=row["acled"] or None,
        ucdp=row["ucdp"] or None,
        muc4=row["muc4"] or None,
        definition=row["definition"],
        line=row.place,
    )
