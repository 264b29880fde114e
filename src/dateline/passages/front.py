"""What stands before the report: header lines, headline, byline, dateline."""

from __future__ import annotations

import re

from dateline.core import Document, Span
from dateline.knowledge.folding import fold
from dateline.knowledge.outlets import page_phrases, publishers
from dateline.knowledge.speakers import Speaker
from dateline.language import paragraphs
from dateline.language.dates import find_dates, read_date
from dateline.language.paragraphs import trim
from dateline.passages.drafts import Draft
from dateline.passages.posts import is_footer

_STAMP = re.compile(
    r"(?:first\s+|last\s+|date\s+)?(?:date|dated|published|posted|updated|created|modified|issued|publication\s+date)"
    r"(?:\s+(?:on|at))?\s*[:\-–|]?\s*",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:[,\s]+(?:at\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\b\.?)?(?:\s?\(?[A-Z]{2,4}\)?(?![\w'’]))?)?"
    r"[ \t]*[|·•,;]?",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|story by|written by|from|reported by)[\s:]+[^\W\d_]", re.IGNORECASE)
_STAFF = re.compile(
    r"[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){1,3}\s?[,|/–—-]\s?(?:.{0,40}\b)?(?:staff|reporter|correspondent|editor|writer|"
    r"[A-Z]{2,5}|Reuters|Bloomberg|News|Times|Post|Press)\b.{0,30}\Z"
)
_HEADLINE_WORDS = 26
_HEAD_ZONE = 8
_OWN_LINE = 50


def read_front(document: Document) -> tuple[list[Draft], int]:
    """The header, headline and byline drafts, and the offset where the report itself begins."""
    text = document.text
    found: list[Draft] = []
    at = 0
    blocks = paragraphs(text, Span(0, min(len(text), 6000))) if text else ()
    for number, line in enumerate(_lines(text, blocks)[:_HEAD_ZONE]):
        stamped = _header_end(document, line)
        head = trim(text, line.start, stamped) if stamped else None
        if head:
            # nothing stands before the first header: the text's own first blanks go with it
            found.append(Draft(head if found else Span(0, head.end), "header"))
            at = head.end
        rest = trim(text, stamped or line.start, line.end)
        if rest is None:
            continue
        draft = _front_line(document, rest, number, blocks)
        if draft is None and found and _under_byline(document, rest, found[-1], blocks):
            draft = Draft(rest, "byline")
        if draft is None:
            break
        found.append(draft)
        at = draft.span.end
        if draft.span.end < line.end:
            break
    return found, at


def _lines(text: str, blocks: tuple[Span, ...]) -> list[Span]:
    """The first lines, one by one: what joins in a paragraph may still be a headline over a byline."""
    lines = []
    for block in blocks[:_HEAD_ZONE]:
        at = block.start
        for part in text[block.start : block.end].split("\n", _HEAD_ZONE)[:_HEAD_ZONE]:
            line = trim(text, at, at + len(part))
            if line:
                lines.append(line)
            at += len(part) + 1
    return lines


def _header_end(document: Document, line: Span) -> int | None:
    """Where the dates at the head of a line end ("Published: … | Updated: …"), or None where there are none."""
    text, end = document.text, None
    at = line.start
    while at < line.end:
        word = _STAMP.match(text, at, line.end)
        begin = word.end() if word else at
        date = next((s for s, _ in find_dates(text, begin, min(line.end, begin + 60)) if s.start <= begin + 1), None)
        if date is None or date.end > line.end or not (word or _is_date_line(document, line, date)):
            break
        clock = _CLOCK.match(text, date.end, line.end)
        end = clock.end() if clock else date.end
        at = end + len(text[end : line.end]) - len(text[end : line.end].lstrip())
    return end


def _is_date_line(document: Document, line: Span, date: Span) -> bool:
    """Whether a date without a word before it is a header: it is all of its line, or told the document's date."""
    return read_date(line.of(document.text)) is not None or any(
        clue.name == "published" and clue.span.overlaps(date) for clue in document.clues
    )


def _front_line(document: Document, line: Span, number: int, blocks: tuple[Span, ...]) -> Draft | None:
    """The line as headline, byline or header; None where the report begins."""
    text = document.text
    words = line.of(text)
    titled = _title_end(document, line)
    if titled:
        return Draft(Span(line.start, titled), "headline")
    if dateline_end(text, Span(line.start, max(line.end, min(len(text), line.start + 400)))) or _wrapped(line, blocks):
        return None
    if _is_byline(document, words):
        return Draft(line, "byline")
    role = page_phrases().role(words)
    if role == "header":
        return Draft(line, "header")
    if number <= 2 and not role and _is_headline(document, line, blocks):
        return Draft(line, "headline")
    return None


def _under_byline(document: Document, line: Span, last: Draft, blocks: tuple[Span, ...]) -> bool:
    """Whether a line in the byline's own block names the outlet or the place of the desk."""
    if any(clue.name == "outlet" and line.holds(clue.span) for clue in document.clues):
        return line.end - line.start <= _OWN_LINE
    together = any(block.holds(line) and block.holds(last.span) for block in blocks)
    words = line.of(document.text)
    return last.role == "byline" and together and len(words.split()) <= 6 and words[-1].isalnum() and _capitals(words)


def _wrapped(line: Span, blocks: tuple[Span, ...]) -> bool:
    """Whether a long line goes on in the next: it is hard-wrapped text, no line of its own."""
    return line.end - line.start >= _OWN_LINE and any(b.holds(line) and b.end != line.end for b in blocks)


def _title_end(document: Document, line: Span) -> int | None:
    """Where the document's title, repeated at the start of the line, ends; or None."""
    title = (document.title or "").strip()
    words = line.of(document.text)
    if title and words.startswith(title):
        end = line.start + len(title)
        stop = re.compile(r"[.!?:]?").match(document.text, end, line.end)
        return stop.end() if stop else end
    if title and abs(len(words) - len(title)) <= 20 and fold(words) == fold(title):
        return line.end
    return None


def _is_byline(document: Document, words: str) -> bool:
    if document.byline and fold(words) in (fold(document.byline), fold("by " + document.byline)):
        return True
    if len(words) > 120 or words.endswith((".", "!", "?", ":")):
        return False
    return bool(_BYLINE.match(words) and _capitals(words)) or bool(_STAFF.match(words) and not words.isupper())


def _capitals(words: str) -> bool:
    """Whether most words begin with a capital, as in names and agencies."""
    tokens = [w for w in words.split() if w[:1].isalpha()]
    return len(tokens) <= 14 and sum(w[:1].isupper() for w in tokens) >= 0.6 * len(tokens)


def _is_headline(document: Document, line: Span, blocks: tuple[Span, ...]) -> bool:
    """A short first line without a final stop, alone or over a byline or date, with something longer below."""
    text = document.text
    block = next((k for k, b in enumerate(blocks) if b.holds(line)), None)
    if block is None or blocks[block].start != line.start:
        return False
    below = text[line.end : blocks[block].end].strip().split("\n", 1)[0].strip()
    if below and not (_is_byline(document, below) or _STAMP.match(below)):
        return False
    words = line.of(text)
    count = len(words.split())
    if not 3 <= count <= _HEADLINE_WORDS or words[-1] in '.!:;,”"' or not any(ch.isalpha() for ch in words):
        return False
    following = blocks[block + 1 : block + 4]
    if following and is_footer(text, following[0]):
        return False
    return any(len(b.of(text)) > len(words) for b in following)


_PLACE = r"[^\W\d_a-z]{2}[^\W\d_a-z'’.\-]*(?:[ \-][^\W\d_a-z][^\W\d_a-z'’.\-]*){0,3}"
_MIXED = r"[^\W\d_a-z][\w'’.\-]*(?:[ \-][^\W\d_a-z][\w'’.\-]*){0,3}"
_MORE = r"(?:[,/]\s?[^\W\d_a-z][\w'’.\-]*(?:\s[^\W\d_a-z][\w'’.\-]*){0,3}){0,3}"
_REGION = r"(?:,\s[^\W\d_a-z][\w.]*(?:\s[^\W\d_a-z][\w.]*)?){0,2}"
# a place alone is a dateline only where the report goes on in small letters
_LOWER = r"(?=[^\n]{0,12}[a-z])"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = rf"(?i:,?\s{{1,2}}(?:{_MONTH}\s\d{{1,2}}(?:,?\s\d{{4}})?|\d{{1,2}}\s{_MONTH}(?:\s\d{{2,4}})?|no date)(?!\w))"
_CREDIT = r"\s?\((?P<{0}>[^()\n]{{1,60}})\)"
_DASH = r"\s?(?:—|–|--|-|_)+\s*"
_TAGS = r"(?:\[[^\[\]]{1,100}\]\s*)*"
_DATELINE = re.compile(
    rf"(?:(?:{_MIXED}){_MORE}{_DAY}?{_CREDIT.format('a')}(?:{_CREDIT.format('b')})?{_DAY}?(?:{_DASH}|:\s+)"
    rf"|(?:{_PLACE}){_MORE}{_DAY}(?:{_DASH}|:\s+)"
    rf"|(?:{_PLACE}){_REGION}(?:\s?(?:—|–|--)\s*|\s[-:]\s+){_LOWER}"
    rf"|{_CREDIT.format('c').removeprefix(chr(92) + 's?')}{_DASH}){_TAGS}"
)


def dateline_end(text: str, paragraph: Span) -> int | None:
    """Where the dateline at the head of a paragraph ends, or None.

    >>> text = "LIMA, Peru, Aug 4 (EFE) - Two men fled."
    >>> text[: dateline_end(text, Span(0, len(text)))]
    'LIMA, Peru, Aug 4 (EFE) - '
    """
    found = _DATELINE.match(text, paragraph.start, min(paragraph.end, paragraph.start + 400))
    if not found or found.end() >= paragraph.end:
        return None
    return found.end()


def dateline_agency(text: str, dateline: Span) -> Speaker | None:
    """The agency that a dateline credits in brackets, known by the tables or not; None where it credits none."""
    unknown: Speaker | None = None
    for words in re.findall(r"\(([^()]{1,60})\)", dateline.of(text)):
        for part in re.split(r"[/;]", words):
            publisher = publishers().credit(part.strip())
            if publisher:
                return Speaker(publisher.name, "agency" if publisher.kind == "agency" else "organisation")
            if unknown is None and words[:1].isupper() and not any(ch.isdigit() for ch in words):
                unknown = Speaker(part.strip(), "organisation")
    return unknown
