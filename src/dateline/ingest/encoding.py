"""Bytes → text, once: after this no letter and no line end changes any more."""

from __future__ import annotations

import codecs
import re
import unicodedata

from dateline.core import IngestError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    *(b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"{\\rtf"),
    *(b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"SQLite format 3"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 200_000
_DAMAGE = 0.02


def decoded(data: bytes, name: str, declared: str | None = None) -> str:
    """The text of a file: by its byte order mark, as UTF-8, as declared, or by the look of its letters.

    The mark is taken off. UTF-8 with a few damaged letters stays UTF-8, with U+FFFD in their place.
    Raises IngestError where the bytes are empty or no text.

    >>> decoded("Lima — 3 dead".encode("cp1252"), "a.txt")
    'Lima — 3 dead'
    """
    if not data.strip(b" \t\r\n"):
        raise IngestError(name, "empty")
    if data.startswith(_BINARY):
        raise IngestError(name, "not text (a binary file)")
    text = _by_mark(data, name) or _as_utf8(data) or _as_declared(data, declared) or _by_look(data)
    if text is None or _odd(text):
        raise IngestError(name, "not text (binary, or in an unknown encoding)")
    return text


def lines_settled(text: str) -> str:
    r"""The text with every line end as ``\n``; nothing else is touched.

    >>> lines_settled("a\r\nb\rc")
    'a\nb\nc'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _by_mark(data: bytes, name: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise IngestError(name, f"begins as {encoding} and is not ({error.reason})") from None
    return None


def _as_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    damaged = text.count("�")
    sound = sum(ch > "\x7f" for ch in text) - damaged
    return text if damaged < sound / 4 and damaged < len(text) * _DAMAGE else None


def _as_declared(data: bytes, declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        encoding = codecs.lookup(declared.strip().lower()).name
        # What calls itself Latin-1 or ASCII is written in Windows' superset of it.
        return data.decode("cp1252" if encoding in ("iso8859-1", "ascii") else encoding)
    except (LookupError, UnicodeDecodeError, ValueError, TypeError):
        return None


def _by_look(data: bytes) -> str | None:
    """UTF-16 without a mark, then Windows' Western letters where all look so, then a guess."""
    if data.count(0) > len(data) // 5:
        for encoding in ("utf-16-le", "utf-16-be"):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if sum(ch < "\x7f" for ch in text[:1000]) > len(text[:1000]) // 2:
                return text
        return None
    if 0 in data:
        return None
    try:
        western = data.decode("cp1252")
        if all(_western(ch) for ch in western if ch > "\x7f"):
            return western
    except UnicodeDecodeError:
        pass
    return _guessed(data)


def _western(ch: str) -> bool:
    return ch in "‘’“”‚„–—…•™€£§©®°·«»¡¿ºª½¼¾²³´¨¸\xa0\xad" or (
        ch.isalpha() and "LATIN" in unicodedata.name(ch, "") and ch not in "ÃÂƒˆ"
    )


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return None
    return data.decode(best.encoding, "replace")


def _odd(text: str) -> bool:
    """Whether a text holds so many control characters or lost letters that it is none."""
    sample = text[:_SAMPLE]
    lost = len(_CONTROL.findall(sample)) + sample.count("�")
    return "\x00" in sample or lost > max(2, len(sample) * _DAMAGE)
