"""The report itself: paragraphs as narration, captions, furniture, posts, and the blocks that intros govern."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.core import Span
from dateline.knowledge.outlets import page_phrases, publishers
from dateline.knowledge.speakers import Speaker, speaker_of
from dateline.language import paragraphs
from dateline.language.paragraphs import trim
from dateline.language.quotations import opens_quotation, quotations
from dateline.passages.drafts import Draft
from dateline.passages.front import dateline_agency, dateline_end
from dateline.passages.intros import Intro, read_intro
from dateline.passages.posts import is_footer, read_posts
from dateline.passages.speech import PRONOUNS, said_by, says_anything, says_between_marks, speaks_again

_FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us|I|my|We|Our|My)\b")
_LIST_ITEM = re.compile(r"(?:[•·▪●*–—-]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s)")
_INTRO_LINE = re.compile(r":[ \t]*\r?\n")
_DATELINES_UP_TO = 3
_BLOCK_UP_TO = 3
_STATEMENT_UP_TO = 60


def read_body(text: str, start: int) -> list[Draft]:
    """The drafts from an offset to the text's end, one or more a paragraph, in order."""
    drafts: list[Draft] = []
    if start >= len(text):
        return drafts
    told = 0
    for paragraph in _parts(text, Span(start, len(text))):
        found = _paragraph(text, paragraph, told < _DATELINES_UP_TO)
        told += any(draft.role == "narration" for draft in found)
        if is_footer(text, paragraph) and drafts and drafts[-1].role == "narration":
            # the post's words stand in the paragraph above its footer
            found = [replace(found[0], span=Span(drafts.pop().span.start, paragraph.end))]
        drafts += found
    return _governed(text, drafts)


def _parts(text: str, span: Span) -> list[Span]:
    """The paragraphs; a line that ends in a colon ends its paragraph too."""
    parts = []
    for paragraph in paragraphs(text, span):
        at = paragraph.start
        for line in _INTRO_LINE.finditer(text, paragraph.start, paragraph.end):
            part = trim(text, at, line.end())
            parts += [part] if part else []
            at = line.end()
        rest = trim(text, at, paragraph.end)
        parts += [rest] if rest else []
    return parts


def _paragraph(text: str, paragraph: Span, early: bool) -> list[Draft]:
    if "@" in text[paragraph.start : paragraph.end]:
        posts = read_posts(text, paragraph)
        if posts:
            rest = trim(text, posts[-1].span.end, paragraph.end)
            return posts + ([Draft(rest, "narration")] if rest else [])
    role = page_phrases().role(paragraph.of(text)) if paragraph.end - paragraph.start < 600 else None
    if role:
        return [Draft(paragraph, role)]
    end = dateline_end(text, paragraph) if early else None
    if end:
        head, rest = trim(text, paragraph.start, end), trim(text, end, paragraph.end)
        if head and rest:
            return [Draft(head, "dateline", dateline_agency(text, head)), Draft(rest, "narration")]
    return [Draft(paragraph, "narration")]


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
        count = _extent(text, drafts, k, intro)
        if count:
            span = Span(drafts[k].span.start, drafts[k + count - 1].span.end)
            done.append(Draft(span, intro.role, intro.speaker, None, intro.span))
            k += count
    return done


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


def _extent(text: str, drafts: list[Draft], first: int, intro: Intro) -> int:
    """How many drafts from ``first`` on the announced words take up."""
    following = []
    for draft in drafts[first : first + _STATEMENT_UP_TO]:
        if draft.role != "narration":
            break
        following.append(draft.span)
    if not following:
        return 0
    if opens_quotation(text, following[0]):
        return _quoted_extent(text, following)
    publisher = publishers().find(intro.speaker.name)
    aliases = publisher.aliases if publisher else (intro.speaker.name.split()[-1],)
    if _resumes(text, following[0], intro, aliases):
        return 0
    if publisher and intro.role == "quotation" and not _LIST_ITEM.match(text, following[0].start, following[0].end):
        return _until_resumed(text, following, intro, aliases)
    count = 1
    while count < len(following) and _goes_on(text, following[count - 1], following[count], intro, aliases):
        count += 1
    return count


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
    if _LIST_ITEM.match(text, span.start, span.end):
        return True
    if _LIST_ITEM.match(text, before.start, before.end) or says_anything(text, span):
        return False
    return _FIRST_PERSON.search(_unquoted(text, span)) is not None


def _unquoted(text: str, span: Span) -> str:
    parts, at = [], span.start
    for quotation in quotations(text, span):
        parts.append(text[at : quotation.span.start])
        at = quotation.span.end
    return " ".join([*parts, text[at : span.end]])
