"""How far the words reach that a sentence has announced: a quotation, a statement with its points, a post."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.core import Span
from dateline.knowledge.outlets import publishers
from dateline.language.quotations import opens_quotation, quotations
from dateline.passages.drafts import Draft
from dateline.passages.furniture import is_end
from dateline.passages.intros import Intro, read_intro
from dateline.passages.points import is_point, number_of, signed_day
from dateline.passages.speech import says_anything, speaks_again

_FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us|I|my|We|Our|My)\b")
_BLOCK_UP_TO = 3
_STATEMENT_UP_TO = 60
_BETWEEN = 3


def announced(text: str, drafts: Sequence[Draft], first: int, intro: Intro) -> tuple[Draft | None, int]:
    """The draft of the announced words that begin with draft ``first``, and the number of the draft behind them.

    None where nothing was announced after all. A line of place and day at the words' head or foot
    belongs to them and dates them.
    """
    following = _following(drafts, first, intro)
    count, closed = _extent(text, following, intro) if following else (0, False)
    if _ended(text, drafts, first + len(following), following, intro):
        count, closed = len(following), True
    if not count:
        return None, first
    day = signed_day(text, following[0])
    if count < len(following) and not closed and (foot := signed_day(text, following[count])):
        day, count = day or foot, count + 1
    span = Span(following[0].start, following[count - 1].end)
    return Draft(span, intro.role, intro.speaker, day, intro.span), first + count


def _ended(text: str, drafts: Sequence[Draft], behind: int, following: list[Span], intro: Intro) -> bool:
    """Whether a line says right behind these paragraphs that the statement ends, and none of them announces another."""
    if intro.role != "statement" or not following or behind >= len(drafts) or not is_end(text, drafts[behind].span):
        return False
    return all(read_intro(text, span) is None for span in following)


def _following(drafts: Sequence[Draft], first: int, intro: Intro) -> list[Span]:
    """The paragraphs that may be the announced words: narration, and a line with a day before or behind it."""
    following = []
    for k in range(first, min(len(drafts), first + _STATEMENT_UP_TO)):
        dated = drafts[k].role == "header" and drafts[k].anchor and intro.role == "statement"
        if drafts[k].role != "narration" and not dated:
            break
        following.append(drafts[k].span)
    return following


def _extent(text: str, following: list[Span], intro: Intro) -> tuple[int, bool]:
    """How many paragraphs the announced words take up, and whether their own end is told."""
    if opens_quotation(text, following[0]):
        return _quoted_extent(text, following), True
    if text[following[0].start] == ">":
        return _marked_extent(text, following), True
    publisher = publishers().find(intro.speaker.name)
    aliases = publisher.aliases if publisher else (intro.speaker.name.split()[-1],)
    if _resumes(text, following[0], intro, aliases):
        return 0, False
    if intro.heading and not _speaks_for_itself(text, following[0]):
        return 0, False
    if publisher and intro.role == "quotation" and not is_point(text, following[0]):
        return _until_resumed(text, following, intro, aliases), False
    return _stated_extent(text, following, intro, aliases), False


def _stated_extent(text: str, following: list[Span], intro: Intro, aliases: tuple[str, ...]) -> int:
    dated = signed_day(text, following[0]) is not None and len(following) > 1
    count = 1 + dated
    reached = next((n for span in following[:count] if (n := number_of(text, span)) is not None), None)
    while count < len(following):
        if _goes_on(text, following[count - 1], following[count], intro, aliases):
            reached = number_of(text, following[count]) or reached
            count += 1
            continue
        ahead = _next_point(text, following, count, reached, intro, aliases)
        if ahead is None:
            break
        reached, count = number_of(text, following[ahead]), ahead + 1
    return count


def _next_point(
    text: str, following: list[Span], count: int, reached: int | None, intro: Intro, aliases: tuple[str, ...]
) -> int | None:
    """Where the point with the next number stands, with nothing but a few unnumbered paragraphs before it."""
    if reached is None:
        return None
    for k in range(count, min(len(following), count + _BETWEEN + 1)):
        if _resumes(text, following[k], intro, aliases):
            return None
        if number_of(text, following[k]) == reached + 1:
            return k
    return None


def _quoted_extent(text: str, following: list[Span]) -> int:
    """Paragraphs up to the one in which the quotation closes; none where narration follows inside the first."""
    for count, span in enumerate(following, 1):
        if count > 1 and not opens_quotation(text, span):
            return count - 1
        found = quotations(text, span)
        if not found or found[0].span.start != span.start or found[0].span.end < span.end - 1:
            return count - 1
        if found[0].closed:
            return count
    return len(following)


def _marked_extent(text: str, following: list[Span]) -> int:
    """Paragraphs that are marked as quoted, ">" at their head."""
    return next((k for k, span in enumerate(following) if text[span.start] != ">"), len(following))


def _until_resumed(text: str, following: list[Span], intro: Intro, aliases: tuple[str, ...]) -> int:
    """All paragraphs before the near one in which the source is spoken of again, else one."""
    for count, span in enumerate(following[: _BLOCK_UP_TO + 1]):
        if count and _resumes(text, span, intro, aliases):
            return count
    return 1


def _resumes(text: str, span: Span, intro: Intro, aliases: tuple[str, ...]) -> bool:
    return speaks_again(text, span, intro.speaker, aliases) or read_intro(text, span) is not None


def _goes_on(text: str, before: Span, span: Span, intro: Intro, aliases: tuple[str, ...]) -> bool:
    """Whether a statement goes on in the next paragraph: a numbered point, or still in the first person."""
    if _resumes(text, span, intro, aliases):
        return False
    if is_point(text, span):
        return True
    if is_point(text, before) or says_anything(text, span):
        return False
    return _FIRST_PERSON.search(_unquoted(text, span)) is not None


def _speaks_for_itself(text: str, span: Span) -> bool:
    return is_point(text, span) or _FIRST_PERSON.search(_unquoted(text, span)) is not None


def _unquoted(text: str, span: Span) -> str:
    parts, at = [], span.start
    for quotation in quotations(text, span):
        parts.append(text[at : quotation.span.start])
        at = quotation.span.end
    return " ".join([*parts, text[at : span.end]])
