"""SQLite: documents, readings, incidents, verdicts, failures and runs."""

from dateline.store.rows import EventRow, Hit, Run
from dateline.store.store import Store

__all__ = ["EventRow", "Hit", "Run", "Store"]
