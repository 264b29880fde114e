"""Bytes, pages and archives → Document; text is settled once, here."""

from dateline.ingest.counting import counted
from dateline.ingest.json_lines import document_of
from dateline.ingest.limits import Known, Limits, Part, bounded
from dateline.ingest.settle import Metadata, checked_date, settled
from dateline.ingest.sources import documents, exists, streamed, taken

__all__ = [
    "Known",
    "Limits",
    "Metadata",
    "Part",
    "bounded",
    "checked_date",
    "counted",
    "document_of",
    "documents",
    "exists",
    "settled",
    "streamed",
    "taken",
]
