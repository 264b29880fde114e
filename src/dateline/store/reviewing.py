"""The part of a store that people review: verdicts appended, the overlay kept fresh, the book of what is shown."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from dateline import codec
from dateline.core import Incident, StoreError, Verdict
from dateline.store.book import Book
from dateline.store.opening import translated
from dateline.store.overlay import Conflict, Overlay, Shown
from dateline.store.session import Session
from dateline.store.shown import (
    book_rows,
    drop_shown,
    laid_over,
    together,
    touched,
    verdicts_on,
    write_shown,
)

_BATCH = 500


class Reviewing(Session):
    """Verdicts and what is shown once they are laid over; ``Store`` is made of it."""

    _book: Book | None = None
    _drawn = -1

    # Verdicts ---------------------------------------------------------------------------------------

    def add_verdict(self, verdict: Verdict) -> bool:
        """Append a person's decision and lay it over what is shown; False where the same one is there already.

        Raises StoreError where its id stands for another decision, or it revokes a verdict that is not there.
        """
        with self._writing(durable=True) as db:
            known = self._verdict(db, verdict.id)
            if known is not None:
                if known != verdict:
                    raise StoreError(f"{self.path}: verdict {verdict.id} is already there and says something else")
                return False
            self._append(db, verdict)
            fresh = self._is_fresh(db)
            numbers = self._lay(db, verdict) if fresh else ((), ())
        if fresh:
            self._patch(*numbers)
        return True

    def import_verdicts(self, verdicts: Sequence[Verdict]) -> int:
        """Append those verdicts that are not there yet, all or none of them; gives how many were new."""
        fresh = 0
        with self._writing(durable=True) as db:
            for verdict in verdicts:
                known = self._verdict(db, verdict.id)
                if known is None:
                    self._append(db, verdict)
                    fresh += 1
                elif known != verdict:
                    raise StoreError(f"{self.path}: verdict {verdict.id} is already there and says something else")
            if fresh:
                db.execute("UPDATE counters SET value = 0 WHERE name = 'shown'")
        return fresh

    def verdicts(self, subject: str | None = None) -> tuple[Verdict, ...]:
        """The decisions in the order in which they were taken, all or those about one record."""
        query = "SELECT id, subject, decision, reviewer, decided, note, json FROM verdicts"
        if subject is None:
            rows = self._rows(f"{query} ORDER BY number")
        else:
            rows = self._rows(f"{query} WHERE subject = ? ORDER BY number", subject)
        return tuple(self._decided(row) for row in rows)

    def verdict(self, id: str) -> Verdict | None:
        """One decision, or None."""
        with self._lock, translated(self.path):
            return self._verdict(self._db, id)

    def changes(self, *, before: int | None = None, limit: int = 50) -> tuple[tuple[int, Verdict], ...]:
        """Decisions with their numbers, the latest first, those before a number."""
        rows = self._rows(
            "SELECT number, id, subject, decision, reviewer, decided, note, json FROM verdicts"
            " WHERE number < ? ORDER BY number DESC LIMIT ?",
            before if before is not None else 2**62,
            limit,
        )
        return tuple((row[0], self._decided(row[1:])) for row in rows)

    def is_undone(self, id: str) -> bool:
        """Whether an undo that is not itself undone names this verdict."""
        rows = self._rows("SELECT id FROM verdicts WHERE revokes = ?", id)
        return any(not self.is_undone(row[0]) for row in rows)

    def conflicts(self) -> tuple[Conflict, ...]:
        """Standing verdicts that no longer fit what was read and linked."""
        self.refresh()
        rows = self._rows("SELECT verdict, kind, about, incident FROM conflicts ORDER BY verdict, kind")
        return tuple(Conflict(*row) for row in rows)

    # What is shown ------------------------------------------------------------------------------------

    def version(self) -> int:
        """A number that grows with every change of the store, whoever makes it."""
        return int(self._rows("SELECT value FROM counters WHERE name = 'changes'")[0][0])

    def book(self) -> Book:
        """The columns of all that is shown, fresh. Ask it while holding ``guard``."""
        self.refresh()
        with self._lock, translated(self.path):
            drawn = int(self._rows("SELECT value FROM counters WHERE name = 'drawn'")[0][0])
            if self._book is None or drawn != self._drawn:
                self._book, self._drawn = Book(book_rows(self._db)), drawn
            return self._book

    def refresh(self) -> bool:
        """Lay all verdicts over all incidents anew where they were linked again; tells whether that was needed."""
        with self._lock, translated(self.path):
            if self._is_fresh(self._db):
                return False
        with self._writing() as db:
            if not self._is_fresh(db):
                self._show_all(db)
        return True

    def shown_record(self, id: str) -> Incident | None:
        """An incident as it is shown, or None."""
        self.refresh()
        rows = self._rows("SELECT json FROM shown_records JOIN shown USING (number) WHERE id = ?", id)
        return self._record(Incident, rows[0][0]) if rows else None

    def shown_incidents(self) -> Iterator[Incident]:
        """All incidents as they are shown (rejected ones left out), a few at a time in memory."""
        self.refresh()
        last = 0
        query = (
            "SELECT number, json FROM shown_records JOIN shown USING (number) WHERE number > ? AND state != 'rejected'"
        )
        while rows := self._rows(f"{query} ORDER BY number LIMIT ?", last, _BATCH):
            for number, line in rows:
                yield self._record(Incident, line)
                last = number

    def reviewed_incidents(self) -> tuple[Incident, ...]:
        """All incidents with people's decisions laid over them, rejected ones left out; nothing is written for it.

        Those that were linked keep their order, those that decisions made come last.
        """
        verdicts = self.verdicts()
        with self._lock, translated(self.path):
            near = {id for each in verdicts for id in touched(self._db, self._first(self._db, each))}
            overlay = laid_over(self._db, near, verdicts)
        rejected = {each.incident.id for each in overlay.shown if each.state == "rejected"}
        decided = {each.incident.id: each.incident for each in overlay.shown}
        out: dict[str, Incident] = {}
        for id, line in self._rows("SELECT id, json FROM incidents ORDER BY number"):
            if id in decided or id not in near:
                out[id] = decided[id] if id in decided else self._record(Incident, line)
        return tuple(each for id, each in (out | decided).items() if id not in rejected)

    # Parts --------------------------------------------------------------------------------------------

    def _bump(self, db: sqlite3.Connection, *names: str) -> None:
        for name in ("changes", *names):
            db.execute("UPDATE counters SET value = value + 1 WHERE name = ?", (name,))

    def _is_fresh(self, db: sqlite3.Connection) -> bool:
        counters = dict(db.execute("SELECT name, value FROM counters").fetchall())
        return bool(counters["shown"] == counters["linked"])

    def _append(self, db: sqlite3.Connection, verdict: Verdict) -> None:
        revokes = verdict.subject if verdict.decision == "undo" else None
        if revokes is not None and self._verdict(db, revokes) is None:
            raise StoreError(f"{self.path}: no verdict {revokes} to undo")
        v = verdict
        told = (v.id, v.subject, v.decision, v.reviewer, v.decided, v.note, codec.to_json(v), revokes)
        names = "id, subject, decision, reviewer, decided, note, json, revokes"
        db.execute(f"INSERT INTO verdicts ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", told)
        texts = {(anchor.sha256, v.id) for anchor in (*v.anchors, *v.others)}
        db.executemany("INSERT OR IGNORE INTO verdict_texts VALUES (?, ?)", sorted(texts))
        self._bump(db)

    def _lay(self, db: sqlite3.Connection, verdict: Verdict) -> tuple[list[int], list[int]]:
        """Lay a new verdict over what is shown; gives the numbers that went and those that came."""
        first = self._first(db, verdict)
        seeds = touched(db, first)
        rows = db.execute("SELECT incident FROM verdict_incidents WHERE verdict = ?", (first.id,)).fetchall()
        near = together(db, seeds | {row[0] for row in rows})
        db.executemany("INSERT OR IGNORE INTO verdict_incidents VALUES (?, ?)", [(verdict.id, each) for each in near])
        mine = self._these(db, verdicts_on(db, near) | {verdict.id})
        overlay = laid_over(db, near, mine)
        gone = drop_shown(db, near, overlay)
        self._bump(db, "drawn")
        change = db.execute("SELECT value FROM counters WHERE name = 'changes'").fetchone()[0]
        came = write_shown(db, overlay.shown, change)
        db.executemany("DELETE FROM conflicts WHERE verdict = ?", [(each.id,) for each in mine])
        self._keep_conflicts(db, overlay)
        return gone, came

    def _first(self, db: sqlite3.Connection, verdict: Verdict) -> Verdict:
        """The verdict that an undo, or an undo of undos, is about in the end."""
        seen = {verdict.id}
        while verdict.decision == "undo":
            found = self._verdict(db, verdict.subject)
            if found is None or found.id in seen:
                return verdict
            verdict = found
            seen.add(verdict.id)
        return verdict

    def _show_all(self, db: sqlite3.Connection) -> None:
        """Write what is shown of all incidents: those without verdicts as they are, the others with them."""
        for table in ("shown", "verdict_incidents", "conflicts"):
            db.execute(f"DELETE FROM {table}")
        verdicts = self._these(db, None)
        for verdict in verdicts:
            mine = touched(db, self._first(db, verdict))
            db.executemany("INSERT INTO verdict_incidents VALUES (?, ?)", [(verdict.id, each) for each in sorted(mine)])
        near = {row[0] for row in db.execute("SELECT DISTINCT incident FROM verdict_incidents")}
        change = db.execute("SELECT value FROM counters WHERE name = 'changes'").fetchone()[0]
        last = 0
        query = "SELECT number, id, json FROM incidents WHERE number > ? ORDER BY number LIMIT ?"
        while rows := db.execute(query, (last, _BATCH)).fetchall():
            last = rows[-1][0]
            write_shown(db, (Shown(codec.from_json(Incident, row[2])) for row in rows if row[1] not in near), change)
        overlay = laid_over(db, near, verdicts)
        write_shown(db, overlay.shown, change)
        self._keep_conflicts(db, overlay)
        db.execute(
            "UPDATE counters SET value = (SELECT value FROM counters WHERE name = 'linked') WHERE name = 'shown'"
        )
        db.execute("UPDATE counters SET value = value + 1 WHERE name = 'drawn'")

    def _keep_conflicts(self, db: sqlite3.Connection, overlay: Overlay) -> None:
        rows = [(each.verdict, each.kind, each.about, each.incident) for each in overlay.conflicts]
        db.executemany("INSERT OR REPLACE INTO conflicts VALUES (?, ?, ?, ?)", rows)

    def _patch(self, gone: Sequence[int], came: Sequence[int]) -> None:
        with self._lock, translated(self.path):
            if self._book is not None:
                self._book.replace([*gone, *came], tuple(book_rows(self._db, came)))
                self._drawn += 1

    def _verdict(self, db: sqlite3.Connection, id: str) -> Verdict | None:
        query = "SELECT id, subject, decision, reviewer, decided, note, json FROM verdicts WHERE id = ?"
        row = db.execute(query, (id,)).fetchone()
        return self._decided(row) if row else None

    def _these(self, db: sqlite3.Connection, ids: set[str] | None) -> tuple[Verdict, ...]:
        query = "SELECT id, subject, decision, reviewer, decided, note, json FROM verdicts"
        if ids is None:
            return tuple(self._decided(row) for row in db.execute(f"{query} ORDER BY number"))
        where = " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number"
        return tuple(self._decided(row) for row in db.execute(query + where, (json.dumps(sorted(ids)),)))

    def _decided(self, row: Sequence[Any]) -> Verdict:
        """A verdict of a row; one that an earlier version wrote has no JSON."""
        if row[6] is not None:
            return self._record(Verdict, row[6])
        return self._record(Verdict, json.dumps(dict(zip(_NAMES, row[:6], strict=True))))


_NAMES = ("id", "subject", "decision", "reviewer", "decided", "note")
