"""A store's file: found, checked, brought to the newest form; SQLite's errors in words of our own."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from dateline.core import StoreError

APPLICATION = 0x444C4E45
PATIENCE = 10.0
MEMORY = ":memory:"
_PREFIX = "sqlite:///"
_PAUSE = 0.02


def located(place: str | Path) -> str:
    """The file's name of a path or a ``sqlite:///…`` address; ``:memory:`` is a store that is not kept.

    >>> located("sqlite:///run/store.db"), located("store.db")
    ('run/store.db', 'store.db')
    """
    name = str(place)
    if name.startswith(_PREFIX):
        name = name.removeprefix(_PREFIX)
    elif "://" in name:
        raise StoreError(f"{name}: not a kind of store that is known (a path or sqlite:///PATH)")
    if not name:
        raise StoreError("a store needs a file name")
    return name


def opened(name: str, *, create: bool, patience: float = PATIENCE) -> sqlite3.Connection:
    """A connection to the store, migrated.

    Raises StoreError where there is no store, the file is something else, was written by a newer
    version or is locked for longer than ``patience`` seconds.
    """
    if name != MEMORY:
        path = Path(name)
        if path.is_dir():
            raise StoreError(f"{name}: a folder, not a store")
        if not create and not path.exists():
            raise StoreError(f"{name}: no such store")
        if not path.absolute().parent.is_dir():
            raise StoreError(f"{name}: no such folder")
    with translated(name):
        connection = sqlite3.connect(name, timeout=patience, isolation_level=None, check_same_thread=False)
        try:
            _check(connection, name)
            _write_ahead(connection, patience)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            _migrate(connection)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn SQLite's errors into StoreError that names the store and says what is the matter."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{name}: {_reason(str(error))}") from error


def _reason(error: str) -> str:
    known = {
        "not a database": "not a store (no SQLite file)",
        "locked": "locked by another process",
        "malformed": "damaged (SQLite cannot read it)",
        "readonly": "cannot be written",
        "unable to open": "cannot be opened",
        "disk is full": "the disk is full",
        "closed database": "already closed",
    }
    return next((f"{said}: {error}" for words, said in known.items() if words in error), error)


def _write_ahead(connection: sqlite3.Connection, patience: float) -> None:
    """Keep a write-ahead log. SQLite does not wait by itself where two connections turn it on at once."""
    until = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)


def _check(connection: sqlite3.Connection, name: str) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != APPLICATION and (tables or application):
        raise StoreError(f"{name}: not a store (an SQLite file of something else)")
    newest = len(migrations())
    if version > newest:
        raise StoreError(
            f"{name}: written by a newer version (store version {version}; this one knows {newest}): update dateline"
        )


def migrations() -> tuple[str, ...]:
    """The migrations in order; the first brings an empty file to version 1."""
    folder = resources.files("dateline.store") / "migrations"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    if names != [f"{number:04d}.sql" for number in range(1, len(names) + 1)]:
        raise StoreError(f"migrations are not numbered without gaps: {', '.join(names)}")
    return tuple((folder / name).read_text(encoding="utf-8") for name in names)


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest version, each step whole or not at all, whoever else is doing so too."""
    for number, script in enumerate(migrations(), 1):
        if connection.execute("PRAGMA user_version").fetchone()[0] >= number:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            if connection.execute("PRAGMA user_version").fetchone()[0] < number:
                for statement in _statements(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
