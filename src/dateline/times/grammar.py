"""The table of written forms made ready once: which rules can begin with a word, and their patterns."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.core import TimexType
from dateline.knowledge.calendar import TimeRule, calendar, time_feasts, time_patterns, time_rules, time_words

FIGURE = "#"
ARTICLE = "the"
LEADS = ("mod", "when", "approx")
_GAP = r"(?:[ \t\u00a0]{1,3}|[ \t]?\r?\n[ \t]?)"
_JOINS = {
    "": _GAP,
    "~": rf"(?:{_GAP}|-)",
    "-": r"[ \u00a0]?[-‐‑–—/][ \u00a0]?",
    "+": "",
    ",": rf"(?:,?{_GAP}|,)",
}
_NAME = re.compile(r"\{([a-z]+)\}")
_FIRST = re.compile(r"[^\W\d_]+|[0-9]")


@dataclass(frozen=True, slots=True)
class Form:
    """A compiled rule; ``lists`` says in which list the value of a group is looked up.

    What may stand in front is matched apart, once for all forms: an article ("the": ``article`` says
    whether it "may", "must" or, where "", must not stand there) and then ``lead``, the name of a list
    of modifiers ("late", "about"; "" for none) whose value goes to the group ``mod``.
    """

    rule: TimeRule
    type: TimexType
    article: str
    lead: str
    source: str
    lists: Mapping[str, str]
    constants: Mapping[str, str]
    before: tuple[bool, re.Pattern[str]] | None
    after: tuple[bool, re.Pattern[str]] | None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The rule's regular expression, compiled at its first use: most texts need few of the rules."""
        return _compiled(self.source)


@dataclass(frozen=True, slots=True)
class Grammar:
    """``by_word`` gives the forms that can begin with a word (lower case) or a figure (``#``), ``leads``
    the lists of modifiers that can begin with a word, each as (list, pattern), ``starters`` all words that
    anything can begin with.
    """

    by_word: Mapping[str, tuple[Form, ...]]
    leads: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]
    lists: Mapping[str, Mapping[str, str]]
    starters: frozenset[str]


@functools.cache
def grammar() -> Grammar:
    """The grammar of time expressions, compiled once.

    >>> any(form.rule.name == "amount" for form in grammar().by_word["three"])
    True
    """
    lists = {**time_words(), **_calendar_lists()}
    patterns, starts = _patterns(lists)
    by_word: dict[str, list[Form]] = {}
    for rule in time_rules():
        core, article, lead = _fronted(rule.form)
        pattern, first, groups = _Reader(core, patterns, starts).read()
        form = Form(
            rule,
            rule.type,  # type: ignore[arg-type]
            article,
            lead,
            pattern + r"(?![^\W_])",
            {group: name for group, name in groups.items() if name in lists},
            dict(rule.constants),
            _beside(rule.before, r"(?:^|[^\w'’])(?:{})[ \t\r\n\u00a0]{{1,3}}$"),
            _beside(rule.after, r"[ \t\r\n\u00a0]{{0,3}}(?:{})(?![^\W_])"),
        )
        for word in first:
            by_word.setdefault(word, []).append(form)
    leads: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for name in LEADS:
        lead_pattern = re.compile(f"({patterns[name]}){_JOINS['~']}", re.IGNORECASE)
        for word in starts[name]:
            leads.setdefault(word, []).append((name, lead_pattern))
    return Grammar(
        {word: tuple(forms) for word, forms in by_word.items()},
        {word: tuple(each) for word, each in leads.items()},
        lists,
        frozenset(by_word) | frozenset(leads) | {ARTICLE},
    )


def _fronted(form: str) -> tuple[str, str, str]:
    """(the form without what may stand in front, whether an article may or must, which list of modifiers)."""
    tokens = form.split()
    article, lead = "", ""
    if tokens[0] in ("the?", "the") and len(tokens) > 1:
        article = "may" if tokens[0] == "the?" else "must"
        tokens = tokens[1:]
    if tokens[0].endswith("}?") and tokens[0].strip("{}?").split("=")[0] in LEADS:
        lead = tokens[0].strip("{}?").split("=")[0]
        tokens = tokens[1:]
    return " ".join([tokens[0].lstrip("~,"), *tokens[1:]]), article, lead


def key(word: str) -> str:
    """What a word is looked up under: its leading letters in lower case, or ``#`` for a figure.

    >>> key("Q3"), key("14th"), key("Mid")
    ('q', '#', 'mid')
    """
    match = _FIRST.match(word)
    return "" if match is None else FIGURE if match[0].isdigit() else match[0].lower()


@functools.cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


def _calendar_lists() -> dict[str, dict[str, str]]:
    words = calendar()
    long_days = {name: str(number) for name, number in words.weekdays.items() if name not in words.capital}
    return {
        "month": {name: str(number) for name, number in words.months.items()},
        "weekday": long_days,
        "weekdays": {name + "s": number for name, number in long_days.items()},
        "season": {name: code for name, (code, _) in words.seasons.items()},
        "holiday": {name: feast.rule for name, feast in time_feasts().items()},
        "zonename": {name: str(minutes) for name, minutes in words.zones.items() if name not in ("z", "et", "wet")},
    }


def _patterns(lists: Mapping[str, Mapping[str, str]]) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Every named pattern written out, and the words it can begin with."""
    patterns = {"gap": _GAP}
    starts: dict[str, frozenset[str]] = {}
    for name, words in lists.items():
        patterns[name] = _alternatives(words)
        starts[name] = frozenset(key(word) for word in words)
    for each in time_patterns():
        written = _NAME.sub(lambda m: patterns[m[1]], each.pattern)
        patterns[each.name] = f"(?:{written})"
        starts[each.name] = frozenset().union(*(starts.get(start, frozenset((start,))) for start in each.starts))
    return patterns, starts


def _alternatives(words: Iterable[str]) -> str:
    """The words as one pattern, longest match first; white space in them matches any gap."""
    abbreviations = calendar().capital - {"may", "march"}
    tree: dict[str, Any] = {}
    for word in words:
        for written in (word, word + ".") if word in abbreviations else (word,):
            node = tree
            for letter in written:
                node = node.setdefault(letter, {})
            node[""] = {}
    return f"(?:{_branches(tree)})(?![a-z])"


def _branches(node: Mapping[str, Any]) -> str:
    """A tree of letters as a pattern: shared beginnings are tried once, and longer words first."""
    made = []
    for letter, below in node.items():
        if letter:
            here = _GAP if letter == " " else "['’]" if letter == "'" else re.escape(letter)
            made.append(here + _branches(below))
    if "" not in node:
        return made[0] if len(made) == 1 else f"(?:{'|'.join(made)})"
    return f"(?:{'|'.join(made)})?" if made else ""


def _beside(cell: str, frame: str) -> tuple[bool, re.Pattern[str]] | None:
    """(whether it must be there, what) of a cell of the columns before and after."""
    if not cell:
        return None
    wanted = not cell.startswith("!")
    words = [r"[.,;:)\"'”’]|$|\n" if word == "END" else re.escape(word) for word in cell.lstrip("!").split("|")]
    return wanted, re.compile(frame.format("|".join(words)), re.IGNORECASE)


class _Reader:
    """Reads one rule's notation into a regular expression."""

    def __init__(self, form: str, patterns: Mapping[str, str], starts: Mapping[str, frozenset[str]]) -> None:
        self._tokens = form.split()
        self._at = 0
        self._patterns = patterns
        self._starts = starts
        self._groups: dict[str, str] = {}

    def read(self) -> tuple[str, frozenset[str], dict[str, str]]:
        """(pattern, words it can begin with, group → list)."""
        pattern, first, _ = self._sequence()
        return pattern, first, self._groups

    def _sequence(self) -> tuple[str, frozenset[str], str]:
        """Elements up to a closing bracket; the last value is that bracket ("" at the end)."""
        items: list[tuple[str, str, bool]] = []
        first: set[str] = set()
        open_start = True
        closing = ""
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token in (")", ")?"):
                closing = token
                break
            join = token[0] if token[0] in "~-+," and len(token) > 1 else ""
            pattern, starts, optional = self._element(token[len(join) :])
            items.append((_JOINS[join], pattern, optional))
            if open_start:
                first |= starts
                open_start = optional
        return _joined(items), frozenset(first), closing

    def _element(self, token: str) -> tuple[str, frozenset[str], bool]:
        if token == "(":
            pattern, starts, closing = self._sequence()
            return pattern, starts, closing == ")?"
        optional = token.endswith("?")
        token = token.removesuffix("?")
        if token.startswith("{"):
            name, _, group = token.strip("{}").partition("=")
            self._groups[group or name] = name
            return f"(?P<{group or name}>{self._patterns[name]})", self._starts[name], optional
        group, _, words = token.rpartition("=")
        pattern = "|".join(map(re.escape, words.split("|")))
        starts = frozenset(key(word) for word in words.split("|"))
        return (f"(?P<{group}>{pattern})" if group else f"(?:{pattern})"), starts, optional


def _joined(items: list[tuple[str, str, bool]]) -> str:
    """The elements in a row: optional ones in front bring the join behind them, later ones the join before."""
    written, started = "", False
    for k, (join, pattern, optional) in enumerate(items):
        if not started and optional:
            written += f"(?:{pattern}{items[k + 1][0]})?"
        elif not started:
            written, started = written + pattern, True
        else:
            written += f"(?:{join}{pattern})?" if optional else join + pattern
    return written
