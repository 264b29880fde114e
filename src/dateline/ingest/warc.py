"""Web archives, one record in memory at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dateline.core import Document, Failure, IngestError
from dateline.ingest.encoding import decoded, lines_settled
from dateline.ingest.limits import Known, Limits, Part
from dateline.ingest.page import page
from dateline.ingest.settle import Metadata, settled

STAGE = "ingest"
_HTTP = "application/http"
_WHOLE = Part()
_PAGES = ("text/html", "application/xhtml+xml")


class _Source(io.RawIOBase):
    """A stream that keeps its error for later: the archive reader ends at it in good order."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._at = 0
        self.error: IngestError | OSError | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._stream.read1(size if size > 0 else 1 << 16)
        except (IngestError, OSError) as error:
            self.error = error
            return b""
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at


def archive(
    name: str, stream: io.BufferedReader, known: Known, limits: Limits, part: Part = _WHOLE
) -> Iterator[Document | Failure]:
    """The reports of an archive's pages and plain texts; other records are passed over.

    Responses other than 200 and other media types are no reports. A page's date is never later than
    its crawl. Raises IngestError, naming the archive, where it is damaged or cut short: what stood
    before has been given by then. ``part``: of the records that can hold a report those that belong to it.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    source = _Source(stream)
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    found, number = False, -1
    try:
        for record in ArchiveIterator(source, parse_http=False, record_types=WarcRecordType.any_type):
            found = True
            if not record.record_type & kinds:
                continue
            number += 1
            if part.holds(number):
                taken = _record(name, record, known, limits)
                if taken is not None:
                    yield taken
    except OSError as error:
        raise source.error or IngestError(name, f"damaged ({error})") from None
    if source.error:
        raise source.error
    if not found:
        raise IngestError(name, "no archive (it holds no record)")


def _record(name: str, record: Any, known: Known, limits: Limits) -> Document | Failure | None:
    address = record.headers.get("WARC-Target-URI")
    label = f"{name}:{address or record.record_id}"
    try:
        return _document(label, record, address, known, limits)
    except IngestError as error:
        return Failure(label, STAGE, error.reason)
    except (OSError, ValueError) as error:
        return Failure(label, STAGE, f"damaged record ({error})")


def _document(label: str, record: Any, address: str | None, known: Known, limits: Limits) -> Document | None:
    length = record.content_length
    if length > limits.document:
        raise IngestError(label, f"larger than {limits.document:,} bytes")
    record.freeze()
    if record.content_length < length:
        raise IngestError(label, f"cut short ({record.content_length:,} of {length:,} bytes)")
    kind = str(record.headers.get("Content-Type") or "")
    charset = None
    body = record.reader.read(limits.document + 1)
    if kind.startswith(_HTTP):
        body, kind, charset = _response(body, limits)
    media = kind.partition(";")[0].strip().lower()
    if len(body) > limits.document:
        raise IngestError(label, f"unpacks to more than {limits.document:,} bytes")
    date = record.record_date
    here = replace(known, url=address, today=date.date() if date else known.today)
    if media in _PAGES:
        return page(body, label, here, limits, charset=charset)
    if media == "text/plain":
        return settled(lines_settled(decoded(body, label, charset)), label, Metadata(), here)
    return None


def _response(content: bytes, limits: Limits) -> tuple[bytes, str, str | None]:
    """Body, media type and charset of an HTTP response; no media type where it is none of success.

    A copy of the record is parsed: one whose body cannot be unpacked would end the whole archive.
    """
    from fastwarc.warc import WarcRecord, WarcRecordType

    copy = WarcRecord()
    copy.init_headers(record_type=WarcRecordType.response)
    copy.set_bytes_content(content)
    copy.is_http = True
    copy.parse_http(auto_decode="all")
    if copy.http_headers is None or copy.http_headers.status_code != 200:
        return b"", "", None
    return copy.reader.read(limits.document + 1), copy.http_content_type or "", copy.http_charset
