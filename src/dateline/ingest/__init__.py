"""Bytes, pages and archives → Document; text is settled once, here."""

from dateline.ingest.counting import counted
from dateline.ingest.json_lines import document_of
from dateline.ingest.limits import Known, Limits
from dateline.ingest.settle import Metadata, checked_date, settled
from dateline.ingest.sources import documents, exists, taken

__all__ = [
    "Known",
    "Limits",
    "Metadata",
    "checked_date",
    "counted",
    "document_of",
    "documents",
    "exists",
    "settled",
    "taken",
]
