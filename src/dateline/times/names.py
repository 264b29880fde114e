"""What only looks like a time: modals, verbs, counts and names."""

from __future__ import annotations

import re

from dateline.knowledge.calendar import calendar, time_feasts, time_names, time_words
from dateline.language import Parse, Token
from dateline.times.find import Found

_LAST = re.compile(r"([\w’'$.]+)[\s]{1,3}[\"“(]?$")
_NEXT = re.compile(r"[\s]{1,3}([\w’'-]+)")
_OWNS = re.compile(r"['’]s[\s]{1,3}([\w’'-]+)")
_REACH = 24
_TITLE = re.compile(r"(?:\S+\s)+(?:Week|Minutes|Days?|Nights?|Years?|Months?|Hours)|Today|Tonight|Now")
_QUOTED = re.compile(r"[.,!?]?[\"'”’]")
_MARCH = re.compile(r"\s(?:for|of|on|to)\s(?:the\s)?[A-Z]")
_MODIFIES = ("compound", "nmod", "amod")
_DISTRIBUTIVE = ("amount",)


class FalseFriends:
    """Says which of the grammar's finds are no time expressions."""

    def __init__(self) -> None:
        words = time_words()
        self._names = time_names()
        self._feasts = time_feasts()
        self._not_year = frozenset(words["notyear"])
        self._year_cue = frozenset(words["yearcue"])
        self._month_cue = frozenset(words["monthcue"])
        self._theirs = frozenset(words["theirs"])

    def __call__(self, text: str, found: Found, parse: Parse) -> bool:
        """Whether an expression is to be passed over."""
        if found.form is None:
            return False
        end = found.span.end
        before = _LAST.search(_left(text, found))
        after = _NEXT.match(text, end, end + _REACH + 10)
        left, right = before[1] if before else "", after[1] if after else ""
        words, owned = found.span.of(text).lower(), _OWNS.match(text, end, end + _REACH + 10)
        if self._is_name(words, left.lower(), right.lower()):
            return True
        if owned and self._is_name(words + "'s", left.lower(), owned[1].lower()):
            return True
        if _is_title(text, found, left):
            return True
        if found.form.rule.name in _DISTRIBUTIVE and found.fields.get("count", "") in ("a", "an"):
            return _is_share(found, right, parse)
        if "holiday" in found.fields and self._is_small(found.span.of(text)):
            return True
        bare = found.fields.get("bare")
        if bare == "year" and "mod" not in found.fields:
            return self._is_count(text, found, left.lower(), right, parse)
        if found.fields.get("only") == "history":
            token = _token(parse, found.span.start)
            return token is None or token.dep != "amod" or token.head < token.i
        if "shortdecade" in found.fields or "decadeword" in found.fields:
            return left.lower() in self._theirs
        if found.form.rule.name == "frequency":
            return _is_paper(found, right, parse)
        if bare == "month":
            return self._is_march(text, found, left, parse) or _is_other_word(text, found, left, parse)
        return False

    def _is_name(self, words: str, left: str, right: str) -> bool:
        return any(words in name.words and (left in name.before or right in name.after) for name in self._names)

    def _is_small(self, words: str) -> bool:
        """Whether a feast's name is another word when it has no capital ("lent")."""
        feast = self._feasts.get(words.lower())
        return feast is not None and feast.capital and words[0].islower()

    def _is_march(self, text: str, found: Found, left: str, parse: Parse) -> bool:
        """Whether "March" is what people march in: "the annual March for Peace"; "the March deal" is the month's."""
        words = found.span.of(text)
        if words == "March" and _MARCH.match(text, found.span.end):
            return left.lower() not in self._month_cue
        if words.lower() != "march" or left.lower() not in ("the", "a", "an", "this", "that"):
            return False
        token = _token(parse, found.span.start)
        return words != "March" or left.lower() != "the" or token is None or token.dep not in _MODIFIES

    def _is_count(self, text: str, found: Found, left: str, right: str, parse: Parse) -> bool:
        if left in self._not_year or (found.span.start and text[found.span.start - 1] == "$"):
            return True
        if left in self._year_cue:
            return False
        if int(found.fields["year"]) < 1800 and not _left(text, found).rstrip(" ").endswith((",", "(")):
            return True
        if (left in self._theirs or left in ("a", "an") or left.endswith(("'s", "’s"))) and _is_of_a_name(found, parse):
            return True
        following = _token(parse, found.span.end + 1) if right else None
        return bool(following and following.tag == "NNS" and left not in ("its", "their", "his", "this", "’s", "'s"))


def _is_title(text: str, found: Found, left: str) -> bool:
    """Capitals inside a sentence make a title of it: "60 Minutes", USA Today."""
    if not _TITLE.fullmatch(found.span.of(text)):
        return False
    if _left(text, found)[-1:] in "\"'“‘`":
        return bool(_QUOTED.match(text, found.span.end)) or " " in found.span.of(text)
    return left[:1].isupper() and not left.endswith((".", "!", "?"))


def _is_share(found: Found, right: str, parse: Parse) -> bool:
    """Whether "a year" says how often or how much ("700 seats a week") rather than how long."""
    if right in ("after", "before", "later", "earlier", "ago", "from", "of"):
        return False
    sentence = parse.at(found.span.start)
    inside = sentence.tokens_in(found.span) if sentence else ()
    if not sentence or not inside or not inside[0].i:
        return False
    previous = sentence[inside[0].i - 1]
    return previous.pos in ("NOUN", "NUM", "SYM") and inside[-1].dep in ("npadvmod", "prep", "pobj", "dep", "appos")


def _is_paper(found: Found, right: str, parse: Parse) -> bool:
    """Whether "daily" is a newspaper: "the daily Novosti"."""
    following = _token(parse, found.span.end + 1) if right[:1].isupper() else None
    return bool(following and following.pos == "PROPN")


def _is_of_a_name(found: Found, parse: Parse) -> bool:
    """Whether a year says how old a thing with a name is: "a 1987 Ford", "her 1990 Honda"."""
    sentence, year = parse.at(found.span.start), _token(parse, found.span.start)
    head = sentence[year.head] if sentence and year else None
    return bool(head and year and head.i > year.i and head.pos == "PROPN")


def _is_other_word(text: str, found: Found, left: str, parse: Parse) -> bool:
    """May, march and August as a modal, a verb or a person's name."""
    words = found.span.of(text)
    if (
        len(words) <= 4
        and words.lower() in calendar().capital - {"may"}
        and words[:1].isupper()
        and not words.isupper()
    ):
        return (
            not text.startswith((".", " "), found.span.end) or text[found.span.end + 1 : found.span.end + 2].isupper()
        )
    if words.lower() not in ("may", "march", "august", "april", "june"):
        return False
    token = _token(parse, found.span.start)
    if token and (token.tag == "MD" or (words.lower() == "march" and token.pos == "VERB")):
        return True
    return words.lower() == "may" and token is None and not left.islower()


def _left(text: str, found: Found) -> str:
    """A few words before an expression; a bounded stretch, so that many expressions stay linear."""
    return text[max(0, found.span.start - _REACH) : found.span.start]


def _token(parse: Parse, offset: int) -> Token | None:
    sentence = parse.at(offset)
    if sentence is None:
        return None
    return next((token for token in sentence if token.start <= offset < token.end), None)
