"""Who speaks, read from the surface of a sentence: before there is a parse."""

from __future__ import annotations

import functools
import re

from dateline.core import Span
from dateline.knowledge.cues import source_kinds
from dateline.knowledge.outlets import intro_verbs
from dateline.knowledge.speakers import Speaker, source_kind

DOCUMENT = (
    r"(?:statement|communiqu[eé]|press release|news release|letter|memo|memorandum|declaration|announcement|message"
    r"|text|report|email|e-mail|advisory|bulletin|tweets?|posts?|transcript|remarks|points|update)"
)
PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "who", "which", "that"})
_LEAD = re.compile(
    r"^(?:(?:and|but|while|as|when|meanwhile|however|later|then|also|earlier|separately|moreover|that|where|so|yet|for"
    r" (?:his|her|its|their) part)\b[\s,]*)+",
    re.IGNORECASE,
)
_ADVERBIAL = re.compile(
    r"(?:in|on|of|at|after|before|during|since|following|according|earlier|later|meanwhile|for|from"
    r"|by|under|with|speaking|asked|citing|last|this|early|late|yesterday|today|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday|though|although|if|because|despite|\d+)\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?:(?:on|in|by|late|early)\s){1,2}(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:\d{1,2}\s)?(?:jan|feb|mar|apr|may"
    r"|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s\d{1,2})?(?:\s\d{4})?|\d{4})\s(?=\w)",
    re.IGNORECASE,
)
_HELPERS = re.compile(
    r"(?:\s(?:has|have|had|also|later|then|just|recently|quickly|subsequently|previously|further|again|reportedly|is"
    r"|was|were|today|yesterday|(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|in turn|initially|now|publicly))+$"
)
_PARTS = re.compile(r"[,;]\s|,$|\s[—–-]\s")
_NAME = (
    r"(?:(?:[Tt]he|[Aa]n?)\s)?(?:[^\W\d_a-z][\w.'’-]*|[a-z]{3,15}(?=\s[A-Z]))"
    r"(?:\s(?:of\s|for\s)?(?:the\s)?[^\W\d_a-z][\w'’-]*){0,4}"
)
_SAID = r"(?:said|says|added|adds|told|wrote|writes|noted|continued|explained|stated|warned|insisted|argued|tweeted)"
_WHO = rf"(?:{_NAME}|[Hh]e|[Ss]he|[Tt]hey)"
_SAYS = re.compile(rf"\b(?P<before>{_WHO})(?:\s(?:also|later|then|has|had))?\s{_SAID}\b|\b{_SAID}\s(?P<after>{_WHO})")
_ITSELF = rf"(?:[Tt]he\s)?(?:{DOCUMENT}|[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Aa]gency|[Oo]utlet|[Pp]aper|[Nn]ewspaper)"
_STILL = r"(?:\s(?:also|later|then|further|has|had))*"


@functools.cache
def verb_pattern() -> re.Pattern[str]:
    """The verb forms that announce another's words."""
    return re.compile(r"\b(?:" + "|".join(sorted(intro_verbs(), key=lambda w: (-len(w), w))) + r")\b")


def subject(left: str) -> str | None:
    """The noun phrase that ends here, before its verb; None where only adverbials stand.

    >>> subject("On March 4, 2021, the Lagos city council")
    'the Lagos city council'
    >>> subject("Ali Omar, the head of the union,")
    'Ali Omar'
    """
    left = _HELPERS.sub("", " " + " ".join(left.split())).strip()
    parts = [_DAY.sub("", _LEAD.sub("", part.strip(), count=1), count=1) for part in _PARTS.split(left)]
    named = [part for part in parts if part and not _ADVERBIAL.match(part)]
    if not named:
        return None
    phrase = named[-1].strip()
    if left.endswith(","):
        titled = len(named) > 1 and source_kind(named[0].split()[-1]) and named[1].istitle()
        phrase = f"{named[0]} {named[1]}" if titled else named[0]
    words = phrase.split()
    if len(words) > 8:
        phrase = _noun_phrase(words)
    return phrase if phrase and len(phrase) < 120 else None


def _noun_phrase(words: list[str]) -> str:
    """The last words that can be one name or description."""
    first = len(words)
    while first > 0 and words[first - 1].lower() != "the":
        word = words[first - 1]
        low = word.lower()
        if not (word[:1].isupper() or low in source_kinds() or low in ("of", "for")):
            return " ".join(words[first:])
        first -= 1
    return " ".join(words[max(first - 1, 0) :])


def said_by(text: str, paragraph: Span, *, named: bool = False) -> str | None:
    """The last one who is said to speak in a paragraph ("…, Omar said", "said Omar"), or None.

    ``named`` passes over pronouns.

    >>> said_by("The road is shut, Ali Omar said on Monday.", Span(0, 42))
    'Ali Omar'
    """
    who = None
    for found in _SAYS.finditer(text, paragraph.start, paragraph.end):
        words = (found["before"] or found["after"]).split()
        first = words[0].lower()
        if words[0].islower() and first not in ("the", "a", "an") and first not in PRONOUNS | source_kinds().keys():
            words = words[1:]
        if words and not words[-1].endswith(("’s", "'s")) and not (named and first in PRONOUNS):
            who = " ".join(words)
    return who


def says_anything(text: str, paragraph: Span) -> bool:
    """Whether anyone is said to speak in a paragraph."""
    return _SAYS.search(text, paragraph.start, paragraph.end) is not None


def says_between_marks(text: str, paragraph: Span) -> bool:
    """Whether someone is said to speak right behind a closing mark ("…,” he said. “…"): more than one quotation."""
    found = _SAYS.finditer(text, paragraph.start, paragraph.end)
    return any(re.search(r"[\"”»']\s*$", text[max(paragraph.start, m.start() - 3) : m.start()]) for m in found)


def speaks_again(text: str, paragraph: Span, speaker: Speaker, aliases: tuple[str, ...]) -> bool:
    """Whether a paragraph talks of the speaker in the third person with a verb of speech: narration is back.

    >>> text = "The AP added that roads were shut."
    >>> speaks_again(text, Span(0, len(text)), Speaker("Associated Press", "agency"), ("AP",))
    True
    """
    head = text[paragraph.start : min(paragraph.end, paragraph.start + 400)]
    names = "|".join(re.escape(name) for name in dict.fromkeys((speaker.name, *aliases)) if name)
    again = rf"(?:\b(?:{names})|^{_ITSELF}){_STILL}\s(?:{verb_pattern().pattern}|went on)"
    return re.search(rf"{again}|\b(?:according to|per)\s(?:the\s)?(?:{names})\b", head) is not None
