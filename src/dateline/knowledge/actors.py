"""The actor registry: armed groups, organisations, states, their bodies and leaders, looked up by name."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence

from dateline.core import Actor
from dateline.knowledge.actor_check import checked_actors, clashes, names_of
from dateline.knowledge.actor_rows import (
    BODY_COLUMNS,
    GROUP_COLUMNS,
    ORGANISATION_COLUMNS,
    STATE_COLUMNS,
    Name,
    body_of_row,
    state_actor,
)
from dateline.knowledge.folder import by_folder, own_table
from dateline.knowledge.leaders import leaders
from dateline.knowledge.spelling import counts_as, distinct, is_acronym, name_key, sound_key, stretches
from dateline.knowledge.states import States, body_of
from dateline.knowledge.tables import read_table

_MOST_WORDS = 8
_GLUE = frozenset("'’")
_SMALL = frozenset({"an", "as"})


class Registry:
    """Every entry, found by name.

    A name may lead to several entries ("ELN"): they come likeliest first, those that had ended by the
    ``year`` of the text last, and those that had not begun by then not at all.

    >>> registry().find("Kataeb Hezbollah")[0].key, registry().find("Hizbullah")[0].key
    ('kataib-hezbollah', 'hezbollah')
    >>> registry().find("Iraqi army")[0].key, registry().find("is")
    ('iraq/army', ())
    """

    __slots__ = ("_actors", "_first", "_names", "_ordinary", "_ranks", "_sound_starts", "_sounds", "_states")

    def __init__(
        self, names: Iterable[Name], states: States, ranks: dict[str, tuple[str, ...]], ordinary: frozenset[str]
    ) -> None:
        self._actors: dict[str, Actor] = {}
        self._names: dict[str, list[Name]] = {}
        self._sounds: dict[str, list[Name]] = {}
        self._sound_starts: set[str] = set()
        self._first: dict[str, int] = {}
        self._states = states
        self._ranks = ranks
        self._ordinary = ordinary
        for name in names:
            self._add(name)

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

    def get(self, key: str) -> Actor | None:
        """The entry with this key; ``"iraq/police"`` gives a body of a state."""
        state, _, body = key.partition("/")
        found = self._actors.get(state)
        if body and found is not None:
            return body_of(found, bodies[body]) if body in (bodies := self._states.bodies) else None
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
        return self._body(name) or self._heard(key, name, year, False)

    def bearers(self, name: Name) -> tuple[Actor, ...]:
        """The entries that running text finds by the very words of a name, the bodies of states among them."""
        found = (other.actor for other in self._names.get(name_key(name.text), ()) if clashes(name, other))
        return tuple(dict.fromkeys(found)) or self._body(name.text)

    def _body(self, name: str) -> tuple[Actor, ...]:
        """The body of a state that a name describes ("the army of Iraq"), or nothing."""
        tokens = name.replace("’s ", " ’s ").replace("'s ", " 's ").split()
        for skip in range(min(2, len(tokens))):
            length, actor = self._states.body(tokens, skip, False)
            if actor is not None and skip + length == len(tokens) and (not skip or tokens[0].lower() == "the"):
                return (actor,)
        return ()

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
        if first in ("", "the"):
            return 0, ()
        best, body = self._states.body(words, i, capitals)
        most = self._first.get(first, 0)
        if i + 1 < len(words) and words[i + 1][:1] in _GLUE:
            most = max(most, self._first.get(name_key(word + words[i + 1]), 0))
        if most:
            before = words[i - 1] if i else ""
            for n, surface in stretches(words, i, most):
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
        actor = self._states.state(word)
        return actor.country if actor else None

    def state(self, word: str) -> Actor | None:
        """The state that a country's name, adjective or people ("Iraqis") tells, or None.

        >>> registry().state("Syrian").key
        'syria'
        """
        return self._states.state(word)

    def capital(self, word: str) -> Actor | None:
        """The government that a capital's name may stand for ("Tehran said"), or None.

        >>> registry().capital("Tehran").key
        'iran'
        """
        return self._states.capital(word)

    def _sounding(self, words: Sequence[str], i: int) -> list[tuple[int, str]]:
        """The stretches from ``i`` that may sound like a name: those that begin as one does."""
        if not self._sounds:
            self._hear()
        first = sound_key(name_key(words[i]).partition(" ")[0])
        if (first and first not in self._sound_starts) or words[i].lower() in _SMALL:
            return []
        heard = sound_key(name_key(" ".join(words[i : i + 4])))
        if heard.partition(" ")[0] not in self._sounds and " ".join(heard.split(" ")[:2]) not in self._sound_starts:
            return []
        found = stretches(words, i, _MOST_WORDS)
        return [(n, surface) for n, surface in found if words[i + n - 1].lower() not in _SMALL]

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
                plain = [n for n in plain if n.actor.kind != "person"]
                plain = [n for n in plain if n.actor.kind == "group" or not lone]
                if plain:
                    self._sounds.setdefault(heard, []).extend(plain)
                    first, _, more = heard.partition(" ")
                    self._sound_starts |= {first, f"{first} {more.partition(' ')[0]}".strip()}

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


def _led(name: Name, before: str) -> bool:
    """Whether a name of "The" and one word ("The Guardian") has its "The"."""
    return not name.text.startswith("The ") or name.text.count(" ") > 1 or before == "The"


@by_folder
def registry() -> Registry:
    """The registry that ships with the package, with the user's own actors where a folder of knowledge is in use.

    An own entry takes the place of the one that ships under its key.
    Raises KnowledgeError with file:line where a table is wrong.
    """
    path = own_table("actors.tsv")
    if path is None:
        return shipped_registry()
    own = checked_actors(path, shipped_registry())
    if own.faults:
        raise own.faults[0]
    names = (name for name in _shipped_names() if name.actor.key not in own.replaced)
    return _registry((*own.names, *names))


@functools.cache
def shipped_registry() -> Registry:
    """The registry that ships with the package, without anybody's own actors."""
    return _registry(_shipped_names())


@functools.cache
def _shipped_names() -> tuple[Name, ...]:
    tables = (("actors/armed_groups.tsv", GROUP_COLUMNS), ("actors/organisations.tsv", ORGANISATION_COLUMNS))
    bodies = (name for table, columns in tables for row in read_table(table, columns) for name in names_of(row))
    known = leaders()
    heads = (Name(actor, text, False, False) for actor in known.actors() for text in known.named(actor))
    return (*bodies, *heads)


def _registry(names: tuple[Name, ...]) -> Registry:
    rows = [(state_actor(row), row) for row in read_table("actors/states.tsv", STATE_COLUMNS)]
    bodies = [body_of_row(row) for row in read_table("actors/state_bodies.tsv", BODY_COLUMNS)]
    ranks = {row["name"]: row.list("keys") for row in read_table("actors/ambiguous.tsv", ("name", "keys"))}
    ordinary = frozenset(row["word"] for row in read_table("actors/ordinary_words.tsv", ("word",)))
    plain = (Name(actor, text, False, False) for actor, _ in rows for text in (actor.name, *actor.aliases))
    return Registry((*names, *plain), States(rows, bodies, ordinary), ranks, ordinary)
