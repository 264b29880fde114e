"""Ids are hashes of content, so the same input gives the same bytes."""

from __future__ import annotations

import hashlib


def content_id(prefix: str, *parts: object) -> str:
    """A short id: the prefix and ten hex digits of the SHA-256 of the parts.

    >>> content_id("x", "d1", 0, 7) == content_id("x", "d1", 0, 7)
    True
    >>> content_id("x", "a", "b") == content_id("x", "ab")
    False
    """
    joined = "\x1f".join(str(part) for part in parts)
    return prefix + hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def sha256(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes, in hex.

    >>> sha256("Nine died.")[:8]
    '723ce8be'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
