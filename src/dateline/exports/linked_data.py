"""IRIs and the local vocabulary of the Web Annotation export."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

ANNO = "http://www.w3.org/ns/anno.jsonld"
_VOCABULARY = "urn:dateline:terms:"
_SAFE_URL = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20\x7f]+", re.ASCII)
_PROV = (
    "used",
    "wasGeneratedBy",
    "wasDerivedFrom",
    "wasAttributedTo",
    "wasAssociatedWith",
    "hadPrimarySource",
)
_LINKS = ("voice", "chain", "place", "entity", "mention", "event", "incident", "within")
CONTEXT: list[Any] = [
    ANNO,
    {
        "prov": "http://www.w3.org/ns/prov#",
        "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
        "dl": _VOCABULARY,
        **{f"prov:{name}": {"@type": "@id"} for name in _PROV},
        **{f"dl:{name}": {"@type": "@id"} for name in _LINKS},
        "dl:chain": {"@type": "@id", "@container": "@list"},
        "dl:names": {"@container": "@list"},
    },
]
"""The context of the files: that of the recommendation, PROV-O, WGS 84, and terms of our own (``dl:``)."""


def iri(kind: str, *parts: str) -> str:
    """A name of our own for a record; nothing in an id can leave its place in the name.

    >>> iri("event", "d 1", "x:1")
    'urn:dateline:event:d%201:x%3A1'
    """
    return ":".join(("urn:dateline", kind, *(quote(part, safe="", errors="replace") for part in parts)))


def web_address(url: str | None) -> str | None:
    """The address where it is one of the web and well formed, else None.

    >>> web_address("https://courier.example/kirkuk"), web_address("javascript:alert(1)")
    ('https://courier.example/kirkuk', None)
    """
    return url if url and _SAFE_URL.fullmatch(url) else None
