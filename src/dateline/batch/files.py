"""Exports that are files of their own: a folder, or one file that is no text."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def written_files(path: str, files: Iterable[tuple[str, bytes]]) -> None:
    """Write the files (name and content) into the folder ``path``, or to ``path`` itself where the name is empty.

    All are made before the first is written, and each appears whole or not at all. Other files of the folder stay.
    Raises OSError where the path cannot be written.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written_files(f"{folder}/out", [("a.txt", b"words")])
    ...     Path(f"{folder}/out/a.txt").read_text()
    'words'
    """
    target = Path(os.path.realpath(path))
    for name, content in tuple(files):
        place = target / name if name else target
        if name:
            place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f".{place.name}.{os.getpid()}.part")
        try:
            part.write_bytes(content)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
