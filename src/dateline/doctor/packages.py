"""Python, this package, what it needs and what it can do more with."""

from __future__ import annotations

import functools
import platform
import sqlite3
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from dateline.core.version import __version__
from dateline.doctor.finding import Finding

NAME = "dateline"
FOR = {
    "review": "dateline serve",
    "frames": "dateline.to_frame",
    "parquet": "--to parquet and geoparquet",
    "ray": "--engine ray",
    "s3": "s3:// paths",
    "gs": "gs:// paths",
    "http": "http:// corpora",
}


def program_findings() -> Iterator[Finding]:
    """Python, SQLite and this package."""
    yield Finding("program", NAME, "well", f"{__version__} in {Path(__file__).parents[1]}")
    python = (
        f"{platform.python_implementation()} {platform.python_version()} on {platform.system()} {platform.machine()}"
    )
    own = _own()
    needs = str(own["Requires-Python"]) if own and "Requires-Python" in own else None
    state = _fits(platform.python_version(), needs)
    yield Finding("program", "Python", "well" if state else "wrong", python if state else f"{python}; needs {needs}")
    with sqlite3.connect(":memory:") as base:
        try:
            base.execute("CREATE VIRTUAL TABLE words USING fts5 (told)")
            yield Finding("program", "SQLite", "well", sqlite3.sqlite_version)
        except sqlite3.OperationalError:
            yield Finding("program", "SQLite", "wrong", f"{sqlite3.sqlite_version} without FTS5, which stores need")


def package_findings() -> Iterator[Finding]:
    """The packages without which nothing works, each with its version."""
    if _own() is None:
        yield Finding("packages", NAME, "wrong", "not installed as a package: what it needs cannot be told")
        return
    for needed, extra in _needs():
        if not extra:
            yield _looked_for("packages", needed)


def extra_findings() -> Iterator[Finding]:
    """The extras: what an extra's packages are, or that it is not installed, which is no fault."""
    extras: dict[str, list[Finding]] = {}
    for needed, extra in _needs():
        if extra:
            extras.setdefault(extra, []).append(_looked_for("extras", needed))
    for extra, found in sorted(extras.items()):
        told = ", ".join(f"{each.name} {each.about}" for each in found)
        use = f" ({FOR[extra]})" if extra in FOR else ""
        if any(each.state == "wrong" and each.about != _NOT_THERE for each in found):
            yield Finding("extras", extra, "wrong", told)
        elif any(each.state == "wrong" for each in found):
            yield Finding("extras", extra, "absent", f"not installed{use}: pip install 'dateline[{extra}]'")
        else:
            yield Finding("extras", extra, "well", f"{told}{use}")


_NOT_THERE = "not installed"


@functools.cache
def _own() -> metadata.PackageMetadata | None:
    try:
        return metadata.metadata(NAME)
    except metadata.PackageNotFoundError:
        return None


def _needs() -> Iterator[tuple[str, str]]:
    """Each requirement (``numpy>=2``) with the extra that asks for it, empty for the package itself."""
    for line in metadata.requires(NAME) or () if _own() else ():
        needed, _, condition = line.partition(";")
        yield needed.strip(), condition.partition("extra ==")[2].strip().strip("'\"")


def _looked_for(area: str, needed: str) -> Finding:
    """A package that is needed, as it was found."""
    try:
        from packaging.requirements import Requirement
    except ImportError:
        return Finding(area, needed, "wrong", "packaging is not installed: versions cannot be compared")
    wanted = Requirement(needed)
    try:
        version = metadata.version(wanted.name)
    except metadata.PackageNotFoundError:
        return Finding(area, wanted.name, "wrong", _NOT_THERE)
    if wanted.specifier.contains(version, prereleases=True):
        return Finding(area, wanted.name, "well", version)
    return Finding(area, wanted.name, "wrong", f"{version}, which does not meet {wanted.specifier}")


def _fits(version: str, needs: str | None) -> bool:
    try:
        from packaging.specifiers import SpecifierSet
    except ImportError:
        return True
    return needs is None or SpecifierSet(needs).contains(version, prereleases=True)
