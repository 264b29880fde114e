"""Documents as JSON: one an object, a line or a list's item; texts are taken exactly as given."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from dateline import codec
from dateline.core import READING_SCHEMA, Document, Failure, IngestError, Reading
from dateline.ingest.limits import Known, Limits, Part
from dateline.ingest.settle import Metadata, settled
from dateline.ingest.unpacking import whole

STAGE = "ingest"
_WHOLE = Part()
_OWN = ("id", "text", "published", "url", "outlet", "title", "language")


def json_lines(
    name: str, stream: io.BufferedReader, known: Known, limits: Limits, part: Part = _WHOLE
) -> Iterator[Document | Reading | Failure]:
    """One document (or reading) a line; blank lines are passed over, a bad line does not stop the rest.

    ``part``: of the lines those that belong to it. Raises IngestError where the stream ends in the middle.
    """
    number, found = 0, False
    while line := stream.readline(limits.document + 1):
        number += 1
        here = f"{name}:{number}"
        if len(line) > limits.document:
            if part.holds(number - 1):
                yield Failure(here, STAGE, f"larger than {limits.document:,} bytes")
            found = True
            while line and not line.endswith(b"\n"):
                line = stream.readline(1 << 20)
        elif line.strip():
            found = True
            if part.holds(number - 1):
                yield parsed(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, here, known)
    if not found and part.first:
        yield Failure(name, STAGE, "empty")


def json_file(
    name: str, stream: io.BufferedReader, known: Known, limits: Limits
) -> Iterator[Document | Reading | Failure]:
    """A file that is one document, a list of documents, or lines after all."""
    data = whole(name, stream, limits)
    if not data.strip():
        yield Failure(name, STAGE, "empty")
        return
    try:
        content = _loaded(data, name)
    except IngestError as error:
        if "Extra data" not in error.reason:
            raise
        yield from json_lines(name, io.BufferedReader(io.BytesIO(data)), known, limits)
        return
    if isinstance(content, list):
        for number, item in enumerate(content, 1):
            yield _taken(item, f"{name}:{number}", known)
        if not content:
            yield Failure(name, STAGE, "empty")
    else:
        yield _taken(content, name, known)


def parsed(line: bytes, name: str, known: Known) -> Document | Reading | Failure:
    """The document of one line, or why there is none."""
    try:
        content = _loaded(line, name)
    except IngestError as error:
        return Failure(error.document, STAGE, error.reason)
    return _taken(content, name, known)


def _taken(content: Any, name: str, known: Known) -> Document | Reading | Failure:
    """The document or reading of an object; a failure is named by the object's id where it has one."""
    given = content.get("id") if isinstance(content, dict) else None
    label = str(given) if isinstance(given, (str, int)) and str(given).strip() else None
    try:
        if isinstance(content, dict) and content.get("schema") == READING_SCHEMA:
            return codec.from_dict(Reading, content)
        return document_of(content, name, known)
    except IngestError as error:
        return Failure(label or name, STAGE, f"{name}: {error.reason}" if label else error.reason)
    except ValueError as error:
        return Failure(name, STAGE, str(error))


def document_of(content: Any, name: str, known: Known) -> Document:
    """The document of a JSON object ``{"id", "text", "published"?, "url"?, "outlet"?, "title"?, "language"?, …}``.

    Any other key goes into ``extra``. Raises IngestError, naming ``name``, where a value does not fit.

    >>> document_of({"id": "d1", "text": "Nine died.", "desk": "south"}, "line 1", Known()).extra
    {'desk': 'south'}
    """
    if not isinstance(content, dict):
        raise IngestError(name, "not a JSON object")
    text = content.get("text")
    if not isinstance(text, str):
        raise IngestError(name, "no text" if text is None else "text is not a string")
    id = content.get("id")
    if isinstance(id, bool) or not isinstance(id, (str, int, type(None))):
        raise IngestError(name, "id is not a string")
    byline = content.get("byline") or content.get("author")
    metadata = Metadata(
        id=str(id) if id is not None and str(id).strip() else None,
        published=_string(content, "published", name),
        url=_string(content, "url", name),
        outlet=_string(content, "outlet", name),
        title=_string(content, "title", name),
        byline=byline if isinstance(byline, str) else None,
        language=_string(content, "language", name) or "en",
        extra={key: value for key, value in content.items() if key not in _OWN},
    )
    return settled(text, name, metadata, known)


def _string(content: dict[str, Any], key: str, name: str) -> str | None:
    value = content.get(key)
    if value is not None and not isinstance(value, str):
        raise IngestError(name, f"{key} is not a string")
    return value or None


def _loaded(data: bytes, name: str) -> Any:
    """The JSON value; raises IngestError where it is none, or holds what no UTF-8 file can."""
    try:
        content = json.loads(data, parse_constant=_refused)
        if b"\\u" in data:
            json.dumps(content, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise IngestError(name, "holds half a letter (a lone surrogate)") from None
    except UnicodeDecodeError as error:
        raise IngestError(name, f"not {error.encoding.upper()} ({error.reason} at byte {error.start})") from None
    except json.JSONDecodeError as error:
        raise IngestError(name, f"not JSON ({error.msg} at character {error.pos})") from None
    except (ValueError, RecursionError) as error:
        raise IngestError(name, f"not JSON that can be read ({error})") from None
    return content


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON number")
