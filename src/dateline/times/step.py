"""The step: every passage's expressions found and resolved against the passage's own anchor."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from dateline.core import Document, Passage, PassageRole, Span, Timex, content_id
from dateline.knowledge.calendar import time_words
from dateline.language import Parse
from dateline.language.dates import find_dates, read_date
from dateline.times.borrow import with_starts, with_years
from dateline.times.edtf import edtf
from dateline.times.find import Found, find
from dateline.times.grammar import grammar
from dateline.times.names import FalseFriends
from dateline.times.periods import Date
from dateline.times.resolve import check, resolve
from dateline.times.scene import Meaning, Memory, Scene
from dateline.times.tense import Ahead, Tense, tense

_OUTLET: tuple[PassageRole, ...] = ("header", "headline", "byline", "dateline", "narration", "caption", "boilerplate")
_SIGNED = 60
_REACH = 24
_QUOTE = 400
_OPENS = re.compile(
    r"(?:^|[.!?][\"”’')]*\s|\n)\s*"
    r"(?:(?:In|By|During|On|Throughout|From|At|Between|Until|After|Since|Before|As of)\s)?"
    r"(?:the\s)?(?:(?:early|late|mid|end of)[\s-])?$"
)
_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s|\n\s*\n")


class Times:
    """Finds and resolves time expressions, and settles the passages' anchors.

    An expression is relative to its passage's anchor: the date of the statement or post where that is
    known, else the document's. Nothing is guessed where no date is known: then relative
    expressions keep their words and an open value.

    >>> from dateline.core import Passage
    >>> document = Document.of("Gunmen killed nine people on Sunday.", published="2019-12-31")
    >>> whole = Passage("p1", Span(0, 36), "narration", "v1")
    >>> [(t.value, t.earliest, t.latest) for t in Times()(document, Parse(()), (whole,))[0]]
    [('2019-12-29', '2019-12-29', '2019-12-29')]
    """

    producer = "rules-times@1"

    def __init__(self) -> None:
        check()
        self._grammar = grammar()
        self._false = FalseFriends()
        words = time_words()
        self._ahead = Ahead(*(frozenset(words[name]) for name in ("forward", "toward", "ahead", "timetable")))
        next(find_dates(""), None)

    def __call__(
        self, document: Document, parse: Parse, passages: tuple[Passage, ...]
    ) -> tuple[tuple[Timex, ...], tuple[Passage, ...]]:
        """The expressions in order, and the passages with their anchors."""
        published = _day(document.published)
        found = [self._find(document.text, passage.span, parse) for passage in passages]
        narrative = _is_narrative([each for many in found for each in many], published)
        home = Memory(published, narrative)
        settled: list[Passage] = []
        meanings: list[Meaning] = []
        for passage, many in zip(passages, found, strict=True):
            anchor = _anchor(document.text, passage, settled, meanings, home.anchor)
            memory = home
            if passage.role not in _OUTLET or anchor != home.anchor:
                memory = Memory(anchor, narrative and anchor == home.anchor)
            told = self._resolve(document.text, many, memory, parse)
            meanings += told
            if passage.role == "dateline":
                home.anchor = _of_dateline(told, home.anchor)
                anchor = home.anchor
            settled.append(replace(passage, anchor=passage.anchor or (anchor.isoformat() if anchor else None)))
        return tuple(_timex(document, meaning) for meaning in meanings), tuple(settled)

    def _find(self, text: str, span: Span, parse: Parse) -> list[Found]:
        return with_years(
            text, [each for each in find(text, span, self._grammar) if not self._false(text, each, parse)]
        )

    def _resolve(self, text: str, found: list[Found], memory: Memory, parse: Parse) -> list[Meaning]:
        """The meanings in order; times of day look for their day in their own sentence first."""
        made: list[Meaning] = []
        at = 0

        def nearby(time: Found) -> Date | None:
            """The day told beside a time of day, else in its sentence, else the one under discussion."""
            beside = [found[k] for k in (at - 1, at + 1, at - 2, at + 2) if 0 <= k < len(found)]
            for other in [time.on] if time.on else beside:
                if _is_day(other) and (other is time.on or _same_sentence(text, time.span, other.span)):
                    told = resolve(scene, other, text)
                    if told and told[0].value[:1].isdigit():
                        return _day(told[0].value[:10])
            return memory.day or (None if memory.narrative else memory.anchor)

        scene = Scene(memory, self._tense_of(text, parse), nearby)
        for at, each in enumerate(found):  # noqa: B007 - nearby reads it
            opens = _OPENS.search(text, max(0, each.span.start - _REACH), each.span.start) is not None
            quoted = memory.narrative and _is_of_a_speaker(text, each)
            for meaning in resolve(
                replace(scene, memory=replace(memory, anchor=None)) if quoted else scene, each, text
            ):
                made.append(meaning)
                memory.learn(meaning, opens)
        return with_starts(text, made)

    def _tense_of(self, text: str, parse: Parse) -> Callable[[Span], Tense]:
        return lambda span: tense(text, parse, span, self._ahead)


def _anchor(
    text: str, passage: Passage, settled: Sequence[Passage], meanings: Sequence[Meaning], home: Date | None
) -> Date | None:
    """The passage's own anchor, else the date in its intro, else the date where it stands."""
    if passage.anchor:
        return _day(passage.anchor)
    if passage.intro:
        intro = passage.intro
        for k in range(bisect_left(meanings, intro.start, key=lambda each: each.span.start), len(meanings)):
            meaning = meanings[k]
            if meaning.span.start >= intro.end:
                break
            if meaning.interval.precision == "day" and meaning.interval.earliest == meaning.interval.latest:
                return _day(meaning.interval.earliest)
        k = bisect_right(settled, intro.start, key=lambda each: each.span.start) - 1
        return _day(settled[k].anchor) if k >= 0 else home
    if passage.role == "post":
        end = passage.span.end
        signed = [iso for at, iso in find_dates(text, max(passage.span.start, end - _SIGNED), end) if end - at.end < 3]
        return _day(signed[-1]) if signed else home
    return home


def _of_dateline(told: list[Meaning], home: Date | None) -> Date | None:
    """A dateline's day is the day that the report speaks of as today, where it is about as old as the report."""
    days = [_day(each.interval.earliest) for each in told if each.interval.precision == "day"]
    first = next((each for each in days if each), None)
    if first and (home is None or 0 <= (home - first).days <= 7):
        return first
    return home


def _is_narrative(found: list[Found], published: Date | None) -> bool:
    """Whether the text tells a history: many years of the past, and hardly a word that needs today."""
    today = {"dayword", "weekday", "lastpart", "ago", "period"}
    near = [each for each in found if today & each.fields.keys() and not {"chain", "that"} & each.fields.keys()]
    told = [year for each in found if (year := _told_year(each)) is not None]
    old = [year for year in told if published is None or year < published.year - 1]
    return len(told) >= 5 and len(told) >= 3 * len(near) and len(old) >= len(told) // 2


def _told_year(found: Found) -> int | None:
    """The year that an expression itself tells; 0 for one before Christ."""
    if found.date:
        return int(found.date[:4])
    if "bcyear" in found.fields:
        return 0
    return int(found.fields["year"]) if "year" in found.fields and "borrowed" not in found.fields else None


def _is_of_a_speaker(text: str, found: Found) -> bool:
    """Whether "today" or "two years ago" stands in quotation marks: in a history it counts from a day not told."""
    if not {"dayword", "ago"} & found.fields.keys():
        return False
    before = text[max(0, found.span.start - _QUOTE) : found.span.start].rpartition("\n\n")[2]
    return before.count('"') % 2 == 1 or before.rfind("“") > before.rfind("”")


def _same_sentence(text: str, one: Span, other: Span) -> bool:
    first, last = sorted((one, other))
    return first.end >= last.start or (
        last.start - first.end < 200 and not _SENTENCE_END.search(text, first.end, last.start)
    )


def _is_day(found: Found) -> bool:
    return found.date is not None or bool({"weekday", "day", "dayword"} & found.fields.keys())


def _day(iso: str | None) -> Date | None:
    """The day of an ISO date or date-time, or of any written date; None where it is none."""
    if not iso:
        return None
    told = read_date(iso)
    return Date.fromisoformat(told[:10]) if told else None


def _timex(document: Document, meaning: Meaning) -> Timex:
    return Timex(
        content_id("t", document.sha256, meaning.span.start, meaning.span.end),
        meaning.span,
        meaning.type,
        meaning.value,
        meaning.interval.earliest,
        meaning.interval.latest,
        meaning.interval.precision,
        edtf(meaning.type, meaning.value, meaning.interval),
    )
