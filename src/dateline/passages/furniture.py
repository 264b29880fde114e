"""What a page holds beside its report: captions, promotion, lists of other stories, corrections."""

from __future__ import annotations

import re

from dateline.core import PassageRole, Span
from dateline.knowledge.outlets import page_phrases
from dateline.knowledge.page_headings import HeadedBlock, headed_block

_LONGEST = 600
_TITLE_WORDS = 24
_OPENING = "*_†‡#[(•· \t"
_BULLETS = re.compile(r"[•·▪●*–—»>-]\s")


class Furniture:
    """Asked paragraph by paragraph: it remembers which list or correction has been headed.

    >>> furniture = Furniture()
    >>> [furniture(line) for line in ("Related stories", "Gunmen kill 30 at wedding", "Rain fell on Monday.")]
    ['boilerplate', 'boilerplate', None]
    """

    __slots__ = ("_headed",)

    def __init__(self) -> None:
        self._headed: HeadedBlock | None = None

    def __call__(self, words: str) -> PassageRole | None:
        """The role of a paragraph that is no part of the report, or None.

        A correction is boilerplate: the figure that it takes back is no news.
        """
        headed, self._headed = self._headed, headed_block(words)
        if self._headed:
            return "boilerplate"
        role: PassageRole | None = None
        if len(words) < _LONGEST:
            role = page_phrases().role(words)
            if role is None and words[0] in _OPENING:
                inner = page_phrases().role(words.lstrip(_OPENING))
                role = inner if inner == "boilerplate" else None
        if headed == "correction":
            return "boilerplate"
        if headed == "links" and (role == "boilerplate" or _is_title(words)):
            self._headed = "links"
            return "boilerplate"
        return role


def _is_title(words: str) -> bool:
    """Whether a paragraph is a headline, or a list of them: no line of it ends as a sentence does."""
    lines = [line.strip() for line in words.splitlines()]
    return all(
        len(line.split()) <= _TITLE_WORDS and (line[-1:] not in '.:,;”"' or _BULLETS.match(line) is not None)
        for line in lines
    )


def is_end(text: str, paragraph: Span) -> bool:
    """Whether a paragraph says that a printed statement ends here.

    >>> is_end("End of statement.", Span(0, 17))
    True
    """
    return paragraph.end - paragraph.start <= 40 and _END.fullmatch(text, paragraph.start, paragraph.end) is not None


_END = re.compile(
    r"\W{0,4}(?:(?:end|ends|close)(?:\sof)?(?:\s(?:the\s)?(?:full\s)?(?:statement|text|message|communiqu[eé]|letter|transcript|quote))?"
    r"|(?:statement|text|quote|transcript)\sends)\W{0,4}",
    re.IGNORECASE,
)
