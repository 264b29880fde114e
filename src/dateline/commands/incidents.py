"""``dateline incidents`` and ``dateline show``: what a store holds, listed and told claim by claim."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.commands import ALL_READ
from dateline.commands.options import as_linked, output, profile, store
from dateline.commands.screen import screen, write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.commands.options import Commands
    from dateline.core import Incident, Reading
    from dateline.store import Store

_FORMATS = ("table", "json")
_WIDE = 140


def add_commands(commands: Commands) -> None:
    """Add the commands and their options."""
    held = argparse.ArgumentParser(add_help=False, parents=[store(), profile(), as_linked(), output()])
    held.add_argument("--to", default="table", choices=_FORMATS, help="table (the default) or json")
    listing = commands.add_parser("incidents", parents=[held], help="list the incidents of a store")
    listing.add_argument("--since", metavar="DATE", help="that ended on this day or later")
    listing.add_argument("--until", metavar="DATE", help="that began on this day or earlier")
    listing.add_argument("--place", metavar="WORDS", help="in a place, province or country of this name")
    listing.add_argument("--type", metavar="TYPE", help="of this type (ASSAULT) or type and mode (ASSAULT/firearms)")
    listing.add_argument("--actor", metavar="WORDS", help="with an actor of this name")
    listing.add_argument("--text", metavar="WORDS", help="whose tellings, titles, parties or labels hold these words")
    about = "on which voices differ: any field, or the one that is named (killed, responsibility, time …)"
    listing.add_argument("--disagreement", nargs="?", const="any", metavar="FIELD", help=about)
    listing.add_argument("--grade", metavar="GRADE", help="of this evidence grade, such as contested")
    listing.set_defaults(run=_incidents)
    show = commands.add_parser("show", parents=[held], help="every claim on one incident, with its words")
    show.add_argument("id", metavar="ID", help="its id, the beginning of one, or its number in the store, from 1")
    show.set_defaults(run=_show)


def incidents_of(store: Store, options: argparse.Namespace) -> Sequence[Incident]:
    """The incidents of a store with people's decisions laid over them, or as they were linked."""
    from dateline.incidents import summed_anew

    if options.as_linked:
        return store.incidents()
    return [summed_anew(each) for each in store.reviewed_incidents()]


def by_profile(incidents: Sequence[Incident], readings: Mapping[str, Reading], name: str | None) -> Sequence[Incident]:
    """The incidents with their figures chosen by a profile; as they are where none is asked for."""
    from dateline.incidents import profiled
    from dateline.knowledge.profiles import profile_of

    if name is None:
        return incidents
    profile = profile_of(name)
    return [profiled(incident, readings, profile) for incident in incidents]


def _incidents(options: argparse.Namespace) -> int:
    from dateline.batch import written
    from dateline.exports.incidents_table import write_json, write_table
    from dateline.incidents import Wanted, selected
    from dateline.store import Store

    wanted = Wanted(
        since=_day(options.since, "--since"),
        until=_day(options.until, "--until"),
        place=options.place,
        type=options.type,
        actor=options.actor,
        text=options.text,
        disagreement=options.disagreement,
        grade=options.grade,
    )
    with Store(options.store, create=False) as store:
        readings = store.by_document()
        found = by_profile(selected(incidents_of(store, options), readings, wanted), readings, options.profile)
        with written(options.output) as out:
            width, ansi = screen(out)
            table = write_table(found, width=width or _WIDE, ansi=ansi)
            write(out, write_json(found) if options.to == "json" else table)
    return ALL_READ


def _show(options: argparse.Namespace) -> int:
    from dateline.batch import written
    from dateline.core import StoreError
    from dateline.exports.incident_show import write_show, write_show_json
    from dateline.incidents import named
    from dateline.store import Store

    with Store(options.store, create=False) as store:
        try:
            incident = named(incidents_of(store, options), options.id)
        except ValueError as error:
            raise StoreError(f"{options.store}: {options.id}: {error}") from None
        readings = store.by_document()
        (incident,) = by_profile([incident], readings, options.profile)
        with written(options.output) as out:
            width, ansi = screen(out)
            told = write_show(incident, readings, width=width or _WIDE, ansi=ansi)
            write(out, write_show_json(incident, readings) if options.to == "json" else told)
    return ALL_READ


def _day(told: str | None, option: str) -> str | None:
    from dateline.ingest import checked_date

    return checked_date(told, option)
