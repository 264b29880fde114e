"""What a text tells about itself: when it was written, its title, its byline, its outlet."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dateline.core import Clue, Span
from dateline.ingest.written_dates import WrittenDate, date_alone, date_behind, days_and_months, news_dateline
from dateline.knowledge.header_labels import HeaderLabel, header_labels
from dateline.knowledge.outlets import publishers
from dateline.language import paragraphs
from dateline.language.dates import find_dates, read_date

_HEAD, _TAIL = 3000, 1200
_HEAD_LINES, _TAIL_LINES = 15, 8
_BODY = 160
_LINE = re.compile(r"[^\r\n]+")
_NAME = r"(?:[^\W\d_][\w.'’\-]*)"
_SMALL = r"(?:and|de|da|di|del|la|le|van|von|der|den|bin|bint|ibn|al|el|in|for|of|the|with|&)"
_NAMES = re.compile(rf"{_NAME}(?:(?:,\s|\s)(?:{_SMALL}|{_NAME})){{0,14}}")
_COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|\bCopyright\b)(?:\s*©)?[\s,]*"
    r"(?:(?:19|20)[0-9]{2}\s*[-–]\s*)?(?P<year>(?:19|20)[0-9]{2})?[\s,]*(?:by\s+)?(?P<name>[A-Z][^\n\r.,;|©]{1,60})?"
)
_SENTENCE = re.compile(r"[a-z)]{4,}[.] +\S")
_SIGNED = re.compile(r"[\s,]*(?:-\s*)?(?:all rights reserved|\(|\s-\s).*", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"(?<=[/-])((?:19|20)[0-9]{2})[/-]?([0-9]{2}|[a-z]{3})[/-]?([0-9]{1,2})(?=[/_.-]|$)")


@dataclass(slots=True)
class Told:
    """The facts found, and the words that tell them in the text's order."""

    published: str | None = None
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    clues: list[Clue] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Dated:
    rank: int
    date: WrittenDate


def told(text: str, *, title: str | None = None) -> Told:
    """The facts that a text's own furniture tells, from its first 3,000 and last 1,200 characters.

    ``title`` is the title where it is known already: its place in the text is looked up. Dates come
    from a labelled line, a date alone on its line, or a news dateline, in this order.

    >>> found = told("date 2024-03-05 Nine people died in a flood in Oruro.")
    >>> found.published, found.clues[0].span
    ('2024-03-05', Span(start=0, end=15))
    """
    found = Told()
    if title:
        _look_up(text, title, found)
    dates = list(_head(text, found))
    dates += _tail(text, found)
    best = min((each for each in dates if each.date.iso), key=lambda each: each.rank, default=None)
    found.published = best.date.iso if best else None
    found.clues += [Clue("published", each.date.span) for each in dates]
    found.clues = _apart(found.clues)
    return found


def dated_by_address(url: str) -> str | None:
    """The date that stands in a page's address.

    >>> dated_by_address("https://example.org/news/2019/08/04/flood"), dated_by_address("https://example.org/2019/")
    ('2019-08-04', None)
    """
    found = _ADDRESS.search(url[:500])
    return read_date(" ".join(found.groups()) if found[2].isalpha() else "-".join(found.groups())) if found else None


def _look_up(text: str, title: str, found: Told) -> None:
    at = text.find(title.strip(), 0, _HEAD)
    if title.strip() and at >= 0 and not text[:at].rpartition("\n")[2].strip():
        found.clues.append(Clue("title", Span(at, at + len(title.strip()))))


def _head(text: str, found: Told) -> Iterator[_Dated]:
    """Dates of the first lines, down to the first paragraph of news; titles and names go into ``found``."""
    lines = 0
    for block in paragraphs(text[:_HEAD]):
        waiting: Span | None = None
        for match in _LINE.finditer(text, block.start, block.end):
            start, end = match.span()
            lines += 1
            if lines > _HEAD_LINES:
                return
            dates = _line(text, start, end, found)
            if dates is None and _under_byline(text, start, end, found):
                _tell(found, "outlet", Span(start, end), text)
                continue
            if dates is not None:
                yield from dates
                if waiting and not _headline(text, waiting, found):
                    return
                waiting = None
                behind = max((each.date.span.end for each in dates), default=end)
                if end - behind >= _BODY // 2:
                    yield from _dateline(text, behind, end)
                    return
                continue
            inside = _inside(text, start, end)
            yield from inside
            if inside and (headline := _trimmed(text, start, inside[0].date.span.start)):
                waiting = None if waiting or not _headline(text, headline, found) else waiting
                continue
            opening = _dateline(text, start, block.end)
            yield from opening
            if opening:
                return
            waiting = Span(waiting.start if waiting else start, end)
            if waiting.end - waiting.start >= _BODY:
                return
        if waiting and not _headline(text, waiting, found):
            return


def _line(text: str, start: int, end: int, found: Told) -> list[_Dated] | None:
    """The dates of a line of furniture, its other facts put into ``found``; None where it is none."""
    label, at = _label(text, start, end)
    alone = date_alone(text, start, end)
    if label and label.fact == "published":
        date = date_behind(text, Span(_first(text, start, end), at), end)
        return [_Dated(label.rank, date), *_inside(text, date.span.end, end)] if date else None
    until = alone.span.start if alone else end
    dates = [_Dated(2, alone)] if alone else []
    if label and label.fact == "byline":
        return dates if _byline(text, at, until, found) or dates else None
    if label and end - at <= 200:
        span = _trimmed(text, at, until)
        agency = publishers().find(span.of(text)) if span and label.label == "source" else None
        if span and not (agency and agency.kind == "agency"):
            _tell(found, label.fact, span, text)
            return dates
    return dates or None


def _under_byline(text: str, start: int, end: int, found: Told) -> bool:
    """Whether a line is an outlet's name that stands right under the byline, in the same block."""
    above = found.clues[-1] if found.clues else None
    if above is None or above.name != "byline" or found.outlet or text[above.span.end : start].strip(" \t") != "\n":
        return False
    words = text[start:end].split()
    names = _NAMES.fullmatch(text[start:end].strip())
    return bool(names) and len(words) <= 6 and all(word[0].isupper() for word in words if len(word) > 3)


def _inside(text: str, start: int, end: int) -> list[_Dated]:
    """Dates behind labels with a colon in the middle of a line ("… Posted: 5 March 2024 Updated: …")."""
    found = []
    for match in _labels().finditer(text, start, min(end, start + _BODY * 2)):
        label = header_labels()[" ".join(match["label"].lower().split())]
        if label.fact == "published" and match["colon"] and match["label"][0].isupper():
            date = date_behind(text, Span(_first(text, match.start(), end), match.end()), end)
            if date:
                found.append(_Dated(label.rank, date))
    return found


def _label(text: str, start: int, end: int) -> tuple[HeaderLabel | None, int]:
    match = _labels().match(text, start, end)
    if match is None:
        return None, start
    label = header_labels()[" ".join(match["label"].lower().split())]
    small = match["label"][0].islower() and not match["colon"] and (label.label == "by" or text[:start].strip() != "")
    if small or (label.colon and not match["colon"]):
        return None, start
    return label, match.end()


def _byline(text: str, start: int, end: int, found: Told) -> bool:
    names = _NAMES.match(text, start, end)
    if names is None or not names[0][0].isupper() or names[0].split()[0].lower() in days_and_months():
        return False
    rest = text[names.end() : end].lstrip()
    words = names[0].replace(",", " ").split()
    small = sum(word[0].islower() for word in words)
    if len(words) > 6 and names[0].isupper():
        return False
    if (rest and rest[0] not in "|•·–—-,(.;") or small > max(1, len(words) // 3) or end - start > 160:
        return False
    _tell(found, "byline", Span(names.start(), names.start() + len(names[0].rstrip(" ,."))), text)
    return True


def _headline(text: str, span: Span, found: Told) -> bool:
    """Whether a short block before the news can be a headline or another line of furniture; the first is the title."""
    words = span.of(text)
    if words.rstrip()[-1] in ",;:–—-_]" or (words.rstrip()[-1] == "." and len(words) > 90):
        return False
    if found.title is None and not any(clue.name == "title" for clue in found.clues):
        more = len(text[span.end : span.end + 200].strip()) >= 80
        if more and 3 <= len(words.split()) <= 30 and words.rstrip()[-1] != "." and not _SENTENCE.search(words):
            _tell(found, "title", span, text)
    return True


def _dateline(text: str, start: int, end: int) -> list[_Dated]:
    date = news_dateline(text, start, end, None)
    if date is None:
        return []
    if date.iso is None:
        date = news_dateline(text, start, end, _year(text, date))
    return [_Dated(4, date)] if date else []


def _year(text: str, date: WrittenDate) -> int | None:
    """The year of a dateline that tells none: of a full date near that day of the year, else of the copyright line."""
    words = date.span.of(text)
    for region in ((0, min(len(text), _HEAD)), (max(0, len(text) - _TAIL), len(text))):
        for _, iso in find_dates(text, *region):
            here = read_date(words, default_year=int(iso[:4]))
            if here and abs(_ordinal(here) - _ordinal(iso)) <= 10:
                return int(iso[:4])
    years = [m["year"] for m in _COPYRIGHT.finditer(text, max(0, len(text) - _TAIL)) if m["year"]]
    return int(years[-1]) if years else None


def _ordinal(iso: str) -> int:
    return int(iso[5:7]) * 31 + int(iso[8:10])


def _tail(text: str, found: Told) -> list[_Dated]:
    """Dates and the outlet from the last lines."""
    dates: list[_Dated] = []
    lines = list(_LINE.finditer(text, max(0, len(text) - _TAIL)))[-_TAIL_LINES:]
    for match in lines:
        start, end = match.span()
        label, at = _label(text, start, end)
        if label and label.fact == "published":
            date = date_behind(text, Span(_first(text, start, end), at), end)
            if date and end - date.span.end < 60:
                dates.append(_Dated(label.rank, date))
        name = _COPYRIGHT.search(text, start, end)
        signed = (
            name
            and _SIGNED.sub("", name["name"] or "")
            and (name["year"] or not name[0].startswith("C"))
            and end - start <= 250
        )
        if name and signed and found.outlet is None and len(name["name"].split()) <= 6:
            _tell(found, "outlet", Span(*name.span("name")), text)
    return dates


def _tell(found: Told, fact: str, span: Span, text: str) -> None:
    words = " ".join(span.of(text).split())
    if fact == "outlet":
        span = Span(span.start, span.start + len(_SIGNED.sub("", span.of(text))))
        words = " ".join(span.of(text).split())
        known = publishers().find(words)
        words = known.name if known else words
        found.outlet = found.outlet or words
        found.clues.append(Clue("outlet", span))
    elif fact == "title":
        found.title = found.title or words
        found.clues.append(Clue("title", span))
    else:
        found.byline = found.byline or words
        found.clues.append(Clue("byline", span))


def _first(text: str, start: int, end: int) -> int:
    while start < end and not text[start].isalnum():
        start += 1
    return start


def _trimmed(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    at, to = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    return Span(at, to) if at < to else None


def _apart(clues: list[Clue]) -> list[Clue]:
    """The clues in the text's order, of two that overlap the first."""
    kept: list[Clue] = []
    for clue in sorted(clues, key=lambda each: (each.span, each.name)):
        if not kept or clue.span.start >= kept[-1].span.end:
            kept.append(clue)
    return kept


@functools.cache
def _labels() -> re.Pattern[str]:
    words = sorted(header_labels(), key=lambda label: (-len(label), label))
    names = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in words)
    return re.compile(
        rf"(?<![\w’'])[\s*•>(\[]{{0,8}}(?P<label>{names})(?![\w’'])(?:\s(?:on|at)\b)?[ \t]*(?P<colon>[:|])?[ \t]*",
        re.IGNORECASE,
    )
