"""``dateline gazetteer`` and ``dateline actors``: knowledge that the user brings."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.commands import ALL_READ, SOME_FAILED

if TYPE_CHECKING:
    from dateline.commands.options import Commands


def add_commands(commands: Commands) -> None:
    """Add the commands and their options."""
    own = commands.add_parser("gazetteer", help="bring your own places")
    verbs = own.add_subparsers(dest="verb", metavar="VERB", required=True)
    about = "GeoNames dumps or lists with a header (name,lat,lon …), also zipped, made into one table"
    fill = verbs.add_parser("import", help=about)
    fill.add_argument("files", nargs="+", type=Path, metavar="FILE", help="such as US.txt, allCountries.zip, own.csv")
    fill.add_argument("--to", default="user", metavar="FILE.db", help="the table (in your data folder: user)")
    fill.set_defaults(run=_import_gazetteer)
    its = commands.add_parser("actors", help="own actors").add_subparsers(dest="verb", metavar="VERB", required=True)
    check = its.add_parser("check", help="name every wrong row of a table of actors")
    check.add_argument("file", type=Path, metavar="FILE", help="a table like data/actors/organisations.tsv")
    check.set_defaults(run=_check_actors)


def _import_gazetteer(options: argparse.Namespace) -> int:
    from dateline.batch import import_gazetteer, import_shown, say
    from dateline.knowledge.user_gazetteer import named_path

    to = named_path(options.to)
    with import_shown() as progress:
        done = import_gazetteer(options.files, to, progress=progress)
    told = f"{done.places:,} places under {done.names:,} names in {to}"
    say(f"{told}; {done.passed:,} other features, {done.repeated:,} repeated, {done.broken:,} broken lines left out")
    say(f"use it with --gazetteer {options.to}")
    return SOME_FAILED if done.broken else ALL_READ


def _check_actors(options: argparse.Namespace) -> int:
    from dateline.knowledge.actor_check import checked_actors
    from dateline.knowledge.actors import shipped_registry

    done = checked_actors(options.file, shipped_registry())
    for fault in done.faults:
        print(fault)
    print(f"{options.file}: {done.summary}")
    return SOME_FAILED if done.faults else ALL_READ
