"""Where time expressions stand: the grammar run over the text, word by word, longest match first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dateline.core import Span
from dateline.knowledge.calendar import calendar
from dateline.language.dates import find_dates
from dateline.times.grammar import ARTICLE, FIGURE, Form, Grammar

_WORD = re.compile(r"[^\W\d_]+|[0-9][^\W_]*")
_ARTICLE = re.compile(r"the(?:[ \t\u00a0]{1,3}|[ \t]?\r?\n[ \t]?)", re.IGNORECASE)
_POWER = re.compile(r"[0-9]\*{1,2}$")
_BEFORE = 24
_WITH_DATE = re.compile(r"(?:,?[ \t\u00a0]|[ \t]?\r?\n|,)(?:of[ \t\u00a0])?")


@dataclass(frozen=True, slots=True)
class Found:
    """An expression as it is written: what was read, before it is resolved.

    ``fields`` are the values of its words and figures; ``parts`` where the figures stand. ``date`` is
    the ISO date of a full date (then there is no form), ``on`` the date that stands behind a time of
    day ("10 p.m. Wednesday").
    """

    span: Span
    form: Form | None
    fields: Mapping[str, str]
    parts: Mapping[str, Span]
    date: str | None = None
    on: Found | None = None


def find(text: str, span: Span, grammar: Grammar) -> list[Found]:
    """The expressions in a stretch of text, in order, without overlap. Linear in the text's length."""
    dates = {each.start: (each, iso) for each, iso in find_dates(text, span.start, span.end, day_first=False)}
    found: list[Found] = []
    taken = span.start
    for word in _WORD.finditer(text, span.start, span.end):
        at = word.start()
        if at < taken:
            continue
        key = _key(word[0])
        best = _longest(text, at, span.end, key, grammar) if key in grammar.starters else None
        full = dates.get(at)
        if full and (best is None or full[0].end >= best.span.end):
            best = Found(full[0], None, {}, {}, full[1])
        if best:
            taken = best.span.end
            if best.form is None or best.form.rule.action != "none":
                found.append(best)
    return list(_with_dates(text, found))


def _longest(text: str, at: int, end: int, word: str, grammar: Grammar) -> Found | None:
    """The longest expression that begins with the word (its key) at a place."""
    if not _may_begin(text, at, word):
        return None
    best: tuple[int, Form, re.Match[str], str] | None = None
    for start, word_there, article, lead, mod in _fronts(text, at, end, word, grammar):
        for form in grammar.by_word.get(word_there, ()):
            if not _fits(form, article, lead):
                continue
            match = form.pattern.match(text, start, end)
            whole = bool(best and best[3] and not mod)
            if match and (best is None or match.end() > best[0] - whole) and _allowed(text, at, match, form):
                best = match.end(), form, match, mod
    if best is None:
        return None
    finish, form, match, mod = best
    fields = dict(form.constants)
    for group, value in match.groupdict().items():
        if value is not None:
            fields[group] = _value(value, form.lists.get(group), grammar)
    if mod:
        fields["mod"] = mod
    names: tuple[str, ...] = ("first", "day", "year", "shortyear", "bcyear")
    parts = {group: Span(*match.span(group)) for group in names if group in fields}
    return Found(Span(at, finish), form, fields, parts)


def _fits(form: Form, article: bool, lead: str) -> bool:
    if lead and form.lead != lead:
        return False
    return bool(form.article) if article else form.article != "must"


def _fronts(text: str, at: int, end: int, word: str, grammar: Grammar) -> Iterator[tuple[int, str, bool, str, str]]:
    """Each way in: (where the form begins, its first word, whether behind an article, the modifier and its list)."""
    places = [(at, word, False)]
    article = _ARTICLE.match(text, at, end) if word == ARTICLE else None
    if article:
        following = _WORD.match(text, article.end(), end)
        if following:
            places.append((article.end(), _key(following[0]), True))
    for start, first, has_article in places:
        yield start, first, has_article, "", ""
        for name, pattern in grammar.leads.get(first, ()):
            match = pattern.match(text, start, end)
            following = _WORD.match(text, match.end(), end) if match else None
            if match and following:
                value = _value(match[1], name, grammar) or "ABOUT"
                yield match.end(), _key(following[0]), has_article, name, value


def _key(word: str) -> str:
    return FIGURE if word[0].isdigit() else word.lower()


def _may_begin(text: str, at: int, word: str) -> bool:
    """Whether the word is not the tail of a number, a code or a price (F-16, 1,500, $20)."""
    if at == 0:
        return True
    before = text[at - 1]
    if before.isalnum() or before in "_@#^" or _POWER.search(text, max(0, at - 3), at):
        return False
    if word != FIGURE:
        return True
    if before in "$£€/" or (before in ".,:" and text[at - 2 : at - 1].isdigit()):
        return False
    return before not in "-‑" or text[at : at + 4].isdigit() or not text[at - 2 : at - 1].isalnum()


def _allowed(text: str, start: int, match: re.Match[str], form: Form) -> bool:
    """Whether the words beside it let a form stand, and a month that is also another word has its capital."""
    end = match.end()
    if "month" in form.lists and match["month"][0].islower() and match["month"].rstrip(".") in calendar().capital:
        return False
    if form.before and bool(form.before[1].search(text[max(0, start - _BEFORE) : start])) != form.before[0]:
        return False
    return not form.after or bool(form.after[1].match(text, end)) == form.after[0]


def _value(words: str, name: str | None, grammar: Grammar) -> str:
    """What the words stand for in their list; the words themselves where they are in none."""
    if name is None:
        return words
    plain = " ".join(words.lower().replace("’", "'").split())
    values = grammar.lists[name]
    return values.get(plain, values.get(plain.rstrip("."), values.get(plain.replace("'", "’"), plain)))


def _with_dates(text: str, found: list[Found]) -> Iterator[Found]:
    """A time of day takes in the date right behind it."""
    k = 0
    while k < len(found):
        here = found[k]
        after = found[k + 1] if k + 1 < len(found) else None
        if after and here.form and here.form.rule.action in ("clock", "part") and _is_date(after):
            between = text[here.span.end : after.span.start]
            if len(between) <= 6 and _WITH_DATE.fullmatch(between):
                yield Found(Span(here.span.start, after.span.end), here.form, here.fields, here.parts, on=after)
                k += 2
                continue
        yield here
        k += 1


def _is_date(found: Found) -> bool:
    if found.form is None:
        return True
    return found.form.type != "SET" and bool({"weekday", "day", "dayword"} & found.fields.keys())
