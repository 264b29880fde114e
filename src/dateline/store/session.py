"""One connection to a store: locked, in transactions, its errors told in our words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from dateline import codec
from dateline.core import StoreError
from dateline.store.opening import PATIENCE, located, opened, translated

T = TypeVar("T")


class Session:
    """An open store file; ``Store`` says what can be done with it."""

    def __init__(self, path: str | Path, *, create: bool = True, patience: float = PATIENCE) -> None:
        self.path = located(path)
        self._db: sqlite3.Connection = opened(self.path, create=create, patience=patience)
        self._lock = threading.RLock()

    def close(self) -> None:
        """Close the file; using the store afterwards raises StoreError."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock, translated(self.path):
            return self._db.execute(query, values).fetchall()

    @contextmanager
    def _writing(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """A transaction: all that is done within is kept, or nothing of it; ``durable``: a power cut keeps it too."""
        with self._lock, translated(self.path):
            self._db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Inside, every question is answered by the store as it stands now, whoever writes to it meanwhile."""
        with self._lock, translated(self.path):
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def _record(self, kind: type[T], line: str) -> T:
        try:
            return codec.from_json(kind, line)
        except ValueError as error:
            raise StoreError(f"{self.path}: holds a record that cannot be read: {error}") from error
