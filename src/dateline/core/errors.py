"""What can go wrong, each error naming the document or the file and line."""

from __future__ import annotations


class DatelineError(Exception):
    """The root of every error that dateline raises on purpose."""


class IngestError(DatelineError):
    """A document could not be taken in; ``document`` names it."""

    def __init__(self, document: str, reason: str) -> None:
        super().__init__(f"{document}: {reason}")
        self.document = document
        self.reason = reason


class KnowledgeError(DatelineError):
    """A table in ``data/`` (or a user's own) is wrong; the message starts with file:line."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


class ModelError(DatelineError):
    """A trained model is missing or does not fit."""


class StoreError(DatelineError):
    """A store cannot be opened, read or written."""
