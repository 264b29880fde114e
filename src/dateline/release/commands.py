"""``dateline release``: arguments are parsed, the room called, what was done is said."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import _SubParsersAction

DONE = 0


def add_release_command(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    release = commands.add_parser("release", help="freeze a version of a store: records, manifest, changes")
    release.add_argument("--store", required=True, metavar="FILE", help="the store")
    release.add_argument("-o", "--output", required=True, metavar="DIR", help="the folder, which must not be there yet")
    release.add_argument("--since", metavar="DIR", help="the last release, to tell what changed and was withdrawn")
    about = "choose the figures by ucdp, acled, literal or a file of your own rules"
    release.add_argument("--profile", metavar="FILE|NAME", help=about)
    about = "leave the readings out, which hold the whole texts of the reports"
    release.add_argument("--without-texts", action="store_true", help=about)
    release.set_defaults(run=_release)


def _release(options: argparse.Namespace) -> int:
    from dateline.release import earlier, freeze
    from dateline.store import Store

    since = earlier(options.since) if options.since else None
    with Store(options.store, create=False) as store:
        done = freeze(store, options.output, since=since, profile=options.profile, texts=not options.without_texts)
    told = [f"{done.incidents} incidents of {done.documents} documents"]
    told += [f"{number} {what.replace(' ', 's ')}" for what, number in done.changes or () if number]
    print("dateline: " + "; ".join(told), file=sys.stderr)
    return DONE
