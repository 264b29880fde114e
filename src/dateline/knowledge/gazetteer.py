"""The gazetteer: places of the world by name, read from files that are mapped, not loaded."""

from __future__ import annotations

import functools
import mmap
import os
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import marisa_trie

from dateline.core import KnowledgeError, PlaceKind
from dateline.knowledge.folding import fold
from dateline.knowledge.tables import data_path, read_table
from dateline.knowledge.user_gazetteer import VARIABLE, UserGazetteer, UserPlace, named_path

FOLDER = "places"
LONGEST = 9
_APOSTROPHES = ("'", "’", "‘")
_ARTICLES = frozenset(("al", "el", "ul", "ad", "ar", "as", "ash", "at", "az", "an", "adh", "ath"))
_VOWELS = re.compile(r"[aeiouyw]+")
_DOUBLE = re.compile(r"(.)\1+")
_RECORD = struct.Struct("<IiiIII2sHBB")
_NONE = 0xFFFFFFFF
_ALTERNATE = 1 << 31
_USERS = 1 << 40
_KINDS: tuple[PlaceKind, ...] = (
    "country",
    "region",
    "admin1",
    "admin2",
    "city",
    "town",
    "district",
    "facility",
    "water",
    "area",
)


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """One place: degrees WGS 84, radius in km, population (0 where unknown; nominal for areas written by hand).

    ``number`` is its place in the file (in a user's table, far above), ``admin1_number`` that of its
    first-order unit (its own where it is one, -1 where none is known), ``country`` ISO 3166-1 alpha-2 or None.
    ``alternate`` says that it was found under a name that is not its main one.
    """

    number: int
    name: str
    kind: PlaceKind
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    admin1_number: int
    geonames: int | None
    population: int
    radius_km: float
    capital: bool = False
    alternate: bool = False


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """What a short form ("Mich.") can stand for; ``alone``: it is read without a town before it."""

    entries: tuple[GazetteerEntry, ...]
    alone: bool


class Gazetteer:
    """Look-up of places by folded name; no look-up scans, and entries are made as they are asked for.

    ``users`` is a user's own table: its places are found beside the shipped ones, by the same look-ups.
    """

    def __init__(self, folder: Path, users: UserGazetteer | None = None) -> None:
        self._users = users
        self._trie = _trie(folder / "keys.marisa")
        self._places = _mapped(folder / "places.bin")
        self._names = _mapped(folder / "names.bin")
        self._entries = functools.lru_cache(maxsize=8192)(self._read)
        self._fold = functools.lru_cache(maxsize=8192)(fold)
        self._demonyms = _demonyms(folder / "demonyms.tsv")
        self._abbreviations = self._read_abbreviations(folder / "abbreviations.tsv")

    def __len__(self) -> int:
        return len(self._places) // _RECORD.size + (len(self._users) if self._users else 0)

    @property
    def label(self) -> str:
        """What tells one gazetteer from another in a reading's producers: empty, or the user's table's digest."""
        return f"+user.{self._users.digest[:8]}" if self._users else ""

    def entry(self, number: int) -> GazetteerEntry:
        """The shipped place of this number (below ``len``) under its main name. IndexError where there is none."""
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self._entry(number, alternate=False)

    def candidates(self, name: str) -> tuple[GazetteerEntry, ...]:
        """The places of a name, wide areas first, then by population; empty where there is none.

        >>> [(e.country, e.kind) for e in gazetteer().candidates("Kirkuk") if not e.alternate]
        [('IQ', 'admin1'), ('IQ', 'city')]
        """
        return self._entries(self._fold(name))

    def longest(self, words: Sequence[str], i: int) -> tuple[int, tuple[GazetteerEntry, ...]]:
        """How many words from ``words[i]`` on are the longest known name, and its places; (0, ()) where none is.

        >>> gazetteer().longest(["near", "Al", "-", "Qa'im", "today"], 1)[0]
        3
        """
        key, best = "", 0
        found: tuple[GazetteerEntry, ...] = ()
        joined = True
        for n, word in enumerate(words[i : i + LONGEST], 1):
            part = self._fold(word)
            joined = joined or word[:1] in _APOSTROPHES
            if part:
                key = key + part if joined else f"{key} {part}"
                joined = word[-1:] in _APOSTROPHES
                if self._known(key):
                    best, found = n, self._entries(key)
        return best, found

    def loosely(self, name: str) -> tuple[GazetteerEntry, ...]:
        """The places whose names are another spelling of this one in our letters; for names that are not found.

        >>> [e.name for e in gazetteer().loosely("Deir Ezzor")][:1]
        ['Deir ez-Zor']
        """
        key = loose(name)
        if len(key) < 5:
            return ()
        return tuple(replace(entry, alternate=True) for entry in self._entries("~" + key))

    def country(self, iso2: str) -> GazetteerEntry | None:
        """A country by its ISO 3166-1 alpha-2 code.

        >>> gazetteer().country("IQ").name
        'Iraq'
        """
        return next(iter(self._entries("=" + iso2)), None)

    def admin1(self, iso2: str, code: str) -> GazetteerEntry | None:
        """A first-order unit by its GeoNames code.

        >>> gazetteer().admin1("US", "KY").name
        'Kentucky'
        """
        return next(iter(self._entries(f"={iso2}.{code}")), None)

    def capital(self, iso2: str) -> GazetteerEntry | None:
        """The capital of a country.

        >>> gazetteer().capital("IQ").name
        'Baghdad'
        """
        return next(iter(self._entries(f"=*{iso2}")), None)

    def demonym(self, word: str) -> str | None:
        """The country of an adjective or of the name of its people; None for any other word.

        >>> gazetteer().demonym("Iraqis")
        'IQ'
        """
        return self._demonyms.get(word)

    def abbreviation(self, word: str) -> Abbreviation | None:
        """What a short form of a first-order unit stands for; spelling, case and dots count.

        >>> [e.name for e in gazetteer().abbreviation("Mich.").entries]
        ['Michigan']
        """
        return self._abbreviations.get(word)

    def _known(self, key: str) -> bool:
        return key in self._trie or (self._users is not None and bool(self._entries(key)))

    def _read(self, key: str) -> tuple[GazetteerEntry, ...]:
        found = self._trie.get(key) if "\0" not in key else None  # a NUL ends a key inside the trie
        entries = [self._entry(number & ~_ALTERNATE, bool(number & _ALTERNATE)) for (number,) in found or ()]
        if self._users is not None and key[:1] not in ("=", "~"):
            there = {entry.geonames for entry in entries} - {None}
            own = (place for place in self._users.places(key) if place.geonames not in there)
            entries += [self._users_entry(place) for place in own]
        wide = ("country", "region", "admin1")
        entries.sort(key=lambda e: (wide.index(e.kind) if e.kind in wide else 9, e.alternate, -e.population, e.number))
        return tuple(entries)

    def _users_entry(self, place: UserPlace) -> GazetteerEntry:
        """A place of the user's table, tied to its first-order unit in the shipped gazetteer where that is known."""
        unit = None
        number = _USERS + place.number
        if place.country and place.kind != "admin1":
            unit = self.admin1(place.country, place.code) if place.code else None
            if unit is None and place.admin1:
                named = self._entries(self._fold(place.admin1))
                unit = next((e for e in named if e.kind == "admin1" and e.country == place.country), None)
        return GazetteerEntry(
            number=number,
            name=place.name,
            kind=place.kind,
            lat=place.lat,
            lon=place.lon,
            country=place.country,
            admin1=place.name if place.kind == "admin1" else unit.name if unit else place.admin1,
            admin1_number=number if place.kind == "admin1" else unit.number if unit else -1,
            geonames=place.geonames,
            population=place.population,
            radius_km=place.radius_km,
            capital=place.capital,
            alternate=place.alternate,
        )

    def _entry(self, number: int, alternate: bool) -> GazetteerEntry:
        geonames, lat, lon, population, at, admin1, country, radius, kind, flags = _RECORD.unpack_from(
            self._places, number * _RECORD.size
        )
        name = self._name(at)
        if _KINDS[kind] == "admin1":
            above, above_name = number, name
        elif admin1 == _NONE:
            above, above_name = -1, None
        else:
            above, above_name = admin1, self._name(_RECORD.unpack_from(self._places, admin1 * _RECORD.size)[4])
        return GazetteerEntry(
            number=number,
            name=name,
            kind=_KINDS[kind],
            lat=lat / 1e5,
            lon=lon / 1e5,
            country=None if country == b"--" else country.decode("ascii"),
            admin1=above_name,
            admin1_number=above,
            geonames=geonames or None,
            population=population,
            radius_km=radius / 10,
            capital=bool(flags & 1),
            alternate=alternate,
        )

    def _name(self, at: int) -> str:
        return self._names[at : self._names.find(b"\0", at)].decode("utf-8")

    def _read_abbreviations(self, path: Path) -> dict[str, Abbreviation]:
        found: dict[str, Abbreviation] = {}
        for row in read_table(path, ("abbreviation", "country", "admin1", "alone")):
            entry = self.admin1(row["country"], row["admin1"])
            if entry is None:
                raise row.error(f"no such unit: {row['country']}.{row['admin1']}")
            known = found.get(row["abbreviation"], Abbreviation((), False))
            entries = (*known.entries, replace(entry, alternate=True))
            found[row["abbreviation"]] = Abbreviation(entries, known.alone or row["alone"] == "yes")
        return found


def loose(name: str) -> str:
    """A key on which transliterations agree: no blanks or articles, all vowels alike, no doubled letters.

    >>> loose("Ash Shadādī") == loose("al-Shadadi")
    True
    """
    words = [word for word in fold(name).split() if word not in _ARTICLES]
    plain = "".join(words).replace("q", "k").replace("dh", "d").replace("th", "t").replace("ph", "f").replace("gh", "g")
    return _DOUBLE.sub(r"\1", _VOWELS.sub("a", plain.replace("kh", "k")))


def gazetteer() -> Gazetteer:
    """The gazetteer that ships with the package (see ``data/places/README.md``).

    Beside it the user's own table, where the environment names one (``DATELINE_GAZETTEER``: a file, or ``user`` for the
    one in the user's data folder). Raises KnowledgeError where that is no such table.
    """
    return _gazetteer(os.environ.get(VARIABLE, ""))


@functools.cache
def _gazetteer(users: str) -> Gazetteer:
    return Gazetteer(data_path(FOLDER), UserGazetteer(named_path(users)) if users else None)


def _mapped(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise KnowledgeError(str(path), 0, str(error)) from error


def _trie(path: Path) -> marisa_trie.RecordTrie:
    try:
        return marisa_trie.RecordTrie("<I").mmap(str(path))
    except (OSError, RuntimeError) as error:
        raise KnowledgeError(str(path), 0, str(error)) from error


def _demonyms(path: Path) -> dict[str, str]:
    return {row["demonym"]: row["country"] for row in read_table(path, ("demonym", "country"))}
