"""The store: what was read, linked, decided and failed, in one SQLite file."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dateline import codec
from dateline.core import Document, Failure, Incident, Reading, StoreError
from dateline.store.flat import FlatEvents
from dateline.store.linked import LinkedRecords
from dateline.store.rows import EventRow, Hit, Run, columns

_BATCH = 64


class Store(LinkedRecords):
    """Readings, incidents, verdicts, failures and runs in one SQLite file (a path or ``sqlite:///PATH``).

    Every method that writes does so in one transaction: a run cut short at any moment leaves whole
    documents only. A store may be used from several threads and opened by several processes.
    ``create=False`` opens only what is there; ``patience`` is how many seconds to wait for another
    process's lock. Raises StoreError, always naming the file.

    >>> with Store(":memory:") as store:
    ...     store.ids()
    ()
    """

    # Readings ---------------------------------------------------------------------------------------

    def add(self, reading: Reading) -> bool:
        """Keep a reading; False where this document is already there.

        Raises StoreError where the document's id is taken by another text.
        """
        with self._writing() as db:
            return self._add(db, reading)

    def add_many(self, readings: Iterable[Reading]) -> int:
        """Keep readings in one transaction, all or none; gives how many were not there yet."""
        with self._writing() as db:
            return sum(self._add(db, reading) for reading in readings)

    def _add(self, db: sqlite3.Connection, reading: Reading) -> bool:
        document = reading.document
        known = self.sha256_of(document.id)
        if known == document.sha256:
            return False
        if known is not None:
            raise StoreError(f"{self.path}: document {document.id} is already there with another text")
        db.execute("INSERT INTO documents VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _document_row(document))
        producers = json.dumps(dict(reading.producers), ensure_ascii=False)
        row = (document.id, producers, codec.to_json(reading))
        db.execute("INSERT INTO readings VALUES (?, ?, ?)", row)
        FlatEvents(reading).write(db)
        db.execute("DELETE FROM failures WHERE document = ?", (document.id,))
        self._bump(db)
        return True

    def ids(self) -> tuple[str, ...]:
        """The ids of the documents that are read, in the order in which they came."""
        return tuple(row[0] for row in self._rows("SELECT id FROM documents ORDER BY number"))

    def sha256_of(self, document: str) -> str | None:
        """The text's hash of a document that is read, or None."""
        rows = self._rows("SELECT sha256 FROM documents WHERE id = ?", document)
        return rows[0][0] if rows else None

    def reading(self, document: str) -> Reading | None:
        """One document's reading, or None."""
        rows = self._rows("SELECT json FROM readings WHERE document = ?", document)
        return self._record(Reading, rows[0][0]) if rows else None

    def readings(self) -> Iterator[Reading]:
        """All readings in the order in which they came, a few at a time in memory."""
        last = 0
        query = "SELECT number, json FROM documents JOIN readings ON document = id WHERE number > ? ORDER BY number"
        while rows := self._rows(f"{query} LIMIT ?", last, _BATCH):
            for number, line in rows:
                yield self._record(Reading, line)
                last = number

    def by_document(self) -> Mapping[str, Reading]:
        """The readings by document id, each fetched when it is asked for."""
        return _Readings(self)

    # Queries ----------------------------------------------------------------------------------------

    def events(
        self,
        *,
        type: str | None = None,
        country: str | None = None,
        since: str | None = None,
        until: str | None = None,
        document: str | None = None,
        limit: int = 1000,
        offset: int = 0,
    ) -> tuple[EventRow, ...]:
        """Events that meet all conditions given, in document order.

        ``since`` and ``until`` are ISO dates: events whose time ends not before, begins not after.
        """
        tests = (
            ("type = ?", type),
            ("country = ?", country),
            ("latest >= ?", since),
            ("substr(earliest, 1, 10) <= ?", until),
            ("document = ?", document),
        )
        given = [(test, value) for test, value in tests if value is not None]
        where = " AND ".join(["1", *(test for test, _ in given)])
        rows = self._rows(
            f"SELECT {columns(EventRow)} FROM events WHERE {where} ORDER BY number LIMIT ? OFFSET ?",
            *(value for _, value in given),
            limit,
            offset,
        )
        return tuple(EventRow.of(row) for row in rows)

    def search(self, words: str, *, limit: int = 50) -> tuple[Hit, ...]:
        """Events, then documents, that hold all the words (in any form of accent and case), best first."""
        query = " ".join('"' + word.replace('"', '""') + '"' for word in words.replace("\0", " ").split())
        if not query:
            return ()
        told = self._rows(
            "SELECT document, id, snippet(events_words, 0, '«', '»', '…', 24) FROM events_words"
            " JOIN events ON number = events_words.rowid WHERE events_words MATCH ? ORDER BY rank, number LIMIT ?",
            query,
            limit,
        )
        held = self._rows(
            "SELECT id, NULL, snippet(documents_words, -1, '«', '»', '…', 24) FROM documents_words"
            " JOIN documents ON number = documents_words.rowid WHERE documents_words MATCH ?"
            " ORDER BY rank, number LIMIT ?",
            query,
            limit,
        )
        return tuple(Hit(*row) for row in [*told, *held][:limit])

    # Incidents --------------------------------------------------------------------------------------

    def incident(self, id: str) -> Incident | None:
        """One incident, or None."""
        rows = self._rows("SELECT json FROM incidents WHERE id = ?", id)
        return self._record(Incident, rows[0][0]) if rows else None

    # Runs and failures ------------------------------------------------------------------------------

    def start_run(self, inputs: Sequence[str], version: str) -> int:
        """Note that a run begins; gives its number."""
        with self._writing() as db:
            row = (_now(), json.dumps(list(inputs), ensure_ascii=False), version)
            number = db.execute("INSERT INTO runs (started, inputs, version) VALUES (?, ?, ?)", row).lastrowid
            self._bump(db)
        return int(number or 0)

    def finish_run(self, run: int, *, read: int, skipped: int, failed: int) -> None:
        """Note that a run came to its end."""
        with self._writing() as db:
            db.execute(
                "UPDATE runs SET finished = ?, read = ?, skipped = ?, failed = ? WHERE number = ?",
                (_now(), read, skipped, failed, run),
            )
            self._bump(db)

    def runs(self) -> tuple[Run, ...]:
        """The runs, the first one first."""
        rows = self._rows(f"SELECT {columns(Run)} FROM runs ORDER BY number")
        return tuple(Run.of(row) for row in rows)

    def add_failure(self, failure: Failure, run: int) -> None:
        """Keep a failure until the document is read; a later one of the same stage takes its place."""
        with self._writing() as db:
            db.execute(
                "INSERT INTO failures VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET error = excluded.error, run = excluded.run",
                (failure.document, failure.stage, failure.error, run),
            )
            self._bump(db)

    def failures(self, run: int | None = None) -> tuple[Failure, ...]:
        """The documents that failed and were not read since: all, or those that this run met last."""
        query = "SELECT document, stage, error FROM failures"
        if run is None:
            rows = self._rows(f"{query} ORDER BY rowid")
        else:
            rows = self._rows(f"{query} WHERE run = ? ORDER BY rowid", run)
        return tuple(Failure(*row) for row in rows)


class _Readings(Mapping[str, Reading]):
    """The readings of a store as a mapping that holds none of them in memory."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getitem__(self, document: str) -> Reading:
        reading = self._store.reading(document)
        if reading is None:
            raise KeyError(document)
        return reading

    def __iter__(self) -> Iterator[str]:
        return iter(self._store.ids())

    def __len__(self) -> int:
        return len(self._store.ids())


def _document_row(document: Document) -> tuple[object, ...]:
    d = document
    return (d.id, d.sha256, d.text, d.published, d.url, d.outlet, d.title, d.byline, d.language)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
