"""A reader that gives up on a document after some seconds."""

from __future__ import annotations

from dateline.batch.reading import Reader
from dateline.core import Document, Reading
from dateline.ingest.clock import within


class Punctual:
    """The reader, with TimeoutError where a document takes longer than ``seconds``; see ``within``."""

    def __init__(self, reader: Reader, seconds: float) -> None:
        self._reader = reader
        self._seconds = seconds

    def __call__(self, document: Document) -> Reading:
        with within(self._seconds):
            return self._reader(document)
