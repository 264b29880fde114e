"""Days, figures and names put in the few words that the pages use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from dateline.knowledge.ontology import is_made

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
NONE = "not told"


def shown(words: object) -> str:
    """A text's own words for a page: control characters and marks that turn the writing dropped.

    >>> shown("shots\\x1b[2J heard")
    'shots[2J heard'
    """
    told = str(words)
    if told.isprintable():
        return told
    return "".join(
        ch for ch in told if ch.isspace() or (ch not in _TURNING and unicodedata.category(ch) not in ("Cc", "Cs"))
    )


def day(iso: str | None) -> str:
    """An ISO date or date-time as people write it; odd text is handed back as it is.

    >>> day("2019-12-31"), day("2019-12-31T14:30:00Z"), day(None)
    ('31 Dec 2019', '31 Dec 2019, 14:30', '')
    """
    if not iso:
        return ""
    try:
        told = date.fromisoformat(iso[:10])
    except ValueError:
        return shown(iso)
    clock = iso[11:16] if re.match(r"T\d\d:\d\d", iso[10:]) else ""
    return f"{told.day} {_MONTHS[told.month - 1]} {told.year}" + (f", {clock}" if clock not in ("", "00:00") else "")


def days(earliest: str | None, latest: str | None) -> str:
    """Two inclusive ISO bounds in words.

    >>> days("2019-12-29", "2019-12-31"), days(None, "2019-12-29"), days(None, None)
    ('29–31 Dec 2019', 'by 29 Dec 2019', 'day not told')
    """
    if not earliest or not latest:
        return f"from {day(earliest)}" if earliest else f"by {day(latest)}" if latest else f"day {NONE}"
    first, last = day(earliest[:10]), day(latest[:10])
    if first == last:
        return day(earliest)
    start, end = first.split(" "), last.split(" ")
    if len(start) == len(end) == 3 and start[1:] == end[1:]:
        return f"{start[0]}–{last}"
    if len(start) == len(end) == 3 and start[2] == end[2]:
        return f"{start[0]} {start[1]} – {last}"
    return f"{first} – {last}"


def figure(low: int | None, best: int | None, high: int | None) -> str:
    """A number as low–best–high, shorter where they agree.

    >>> figure(5, 5, 5), figure(24, 30, 99), figure(1000, None, 9999), figure(12, None, None)
    ('5', '24–30–99', '1,000–9,999', '12 or more')
    """
    if low is None:
        return number(best)
    if high is None:
        return f"{low:,} or more" + (f", best {best:,}" if best not in (None, low) else "")
    kept = [each for each in (low, best, high) if each is not None]
    return "–".join(f"{each:,}" for each in dict.fromkeys(kept))


def number(value: int | None) -> str:
    """A number with its thousands set apart.

    >>> number(52310)
    '52,310'
    """
    return "" if value is None else f"{value:,}"


def words(name: str) -> str:
    """A code as words: types and fields are told in lower case, underscores as blanks.

    >>> words("party.actor"), words("ASSAULT"), words("armed_clash")
    ('actor', 'assault', 'armed clash')
    """
    return shown(name.removeprefix("party.")).replace("_", " ").replace("-", " ").lower()


def kind(type: str, mode: str | None) -> str:
    """Type and mode in one string.

    >>> kind("ASSAULT", "aerial")
    'assault · aerial'
    """
    return f"{words(type)} · {words(mode)}" if mode else words(type)


def many(count: int, noun: str) -> str:
    """A count and its noun.

    >>> many(1, "origin"), many(1200, "document")
    ('1 origin', '1,200 documents')
    """
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def part(text: object) -> str:
    """A value as one part of a path or query: nothing in it can end the part.

    >>> part("a/b?c#d")
    'a%2Fb%3Fc%23d'
    """
    return quote(str(text), safe="")


def figures(row: Any) -> str:
    """What is counted in an incident of a list: as its summary tells it, where that is still the one that was made."""
    if is_made(row.summary) and not row.edited:
        return shown(row.summary.partition(": ")[2])
    counted = [f"{number(count)} {what}" for count, what in ((row.killed, "killed"), (row.injured, "injured")) if count]
    return ", ".join(counted)


def told(row: Any) -> str:
    """The summary that a person wrote; the one that was made says nothing that the list does not say already."""
    return "" if is_made(row.summary) else shown(row.summary)


def values(told: Mapping[str, object]) -> str:
    """The values of a decision in a few words.

    >>> values({"low": 3, "best": None, "high": 5}), values({"to": "ASSAULT"}), values({})
    ('low 3, high 5', 'ASSAULT', 'nothing')
    """
    kept = [(name, shown(value)) for name, value in told.items() if value not in (None, "")]
    return (
        ", ".join(value if name in ("to", "answer") else f"{words(name)} {value}" for name, value in kept) or "nothing"
    )


def reading_path(document: str) -> str:
    """The address of a document's Reading page; slashes stay, as ids may be paths."""
    return "/readings/" + quote(document, safe="/:@!$&'()*+,;=~")


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "shown": shown,
        "day": day,
        "number": number,
        "words": words,
        "part": part,
        "reading_path": reading_path,
        "days": lambda row: days(row.earliest, row.latest),
        "kind": lambda row: kind(row.type, row.mode),
        "many": many,
        "values": values,
        "figures": figures,
        "told": told,
    }
)

DEEDS: Mapping[str, str] = MappingProxyType(
    {
        "accept": "accepted it",
        "reject": "rejected it",
        "edit": "set",
        "add": "added a missed event",
        "link": "judged a link",
        "merge": "merged another incident into it",
        "split": "split tellings off",
        "assign": "assigned it",
        "comment": "commented",
        "undo": "took a decision back",
    }
)
"""What a decision did, after the reviewer's name."""
