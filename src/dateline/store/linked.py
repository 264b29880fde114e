"""The part of a store that linking keeps: what it needs to go on, and which incidents were made of what."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.core import Anchor, Incident
from dateline.store.constraints import constraints
from dateline.store.flat import incident_row
from dateline.store.records import Records
from dateline.store.splicing import Key

Ruled = tuple[str, str, str, str, bool]
"""A decision on two tellings: document and event of the one and of the other, and whether they are one happening."""
_ORDER = """SELECT o.basis, i.type, coalesce(i.earliest, i.latest, ''), i.id, count(*), count(DISTINCT m.document)
    FROM incident_order o JOIN incidents i ON i.id = o.incident JOIN incident_members m ON m.incident = i.id
    WHERE o.basis IS NOT NULL GROUP BY i.id"""


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """What is kept of one document: its number among all, its card, its ties to those before it, its strands' homes."""

    number: int
    document: str
    card: bytes
    ties: tuple[tuple[int, int, int, float], ...]
    homes: tuple[tuple[int, int], ...]
    copies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeptIncident:
    """An incident of an earlier run by what its place in the list depends on."""

    basis: str
    type: str
    day: str
    id: str
    tellings: int
    documents: int


class LinkedRecords(Records):
    """The state of linking; ``Store`` is made of it."""

    def linked(self) -> tuple[LinkedDocument, ...]:
        """What is kept of each document, in the order of their numbers."""
        rows = self._rows("SELECT number, document, card, ties, homes, copies FROM linked ORDER BY number")
        return tuple(
            LinkedDocument(
                number,
                document,
                card,
                tuple((at, other, its, bond) for at, other, its, bond in json.loads(ties)),
                tuple((owner, place) for owner, place in json.loads(homes)),
                tuple(json.loads(copies)),
            )
            for number, document, card, ties, homes, copies in rows
        )

    def linked_by(self) -> tuple[str, tuple[Ruled, ...]] | None:
        """What the kept state was made by, and under which decisions; None where nothing is kept."""
        rows = self._rows("SELECT form, rulings FROM linked_by")
        if not rows:
            return None
        return rows[0][0], tuple((a, b, c, d, same) for a, b, c, d, same in json.loads(rows[0][1]))

    def unlinked(self) -> tuple[str, ...]:
        """The documents that are not linked yet, in the order in which they came."""
        query = "SELECT id FROM documents WHERE id NOT IN (SELECT document FROM linked) ORDER BY number"
        return tuple(row[0] for row in self._rows(query))

    def kept_incidents(self) -> tuple[KeptIncident, ...]:
        """The incidents of which it is known what they were made of."""
        return tuple(KeptIncident(*row) for row in self._rows(_ORDER))

    def members(self) -> dict[str, frozenset[Key]]:
        """The tellings of every incident, by its id."""
        found: dict[str, set[Key]] = {}
        for incident, document, event in self._rows("SELECT incident, document, event FROM incident_members"):
            found.setdefault(incident, set()).add((document, event))
        return {incident: frozenset(keys) for incident, keys in found.items()}

    def rulings(self) -> tuple[tuple[str, Ruled], ...]:
        """People's standing decisions on which tellings are one happening, with the verdicts' ids, earliest first.

        Decisions on tellings that the store does not hold are left out.
        """
        found = []
        for each in constraints(self.verdicts()):
            left, right = self._telling(each.left), self._telling(each.right)
            if left and right:
                found.append((each.verdict, (*left, *right, each.answer == "same")))
        return tuple(found)

    def relink(
        self,
        order: Sequence[tuple[str, str]],
        made: Mapping[str, Incident],
        state: Iterable[LinkedDocument],
        by: tuple[str, Sequence[Ruled]],
        *,
        whole: bool,
        withdrawn: Collection[str] = (),
    ) -> None:
        """Put the incidents and the state of a linking in the place of the last one's, all at once.

        ``order``: basis and id of every incident; those not in ``made`` (by basis) stay as they are. ``state``: the
        documents that changed; ``whole``: nothing of the last state stays.
        ``withdrawn`` documents leave the store with all that was read from them; verdicts stay. Raises StoreError where
        an incident tells of an event that is not in the store.
        """
        with self._writing() as db:
            db.execute("DELETE FROM incident_order")
            stay = json.dumps([id for basis, id in order if basis not in made])
            db.execute("DELETE FROM incidents WHERE id NOT IN (SELECT value FROM json_each(?))", (stay,))
            for document in sorted(withdrawn):
                self._take_out(db, document)
            for incident in made.values():
                self._put(db, incident)
            rows = [(id, basis) for basis, id in order]
            db.executemany("INSERT INTO incident_order (incident, basis) VALUES (?, ?)", rows)
            if whole:
                db.execute("DELETE FROM linked")
            db.executemany(
                "INSERT OR REPLACE INTO linked VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (s.number, s.document, s.card, *(json.dumps(each) for each in (s.ties, s.homes, s.copies)))
                    for s in state
                ),
            )
            db.execute("DELETE FROM linked_by")
            db.execute("INSERT INTO linked_by VALUES (?, ?)", (by[0], json.dumps(by[1])))
            self._bump(db, "linked")

    def replace_incidents(self, incidents: Sequence[Incident]) -> None:
        """Put these incidents in the place of all earlier ones, whole or not at all; what linking keeps is dropped.

        Raises StoreError where an incident tells of an event that is not in the store.
        """
        with self._writing() as db:
            for table in ("incident_order", "incidents", "linked", "linked_by"):
                db.execute(f"DELETE FROM {table}")
            for incident in incidents:
                self._put(db, incident)
            db.executemany("INSERT INTO incident_order (incident) VALUES (?)", [(each.id,) for each in incidents])
            self._bump(db, "linked")

    def incidents(self) -> tuple[Incident, ...]:
        """All incidents, in the order in which they were given."""
        rows = self._rows("SELECT json FROM incident_order o JOIN incidents i ON i.id = o.incident ORDER BY position")
        return tuple(self._record(Incident, row[0]) for row in rows)

    # Parts --------------------------------------------------------------------------------------------

    def _put(self, db: sqlite3.Connection, incident: Incident) -> None:
        marks = ", ".join("?" * len(row := incident_row(incident)))
        db.execute(f"INSERT INTO incidents VALUES (NULL, {marks})", row)
        members = {(incident.id, telling.document, telling.event) for telling in incident.events}
        db.executemany("INSERT INTO incident_members VALUES (?, ?, ?)", sorted(members))

    def _take_out(self, db: sqlite3.Connection, document: str) -> None:
        mine = "(SELECT number FROM events WHERE document = ?)"
        for table in ("event_arguments", "event_counts"):
            db.execute(f"DELETE FROM {table} WHERE event IN {mine}", (document,))
        for table, column in (
            ("events", "document"),
            ("readings", "document"),
            ("linked", "document"),
            ("documents", "id"),
        ):
            db.execute(f"DELETE FROM {table} WHERE {column} = ?", (document,))

    def _telling(self, anchor: Anchor) -> Key | None:
        """The telling that an anchor means: the same text and type, the same words, else some of them."""
        rows = self._rows(
            "SELECT d.id, e.id FROM documents d CROSS JOIN events e ON e.document = d.id WHERE d.sha256 = ?"
            " AND e.type = ? AND e.first < ? AND e.last > ? ORDER BY e.first = ? AND e.last = ? DESC, e.number LIMIT 1",
            *(anchor.sha256, anchor.type, anchor.span.end, anchor.span.start, anchor.span.start, anchor.span.end),
        )
        return (rows[0][0], rows[0][1]) if rows else None
