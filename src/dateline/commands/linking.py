"""``dateline link``, ``code``, ``withdraw`` and ``export``: documents and stores to incidents."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from typing import TYPE_CHECKING

from dateline.commands import ALL_READ, SOME_FAILED
from dateline.commands.corpus import add_corpus_options, code_into_folder
from dateline.commands.incidents import by_profile, incidents_of
from dateline.commands.options import (
    UsageError,
    as_linked,
    inputs,
    jobs,
    known,
    limits,
    needs_path,
    one_of,
    output,
    positive,
    profile,
    store,
)
from dateline.commands.screen import incidents_writer_for, write

if TYPE_CHECKING:
    from dateline.batch.linking import Relinked
    from dateline.commands.options import Commands

STORED = ("readings", "muc4", "brat", "labelstudio")
_FORMATS = "jsonl, text, csv, geojson, html, ucdp, acled-style, hxl, plover, ftm, webanno-jsonld"


def add_commands(commands: Commands) -> None:
    """Add the commands and their options."""
    shared = [inputs(), output(), jobs(), profile()]
    link = commands.add_parser("link", parents=shared, help="link documents or readings to incidents")
    link.add_argument("--to", default="jsonl", metavar="FORMAT", help=f"jsonl where none is given: {_FORMATS}")
    link.set_defaults(run=_link)
    code = commands.add_parser("code", parents=[inputs(), jobs()], help="read, store and link documents; resumable")
    where = code.add_mutually_exclusive_group(required=True)
    where.add_argument("--store", metavar="FILE", help="the store; made where it is not there")
    add_corpus_options(code, where)
    code.add_argument("--limit", type=positive, metavar="N", help="read at most N documents that are not stored yet")
    code.add_argument("--progress", action="store_true", help="show progress where standard error is no terminal too")
    about = "write there what became of each incident that this run touched, and why, a JSON object a line"
    code.add_argument("--changes", metavar="FILE", help=about)
    code.set_defaults(run=_code)
    out = commands.add_parser(
        "withdraw", parents=[store()], help="take documents out of a store and link the rest anew"
    )
    out.add_argument("documents", nargs="+", metavar="ID", help="the ids of the documents")
    out.add_argument("--changes", metavar="FILE", help=about)
    out.set_defaults(run=_withdraw)
    shared = [output(), store(), profile(), as_linked()]
    export = commands.add_parser("export", parents=shared, help="write what a store holds in another format")
    about = f"of incidents: {_FORMATS}, parquet, geoparquet or timemap;"
    about += " of readings: readings (JSONL), muc4, brat or labelstudio"
    export.add_argument("--to", required=True, metavar="FORMAT", help=about)
    about = "make places coarser (and take out names and quotes): adm1, adm2 or grid (half a degree)"
    export.add_argument("--generalise", metavar="LEVEL", help=about)
    export.set_defaults(run=_export)


def _link(options: argparse.Namespace) -> int:
    from dateline.batch import Failures, link, readings, written
    from dateline.core import Failure, Reading
    from dateline.exports import INCIDENT_FORMATS
    from dateline.ingest import taken

    one_of(options.to, INCIDENT_FORMATS)
    given = taken(options.inputs, known=known(options), limits=limits(options))
    with ExitStack() as stack:
        failures = stack.enter_context(Failures(options.errors))
        out = stack.enter_context(written(options.output))
        told: dict[str, Reading] = {}
        for reading in failures.passed(readings(given, jobs=options.jobs)):
            held = told.setdefault(reading.document.id, reading)
            if held.document.sha256 != reading.document.sha256:
                failures(Failure(reading.document.id, "link", "another text has this id already"))
        write(out, incidents_writer_for(options.to, out)(by_profile(link(told.values()), told, options.profile), told))
    return SOME_FAILED if failures.count else ALL_READ


def _code(options: argparse.Namespace) -> int:
    from dateline.batch import Failures, code, not_read, say, shown
    from dateline.store import Store

    if options.output is not None:
        return code_into_folder(options)
    told = known(options)
    with ExitStack() as stack:
        store = stack.enter_context(Store(options.store))
        failures = stack.enter_context(Failures(options.errors))
        progress = stack.enter_context(shown(options.inputs, limit=options.limit, asked=options.progress))
        done = code(
            options.inputs,
            store,
            limit=options.limit,
            jobs=options.jobs,
            known=told,
            limits=limits(options),
            progress=progress,
            failed=failures,
            unsupported=lambda reading: say(not_read(reading)),
        )
    if done.linked:
        _tell(done.linked, options.changes)
    say(f"{done.read} read, {done.skipped} already stored, {done.failed} failed; {done.incidents} incidents")
    return SOME_FAILED if failures.count else ALL_READ


def _withdraw(options: argparse.Namespace) -> int:
    from dateline.batch import say
    from dateline.batch.linking import relink
    from dateline.store import Store

    with Store(options.store, create=False) as held:
        known = set(held.ids())
        missing = [name for name in options.documents if name not in known]
        if missing:
            raise UsageError(f"{options.store} holds no document {', '.join(missing)}")
        done = relink(held, withdraw=options.documents)
    _tell(done, options.changes)
    say(f"{len(set(options.documents))} withdrawn; {done.incidents} incidents")
    return ALL_READ


def _tell(done: Relinked, changes: str | None) -> None:
    """Say what became of incidents, and which decisions a later one overrules."""
    from dateline.batch import say, written
    from dateline.codec import to_json

    if done.changes:
        say(f"incidents: {done.counted()}")
    for verdict in done.overruled:
        say(f"verdict {verdict}: a later one on the same tellings contradicts it and stands; both are kept")
    if changes is not None:
        with written(changes) as out:
            out.writelines(to_json(change) + "\n" for change in done.changes)


def _export(options: argparse.Namespace) -> int:
    from dateline.batch import written, written_files
    from dateline.exports import (
        FILE_FORMATS,
        INCIDENT_FORMATS,
        READING_FILE_FORMATS,
        files_writer,
        generalised_store,
        reading_files_writer,
        readings_writer,
    )
    from dateline.store import Store

    one_of(options.to, (*INCIDENT_FORMATS, *FILE_FORMATS, *STORED))
    if options.generalise and options.to in STORED:
        raise UsageError(f"--to {options.to} holds whole texts, which cannot be generalised")
    needs_path(options, (*FILE_FORMATS, *READING_FILE_FORMATS))
    with ExitStack() as stack:
        store = stack.enter_context(Store(options.store, create=False))
        if options.to in READING_FILE_FORMATS:
            written_files(options.output, reading_files_writer(options.to)(store.readings()))
            return ALL_READ
        if options.to in STORED:
            writer = readings_writer("jsonl" if options.to == "readings" else options.to)
            write(stack.enter_context(written(options.output)), writer(store.readings()))
            return ALL_READ
        try:
            readings = store.by_document()
            chosen = by_profile(incidents_of(store, options), readings, options.profile)
            held = generalised_store(chosen, readings, options.generalise)
        except ValueError as error:
            raise UsageError(str(error)) from None
        if options.to in FILE_FORMATS:
            written_files(options.output, files_writer(options.to)(*held))
        else:
            out = stack.enter_context(written(options.output))
            write(out, incidents_writer_for(options.to, out)(*held))
    return ALL_READ
