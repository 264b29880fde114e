"""The sentence that announces another's words: who speaks, and what follows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dateline.core import Span
from dateline.knowledge.outlets import intro_verbs, publishers
from dateline.knowledge.speakers import Speaker, speaker_of
from dateline.passages.speech import DOCUMENT, PRONOUNS, subject, verb_pattern

IntroRole = Literal["quotation", "statement", "post"]

_BREAK = re.compile(r"[.!?…][”\"’')\]]*\s+(?=[\"“‘'(\[]*[^\W\d_a-z])")
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|Rev|St|No|vs|Jr|Sr|Jan|Feb|Mar|Apr|Aug|Sept?|Oct"
    r"|Nov|Dec|U\.S|U\.N|U\.K|Prof|Adm|Inc|Co|Corp|Ltd)\.$"
)
_WHO = r"(?P<who>[^,:]{2,90}?)"
_STOP = r"(?=\s(?:on|in|about|regarding|after|following|late|early|at)\b|[,:.]|$)"
_FROM = re.compile(
    rf"\b{DOCUMENT}\b[^,:]{{0,60}}?\s(?:from|by)\s{_WHO}(?:{_STOP}|(?=\s(?:said|says|reads?|stated|states|follows"
    r"|announced|declared|is|was|has|had|that|which|released|issued|posted|published|sent)\b))"
)
_BY = re.compile(
    rf"\b(?:released|issued|published|posted|made|sent|tweeted|written)\b[^,:]{{0,40}}?\sby\s{_WHO}{_STOP}"
)
_ACCORDING = re.compile(rf"(?:\b[Aa]ccording to|\b[Pp]er|\b[Vv]ia|^From)\s{_WHO}{_STOP}")
_FORMAL = re.compile(
    rf"\bthe following\b|\bas follows\b|\bfollowing {DOCUMENT}|\b(?:this|full) {DOCUMENT}\b|\bin (?:full|part)\b"
)
_STATEMENT = re.compile(rf"\b{DOCUMENT}\b|\bthe following\b")
_WRITTEN = re.compile(rf"\b{DOCUMENT}\b")
_BELOW = re.compile(r"\b(?:following|below)\b")
_POSTED = re.compile(r"\b(?:tweet(?:s|ed)?|Twitter|Telegram|Truth Social|Facebook|Instagram|Weibo|on X)\b")
_SHOWN = re.compile(
    r"\b(?:following|these|this)\s(?:\w+\s(?:and\s)?){0,3}(?:images?|photos?|photographs?|pictures?|videos?|footage|clips?)\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"\s?\([@＠][^\s()]{1,40}\)")
_HEADING = re.compile(
    r"(?:[Hh]ere is )?(?:[Tt]he )?(?:(?:[Ff]ull|[Jj]oint|[Cc]omplete|[Oo]fficial)\s)?"
    r"(?:[Tt]ext|[Ss]tatement|[Cc]ommuniqu[eé]|[Pp]ress [Rr]elease|[Dd]eclaration|[Tt]ranscript|[Ll]etter)\b"
    r"[^.:\n]{0,60}?\s(?:by|from|issued by|of)\s(?P<who>(?:the\s)?[^\W\d_a-z][^.:\n]{2,80})"
)
_HEADING_UP_TO = 120
_NEAR = 170


@dataclass(frozen=True, slots=True)
class Intro:
    """An announcing sentence, the role of what it announces and who is announced.

    ``heading``: no sentence but a line of its own ("Full statement from the ministry").
    """

    span: Span
    role: IntroRole
    speaker: Speaker
    heading: bool = False

    @property
    def pronoun(self) -> bool:
        """Whether the speaker is only a pronoun here."""
        return self.speaker.name.lower() in PRONOUNS


def last_sentence(text: str, paragraph: Span) -> Span:
    """The last sentence of a paragraph; it looks back over 600 characters at most."""
    start = max(paragraph.start, paragraph.end - 600)
    for found in _BREAK.finditer(text, start, paragraph.end - 1):
        if not _ABBREVIATED.search(text[max(start, found.start() - 8) : found.start() + 1]):
            start = found.end()
    return Span(start, paragraph.end)


def read_intro(text: str, paragraph: Span) -> Intro | None:
    """The announcing sentence at the end of a paragraph, or None where the paragraph announces nothing.

    >>> text = "It was calm. On Monday, the Ministry of Health issued the following statement:"
    >>> intro = read_intro(text, Span(0, len(text)))
    >>> intro.role, intro.speaker.name, intro.span.of(text)[:9]
    ('statement', 'Ministry of Health', 'On Monday')
    """
    last = text[paragraph.end - 1]
    if last not in ":.":
        return _read_heading(text, paragraph)
    span = last_sentence(text, paragraph)
    words = _HANDLE.sub("", span.of(text))
    formal = bool(_FORMAL.search(words))
    if last == "." and not (formal and len(words) < 300 and _BELOW.search(words)):
        return None
    found = _announced(words, formal)
    if found is None or (_SHOWN.search(words) and not _STATEMENT.search(_SHOWN.sub("", words))):
        return None
    speaker = speaker_of(found[1])
    return Intro(span, found[0], speaker) if speaker else None


def _read_heading(text: str, line: Span) -> Intro | None:
    if line.end - line.start > _HEADING_UP_TO:
        return None
    found = _HEADING.fullmatch(text, line.start, line.end)
    speaker = speaker_of(found["who"]) if found else None
    return Intro(line, "statement", speaker, True) if speaker else None


def _announced(words: str, formal: bool) -> tuple[IntroRole, str] | None:
    """The role of what an announcing sentence announces, and the words that name the speaker."""
    bare = words.rstrip(":. ")
    if publishers().find(bare):
        return "quotation", bare
    verbs = [m for m in verb_pattern().finditer(words) if formal or len(words) - m.end() <= _NEAR]
    for pattern in (_BY, _FROM):
        found = pattern.search(words)
        if found and (formal or verbs):
            return _role("statement", words), found["who"]
    for verb in reversed(verbs):
        who = subject(words[: verb.start()])
        if who:
            role = "statement" if _WRITTEN.search(words, verb.end()) else intro_verbs()[verb.group()]
            return _role(role, words), who
    found = _ACCORDING.search(words)
    return ("quotation", found["who"]) if found else None


def _role(role: IntroRole, words: str) -> IntroRole:
    return "post" if _POSTED.search(words) else role
