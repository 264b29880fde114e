"""Where results and failures are written: whole or not at all, and in words that harm no terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from dateline.core import Failure, Reading


class Failures:
    """Names every failure on standard error, and in a file of JSON lines where one is asked for.

    Raises OSError where that file cannot be written.

    >>> from dateline.core import Failure
    >>> with Failures(None) as failures:
    ...     list(failures.passed([Failure("d2", "ingest", "no text")])), failures.count
    ([], 1)
    """

    def __init__(self, path: str | None) -> None:
        self.count = 0
        self._file = Path(path).open("w", encoding="utf-8", newline="\n") if path else None  # noqa: SIM115

    def __call__(self, failure: Failure) -> None:
        self.count += 1
        say(f"{failure.document}: {failure.stage}: {failure.error}")
        if self._file:
            line = {"id": failure.document, "stage": failure.stage, "error": failure.error}
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._file:
            self._file.close()

    def passed(self, results: Iterable[Reading | Failure]) -> Iterator[Reading]:
        """The readings among the results, as they come."""
        for result in results:
            if isinstance(result, Reading):
                if result.unsupported:
                    say(not_read(result))
                yield result
            else:
                self(result)


def not_read(reading: Reading) -> str:
    """What is said of a document in a language that is not read.

    >>> import dateline
    >>> text = "Dos soldados murieron el martes en un ataque contra un puesto militar, dijo la policía."
    >>> print(not_read(dateline.read(text)).rpartition(": ")[2])
    its language is es, and only English is supported
    """
    return f"{reading.document.id}: not read: its language is {reading.unsupported}, and only English is supported"


def say(words: str) -> None:
    """A line on standard error; letters that could steer a terminal are shown as �.

    >>> say("2 read, 1 failed")  # on standard error
    """
    shown = "".join(ch if ch.isprintable() else "�" for ch in words)
    print(f"dateline: {shown}", file=sys.stderr, flush=True)


@contextmanager
def written(path: str | None) -> Iterator[TextIO]:
    r"""Where output goes: standard output, or a file that appears when all is written and not before.

    ``path`` None or ``-`` is standard output. Raises OSError where the file cannot be written.

    >>> with written(None) as out:
    ...     _ = out.write("one line\n")
    one line
    """
    if path is None or path == "-":
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        return
    target = Path(os.path.realpath(path))
    whole = target.exists() and not target.is_file()
    part = target if whole else target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        out = part.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise type(error)(error.errno, error.strerror, path) from None
    try:
        with out:
            yield out
        if not whole:
            part.replace(target)
    finally:
        if not whole:
            part.unlink(missing_ok=True)
