"""The commands: arguments are parsed, the rooms called, results written. No logic."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import shutil
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from dateline import __version__
from dateline.incident_commands import add_incident_commands, by_profile
from dateline.release.commands import add_release_command
from dateline.review.commands import add_commands
from dateline.watch.commands import add_watch_command

if TYPE_CHECKING:
    from dateline.exports import IncidentsWriter, ReadingsWriter
    from dateline.ingest import Known, Limits

ALL_READ, SOME_FAILED, NOT_STARTED = 0, 1, 2
INTERRUPTED, NOBODY_LISTENS = 130, 141
STORED = ("readings", "muc4", "brat", "labelstudio")


class UsageError(Exception):
    """The command cannot start: what was asked for is not there or makes no sense."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status: 0 all read, 1 some documents failed, 2 could not start."""
    options = parser().parse_args(arguments)
    from dateline.batch.writing import say
    from dateline.core import DatelineError

    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads on: what is left must not be written when Python closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_LISTENS
    except KeyboardInterrupt:
        say("interrupted" + ("; the same command goes on from here" if options.command == "code" else ""))
        return INTERRUPTED
    except (UsageError, DatelineError) as error:
        say(str(error))
        return NOT_STARTED
    except OSError as error:
        say(f"{error.filename or 'output'}: {error.strerror or error}")
        return NOT_STARTED
    except Exception:  # a defect: its exit status must not look like "some documents failed"
        traceback.print_exc()
        return NOT_STARTED
    return status


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="dateline", description="Reads news reports; gives back sourced event records.")
    top.add_argument("--version", action="version", version=f"dateline {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    inputs = argparse.ArgumentParser(add_help=False)
    about = "text, HTML, JSON, JSONL or WARC file (also .gz), a folder, - for standard input, or an http(s) address"
    inputs.add_argument("inputs", nargs="+", metavar="INPUT", help=about)
    inputs.add_argument("--errors", metavar="FILE", help="write failures there too, a JSON object a line")
    about = "date of writing, ISO, of documents that are given without one"
    inputs.add_argument("--published", metavar="DATE", help=about)
    inputs.add_argument("--outlet", metavar="NAME", help="outlet of documents that are given without one")
    about = "your own places beside the shipped ones: a file of dateline gazetteer import, or user"
    inputs.add_argument("--gazetteer", metavar="FILE", help=about)
    about = "your own knowledge over the shipped tables: a folder with actors.tsv, predicates.tsv, types.tsv …"
    inputs.add_argument("--knowledge", metavar="DIR", help=about)
    output = argparse.ArgumentParser(add_help=False)
    output.add_argument("-o", "--output", metavar="OUT", help="write to this file, whole or not at all")
    jobs = argparse.ArgumentParser(add_help=False)
    jobs.add_argument("--jobs", type=_positive, default=1, metavar="N", help="processes that read (1)")

    read = commands.add_parser("read", parents=[inputs, output, jobs], help="read documents, one reading each")
    about = "text (the default), html, json, jsonl, muc4, plover, webanno-jsonld, brat or labelstudio"
    read.add_argument("--to", default="text", metavar="FORMAT", help=about)
    about = "tell events of no coded type too (type OTHER): one for every other verb and event noun"
    read.add_argument("--every-event", action="store_true", help=about)
    read.set_defaults(run=_read)
    explain = commands.add_parser("explain", parents=[inputs, output], help="what gave each field of an event")
    about = "an event's number as dateline read shows it (7 or x7), or its id; without it all events"
    explain.add_argument("--event", metavar="EVENT", help=about)
    explain.add_argument("--document", metavar="ID", help="the document that is meant, where the input holds several")
    explain.add_argument("--every-event", action="store_true", help="explain events of no coded type too (type OTHER)")
    explain.add_argument("--to", default="text", metavar="FORMAT", help="text (the default) or json")
    explain.set_defaults(run=_explain)
    link = commands.add_parser("link", parents=[inputs, output, jobs], help="link documents or readings to incidents")
    formats = "jsonl, text, csv, geojson, html, ucdp, acled-style, hxl, plover, ftm, webanno-jsonld"
    link.add_argument("--to", default="jsonl", metavar="FORMAT", help=f"jsonl where none is given: {formats}")
    link.set_defaults(run=_link)
    code = commands.add_parser("code", parents=[inputs, jobs], help="read, store and link documents; resumable")
    code.add_argument("--store", required=True, metavar="FILE", help="the store; made where it is not there")
    code.add_argument("--limit", type=_positive, metavar="N", help="read at most N documents that are not stored yet")
    code.add_argument("--progress", action="store_true", help="show progress where standard error is no terminal too")
    code.set_defaults(run=_code)
    export = commands.add_parser("export", parents=[output], help="write what a store holds in another format")
    export.add_argument("--store", required=True, metavar="FILE", help="the store")
    about = f"of incidents: {formats}, parquet, geoparquet or timemap;"
    about += " of readings: readings (JSONL), muc4, brat or labelstudio"
    export.add_argument("--to", required=True, metavar="FORMAT", help=about)
    about = "make places coarser (and take out names and quotes): adm1, adm2 or grid (half a degree)"
    export.add_argument("--generalise", metavar="LEVEL", help=about)
    export.set_defaults(run=_export)
    add_incident_commands(commands, output, link, export)
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
    add_commands(commands, output)
    add_release_command(commands)
    add_watch_command(commands)
    schema = commands.add_parser("schema", parents=[output], help="the JSON Schema of a reading or an incident")
    schema.add_argument("record", nargs="?", default="reading", choices=("reading", "incident"))
    schema.set_defaults(run=_schema)
    return top


def _read(options: argparse.Namespace) -> int:
    from dateline.batch import Failures, readings, written, written_files
    from dateline.batch.reading import pipeline, pipeline_of_every_event
    from dateline.exports import READING_FILE_FORMATS, READING_FORMATS, reading_files_writer
    from dateline.ingest import documents

    _one_of(options.to, (*READING_FORMATS, *READING_FILE_FORMATS))
    _needs_path(options, READING_FILE_FORMATS)
    known = _known(options)
    with ExitStack() as stack:
        failures = stack.enter_context(Failures(options.errors))
        load = pipeline_of_every_event if options.every_event else pipeline
        given = documents(options.inputs, known=known, limits=_limits(options))
        results = readings(given, jobs=options.jobs, load=load)
        if options.to in READING_FILE_FORMATS:
            written_files(options.output, reading_files_writer(options.to)(failures.passed(results)))
        else:
            out = stack.enter_context(written(options.output))
            _write(out, _readings_writer(options.to, out)(failures.passed(results)))
    return SOME_FAILED if failures.count else ALL_READ


def _explain(options: argparse.Namespace) -> int:
    from dateline.batch import Failures, explained, written
    from dateline.core import Failure
    from dateline.exports.explanation import EXPLANATION_FORMATS, named_events, write_explanation, write_json
    from dateline.exports.sheet import WIDTH
    from dateline.ingest import documents

    _one_of(options.to, EXPLANATION_FORMATS)
    known = _known(options)
    with ExitStack() as stack:
        failures = stack.enter_context(Failures(options.errors))
        out = stack.enter_context(written(options.output))
        wanted = []
        for given in documents(options.inputs, known=known, limits=_limits(options)):
            if isinstance(given, Failure):
                failures(given)
            elif options.document in (None, given.id):
                wanted.append(given)
        if len(wanted) != 1:
            raise UsageError(f"{len(wanted) or 'no'} documents to explain: choose one with --document ID")
        reading, told = explained(wanted[0], every=options.every_event)
        try:
            events = named_events(reading, options.event)
        except ValueError as error:
            raise UsageError(f"{reading.document.id}: {error}") from None
        width, ansi = _screen(out)
        text = write_explanation(reading, events, told, width=width or WIDTH, ansi=ansi)
        _write(out, write_json(events, told) if options.to == "json" else text)
    return SOME_FAILED if failures.count else ALL_READ


def _link(options: argparse.Namespace) -> int:
    from dateline.batch import Failures, link, readings, written
    from dateline.core import Failure, Reading
    from dateline.exports import INCIDENT_FORMATS
    from dateline.ingest import taken

    _one_of(options.to, INCIDENT_FORMATS)
    known = _known(options)
    with ExitStack() as stack:
        failures = stack.enter_context(Failures(options.errors))
        out = stack.enter_context(written(options.output))
        results = readings(taken(options.inputs, known=known, limits=_limits(options)), jobs=options.jobs)
        told: dict[str, Reading] = {}
        for reading in failures.passed(results):
            held = told.setdefault(reading.document.id, reading)
            if held.document.sha256 != reading.document.sha256:
                failures(Failure(reading.document.id, "link", "another text has this id already"))
        _write(out, _incidents_writer(options.to, out)(by_profile(link(told.values()), told, options.profile), told))
    return SOME_FAILED if failures.count else ALL_READ


def _code(options: argparse.Namespace) -> int:
    from dateline.batch import Failures, code, not_read, say, shown
    from dateline.store import Store

    known = _known(options)
    with ExitStack() as stack:
        store = stack.enter_context(Store(options.store))
        failures = stack.enter_context(Failures(options.errors))
        progress = stack.enter_context(shown(options.inputs, limit=options.limit, asked=options.progress))
        done = code(
            options.inputs,
            store,
            limit=options.limit,
            jobs=options.jobs,
            known=known,
            limits=_limits(options),
            progress=progress,
            failed=failures,
            unsupported=lambda reading: say(not_read(reading)),
        )
    say(f"{done.read} read, {done.skipped} already stored, {done.failed} failed; {done.incidents} incidents")
    return SOME_FAILED if failures.count else ALL_READ


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

    _one_of(options.to, (*INCIDENT_FORMATS, *FILE_FORMATS, *STORED))
    if options.generalise and options.to in STORED:
        raise UsageError(f"--to {options.to} holds whole texts, which cannot be generalised")
    _needs_path(options, (*FILE_FORMATS, *READING_FILE_FORMATS))
    with ExitStack() as stack:
        store = stack.enter_context(Store(options.store, create=False))
        if options.to in READING_FILE_FORMATS:
            written_files(options.output, reading_files_writer(options.to)(store.readings()))
            return ALL_READ
        if options.to in STORED:
            write = readings_writer("jsonl" if options.to == "readings" else options.to)
            _write(stack.enter_context(written(options.output)), write(store.readings()))
            return ALL_READ
        try:
            readings = store.by_document()
            chosen = by_profile(store.incidents(), readings, options.profile)
            held = generalised_store(chosen, readings, options.generalise)
        except ValueError as error:
            raise UsageError(str(error)) from None
        if options.to in FILE_FORMATS:
            written_files(options.output, files_writer(options.to)(*held))
        else:
            out = stack.enter_context(written(options.output))
            _write(out, _incidents_writer(options.to, out)(*held))
    return ALL_READ


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


def _schema(options: argparse.Namespace) -> int:
    from dateline.batch import written
    from dateline.codec import schema

    with written(options.output) as out:
        out.write(json.dumps(schema(options.record), indent=2, ensure_ascii=False) + "\n")
    return ALL_READ


def _write(out: TextIO, pieces: Iterator[str]) -> None:
    for piece in pieces:
        out.write(piece)


def _readings_writer(name: str, out: TextIO) -> ReadingsWriter:
    from dateline.exports import readings_writer

    width, ansi = _screen(out)
    return readings_writer(name, width=width, ansi=ansi)


def _incidents_writer(name: str, out: TextIO) -> IncidentsWriter:
    from dateline.exports import incidents_writer

    width, ansi = _screen(out)
    return incidents_writer(name, width=width, ansi=ansi)


def _screen(out: TextIO) -> tuple[int | None, bool]:
    """The width and whether colours may be used; a file has neither."""
    if not out.isatty():
        return None, False
    return shutil.get_terminal_size().columns, "NO_COLOR" not in os.environ


def _limits(options: argparse.Namespace) -> Limits:
    """The usual bounds; what the command itself writes is no input, though it may lie in the folder that is read."""
    from dateline.ingest import Limits

    own = (getattr(options, name, None) for name in ("errors", "output", "store"))
    return Limits(without=frozenset(Path(name) for name in own if name))


def _known(options: argparse.Namespace) -> Known:
    """What the options tell of every document, once it is sure that there is something to read."""
    from dateline.core import IngestError
    from dateline.ingest import Known, checked_date, exists

    if not any(exists(name) for name in options.inputs):
        raise UsageError(f"no such file: {', '.join(options.inputs)}")
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


def _one_of(name: str, formats: tuple[str, ...]) -> None:
    if name not in formats:
        raise UsageError(f"--to {name}: choose {', '.join(formats)}")


def _needs_path(options: argparse.Namespace, formats: tuple[str, ...]) -> None:
    if options.to in formats and options.output in (None, "-"):
        raise UsageError(f"--to {options.to} is no text: name where it goes with -o OUT")


def _positive(words: str) -> int:
    if not words.isdecimal() or int(words) < 1:
        raise argparse.ArgumentTypeError(f"{words!r} is not a number above 0")
    return int(words)
