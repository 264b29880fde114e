"""Embedded posts: "text — Name (@handle) Month D, YYYY", and cards that begin with name, handle and date."""

from __future__ import annotations

import re
import unicodedata

from dateline.core import Span
from dateline.knowledge.outlets import publishers
from dateline.knowledge.speakers import Speaker
from dateline.language.dates import find_dates, read_date
from dateline.language.paragraphs import trim
from dateline.passages.drafts import Draft

_FOOTER = re.compile(
    r"(?:[—–―]|--|&mdash;)[ \t\u00a0]*(?P<name>[^\n()—–]{1,80}?)[ \t\u00a0]*\(\s?@(?P<handle>\w{1,30})\s?\)"
    r"[ \t\u00a0,·:-]*"
    r"(?:on[ ](?:X|Twitter|Telegram|Facebook|Instagram)[ ,·]*)?"
)
_CARD = re.compile(
    r"(?P<name>[^\n@()]{1,60}?)[ \t\u00a0]*\n?\(?@(?P<handle>\w{1,30})\)?[ \t\u00a0\n]*[·•|-][ \t\u00a0\n]*"
)
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][\wÀ-ɏ.'’-]*(?:[ ][A-Za-zÀ-ɏ][\wÀ-ɏ.'’-]*)+")


def read_posts(text: str, paragraph: Span) -> list[Draft]:
    """The posts of a paragraph, each with its date as anchor; the text before the first belongs to it."""
    found = []
    start = paragraph.start
    for footer in _FOOTER.finditer(text, paragraph.start, paragraph.end):
        if footer.start() < start:
            continue
        date = next((pair for pair in find_dates(text, footer.end(), min(paragraph.end, footer.end() + 60))), None)
        if date is None or text[footer.end() : date[0].start].strip():
            continue
        span = trim(text, start, date[0].end)
        if span:
            found.append(Draft(span, "post", author(footer["name"]), date[1][:10]))
        start = date[0].end
    return found or _read_card(text, paragraph)


def footer_of(text: str, post: Span) -> re.Match[str] | None:
    """The last footer ("— Name (@handle)") of a post, or None."""
    found = list(_FOOTER.finditer(text, post.start, post.end))
    return found[-1] if found else _CARD.match(text, post.start, post.end)


def is_footer(text: str, paragraph: Span) -> bool:
    """Whether the paragraph is nothing but a post's footer, so that its text stands above."""
    found = _FOOTER.match(text, paragraph.start, paragraph.end)
    return found is not None and read_date(text[found.end() : paragraph.end]) is not None


def author(name: str) -> Speaker:
    """The voice of a post's author: the agency that the table knows, else the name without emoji.

    >>> author("حسن 🇦🇪 Hassan Ali"), author("Reuters").kind
    (Speaker(name='Hassan Ali', kind='post'), 'agency')
    """
    plain = "".join(ch for ch in name if unicodedata.category(ch) not in ("So", "Sk", "Cf", "Co", "Cn"))
    plain = " ".join(plain.split()).strip(" |,-")
    latin = _LATIN.search(plain)
    if latin and any(ord(ch) > 0x24F and ch.isalpha() for ch in plain):
        plain = latin.group()
    publisher = publishers().find(plain)
    if publisher:
        return Speaker(publisher.name, "agency" if publisher.kind == "agency" else "post")
    return Speaker(plain or name.strip() or "post", "post")


def _read_card(text: str, paragraph: Span) -> list[Draft]:
    head = _CARD.match(text, paragraph.start, min(paragraph.end, paragraph.start + 200))
    if not head or not head["name"].strip():
        return []
    date = next((pair for pair in find_dates(text, head.end(), min(paragraph.end, head.end() + 40))), None)
    if date is None or text[head.end() : date[0].start].strip():
        return []
    return [Draft(paragraph, "post", author(head["name"]), date[1][:10])]
