"""What can go wrong, each error naming the document or the file and line."""

from __future__ import annotations


class DatelineError(Exception):
    """The root of every error that dateline raises on purpose.

    >>> try:
    ...     raise StoreError("news.db: no such store")
    ... except DatelineError as error:
    ...     print(error)
    news.db: no such store
    """


class IngestError(DatelineError):
    """A document could not be taken in; ``document`` names it.

    >>> str(IngestError("d7", "no text"))
    'd7: no text'
    """

    def __init__(self, document: str, reason: str) -> None:
        super().__init__(f"{document}: {reason}")
        self.document = document
        self.reason = reason


class KnowledgeError(DatelineError):
    """A table in ``data/`` (or a user's own) is wrong; the message starts with file:line.

    >>> str(KnowledgeError("actors.tsv", 12, "no name"))
    'actors.tsv:12: no name'
    """

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


class ModelError(DatelineError):
    """A trained model is missing or does not fit.

    >>> issubclass(ModelError, DatelineError)
    True
    """


class StoreError(DatelineError):
    """A store cannot be opened, read or written.

    >>> import dateline
    >>> try:
    ...     dateline.Store("no/such/folder/news.db")
    ... except StoreError as error:
    ...     print("no/such/folder" in str(error))
    True
    """
