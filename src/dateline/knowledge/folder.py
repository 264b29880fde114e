"""A user's own knowledge: a folder of tables that are laid over those that ship."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from dateline.core import KnowledgeError

VARIABLE = "DATELINE_KNOWLEDGE"
TABLES = ("actors.tsv", "predicates.tsv", "types.tsv", "cue_verbs.tsv")
PLACES = "places.csv"
_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class KnowledgeFolder:
    """A folder of a user's tables as it was when it was looked at: ``digest`` is of their names and bytes."""

    path: Path
    tables: frozenset[str]
    digest: str

    @classmethod
    def of(cls, path: str | Path) -> KnowledgeFolder:
        """The folder at a path. Hidden files, ``README`` and ``places.csv`` may lie in it and are not read.

        Raises KnowledgeError where it is no folder, cannot be read, or holds a file of another name.
        """
        path = Path(path)
        if not path.is_dir():
            raise KnowledgeError(str(path), 0, "no such folder of knowledge")
        told = hashlib.sha256()
        tables = set()
        try:
            for file in sorted(path.iterdir()):
                if file.name in TABLES:
                    tables.add(file.name)
                    told.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
                elif not (file.name.startswith((".", "README")) or file.name == PLACES):
                    raise KnowledgeError(str(file), 0, f"no table of knowledge: one of {', '.join(TABLES)}")
        except OSError as error:
            raise KnowledgeError(str(error.filename or path), 0, error.strerror or str(error)) from error
        return cls(path, frozenset(tables), told.hexdigest())

    def table(self, name: str) -> Path | None:
        """The path of one of the tables, None where the folder has none of that name."""
        return self.path / name if name in self.tables else None

    @property
    def producer(self) -> str:
        """How a reading names it: ``user.`` and the first digits of the digest."""
        return f"user.{self.digest[:8]}"


_inside: ContextVar[KnowledgeFolder | None] = ContextVar("knowledge", default=None)


def folder() -> KnowledgeFolder | None:
    """The folder in use: that of :func:`using`, else the one that the environment named at the first look.

    Raises KnowledgeError where the environment names no folder of tables.
    """
    return _inside.get() or _of_environment()


def own_table(name: str) -> Path | None:
    """The user's table of a name, None where there is none."""
    here = folder()
    return here.table(name) if here else None


@contextmanager
def using(here: KnowledgeFolder | None) -> Iterator[None]:
    """Within the block, and in this thread alone, the tables of a folder are laid over those that ship."""
    token = _inside.set(here)
    try:
        yield
    finally:
        _inside.reset(token)


def use(path: str | Path) -> KnowledgeFolder:
    """Use a folder from here on, in this process and in those that it starts."""
    here = KnowledgeFolder.of(Path(path).resolve())
    os.environ[VARIABLE] = str(here.path)
    _of_environment.cache_clear()
    return here


@functools.cache
def _of_environment() -> KnowledgeFolder | None:
    name = os.environ.get(VARIABLE)
    return KnowledgeFolder.of(name) if name else None


def by_folder(load: Callable[_P, _T]) -> Callable[_P, _T]:
    """A loader that loads once for each state of the folder in use, as ``functools.cache`` would load once for all.

    So a change of the folder needs no clearing, and readings under two folders do not mix.
    """
    kept: dict[object, object] = {}

    @functools.wraps(load)
    def loaded(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        key = (folder(), args, tuple(kwargs.items()))
        if key not in kept:
            kept[key] = load(*args, **kwargs)
        return cast(_T, kept[key])

    return loaded
