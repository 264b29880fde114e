"""Embedded posts: "text — Name (@handle) Month D, YYYY", "text — Name via Telegram, Month D, YYYY"."""

from __future__ import annotations

import re

from dateline.core import Span
from dateline.language.dates import find_dates, read_date
from dateline.language.paragraphs import trim
from dateline.passages.cards import HANDLE, PLATFORM, head_of, list_item, opens_card
from dateline.passages.drafts import Draft
from dateline.passages.names import author

_DASH = r"(?:[—–―]|--|&mdash;)[ \t\u00a0]*"
_FOOTER = re.compile(
    rf"{_DASH}(?P<name>[^\n()—–]{{1,80}}?)[ \t\u00a0]*\(\s?{HANDLE}\s?\)"
    rf"[ \t\u00a0,·:-]*(?:(?:on|via)[ ]{PLATFORM}[ ,·]*)?"
)
_VIA = re.compile(rf"{_DASH}(?P<name>[^\n()—–]{{2,80}}?),?[ ](?:on|via)[ ]{PLATFORM}(?!\w)[ ,·]*")


def read_posts(text: str, paragraph: Span, published: str | None = None) -> list[Draft]:
    """The posts of a paragraph, each with its date as anchor; the text before the first belongs to it."""
    found = []
    start = paragraph.start
    handles = any(sign in text[paragraph.start : paragraph.end] for sign in "@＠")
    for form in (_FOOTER, _VIA) if handles else (_VIA,):
        for footer in form.finditer(text, paragraph.start, paragraph.end):
            if footer.start() < start:
                continue
            date = next((pair for pair in find_dates(text, footer.end(), min(paragraph.end, footer.end() + 60))), None)
            if date is None or text[footer.end() : date[0].start].strip():
                continue
            span = trim(text, start, date[0].end)
            if span:
                found.append(Draft(span, "post", author(footer["name"]), date[1][:10]))
            start = date[0].end
        if found:
            return found
    card = opens_card(text, paragraph, published) or (list_item(text, paragraph, published) if handles else None)
    return [card] if card else []


def footer_of(text: str, post: Span) -> re.Match[str] | None:
    """The last footer ("— Name (@handle)") of a post, else its head, or None."""
    found = list(_FOOTER.finditer(text, post.start, post.end))
    return found[-1] if found else head_of(text, post)


def is_footer(text: str, paragraph: Span) -> bool:
    """Whether the paragraph is nothing but a post's footer, so that its text stands above."""
    found = _FOOTER.match(text, paragraph.start, paragraph.end) or _VIA.match(text, paragraph.start, paragraph.end)
    return found is not None and read_date(text[found.end() : paragraph.end]) is not None
