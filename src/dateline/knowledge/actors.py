"""The actor registry: armed groups, organisations, states and their bodies, looked up by name."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence

from dateline.core import Actor
from dateline.knowledge.actor_rows import (
    BODY_COLUMNS,
    GROUP_COLUMNS,
    ORGANISATION_COLUMNS,
    STATE_COLUMNS,
    Body,
    Name,
    body_of_row,
    named_actor,
    state_actor,
)
from dateline.knowledge.spelling import counts_as, distinct, is_acronym, name_key, sound_key
from dateline.knowledge.tables import Row, read_table

_MOST_WORDS = 8
_MOST_TOKENS = 14
_LONG_NAME = 4
_SMALL = frozenset({"an", "as"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_STOPS = frozenset(',;:."!?“”—–…')


class Registry:
    """Every entry, found by name.

    A name may lead to several entries ("ELN"): they come likeliest first, those that had ended by the
    ``year`` of the text last, and those that had not begun by then not at all.

    >>> registry().find("Kataeb Hezbollah")[0].key, registry().find("Hizbullah")[0].key
    ('kataib-hezbollah', 'hezbollah')
    >>> registry().find("Iraqi army")[0].key, registry().find("is")
    ('iraq/army', ())
    """

    __slots__ = (
        "_actors",
        "_bodies",
        "_capitals",
        "_countries",
        "_first",
        "_head_words",
        "_heads",
        "_names",
        "_ordinary",
        "_ranks",
        "_sound_starts",
        "_sounds",
        "_state_words",
        "_states",
    )

    def __init__(
        self,
        names: Iterable[Name],
        states: Iterable[tuple[Actor, Row]],
        bodies: Iterable[Body],
        ranks: dict[str, tuple[str, ...]],
        ordinary: frozenset[str],
    ) -> None:
        self._actors: dict[str, Actor] = {}
        self._names: dict[str, list[Name]] = {}
        self._sounds: dict[str, list[Name]] = {}
        self._sound_starts: set[str] = set()
        self._first: dict[str, int] = {}
        self._states: dict[str, list[Name]] = {}
        self._countries: dict[str, list[Name]] = {}
        self._capitals: dict[str, Actor] = {}
        self._heads: dict[str, Body] = {}
        self._head_words: set[str] = set()
        self._bodies: dict[str, Body] = {}
        self._state_words: dict[str, int] = {}
        self._ranks = ranks
        self._ordinary = ordinary
        for name in names:
            self._add(name)
        for actor, row in states:
            self._add_state(actor, row)
        for body in bodies:
            self._bodies[body.key] = body
            for head in body.heads:
                self._heads.setdefault(head, body)
                self._head_words.add(head.partition(" ")[0])

    def __iter__(self) -> Iterator[Actor]:
        return iter(self._actors.values())

    def __len__(self) -> int:
        return len(self._actors)

    def _add(self, name: Name) -> None:
        self._actors.setdefault(name.actor.key, name.actor)
        key = name_key(name.text)
        self._names.setdefault(key, []).append(name)
        first = key.partition(" ")[0]
        count = key.count(" ") + 1
        if self._first.get(first, 0) < count:
            self._first[first] = count

    def _add_state(self, actor: Actor, row: Row) -> None:
        names = [Name(actor, text, False, False) for text in (actor.name, *actor.aliases)]
        people = [Name(actor, text, False, False) for text in row.list("people")]
        adjectives = [Name(actor, text, False, False) for text in row.list("adjectives")]
        for name in names:
            self._add(name)
        for name in (*names, *adjectives):
            key = name_key(name.text)
            self._states.setdefault(key, []).append(name)
            first = key.partition(" ")[0]
            self._state_words[first] = max(self._state_words.get(first, 0), key.count(" ") + 1)
        for name in (*names, *adjectives, *people):
            self._countries.setdefault(name_key(name.text), []).append(name)
        for capital in row.list("capitals"):
            self._capitals.setdefault(name_key(capital), actor)

    def get(self, key: str) -> Actor | None:
        """The entry with this key; ``"iraq/police"`` gives a body of a state."""
        state, _, body = key.partition("/")
        found = self._actors.get(state)
        if body and found is not None:
            return _body_of(found, self._bodies[body]) if body in self._bodies else None
        return found

    def find(self, name: str, year: int | None = None, weak: bool = False) -> tuple[Actor, ...]:
        """The entries with this name: exactly, else a body of a state, else by sound.

        ``weak``: also where the name alone does not say so ("KH", "Tigers"); ask it for acronyms that
        the text itself explains.
        """
        key = name_key(name)
        names = [each for each in self._names.get(key, ()) if weak or not each.weak]
        found = self._chosen(key, names, name, year, False)
        if found or not key:
            return found
        tokens = name.replace("’s ", " ’s ").replace("'s ", " 's ").split()
        for skip in range(min(2, len(tokens))):
            length, actor = self._body(tokens, skip, False)
            if actor is not None and skip + length == len(tokens) and (not skip or tokens[0].lower() == "the"):
                return (actor,)
        return self._heard(key, name, year, False)

    def longest(
        self, words: Sequence[str], i: int, year: int | None = None, capitals: bool = False
    ) -> tuple[int, tuple[Actor, ...]]:
        """How many tokens from ``i`` on are a name, the longest one, and whose; (0, ()) where none begins.

        ``words`` are tokens as they are written. ``capitals`` says that the whole text is in capitals:
        then an acronym is not known by them, and names that are ordinary words are left alone.

        >>> registry().longest("fighters of Islamic State fled".split(), 2)[0]
        2
        """
        word = words[i]
        first = name_key(word).partition(" ")[0]
        if not first:
            return 0, ()
        best, body = self._body(words, i, capitals)
        if first in self._first:
            before = words[i - 1] if i else ""
            for n, surface in self._stretches(words, i, self._first[first]):
                if n < best:
                    break
                key = name_key(surface)
                names = [name for name in self._names.get(key, ()) if not name.weak and _led(name, before)]
                if names and (here := self._chosen(key, names, surface, year, True, capitals)):
                    return n, here
        if best or not (word[0].isupper() or first == "al"):
            return best, (body,) if body is not None else ()
        for n, surface in self._sounding(words, i):
            if here := self._heard(name_key(surface), surface, year, True, capitals):
                return n, here
        return 0, ()

    def country(self, word: str) -> str | None:
        """The ISO 3166-1 alpha-2 code for a country's name, adjective or people ("Iraqis"), or None.

        >>> registry().country("Iraqi"), registry().country("us"), registry().country("US")
        ('IQ', None, 'US')
        """
        for name in self._countries.get(name_key(word), ()):
            if counts_as(name.text, False, word, True):
                return name.actor.country
        return None

    def capital(self, word: str) -> Actor | None:
        """The government that a capital's name may stand for ("Tehran said"), or None.

        >>> registry().capital("Tehran").key
        'iran'
        """
        return self._capitals.get(name_key(word)) if word[:1].isupper() else None

    def _stretches(self, words: Sequence[str], i: int, most: int) -> list[tuple[int, str]]:
        """Stretches of tokens from ``i``, the longest first, of at most ``most`` words, with their surface."""
        found: list[tuple[int, str]] = []
        surface, count = "", 0
        for n, word in enumerate(words[i : i + _MOST_TOKENS], 1):
            if n > 1 and word in _STOPS and not (word == "," and most > _LONG_NAME):
                break
            glued = n > 1 and word[0] in "'’"
            surface += word if glued or n == 1 else " " + word
            plain = word[-1].isalnum()
            count += 0 if glued else name_key(word).count(" ") + any(ch.isalnum() for ch in word)
            if count > most:
                break
            if (plain and not glued) or word[-1] == "." or (word == ")" and "(" in surface):
                found.append((n, surface))
        return found[::-1]

    def _sounding(self, words: Sequence[str], i: int) -> list[tuple[int, str]]:
        """The stretches from ``i`` that may sound like a name: those that begin as one does."""
        if not self._sounds:
            self._hear()
        start = sound_key(name_key(" ".join(words[i : i + 4]))).split(" ")
        if start[0] not in self._sounds and " ".join(start[:2]) not in self._sound_starts:
            return []
        if words[i].lower() in _SMALL:
            return []
        return [
            (n, surface)
            for n, surface in self._stretches(words, i, _MOST_WORDS)
            if words[i + n - 1].lower() not in _SMALL
        ]

    def _chosen(
        self, key: str, names: Iterable[Name], surface: str, year: int | None, running: bool, capitals: bool = False
    ) -> tuple[Actor, ...]:
        """The entries of these names for which the surface counts, ordered for the year."""
        if capitals:
            names = () if key in self._ordinary and "." not in surface else names
            found = {name.actor.key: name.actor for name in names}
        else:
            found = {n.actor.key: n.actor for n in names if counts_as(n.text, n.strict, surface, running)}
        if len(found) > 1:
            rank = self._ranks.get(key, ())
            found = {k: found[k] for k in sorted(found, key=lambda k: rank.index(k) if k in rank else len(rank))}
        if year is None:
            return tuple(found.values())
        begun = [actor for actor in found.values() if actor.start is None or actor.start <= year]
        return tuple(sorted(begun, key=lambda actor: actor.end is not None and actor.end < year))

    def _hear(self) -> None:
        """Fill the index of sounds, on first need: it takes half as long as all the rest."""
        for key, names in self._names.items():
            if distinct(key):
                heard = sound_key(key)
                lone = " " not in heard
                plain = [n for n in names if not (n.strict or n.weak or is_acronym(n.text))]
                plain = [n for n in plain if n.actor.kind == "group" or not lone]
                if plain:
                    self._sounds.setdefault(heard, []).extend(plain)
                    self._sound_starts.add(" ".join(heard.split(" ")[:2]))

    def _heard(
        self, key: str, surface: str, year: int | None, running: bool, capitals: bool = False
    ) -> tuple[Actor, ...]:
        """The entries whose name sounds the same, where the name holds enough to be known by that."""
        if not distinct(key):
            return ()
        if not self._sounds:
            self._hear()
        names = self._sounds.get(sound_key(key), ())
        return self._chosen(key, names, surface, year, running, capitals) if names else ()

    def _body(self, words: Sequence[str], i: int, capitals: bool) -> tuple[int, Actor | None]:
        """A body of a state at token ``i``: "Iraqi army", "Iraq's army", "army of Iraq"."""
        first = name_key(words[i]).partition(" ")[0]
        if first in self._state_words:
            state, n = self._state_at(words, i, capitals)
            at = i + n
            if state is not None and at < len(words):
                at += words[at] in _POSSESSIVES
                body, m = self._head_at(words, at)
                if body is not None:
                    return at + m - i, _body_of(state, body)
        if first in self._head_words and i + 2 < len(words):
            body, m = self._head_at(words, i)
            at = i + m
            if body is not None and at + 1 < len(words) and words[at].lower() == "of":
                at += 2 if words[at + 1].lower() == "the" else 1
                state, n = self._state_at(words, at, capitals)
                if state is not None and self._chosen_name(words[at : at + n], state):
                    return at + n - i, _body_of(state, body)
        return 0, None

    def _state_at(self, words: Sequence[str], i: int, capitals: bool) -> tuple[Actor | None, int]:
        """The state whose name or adjective is the longest at token ``i``."""
        most = self._state_words.get(name_key(words[i]).partition(" ")[0], 0) if i < len(words) else 0
        for n, surface in self._stretches(words, i, most) if most else ():
            key = name_key(surface)
            for name in self._states.get(key, ()):
                if capitals and (key not in self._ordinary or "." in surface):
                    return name.actor, n
                if not capitals and counts_as(name.text, False, surface, True):
                    return name.actor, n
        return None, 0

    def _chosen_name(self, words: Sequence[str], state: Actor) -> bool:
        """Whether the words are a state's name (not its adjective: "army of the Iraqi …")."""
        return any(name.actor.key == state.key for name in self._names.get(name_key(" ".join(words)), ()))

    def _head_at(self, words: Sequence[str], i: int) -> tuple[Body | None, int]:
        """The longest word for a body at token ``i``."""
        if i >= len(words) or words[i].lower() not in self._head_words:
            return None, 0
        for n in range(min(6, len(words) - i), 0, -1):
            body = self._heads.get(name_key(" ".join(words[i : i + n]))) if words[i + n - 1][-1].isalnum() else None
            if body is not None and not any(word in _STOPS for word in words[i : i + n]):
                return body, n
        return None, 0


def _led(name: Name, before: str) -> bool:
    """Whether a name of "The" and one word ("The Guardian") has its "The"."""
    return not name.text.startswith("The ") or name.text.count(" ") > 1 or before == "The"


@functools.lru_cache(maxsize=16384)
def _body_of(state: Actor, body: Body) -> Actor:
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


@functools.cache
def registry() -> Registry:
    """The registry that ships with the package.

    Raises KnowledgeError with file:line where a table is wrong.
    """
    names = (
        *_names("actors/armed_groups.tsv", GROUP_COLUMNS),
        *_names("actors/organisations.tsv", ORGANISATION_COLUMNS),
    )
    states = [(state_actor(row), row) for row in read_table("actors/states.tsv", STATE_COLUMNS)]
    bodies = [body_of_row(row) for row in read_table("actors/state_bodies.tsv", BODY_COLUMNS)]
    ranks = {row["name"]: row.list("keys") for row in read_table("actors/ambiguous.tsv", ("name", "keys"))}
    ordinary = frozenset(row["word"] for row in read_table("actors/ordinary_words.tsv", ("word",)))
    return Registry(names, states, bodies, ranks, ordinary)


def _names(table: str, columns: tuple[str, ...]) -> Iterator[Name]:
    for row in read_table(table, columns):
        actor = named_actor(row)
        strict, weak = row.list("strict"), row.list("weak")
        for text in dict.fromkeys((actor.name, *actor.aliases)):
            yield Name(actor, text, text in strict, text in weak)
