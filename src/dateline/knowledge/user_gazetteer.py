"""A user's own table of places, in SQLite beside the gazetteer that ships: read by key, written in a stream."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import sqlite3
import sys
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.core import KnowledgeError, PlaceKind
from dateline.knowledge.folding import fold

USER = "user"
VARIABLE = "DATELINE_GAZETTEER"
MOST = 60
_MARK = 0x64746C67  # "dtlg"
_VERSION = 1
_BATCH = 5_000
_LARGEST_ID = 1 << 27
_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE units (country TEXT, code TEXT, name TEXT NOT NULL, PRIMARY KEY (country, code)) WITHOUT ROWID;
CREATE TABLE places (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
    country TEXT, admin1 TEXT, code TEXT, geonames INTEGER, population INTEGER NOT NULL, radius REAL NOT NULL,
    capital INTEGER NOT NULL
);
CREATE TABLE names (key TEXT NOT NULL, alternate INTEGER NOT NULL, weight INTEGER NOT NULL, place INTEGER NOT NULL);
"""
# The sorter of CREATE INDEX spills to disk, so an index made last keeps the memory of a large import small.
_INDEX = "CREATE INDEX names_by_key ON names (key, alternate, weight DESC, place)"
_ASK = """
SELECT p.number, p.name, p.kind, p.lat, p.lon, p.country, coalesce(p.admin1, u.name), p.code, p.geonames,
       p.population, p.radius, p.capital, n.alternate
FROM names AS n JOIN places AS p ON p.number = n.place
LEFT JOIN units AS u ON u.country = p.country AND u.code = p.code
WHERE n.key = ? ORDER BY n.alternate, n.weight DESC, n.place LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class UserPlace:
    """A place of a user's table: degrees WGS 84, radius in km, 0 people where unknown.

    ``admin1`` is the name of its first-order unit, ``code`` the unit's GeoNames code; ``aliases`` are other
    names. ``alternate`` says that a look-up found it under one of those.
    """

    name: str
    kind: PlaceKind
    lat: float
    lon: float
    country: str | None = None
    admin1: str | None = None
    code: str | None = None
    geonames: int | None = None
    population: int = 0
    radius_km: float = 5.0
    capital: bool = False
    aliases: tuple[str, ...] = ()
    alternate: bool = False
    number: int = 0


def default_path() -> Path:
    """Where a user's table lies if nothing else is said: in the user's data folder of this system."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "dateline" / "gazetteer.db"


def named_path(name: str) -> Path:
    """The file that is meant: ``user`` is the one in the user's data folder, all else a path."""
    return default_path() if name == USER else Path(name)


class UserGazetteer:
    """Look-up of a user's places by folded name, through an index.

    Raises KnowledgeError that names the file where it is not a table that :func:`written` made.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        if not path.is_file():
            raise KnowledgeError(str(path), 0, "no such gazetteer (dateline gazetteer import makes one)")
        try:
            uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            self._base = sqlite3.connect(uri, uri=True, check_same_thread=False)
            weakref.finalize(self, self._base.close)
            mark = self._base.execute("PRAGMA application_id").fetchone()[0]
            version = self._base.execute("PRAGMA user_version").fetchone()[0]
            if (mark, version) != (_MARK, _VERSION):
                raise KnowledgeError(str(path), 0, "not a gazetteer that dateline gazetteer import made")
            told = dict(self._base.execute("SELECT name, value FROM about"))
            self.digest, self._count = str(told["sha256"]), int(told["places"])
        except (sqlite3.Error, KeyError, ValueError) as error:
            raise KnowledgeError(str(path), 0, f"not a gazetteer: {error}") from error

    def __len__(self) -> int:
        return self._count

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def places(self, key: str) -> tuple[UserPlace, ...]:
        """The places under a folded name, main names first, then by population; at most 60."""
        try:
            rows = self._base.execute(_ASK, (key, MOST)).fetchall()
        except sqlite3.Error as error:
            raise KnowledgeError(str(self._path), 0, str(error)) from error
        return tuple(_place(row) for row in rows)


def _place(row: tuple[Any, ...]) -> UserPlace:
    number, name, kind, lat, lon, country, admin1, code, geonames, population, radius, capital, alternate = row
    return UserPlace(
        name, kind, lat, lon, country, admin1, code, geonames, population, radius, bool(capital), (), bool(alternate),
        number,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """What a finished table holds: places, names and places left out because their GeoNames id came before."""

    places: int
    names: int
    repeated: int


def written(path: Path, places: Iterable[UserPlace]) -> Written:
    """Write a table of places, whole or not at all; what lay at the path before is replaced.

    The places are taken one after another and kept on disk, so memory does not grow with their number.
    Raises KnowledgeError where the file cannot be written or another kind of file lies there; other
    errors of ``places`` pass through.
    """
    draft = path.with_name(path.name + ".part")
    if path.exists():
        UserGazetteer(path).close()  # a file that is something else is not overwritten
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(draft)) as base:
            done = _fill(base, places)
        draft.replace(path)
    except (sqlite3.Error, OSError) as error:
        raise KnowledgeError(str(path), 0, f"cannot be written: {error}") from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
    return done


def _fill(base: sqlite3.Connection, places: Iterable[UserPlace]) -> Written:
    # The draft is thrown away if anything goes wrong, so it needs no journal.
    base.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA application_id = {_MARK};")
    base.executescript(f"PRAGMA user_version = {_VERSION}; PRAGMA cache_size = -65536; {_TABLES}")
    digest = hashlib.sha256()
    told, names, seen = 0, 0, _Seen()
    fresh = (place for place in places if seen.add(place.geonames))
    numbered = ((number, place) for number, place in enumerate(fresh, 1))
    while batch := list(itertools.islice(numbered, _BATCH)):
        rows = [_row(number, place) for number, place in batch]
        keys = [row for number, place in batch for row in _names(number, place)]
        digest.update(repr((rows, keys)).encode("utf-8", "surrogatepass"))
        base.executemany("INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", rows)
        base.executemany("INSERT INTO names VALUES (?,?,?,?)", keys)
        units = [(p.country, p.code, p.name) for _, p in batch if p.kind == "admin1" and p.code and p.country]
        base.executemany("INSERT OR IGNORE INTO units VALUES (?,?,?)", units)
        told, names = told + len(rows), names + len(keys)
    base.execute(_INDEX)
    about = (("sha256", digest.hexdigest()), ("places", str(told)), ("names", str(names)))
    base.executemany("INSERT INTO about VALUES (?,?)", about)
    base.commit()
    return Written(told, names, seen.repeated)


def _row(number: int, place: UserPlace) -> tuple[object, ...]:
    return (
        number, place.name, place.kind, place.lat, place.lon, place.country, place.admin1, place.code, place.geonames,
        place.population, place.radius_km, int(place.capital),
    )  # fmt: skip


def _names(number: int, place: UserPlace) -> Iterator[tuple[str, int, int, int]]:
    main = fold(place.name)
    keys = {key: True for key in map(fold, place.aliases) if key} | ({main: False} if main else {})
    return ((key, int(alternate), place.population, number) for key, alternate in keys.items())


class _Seen:
    """Which GeoNames ids came before, a bit each."""

    def __init__(self) -> None:
        self._bits = bytearray()
        self.repeated = 0

    def add(self, number: int | None) -> bool:
        """Whether the id is new; places without an id always are."""
        if number is None or not 0 < number < _LARGEST_ID:
            return True
        at, bit = number >> 3, 1 << (number & 7)
        if at >= len(self._bits):
            self._bits.extend(bytes(at + 1024 - len(self._bits)))
        if self._bits[at] & bit:
            self.repeated += 1
            return False
        self._bits[at] |= bit
        return True
