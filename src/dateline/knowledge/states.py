"""States and their bodies, known by rule: "Iraqi army", "Iraq's army", "army of Iraq"."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from dateline.core import Actor
from dateline.knowledge.actor_rows import Body, Name
from dateline.knowledge.spelling import STOPS, counts_as, name_key, stretches
from dateline.knowledge.tables import Row

_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


class States:
    """The states' names, adjectives, peoples and capitals, and the words for their bodies."""

    __slots__ = ("_capitals", "_countries", "_firsts", "_head_words", "_heads", "_names", "_ordinary", "bodies")

    def __init__(self, states: Iterable[tuple[Actor, Row]], bodies: Iterable[Body], ordinary: frozenset[str]) -> None:
        self._names: dict[str, list[tuple[Name, bool]]] = {}
        self._countries: dict[str, list[Name]] = {}
        self._capitals: dict[str, Actor] = {}
        self._firsts: dict[str, int] = {}
        self._heads: dict[str, Body] = {}
        self._ordinary = ordinary
        self.bodies: dict[str, Body] = {}
        for actor, row in states:
            self._add(actor, row)
        for body in bodies:
            self.bodies[body.key] = body
            for head in body.heads:
                self._heads.setdefault(head, body)
        self._head_words = {head.partition(" ")[0] for head in self._heads}

    def _add(self, actor: Actor, row: Row) -> None:
        names = [(Name(actor, text, False, False), True) for text in (actor.name, *actor.aliases)]
        names += [(Name(actor, text, False, False), False) for text in row.list("adjectives")]
        for name, full in names:
            key = name_key(name.text)
            self._names.setdefault(key, []).append((name, full))
            self._countries.setdefault(key, []).append(name)
            first = key.partition(" ")[0]
            self._firsts[first] = max(self._firsts.get(first, 0), key.count(" ") + 1)
        for text in row.list("people"):
            self._countries.setdefault(name_key(text), []).append(Name(actor, text, False, False))
        for capital in row.list("capitals"):
            self._capitals.setdefault(name_key(capital), actor)

    def state(self, word: str) -> Actor | None:
        """The state that a country's name, adjective or people tells, or None."""
        for name in self._countries.get(name_key(word), ()):
            if counts_as(name.text, False, word, True):
                return name.actor
        return None

    def capital(self, word: str) -> Actor | None:
        """The government that a capital's name may stand for, or None."""
        return self._capitals.get(name_key(word)) if word[:1].isupper() else None

    def body(self, words: Sequence[str], i: int, capitals: bool) -> tuple[int, Actor | None]:
        """A body of a state at token ``i``: "Iraqi army", "Iraq's army", "army of Iraq"."""
        first = name_key(words[i]).partition(" ")[0]
        if first in self._firsts:
            state, n = self._state_at(words, i, capitals)
            at = i + n
            if state is not None and at < len(words):
                at += words[at] in _POSSESSIVES
                body, m = self._head_at(words, at)
                if body is not None:
                    return at + m - i, body_of(state, body)
        if first in self._head_words and i + 2 < len(words):
            body, m = self._head_at(words, i)
            at = i + m
            if body is not None and at + 1 < len(words) and words[at].lower() == "of":
                at += 2 if words[at + 1].lower() == "the" else 1
                state, n = self._state_at(words, at, capitals, full=True)
                if state is not None:
                    return at + n - i, body_of(state, body)
        return 0, None

    def _state_at(self, words: Sequence[str], i: int, capitals: bool, full: bool = False) -> tuple[Actor | None, int]:
        """The state whose name or adjective (a ``full`` name: no adjective) is the longest at token ``i``."""
        most = self._firsts.get(name_key(words[i]).partition(" ")[0], 0) if i < len(words) else 0
        for n, surface in stretches(words, i, most) if most else ():
            key = name_key(surface)
            for name, is_full in self._names.get(key, ()):
                plain = key not in self._ordinary or "." in surface
                if (is_full or not full) and (plain if capitals else counts_as(name.text, False, surface, True)):
                    return name.actor, n
        return None, 0

    def _head_at(self, words: Sequence[str], i: int) -> tuple[Body | None, int]:
        """The longest word for a body at token ``i``."""
        if i >= len(words) or words[i].lower() not in self._head_words:
            return None, 0
        for n in range(min(6, len(words) - i), 0, -1):
            body = self._heads.get(name_key(" ".join(words[i : i + n]))) if words[i + n - 1][-1].isalnum() else None
            if body is not None and not any(word in STOPS for word in words[i : i + n]):
                return body, n
        return None, 0


@functools.lru_cache(maxsize=16384)
def body_of(state: Actor, body: Body) -> Actor:
    """The entry of one body of one state; its key is ``state/body``."""
    return Actor(
        key=f"{state.key}/{body.key}",
        name=body.name.format(name=state.name),
        kind=body.kind,
        aliases=(),
        country=state.country,
        sector=body.sector,
        start=state.start,
        end=state.end,
        source=state.source,
    )
