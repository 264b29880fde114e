"""Numbers in words and figures as intervals: (low, best, high)."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from dateline.knowledge.tables import read_table

Interval = tuple[int, int | None, int | None]
Effect = Literal["min", "max", "below", "nearly", "approx", "exact"]

_LARGEST = 10**9
_LONGEST = 12
_FIGURE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,10}")
_DECIMAL = re.compile(r"[0-9]{1,4}\.[0-9]{1,3}")
_DASHES = re.compile(r"[-‐-―−]")
_JOINTS = ("to", "or", "-")


@dataclass(frozen=True, slots=True)
class _Word:
    low: int
    best: int | None
    high: int | None
    scale: bool
    tens: bool
    vague: bool


@functools.cache
def _words() -> dict[tuple[str, ...], _Word]:
    found: dict[tuple[str, ...], _Word] = {}
    for row in read_table("lexicons/numbers.tsv", ("words", "low", "best", "high", "note")):
        try:
            low, best, high = (int(row[c]) if row[c] else None for c in ("low", "best", "high"))
        except ValueError as error:
            raise row.error("low, best and high are whole numbers or empty") from error
        if low is None or not low <= (low if best is None else best) <= (_LARGEST if high is None else high):
            raise row.error("low ≤ best ≤ high is needed")
        note = re.split("[; ]", row["note"])[0]
        found[tuple(row["words"].split())] = _Word(low, best, high, note == "scale", note == "tens", note == "vague")
    return found


@functools.cache
def _modifiers() -> tuple[dict[tuple[str, ...], Effect], dict[tuple[str, ...], Effect]]:
    before: dict[tuple[str, ...], Effect] = {}
    after: dict[tuple[str, ...], Effect] = {}
    for row in read_table("lexicons/number_modifiers.tsv", ("words", "place", "effect", "note")):
        if row["place"] not in ("before", "after") or row["effect"] not in get_args(Effect):
            raise row.error("the place is before or after, the effect one of " + ", ".join(get_args(Effect)))
        side = before if row["place"] == "before" else after
        side[tuple(row["words"].split())] = cast(Effect, row["effect"])
    return before, after


def cardinals(most: int) -> dict[str, int]:
    """The plain words for the numbers from 1 to ``most``: the first that the table has for each.

    >>> cardinals(2)
    {'one': 1, 'two': 2}
    """
    first: dict[int, str] = {}
    for words, word in _words().items():
        if len(words) == 1 and word.low == word.high and 1 <= word.low <= most:
            first.setdefault(word.low, words[0])
    return {word: number for number, word in sorted(first.items())}


def read_number(words: Sequence[str]) -> Interval | None:
    """The number that the words tell, or None where they tell none.

    ``best`` None: no figure is told ("up to 30"); ``high`` None: open above ("at least 24"). Of a
    range the lower end is the best guess, as coders of conflict do. "About" allows a tenth either
    way and vague words have the intervals of ``lexicons/numbers.tsv``: both are our own defaults.
    None above a thousand million.

    >>> read_number(["at", "least", "24"]), read_number(["two", "dozen"]), read_number(["30", "-", "plus"])
    ((24, 24, None), (24, 24, 24), (30, 30, None))
    >>> read_number(["between", "6", "and", "8"]), read_number(["dozens"]), read_number(["10^30"])
    ((6, 6, 8), (24, 24, 99), None)
    """
    tokens = _tokens(words)
    if not tokens or len(tokens) > _LONGEST:
        return None
    effects, tokens = _strip_modifiers(tokens)
    value = _range(tokens)
    for effect in reversed(effects):
        value = value and _changed(value, effect)
    return value if value and value[0] <= _LARGEST else None


def _tokens(words: Sequence[str]) -> list[str]:
    """Lower-case words, split at dashes; a dash between two figures stays as a joint."""
    parts = [part for word in words[: _LONGEST + 1] for part in _DASHES.sub(" - ", word.lower()).split()]
    kept = []
    for k, part in enumerate(parts):
        between = 0 < k < len(parts) - 1 and _FIGURE.fullmatch(parts[k - 1]) and _FIGURE.fullmatch(parts[k + 1])
        if part != "-" or between:
            kept.append(part)
    return kept


def _strip_modifiers(tokens: list[str]) -> tuple[list[Effect], list[str]]:
    effects: list[Effect] = []
    before, after = _modifiers()
    while len(tokens) > 1:
        size, effect = _match(tokens, before, first=True)
        if effect is None:
            size, effect = _match(tokens, after, first=False)
            if effect is None:
                break
            tokens = tokens[:-size]
        else:
            tokens = tokens[size:]
        effects.append(effect)
    return effects, tokens


def _match(tokens: list[str], table: dict[tuple[str, ...], Effect], *, first: bool) -> tuple[int, Effect | None]:
    """The longest modifier at one end that leaves a word."""
    for size in range(min(4, len(tokens) - 1), 0, -1):
        effect = table.get(tuple(tokens[:size] if first else tokens[-size:]))
        if effect is not None:
            return size, effect
    return 0, None


def _range(tokens: list[str]) -> Interval | None:
    joints: tuple[str, ...] = _JOINTS
    if tokens and tokens[0] in ("between", "from"):
        joints = ("and",) if tokens[0] == "between" else ("to", "-")
        tokens = tokens[1:]
    elif (whole := _plain(tokens)) is not None:
        return whole
    for k in range(1, len(tokens) - 1):
        if tokens[k] in joints:
            low, high = _plain(tokens[:k]), _plain(tokens[k + 1 :])
            if low and high and (high[2] is None or low[0] <= high[2]):
                scaled = _same_scale(low, tokens[k + 1 :])
                low = scaled if scaled and scaled[0] <= high[0] else low
                return (low[0], low[1], high[2])
    return None


def _same_scale(low: Interval, right: list[str]) -> Interval | None:
    """ "Two to three hundred": the scale at the end holds for both."""
    word = _words().get((right[-1],)) if len(right) > 1 else None
    if word is None or not word.scale or low[0] >= word.low:
        return None
    return (low[0] * word.low, low[0] * word.low, low[0] * word.low)


def _plain(tokens: list[str]) -> Interval | None:
    """A number without modifiers: figures, number words with scales, or a vague word."""
    words, total = _words(), [0, 0, 0]
    group: list[int | None] | None = None
    open_above, seen, k = False, False, 0
    last: str = ""
    while k < len(tokens):
        size, word = _word_at(tokens, k, words)
        if word is None:
            if k + 1 < len(tokens) and (tokens[k], last) in (("and", "scale"), ("of", "unit")):
                k, last = k + 1, tokens[k]
                continue
            return None
        if word.scale:
            base = group if group is not None else [1, 1, 1]
            if (last == "scale" and word.low <= 100) or (group is None and seen and last != "and"):
                return None
            group = [None if part is None else part * word.low for part in base]
            if word.low >= 1000:
                total, group = [a + (b or 0) for a, b in zip(total, group, strict=True)], None
            last = "scale"
        else:
            held = group or [0, 0, 0]
            if not _fits(last, word) or (group is None and seen and word.vague):
                return None
            open_above = open_above or word.high is None
            parts = (word.low, word.low if word.best is None else word.best, word.high or word.low)
            group = [(a or 0) + b for a, b in zip(held, parts, strict=True)]
            last = "tens" if word.tens else "unit"
        seen, k = True, k + size
    if not seen or last in ("and", "of"):
        return None
    low, best, high = (a + (b or 0) for a, b in zip(total, group or [0, 0, 0], strict=True))
    return (low, best, None if open_above else high)


def _word_at(tokens: list[str], k: int, words: dict[tuple[str, ...], _Word]) -> tuple[int, _Word | None]:
    for size in range(min(4, len(tokens) - k), 0, -1):
        if (word := words.get(tuple(tokens[k : k + size]))) is not None:
            return size, word
    token = tokens[k]
    if _FIGURE.fullmatch(token):
        value = int(token.replace(",", ""))
        return 1, _Word(value, value, value, scale=False, tens=False, vague=False)
    if _DECIMAL.fullmatch(token) and k + 1 < len(tokens):
        scale = words.get((tokens[k + 1],))
        if scale and scale.scale and scale.low >= 1000:
            whole, _, part = token.partition(".")
            value = int(whole) * scale.low + int(part) * scale.low // 10 ** len(part)
            return 2, _Word(value, value, value, scale=False, tens=False, vague=False)
    return 1, None


def _fits(last: str, word: _Word) -> bool:
    """Whether a number word may follow: units after tens, anything small after a scale or "and"."""
    if last == "tens":
        return not word.tens and 0 < word.low < 10 and not word.vague
    return last in ("", "scale", "and")


def _changed(value: Interval, effect: Effect) -> Interval:
    low, best, high = value
    tenth = max(1, low // 10) if low else 0
    match effect:
        case "min":
            return (low, best, None)
        case "max":
            return (0, None, high)
        case "below":
            return (0, None, max(0, low - 1))
        case "nearly":
            return (low - tenth, best, high)
        case "approx":
            return (low - tenth, best, None if high is None else high + tenth)
        case "exact":
            return value
