"""Posts as pages copy them: a head of name, handle and day over the words, and lists of "name (@handle): words"."""

from __future__ import annotations

import re

from dateline.core import Span
from dateline.knowledge.speakers import Speaker
from dateline.language.dates import find_dates
from dateline.language.paragraphs import trim
from dateline.passages.drafts import Draft
from dateline.passages.names import author, handle_of
from dateline.passages.stamps import day_of

PLATFORM = (
    r"(?:X|Twitter|Telegram|Facebook|Instagram|WhatsApp|Weibo|WeChat|VK(?:ontakte)?|TikTok|Threads|Bluesky|Mastodon"
    r"|Truth\sSocial)"
)
_BIDI = r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]*"
_AT = rf"{_BIDI}[@＠]{_BIDI}(?P<{{0}}>[^\s()@:,·|]{{{{1,40}}}}?){_BIDI}"
HANDLE = _AT.format("handle")
_GAP = r"[ \t\u00a0]*"
_DOT = rf"{_GAP}[·•|∙]{_GAP}"
_CLOCK = r"\d{1,2}[:.]\d{2}(?:\s?[AaPp]\.?[Mm]\.?)?"
_HEAD = re.compile(rf"(?P<name>[^\n@()]{{1,60}}?){_GAP}\n?\(?{HANDLE}\)?[ \t\u00a0\n]*[·•|∙-][ \t\u00a0\n]*")
_SHORT = re.compile(
    r"(?:(?P<ago>\d{1,2}\s?[smhd](?:in|rs?)?|just now|yesterday)"
    rf"|(?P<day>[A-Z][a-z]{{2,8}}\.?\s\d{{1,2}}|\d{{1,2}}\s[A-Z][a-z]{{2,8}}))(?={_GAP}(?:\n|·|\Z))"
)
_OPEN = re.compile(rf"(?P<name>[^\n@():]{{1,60}}?){_GAP}\n{_GAP}{HANDLE}{_GAP}(?=\n|\Z)")
_CLOSE = re.compile(rf"{_CLOCK}{_DOT}")
_NAMED = re.compile(r"(?P<name>[^\n@()]{2,80})\n")
_AUDIENCE = re.compile(
    rf"(?:{_GAP}(?:at|,|um|в|·){_GAP}{_CLOCK})?{_DOT}(?:🌐|🌍|🌎|🌏|Public|Shared with Public)?{_GAP}(?=\n|\Z)"
)
_CHANNEL = re.compile(rf"(?P<name>[^\n@():,]{{2,60}}?)(?:,{_GAP}|{_GAP}\(|\s(?:on|via)\s){PLATFORM}\)?{_GAP},?{_GAP}")
_AFTER = re.compile(rf"(?:,?\s(?:at\s)?{_CLOCK}(?:\s[A-Z]{{2,4}})?)?[ \t]*:?[ \t]*(?=\n|\Z)")
_FORWARDED = re.compile(
    r"(?:Forwarded|Reposted|Shared) (?:from|message from|by)[ :]\s*(?P<name>[^\n:]{2,80}?)[ \t]*:?[ \t]*(?=\n|\Z)"
)
_ITEM = re.compile(
    rf"(?:[•·▪●*–—-]\s+)?(?:(?P<name>[^\n@():]{{1,60}}?)\s?\({HANDLE}\)|(?:RT\s)?{_AT.format('bare')})"
    r"(?P<date>[,\s]\s?\(?[^\n:()@]{3,30}\)?)?:\s"
)


def opens_card(text: str, paragraph: Span, published: str | None) -> Draft | None:
    """The post that a paragraph is, told by its head; None where it has none.

    >>> text = "Lena Voss @lvoss · May 6, 2022\\nTanks on the ring road."
    >>> opens_card(text, Span(0, len(text)), None).speaker.name
    'Lena Voss'
    """
    for form in (_by_handle, _by_day, _by_channel, _forwarded):
        found = form(text, paragraph, published)
        if found:
            return found
    return None


def list_item(text: str, paragraph: Span, published: str | None) -> Draft | None:
    """The post of one line of a list ("Lena Voss (@lvoss), 2 March: …", "RT @lvoss: …"), or None."""
    found = _ITEM.match(text, paragraph.start, min(paragraph.end, paragraph.start + 160))
    if not found or found.end() >= paragraph.end:
        return None
    day = None
    if found["date"]:
        day = day_of(found["date"].strip(" ,()"), published)
        if day is None:
            return None
    speaker = author(found["name"]) if found["name"] else handle_of(found["bare"])
    return Draft(paragraph, "post", speaker, day)


def head_of(text: str, post: Span) -> re.Match[str] | None:
    """The head of a card or of a list's line, with its handle; None where it tells none."""
    for form in (_HEAD, _OPEN, _ITEM):
        found = form.match(text, post.start, min(post.end, post.start + 200))
        if found and found.groupdict().get("handle"):
            return found
    return None


def only_forwarded(text: str, paragraph: Span) -> Speaker | None:
    """Who a message was forwarded from, where the paragraph says nothing else; or None."""
    found = _FORWARDED.fullmatch(text, paragraph.start, paragraph.end)
    return author(found["name"]) if found else None


def waits(text: str, paragraph: Span) -> Speaker | None:
    """The author of a card whose paragraph is all head: name over handle; or None."""
    found = _OPEN.fullmatch(text, paragraph.start, paragraph.end)
    return author(found["name"]) if found else None


def closing_day(text: str, paragraph: Span) -> str | None:
    """The ISO day of a card's last line ("2:32 PM · Mar 3, 2020 · 12K Views") that is all of a paragraph."""
    found = _CLOSE.match(text, paragraph.start, paragraph.end)
    return _day_at(text, found.end(), paragraph.end) if found and paragraph.end - paragraph.start < 100 else None


def _by_handle(text: str, paragraph: Span, published: str | None) -> Draft | None:
    head = _HEAD.match(text, paragraph.start, min(paragraph.end, paragraph.start + 200))
    if head and head["name"].strip():
        day = _day_at(text, head.end(), min(paragraph.end, head.end() + 40))
        if day:
            return Draft(paragraph, "post", author(head["name"]), day)
        short = _SHORT.match(text, head.end(), paragraph.end)
        if short and short.end() < paragraph.end:
            return Draft(paragraph, "post", author(head["name"]), day_of(short["day"] or "", published))
    head = _OPEN.match(text, paragraph.start, min(paragraph.end, paragraph.start + 200))
    if head:
        last = text.rfind("\n", head.end(), paragraph.end) + 1
        line = trim(text, last, paragraph.end) if last else None
        day = closing_day(text, line) if line else None
        if day:
            return Draft(paragraph, "post", author(head["name"]), day)
    return None


def _by_day(text: str, paragraph: Span, published: str | None) -> Draft | None:
    """Name, then a line of date and dot, as Facebook copies."""
    head = _NAMED.match(text, paragraph.start, min(paragraph.end, paragraph.start + 100))
    if not head:
        return None
    date = next(iter(find_dates(text, head.end(), min(paragraph.end, head.end() + 40))), None)
    if date is None or date[0].start != head.end() or not _AUDIENCE.match(text, date[0].end, paragraph.end):
        return None
    return Draft(paragraph, "post", author(head["name"]), date[1][:10])


def _by_channel(text: str, paragraph: Span, published: str | None) -> Draft | None:
    """ "Harbour News, Telegram, 3 March 2020, 14:32", and whom the channel forwards."""
    head = _CHANNEL.match(text, paragraph.start, min(paragraph.end, paragraph.start + 120))
    if not head:
        return None
    date = next(iter(find_dates(text, head.end(), min(paragraph.end, head.end() + 40))), None)
    if date is None or date[0].start != head.end():
        return None
    after = _AFTER.match(text, date[0].end, paragraph.end)
    if after is None or after.end() >= paragraph.end:
        return None
    channel = author(head["name"])
    onward = _FORWARDED.match(text, after.end() + 1, paragraph.end)
    if onward:
        return Draft(paragraph, "post", author(onward["name"]), date[1][:10], None, channel)
    return Draft(paragraph, "post", channel, date[1][:10])


def _forwarded(text: str, paragraph: Span, published: str | None) -> Draft | None:
    head = _FORWARDED.match(text, paragraph.start, min(paragraph.end, paragraph.start + 120))
    return Draft(paragraph, "post", author(head["name"])) if head and head.end() < paragraph.end else None


def _day_at(text: str, start: int, end: int) -> str | None:
    """The day that stands right at an offset."""
    date = next(iter(find_dates(text, start, end)), None)
    return date[1][:10] if date and not text[start : date[0].start].strip() else None
