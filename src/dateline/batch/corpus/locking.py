"""One run at a time writes into a folder."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from dateline.batch.corpus.addresses import Folder
from dateline.core import DatelineError

LOCK = "_lock"
BEAT, DEAD = 20.0, 120.0
"""Seconds between signs of life where a folder is not on this machine, and after how many of silence it is free."""


@contextmanager
def locked(folder: Folder) -> Iterator[None]:
    """Hold the folder for this process; it is free again when the process ends, however it does.

    Raises DatelineError, naming the process, where another holds it.
    """
    if folder.path is None:
        with _beating(folder):
            yield
        return
    folder.path.mkdir(parents=True, exist_ok=True)
    place = folder.path / LOCK
    file = _flocked(place)
    if file is None:
        raise DatelineError(f"{folder.uri}: another run writes here ({_holder(place)})")
    with file:
        file.truncate(0)
        file.write(_me())
        file.flush()
        yield
        place.unlink(missing_ok=True)


def held(folder: Folder) -> str | None:
    """Who holds a folder now, None where nobody does."""
    if folder.path is None:
        told = _sign(folder)
        return str(told["by"]) if told else None
    place = folder.path / LOCK
    if not place.exists():
        return None
    import fcntl

    with place.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return _holder(place)
    return None


def _flocked(place: Path) -> TextIO | None:
    """The file, locked; None where another process has it. One that was taken away meanwhile is made anew."""
    import fcntl

    while True:
        file = place.open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(file.fileno()).st_ino == place.stat().st_ino:
                return file
        except FileNotFoundError:
            pass
        except OSError:
            file.close()
            return None
        file.close()


def _sign(folder: Folder) -> dict[str, Any] | None:
    """The sign of life of whoever holds a folder that is not on this machine."""
    try:
        told: dict[str, Any] = json.loads(folder.read(LOCK))
        return told if time.time() - float(told["beat"]) < DEAD else None
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


@contextmanager
def _beating(folder: Folder) -> Iterator[None]:
    """Where nothing can be locked: a file with a sign of life that is renewed while the run goes on."""
    mine = _me()
    if told := _sign(folder):
        raise DatelineError(f"{folder.uri}: another run writes here ({told.get('by', 'unknown')})")
    over = threading.Event()

    def sign() -> None:
        folder.write(LOCK, json.dumps({"by": mine, "beat": time.time()}).encode())

    def beat() -> None:
        while not over.wait(BEAT):
            sign()

    sign()
    told = _sign(folder)
    if told is None or told["by"] != mine:
        raise DatelineError(f"{folder.uri}: another run began to write here at the same moment")
    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        folder.remove(LOCK)


def _me() -> str:
    return f"process {os.getpid()} on {socket.gethostname()} since {time.strftime('%Y-%m-%d %H:%M:%S')}"


def _holder(place: Path) -> str:
    try:
        return place.read_text(encoding="utf-8").strip() or "it has not said which"
    except OSError:
        return "it has not said which"
