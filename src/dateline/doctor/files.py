"""Models and data: whether they are the ones that were measured, by their hashes."""

from __future__ import annotations

import base64
import csv
import hashlib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from dateline.core import DatelineError
from dateline.doctor.finding import Finding
from dateline.knowledge.tables import data_path, read_table

TABLE = "hashes.tsv"
_BLOCK = 1 << 20


def data_findings() -> Iterator[Finding]:
    """Every trained or compiled file against the hash in its card; then the files of the installed package."""
    try:
        rows = read_table(TABLE, ("file", "sha256", "card"))
    except (DatelineError, OSError) as error:
        yield Finding("data", TABLE, "wrong", str(error))
        rows = ()
    for row in rows:
        found = sha256_of(data_path(row["file"]))
        if found is None:
            yield Finding("data", row["file"], "wrong", f"not there; {row['card']} tells how it is made")
        elif found != row["sha256"]:
            about = f"sha256 {found[:12]}… is not {row['sha256'][:12]}… of {row['card']}"
            yield Finding("data", row["file"], "wrong", about)
        else:
            yield Finding("data", row["file"], "well", f"sha256 {found[:12]}… as in {row['card']}")
    yield from record_findings()


def record_findings(name: str = "dateline") -> Iterator[Finding]:
    """The files of an installed package against its RECORD; nothing to compare where it stands on a checkout."""
    try:
        held = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return
    record = held.read_text("RECORD") or ""
    listed = [row for row in csv.reader(record.splitlines()) if row and row[0].startswith(f"{name}/") and row[1]]
    changed = [row[0] for row in listed if _digest(Path(str(held.locate_file(row[0])))) != row[1]]
    if changed:
        yield Finding("data", "RECORD", "wrong", f"{len(changed)} files are not as installed: {', '.join(changed[:5])}")
    elif listed:
        yield Finding("data", "RECORD", "well", f"{len(listed)} files are as installed")
    else:
        yield Finding("data", "RECORD", "well", "stands on a checkout: git tells what was changed")


def sha256_of(path: Path) -> str | None:
    """The SHA-256 of a file in hex; None where it is not there.

    >>> sha256_of(Path("/no/such/file")) is None
    True
    """
    digest = _hashed(path)
    return digest.hex() if digest else None


def _digest(path: Path) -> str | None:
    """As RECORD has it: urlsafe base64 without padding."""
    digest = _hashed(path)
    return f"sha256={base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}" if digest else None


def _hashed(path: Path) -> bytes | None:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError:
        return None
    return digest.digest()
