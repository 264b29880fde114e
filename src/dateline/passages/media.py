"""Pictures, video, links and posts that a text embeds or speaks of."""

from __future__ import annotations

import re
from typing import Literal

from dateline.core import Document, Medium, Passage, Span
from dateline.passages.posts import footer_of

_URL = re.compile(
    r"(?:https?://|(?<![\w./])(?:www\.|pic\.twitter\.com/|t\.co/|t\.me/|youtu\.be/))"
    r"[^\s<>\"“”()\[\]{}]{2,500}"
)
_NOUN = (
    r"(?:(?:video|film|audio|satellite|drone|cell ?phone|mobile|amateur|surveillance|security|cctv|dash-?cam|body-?cam"
    r"|live|still|aerial)\s)?(?:images?|imagery|photos?|photographs?|pictures?|videos?|footage|clips?|recordings?)"
)
_DETERMINED = (
    r"(?:(?:the|a|an|this|that|these|those|some|several|many|other|another|two|three|dozens of|its|their|his|her)\s)?"
    r"(?:(?:following|new|graphic|unverified|verified|disturbing|alleged|purported|grainy|shaky|short|online|viral|recent"
    r"|separate|further|social media|state media|dramatic|leaked)\s){0,3}"
)
_RELATION = (
    r"(?:(?:that|which)\s)?(?:(?:was|were|has been|have been|is|are|being)\s)?(?:(?:\w+ly|widely)\s)?"
    r"(?:purport|appear|seem|claim|said to|alleg|show|depict|captur|circulat|shar|post|publish|releas|upload|tak|film"
    r"|broadcast|air|obtain|record|provid|distribut|verif|seen by|reviewed by|on (?:social media|Twitter"
    r"|Telegram|Facebook|TikTok|X\b))"
)
_LATER_VERB = (
    r"(?:circulat|spread|emerg|surfac|went|were\s|was\s|has\s|have\s|prompt|drew|spark|could\s|appeared\s(?:on|in))"
)
_SEEN = re.compile(
    rf"\b(?:{_DETERMINED}){_NOUN}(?:\s(?:and|or)\s{_NOUN})*\s{_RELATION}[^,.;:!?\n—“”\"]{{3,140}}?"
    rf"(?=\s{_LATER_VERB}|[,.;:!?\n—“”\"]|\Z)",
    re.IGNORECASE,
)
_PICTURED = re.compile("imag|photo|picture|video|footage|clip|recording", re.IGNORECASE)  # in all of _NOUN
_PURPORTED = re.compile(
    r"\bpurport|\bappear(?:s|ed|ing)?\sto\b|\bclaim(?:s|ed|ing)?\sto\b|\balleged|\bunverified\b|\bseem(?:s|ed|ing)?\sto\b"
    r"|\bsaid to\s(?:show|be|depict|have)|\b(?:not|n['’]t|unable to|cannot|never)\s(?:\w+\s){0,3}verif",
    re.IGNORECASE,
)
_VERIFIED = re.compile(r"\b(?:verified|authenticated|geolocated|confirmed as (?:authentic|genuine))\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?\n]")
_READ = frozenset({"narration", "quotation", "statement", "caption"})


class Media:
    """The media of a document: one a dated post, one a phrase that speaks of pictures, one a bare link.

    >>> document = Document.of("A video that appears to show the raid spread online.")
    >>> from dateline.passages.step import Passages
    >>> [(m.kind, m.claim, m.span.of(document.text)) for m in Media()(document, Passages()(document)[0])]
    [('video', 'purported', 'A video that appears to show the raid')]
    """

    producer = "rules-media@1"

    def __call__(self, document: Document, passages: tuple[Passage, ...]) -> tuple[Medium, ...]:
        """The media in the order of the text; spans never leave their passage."""
        found: list[Medium] = []
        for passage in passages:
            if passage.role == "post":
                found.append(_post(document.text, passage))
            else:
                if passage.role in _READ:
                    found += _seen(document.text, passage.span)
                found += [
                    Medium(Span(link.start(), link.start() + len(_address(link.group()))), "link", _url(link.group()))
                    for link in _URL.finditer(document.text, passage.span.start, passage.span.end)
                ]
        return tuple(sorted(found, key=lambda medium: medium.span))


def _post(text: str, passage: Passage) -> Medium:
    footer = footer_of(text, passage.span)
    link = _URL.search(text, passage.span.start, passage.span.end)
    return Medium(
        span=passage.span,
        kind="post",
        url=_url(link.group()) if link else None,
        handle=footer["handle"] if footer else None,
        posted=passage.anchor,
    )


def _seen(text: str, span: Span) -> list[Medium]:
    """What a passage says of pictures and video."""
    found: list[Medium] = []
    if not _PICTURED.search(text, span.start, span.end):
        return found
    for phrase in _SEEN.finditer(text, span.start, span.end):
        stop = _STOP.search(text, phrase.end(), min(span.end, phrase.end() + 300))
        sentence = text[phrase.start() : stop.end() if stop else phrase.end()]
        claim: Literal["purported", "verified"] | None = None
        if _PURPORTED.search(sentence):
            claim = "purported"
        elif _VERIFIED.search(sentence):
            claim = "verified"
        video = re.search(r"video|footage|clip|film|cam\b", phrase.group(), re.IGNORECASE)
        still = re.search(r"image|photo|picture", phrase.group(), re.IGNORECASE)
        kind: Literal["image", "video"] = "image" if still and (not video or still.start() < video.start()) else "video"
        found.append(Medium(Span(phrase.start(), phrase.end()), kind, claim=claim))
    return found


def _address(words: str) -> str:
    return words.rstrip(".,;:!?'’")


def _url(words: str) -> str:
    address = _address(words)
    return address if address.startswith("http") else "https://" + address
