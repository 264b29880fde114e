"""The calendar's words and the written forms of time expressions."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from dateline.knowledge.tables import read_table

_TYPES = ("DATE", "TIME", "DURATION", "SET")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Names in lower case, without a final dot.

    ``months`` give 1 to 12, ``weekdays`` ISO numbers (Monday 1), ``seasons`` the TIMEX3 code and the
    first month on the northern half of the earth, ``zones`` minutes east of UTC. ``capital`` holds
    the names that are also other words or parts of words ("may", "sat"): in running text they count
    only with a capital.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, tuple[str, int]]
    zones: Mapping[str, int]
    capital: frozenset[str]


@dataclass(frozen=True, slots=True)
class TimePattern:
    """A named regular expression of time expressions; ``starts``: what it can begin with."""

    name: str
    pattern: str
    starts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimeRule:
    """One written form of time expressions and what its resolver does with it.

    ``form`` is in the notation that the table's header tells; ``constants`` are (name, value) pairs;
    ``before`` and ``after`` are the words that must (or, where ``!`` comes first, must not) stand
    beside it.
    """

    name: str
    form: str
    type: str
    action: str
    constants: tuple[tuple[str, str], ...]
    before: str
    after: str


@functools.cache
def calendar() -> Calendar:
    """The calendar's words, read once.

    >>> calendar().months["sept"], calendar().weekdays["sunday"], calendar().seasons["fall"]
    (9, 7, ('FA', 9))
    """
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    seasons: dict[str, tuple[str, int]] = {}
    zones: dict[str, int] = {}
    capital: set[str] = set()
    plain = {"month": months, "weekday": weekdays, "zone": zones}
    for row in read_table("lexicons/time_calendar.tsv", ("kind", "name", "number", "code")):
        try:
            number = int(row["number"])
        except ValueError:
            raise row.error(f"not a number: {row['number']}") from None
        if row["kind"] == "season":
            seasons[row["name"]] = (row["code"], number)
        elif row["kind"] in plain:
            plain[row["kind"]][row["name"]] = number
            if row["code"] == "cap":
                capital.add(row["name"])
        else:
            raise row.error(f"unknown kind: {row['kind']}")
    return Calendar(months, weekdays, seasons, zones, frozenset(capital))


@functools.cache
def time_words() -> Mapping[str, Mapping[str, str]]:
    """The lists of words that time expressions are made of: list → word → value.

    >>> time_words()["unit"]["weeks"], time_words()["dayword"]["yesterday"]
    ('W', '-1')
    """
    lists: dict[str, dict[str, str]] = {}
    for row in read_table("lexicons/time_words.tsv", ("list", "word", "value")):
        words = lists.setdefault(row["list"], {})
        if row["word"] in words:
            raise row.error(f"{row['word']} stands in the list {row['list']} twice")
        words[row["word"]] = row["value"]
    return lists


@functools.cache
def time_patterns() -> tuple[TimePattern, ...]:
    """The named patterns of figures and compound words, in the table's order.

    >>> next(each.starts for each in time_patterns() if each.name == "year")
    ('#',)
    """
    rows = read_table("lexicons/time_patterns.tsv", ("name", "pattern", "starts"))
    return tuple(TimePattern(row["name"], row["pattern"], tuple(row["starts"].split())) for row in rows)


@functools.cache
def time_rules() -> tuple[TimeRule, ...]:
    """The written forms of time expressions, in the table's order.

    >>> next(rule.action for rule in time_rules() if rule.name == "rel-weekday")
    'calendar'
    """
    columns = ("name", "rule", "type", "action", "with", "before", "after")
    found = []
    for row in read_table("lexicons/time_rules.tsv", columns):
        if row["type"] not in _TYPES:
            raise row.error(f"unknown type: {row['type']}")
        constants = tuple(
            (name, value) for name, _, value in (pair.partition("=") for pair in row["with"].split()) if name
        )
        found.append(
            TimeRule(row["name"], row["rule"], row["type"], row["action"], constants, row["before"], row["after"])
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class TimeName:
    """Words that read like a date and are part of a name beside certain other words (all lower case)."""

    words: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]


@functools.cache
def time_names() -> tuple[TimeName, ...]:
    """The names that look like dates.

    >>> any("bloody" in name.before for name in time_names() if "sunday" in name.words)
    True
    """
    rows = read_table("lexicons/time_names.tsv", ("words", "before", "after"))
    return tuple(TimeName(*(frozenset(row.list(column)) for column in ("words", "before", "after"))) for row in rows)


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast or recurring season: its rule as the table's header tells it, and whether it needs a capital."""

    rule: str
    capital: bool


@functools.cache
def time_feasts() -> Mapping[str, Feast]:
    """Feasts and recurring seasons by their names in lower case.

    >>> time_feasts()["christmas day"].rule, time_feasts()["diwali"].rule
    ('12-25', '?')
    """
    rows = read_table("lexicons/time_feasts.tsv", ("name", "rule", "cap"))
    return {row["name"]: Feast(row["rule"], row["cap"] == "cap") for row in rows}
