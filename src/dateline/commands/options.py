"""The options that several commands share, and what they mean to the rooms below."""

from __future__ import annotations

import argparse
import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from dateline.ingest import Known, Limits

    Commands = _SubParsersAction[argparse.ArgumentParser]

ABOUT_PROFILE = "choose the figures by ucdp, acled, literal or a file of your own rules (docs/disagreement.md)"


class UsageError(Exception):
    """The command cannot start: what was asked for is not there or makes no sense."""


def _apart() -> argparse.ArgumentParser:
    return argparse.ArgumentParser(add_help=False)


def inputs() -> argparse.ArgumentParser:
    """The documents to read, and what is known of them."""
    made = _apart()
    about = "text, HTML, JSON, JSONL or WARC file (also .gz), a folder, - for standard input, or an http(s) address"
    made.add_argument("inputs", nargs="+", metavar="INPUT", help=about)
    made.add_argument("--errors", metavar="FILE", help="write failures there too, a JSON object a line")
    about = "date of writing, ISO, of documents that are given without one"
    made.add_argument("--published", metavar="DATE", help=about)
    made.add_argument("--outlet", metavar="NAME", help="outlet of documents that are given without one")
    about = "your own places beside the shipped ones: a file of dateline gazetteer import, or user"
    made.add_argument("--gazetteer", metavar="FILE", help=about)
    about = "your own knowledge over the shipped tables: a folder with actors.tsv, predicates.tsv, types.tsv …"
    made.add_argument("--knowledge", metavar="DIR", help=about)
    about = "set a bound, such as text=2M or seconds=5 (docs/limits.md); may be given several times"
    made.add_argument("--bound", action="append", default=[], metavar="NAME=NUMBER", help=about)
    return made


def output() -> argparse.ArgumentParser:
    """Where what is written goes."""
    made = _apart()
    made.add_argument("-o", "--output", metavar="OUT", help="write to this file, whole or not at all")
    return made


def jobs() -> argparse.ArgumentParser:
    """How many processes read."""
    made = _apart()
    made.add_argument("--jobs", type=positive, default=1, metavar="N", help="processes that read (1)")
    return made


def store() -> argparse.ArgumentParser:
    """The store that is there already."""
    made = _apart()
    made.add_argument("--store", required=True, metavar="FILE", help="the store")
    return made


def as_linked() -> argparse.ArgumentParser:
    """Whether people's decisions count."""
    made = _apart()
    about = "incidents as they were linked, without people's decisions laid over them"
    made.add_argument("--as-linked", action="store_true", help=about)
    return made


def profile() -> argparse.ArgumentParser:
    """How the figures of an incident are chosen."""
    made = _apart()
    made.add_argument("--profile", metavar="FILE|NAME", help=ABOUT_PROFILE)
    return made


def positive(words: str) -> int:
    """A number above 0."""
    if not words.isdecimal() or int(words) < 1:
        raise argparse.ArgumentTypeError(f"{words!r} is not a number above 0")
    return int(words)


def one_of(name: str, formats: tuple[str, ...]) -> None:
    """Refuse a format that is not among these."""
    if name not in formats:
        raise UsageError(f"--to {name}: choose {', '.join(formats)}")


def needs_path(options: argparse.Namespace, formats: tuple[str, ...]) -> None:
    """Refuse to print a format that is no text."""
    if options.to in formats and options.output in (None, "-"):
        raise UsageError(f"--to {options.to} is no text: name where it goes with -o OUT")


def limits(options: argparse.Namespace) -> Limits:
    """The bounds; what the command itself writes is no input, though it may lie in the folder that is read."""
    from dateline.ingest import Limits, bounded

    own = (getattr(options, name, None) for name in ("errors", "output", "store"))
    return bounded(Limits(without=frozenset(Path(name) for name in own if name)), options.bound)


def known(options: argparse.Namespace) -> Known:
    """What the options tell of every document, once it is sure that there is something to read."""
    from dateline.ingest import exists

    if not any(exists(name) for name in options.inputs):
        raise UsageError(f"no such file: {', '.join(options.inputs)}")
    return told(options)


def told(options: argparse.Namespace) -> Known:
    """What the options tell of every document; the tables that they name are in use from here on."""
    from dateline.core import IngestError
    from dateline.ingest import Known, checked_date

    _use_gazetteer(options.gazetteer)
    _use_knowledge(options.knowledge)
    try:
        published = checked_date(options.published, "--published")
    except IngestError as error:
        raise UsageError(str(error)) from None
    return Known(published, options.outlet, today=datetime.date.today())


def _use_gazetteer(name: str | None) -> None:
    """Let the gazetteer, here and in the processes that read, ask the user's table too."""
    from dateline.knowledge.user_gazetteer import VARIABLE, UserGazetteer, named_path

    if name is not None:
        os.environ[VARIABLE] = str(named_path(name).resolve())
    if os.environ.get(VARIABLE):
        UserGazetteer(named_path(os.environ[VARIABLE])).close()


def _use_knowledge(name: str | None) -> None:
    """Lay the user's tables over the shipped ones, here and in the processes that read; all are looked through now."""
    from dateline.batch import say
    from dateline.knowledge.folder import PLACES, use
    from dateline.knowledge.own import looked_through
    from dateline.knowledge.user_gazetteer import VARIABLE

    if name is not None:
        use(name)
    here = looked_through()
    if here and (here.path / PLACES).exists() and not os.environ.get(VARIABLE):
        say(f"{here.path / PLACES} is not read from there: dateline gazetteer import it, and read with --gazetteer")
