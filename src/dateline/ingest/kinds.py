"""What kind of file it is: by its name, else by its first bytes."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

Kind = Literal["text", "html", "json", "jsonl", "warc"]

_SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".warc": "warc",
    ".wet": "warc",
}
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", re.I | re.S
)
_OBJECT = re.compile(rb'\s*\{\s*(?:"|\}|$)')
_LIST = re.compile(rb"\s*\[\s*(?:\{|\]|$)")
PEEK = 4096


def kind_of_name(name: str) -> Kind | None:
    """The kind that a file's name tells, ``.gz`` looked through; None where it tells none.

    >>> kind_of_name("reports/may.jsonl.gz"), kind_of_name("photo.jpg")
    ('jsonl', None)
    """
    path = PurePath(name.lower())
    if path.suffix == ".gz":
        path = path.with_suffix("")
    return _SUFFIXES.get(path.suffix)


def kind_of_bytes(head: bytes) -> Kind:
    """The kind that the first bytes of a file tell.

    >>> kind_of_bytes(b'{"id": "d1", "text": "Two'), kind_of_bytes(b"LIMA, Aug 4"), kind_of_bytes(b"<html>")
    ('jsonl', 'text', 'html')
    """
    head = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"WARC/"):
        return "warc"
    if _HTML.match(head):
        return "html"
    if _OBJECT.match(head):
        # An object that ends with its line is the first of many, else one that is laid out over lines.
        return "json" if re.match(rb"\s*\{\s*\n", head) else "jsonl"
    if _LIST.match(head):
        return "json"
    return "text"
