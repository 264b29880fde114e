"""The reference pages, made from the program: every public name, every command."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Iterator

import dateline
from dateline.cli import parser

VERBS = ("read", "read_many", "link", "Store", "to_frame")
WIDTH = 88


def python_page() -> str:
    """What ``import dateline`` gives: the verbs, then the records, then the errors."""
    names = [name for name in dateline.__all__ if name not in VERBS and not name.startswith("_")]
    errors = [name for name in names if name.endswith("Error")]
    records = [name for name in names if name not in errors]
    about = (
        "Everything is imported when it is first used. All records are frozen; `to_dict()` gives the contract's JSON."
    )
    parts = ["# Python", about, "## What it does", *map(_told, VERBS)]
    parts += ["## Records", *map(_told, records), "## Errors", *map(_told, errors)]
    return "\n\n".join(parts) + "\n"


def rooms_page() -> str:
    """The public faces of the rooms, for those who build on the parts."""
    parts = ["# The rooms", "For those who build on the parts. A room imports rooms of lower floors only."]
    told = set(dateline.__all__)
    for room in sorted(each.name for each in pkgutil.iter_modules(dateline.__path__) if each.ispkg):
        module = importlib.import_module(f"dateline.{room}")
        names = [name for name in getattr(module, "__all__", ()) if name not in told or room not in ("core", "store")]
        if names:
            parts += [f"## dateline.{room}", (module.__doc__ or "").strip().partition("\n")[0]]
            parts += [_told(name, room) for name in names]
    return "\n\n".join(parts) + "\n"


def commands_page() -> str:
    """Every command and verb with its options, as ``--help`` tells them."""
    parts = [
        "# Commands",
        "As `dateline COMMAND --help` tells them. Exit status 0: all done; 1: some failed, each named;",
    ]
    parts[-1] += " 2: the command could not start."
    for name, each, depth in _commands(parser(), "dateline"):
        parts += [f"{'#' * depth} {name}", f"```text\n{each.format_help().strip()}\n```"]
    return "\n\n".join(parts) + "\n"


def _told(name: str, room: str = "") -> str:
    module = importlib.import_module(f"dateline.{room}" if room else "dateline")
    thing = getattr(module, name)
    home = getattr(thing, "__module__", None) or module.__name__
    if not home.startswith("dateline") or not hasattr(importlib.import_module(home), name):
        home = module.__name__
    return f"::: {home}.{name}\n    options:\n      heading_level: 3"


def _commands(
    above: argparse.ArgumentParser, name: str, depth: int = 2
) -> Iterator[tuple[str, argparse.ArgumentParser, int]]:
    for action in above._actions:
        for verb, each in (action.choices if isinstance(action, argparse._SubParsersAction) else {}).items():
            each.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=WIDTH)
            yield f"{name} {verb}", each, depth
            yield from _commands(each, f"{name} {verb}", depth + 1)
