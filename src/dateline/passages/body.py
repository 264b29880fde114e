"""The report itself: paragraphs as narration, captions, furniture, posts, and the blocks that intros govern."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.core import Span
from dateline.knowledge.speakers import Speaker, speaker_of
from dateline.language import paragraphs
from dateline.language.paragraphs import trim
from dateline.language.quotations import opens_quotation, quotations
from dateline.passages.blocks import announced
from dateline.passages.cards import closing_day, only_forwarded, waits
from dateline.passages.drafts import Draft
from dateline.passages.front import dateline_agency, dateline_end
from dateline.passages.furniture import Furniture, is_end
from dateline.passages.intros import read_intro
from dateline.passages.posts import is_footer, read_posts
from dateline.passages.speech import PRONOUNS, said_by, says_between_marks
from dateline.passages.stamps import Stamp, read_stamp, stamped

_INTRO_LINE = re.compile(r":[ \t]*\r?\n")
_CLAIMED_LINE = re.compile(r"(?i:forwarded|reposted|shared) ")
_POSTED_BY = re.compile(
    r"(?:posted|updated|entered|compiled|reported) by\s[^\W\d_][^\n.]{1,60}(?:\n|\Z)", re.IGNORECASE
)
_TRANSLATED = re.compile(
    r"\W{0,3}(?:(?i:english\s)?(?i:translation)(?:\sfrom\s(?:the\s)?[A-Z]\w+)?"
    r"|(?i:translated)(?:\s(?:from|by)\s(?:the\s)?[A-Z][\w .]{1,40}?){0,2}(?:\s(?:in)?to\s[A-Z]\w+)?)\s?:\s"
)
_DATELINES_UP_TO = 3
_CARD_UP_TO, _CARD_HEAD = 4, 140
_SPOKEN = ("quotation", "statement", "post")


def read_body(text: str, start: int, published: str | None = None, above: str | None = None) -> list[Draft]:
    """The drafts from an offset to the text's end, one or more a paragraph, in order.

    ``published`` is the ISO date that gives days without a year theirs, ``above`` the day of a stamp right above.
    """
    drafts: list[Draft] = []
    if start >= len(text):
        return drafts
    told = 0
    furniture = Furniture()
    for paragraph in _parts(text, Span(start, len(text))):
        found = _paragraph(text, paragraph, told < _DATELINES_UP_TO, furniture, published)
        told += any(draft.role == "narration" for draft in found)
        if drafts and drafts[-1].role == "narration" and is_footer(text, paragraph):
            # the post's words stand in the paragraph above its footer
            found = [replace(found[0], span=Span(drafts.pop().span.start, paragraph.end))]
        drafts += found
    return stamped(_governed(text, _cards(text, drafts)), above)


def _parts(text: str, span: Span) -> list[Span]:
    """The paragraphs; a line that ends in a colon ends its paragraph too."""
    parts = []
    for paragraph in paragraphs(text, span):
        at = paragraph.start
        for line in _INTRO_LINE.finditer(text, paragraph.start, paragraph.end):
            part = trim(text, at, line.end())
            if part and _CLAIMED_LINE.match(text, part.start, part.end):
                continue
            parts += [part] if part else []
            at = line.end()
        rest = trim(text, at, paragraph.end)
        parts += [rest] if rest else []
    return parts


def _paragraph(text: str, paragraph: Span, early: bool, furniture: Furniture, published: str | None) -> list[Draft]:
    posts = _posts(text, paragraph, published)
    if posts:
        return posts
    closing = closing_day(text, paragraph)
    stamp = Stamp(paragraph.end, closing) if closing else read_stamp(text, paragraph, published)
    if stamp is None:
        return _told(text, paragraph, early, furniture)
    head, rest = trim(text, paragraph.start, stamp.end), trim(text, stamp.end, paragraph.end)
    below = (_posts(text, rest, published) or _told(text, rest, False, furniture)) if rest else []
    return ([Draft(head, "header", None, stamp.day)] if head else []) + below


def _posts(text: str, paragraph: Span, published: str | None) -> list[Draft]:
    """The posts of a paragraph, and what follows the last of them; empty where it holds none."""
    posts = read_posts(text, paragraph, published)
    rest = trim(text, posts[-1].span.end, paragraph.end) if posts else None
    return posts + ([Draft(rest, "narration")] if rest else [])


def _told(text: str, paragraph: Span, early: bool, furniture: Furniture) -> list[Draft]:
    """A paragraph that is neither stamp nor post: furniture, who posted it, dateline, narration."""
    words = paragraph.of(text)
    role = furniture(words)
    if role or is_end(text, paragraph):
        return [Draft(paragraph, role or "boilerplate")]
    parts: tuple[Draft, ...] = ()
    posted = _POSTED_BY.match(words)
    end = dateline_end(text, paragraph) if early else None
    at = paragraph.start + posted.end() if posted else end
    head = trim(text, paragraph.start, at) if at else None
    rest = trim(text, at, paragraph.end) if at else paragraph
    if head and posted:
        parts = (Draft(head, "byline"),)
    elif head and rest:
        parts = (Draft(head, "dateline", dateline_agency(text, head)),)
    else:
        rest = paragraph
    return [*parts, *([Draft(rest, "narration")] if rest else [])]


def _cards(text: str, drafts: list[Draft]) -> list[Draft]:
    """The drafts with posts put together whose head, words and closing line are paragraphs of their own."""
    done: list[Draft] = []
    k = 0
    while k < len(drafts):
        draft = drafts[k]
        k += 1
        who = _heads_post(text, draft)
        last, day = _post_end(text, drafts, k, draft) if who else (k, None)
        if who and last > k:
            done.append(Draft(Span(draft.span.start, drafts[last - 1].span.end), "post", who, day))
            k = last
        else:
            done.append(draft)
    return done


def _heads_post(text: str, draft: Draft) -> Speaker | None:
    if draft.role != "narration" or draft.span.end - draft.span.start > _CARD_HEAD:
        return None
    return waits(text, draft.span) or only_forwarded(text, draft.span)


def _post_end(text: str, drafts: list[Draft], first: int, head: Draft) -> tuple[int, str | None]:
    """The number behind a post's last draft, and its day; a card needs its closing line, a forwarded one does not."""
    for k in range(first, min(len(drafts), first + _CARD_UP_TO)):
        day = closing_day(text, drafts[k].span)
        if day:
            return k + 1, day
        if drafts[k].role != "narration":
            break
    forwarded = only_forwarded(text, head.span) is not None
    return (first + 1 if forwarded and first < len(drafts) and drafts[first].role == "narration" else first), None


def _governed(text: str, drafts: list[Draft]) -> list[Draft]:
    """The drafts with the blocks that intros announce, and whole quoted paragraphs, given to their speakers."""
    done: list[Draft] = []
    last: Speaker | None = None
    k = 0
    while k < len(drafts):
        draft = drafts[k]
        k += 1
        if draft.role != "narration":
            done.append(draft)
            continue
        if done and done[-1].speaker and done[-1].role in _SPOKEN and _TRANSLATED.match(text, *_ends(draft.span)):
            done.append(replace(done[-1], span=draft.span))
            continue
        quoted = _quoted_whole(text, draft.span, done)
        if quoted and (speaker := _continuing(text, done, last)):
            done.append(replace(draft, role="quotation", speaker=speaker, intro=_intro_of(done)))
            continue
        done.append(draft)
        intro = read_intro(text, draft.span)
        if intro is None:
            last = _last_speaker(text, draft.span) or last
            continue
        if intro.pronoun:
            intro = replace(intro, speaker=_last_speaker(text, draft.span) or last or intro.speaker)
        last = intro.speaker
        block, k = announced(text, drafts, k, intro)
        done += [block] if block else []
    return done


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _last_speaker(text: str, span: Span) -> Speaker | None:
    """The last named speaker of a paragraph; a pronoun tells none."""
    who = said_by(text, span, named=True)
    return speaker_of(who) if who else None


def _quoted_whole(text: str, span: Span, done: list[Draft]) -> bool:
    """Whether a paragraph is one quotation and nothing else, continuing what was quoted before."""
    if not done or done[-1].role not in ("narration", "quotation", "statement") or not opens_quotation(text, span):
        return False
    found = quotations(text, span)
    whole = len(found) == 1 and found[0].span.start == span.start and found[0].span.end >= span.end - 1
    return whole and not says_between_marks(text, span)


def _continuing(text: str, done: list[Draft], last: Speaker | None) -> Speaker | None:
    """Who goes on speaking in a paragraph that is one quotation, or None where nobody is told."""
    before = done[-1]
    if before.role != "narration":
        return before.speaker
    who = said_by(text, before.span)
    if who is None:
        return None
    return last if who.lower() in PRONOUNS else speaker_of(who)


def _intro_of(done: list[Draft]) -> Span | None:
    return done[-1].intro if done and done[-1].role in ("quotation", "statement") else None
