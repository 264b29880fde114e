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
_INTENTIONS = ("type", "mode", "announced", "announced_mode", "refused", "refused_mode")
_TYPE, _MODE = re.compile(r"[A-Z][A-Z_]*"), re.compile(r"[a-z][a-z-]*")
Kind = tuple[str, str | None]
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


_OTHER = OntologyEntry(UNTYPED, None, "", None, None, None, "A happening of no coded type.")


class Ontology:
    """The types in the table's order, and the entry of a type and mode.

    >>> ontology().modes("CONSULT")
    ('visit', 'third-party', 'multilateral', 'phone')
    >>> ontology().entry("ASSAULT", "aerial").acled
    'Air/drone strike'
    """

    __slots__ = ("_entries", "_intentions", "_modes", "types")

    def __init__(self, entries: tuple[OntologyEntry, ...], intentions: Mapping[Kind, tuple[Kind, Kind]]) -> None:
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

        ``OTHER``, which is no type of PLOVER's, has no crosswalk. KeyError where the type is unknown.
        """
        if type == UNTYPED:
            return _OTHER
        return self._entries.get((type, mode)) or self._entries[type, None]

    def announced(self, type: str, mode: str | None = None) -> Kind:
        """The type and mode of saying that one will do it: a promise to help is AGREE, to close a border THREATEN.

        KeyError where the type is unknown.

        >>> ontology().announced("AID"), ontology().announced("COERCE", "arrest")
        (('AGREE', None), ('THREATEN', 'arrest'))
        """
        return self._intended(type, mode)[0]

    def refused(self, type: str, mode: str | None = None) -> Kind:
        """The type and mode of saying that one will not do it: "will not withdraw" is REJECT.

        KeyError where the type is unknown.
        """
        return self._intended(type, mode)[1]

    def _intended(self, type: str, mode: str | None) -> tuple[Kind, Kind]:
        if type == UNTYPED:
            return (type, None), (type, None)
        return self._intentions.get((type, mode)) or self._intentions[type, None]

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


def is_made(summary: str) -> bool:
    """Whether a summary is the line that is made of an incident's fields, and not a person's words.

    >>> is_made("ASSAULT/firearms in Ilagan, PH"), is_made("Gunmen fire on a market")
    (True, False)
    """
    return re.split(r"[/ ,:]", summary, maxsplit=1)[0] in ontology().types


def read_ontology(name: str | Path, intentions: str | Path, own: Path | None = None) -> Ontology:
    """An ontology from its tables.

    ``own``: a user's table, whose rows are added or take the place of those with the same type and mode. A type
    that it brings is announced by AGREE and refused by REJECT where it is cooperation, else by itself.
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
    intended = _intentions(intentions, set(entries))
    if own is not None:
        entries |= _own(own, entries)
    for type, mode in entries:
        if (type, None) not in intended:
            intended[type, None] = _usual(type, entries[type, mode].quad)
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


def _usual(type: str, quad: str) -> tuple[Kind, Kind]:
    if quad.endswith("cooperation"):
        return ("AGREE", None), ("REJECT", None)
    return (type, None), (type, None)


def _intentions(name: str | Path, kinds: set[Kind]) -> dict[Kind, tuple[Kind, Kind]]:
    found: dict[Kind, tuple[Kind, Kind]] = {}
    for row in read_table(name, _INTENTIONS):
        deed, announced, refused = (
            (row[what], row["mode" if what == "type" else f"{what}_mode"] or None)
            for what in ("type", "announced", "refused")
        )
        if not {deed, announced, refused} <= kinds:
            raise row.error("names a type or a mode that the ontology lacks")
        if deed in found:
            raise row.error(f"{deed[0]} {deed[1] or ''} stands twice")
        found[deed] = (announced, refused)
    if missing := {type for type, _ in kinds} - {type for type, mode in found if mode is None}:
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
