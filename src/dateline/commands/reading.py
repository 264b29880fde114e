"""``dateline read`` and ``dateline explain``: documents, one at a time."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from typing import TYPE_CHECKING

from dateline.commands import ALL_READ, SOME_FAILED
from dateline.commands.options import UsageError, inputs, jobs, known, limits, needs_path, one_of, output
from dateline.commands.screen import readings_writer_for, screen, write

if TYPE_CHECKING:
    from dateline.commands.options import Commands
    from dateline.core import Document


def add_commands(commands: Commands) -> None:
    """Add the commands and their options."""
    read = commands.add_parser("read", parents=[inputs(), output(), jobs()], help="read documents, one reading each")
    about = "text (the default), html, json, jsonl, muc4, plover, webanno-jsonld, brat or labelstudio"
    read.add_argument("--to", default="text", metavar="FORMAT", help=about)
    about = "tell events of no coded type too (type OTHER): one for every other verb and event noun"
    read.add_argument("--every-event", action="store_true", help=about)
    read.set_defaults(run=_read)
    explain = commands.add_parser("explain", parents=[inputs(), output()], help="what gave each field of an event")
    about = "an event's number as dateline read shows it (7 or x7), or its id; without it all events"
    explain.add_argument("--event", metavar="EVENT", help=about)
    explain.add_argument("--document", metavar="ID", help="the document that is meant, where the input holds several")
    explain.add_argument("--every-event", action="store_true", help="explain events of no coded type too (type OTHER)")
    explain.add_argument("--to", default="text", metavar="FORMAT", help="text (the default) or json")
    explain.set_defaults(run=_explain)


def _read(options: argparse.Namespace) -> int:
    from dateline.batch import Failures, readings, written, written_files
    from dateline.batch.reading import pipeline, pipeline_of_every_event
    from dateline.exports import READING_FILE_FORMATS, READING_FORMATS, reading_files_writer
    from dateline.ingest import documents

    one_of(options.to, (*READING_FORMATS, *READING_FILE_FORMATS))
    needs_path(options, READING_FILE_FORMATS)
    given = documents(options.inputs, known=known(options), limits=limits(options))
    with ExitStack() as stack:
        failures = stack.enter_context(Failures(options.errors))
        load = pipeline_of_every_event if options.every_event else pipeline
        results = readings(given, jobs=options.jobs, load=load)
        if options.to in READING_FILE_FORMATS:
            written_files(options.output, reading_files_writer(options.to)(failures.passed(results)))
        else:
            out = stack.enter_context(written(options.output))
            write(out, readings_writer_for(options.to, out)(failures.passed(results)))
    return SOME_FAILED if failures.count else ALL_READ


def _explain(options: argparse.Namespace) -> int:
    from dateline.batch import Failures, explained, written
    from dateline.core import Failure
    from dateline.exports.explanation import EXPLANATION_FORMATS, named_events, write_explanation, write_json
    from dateline.exports.sheet import WIDTH
    from dateline.ingest import documents

    one_of(options.to, EXPLANATION_FORMATS)
    given = documents(options.inputs, known=known(options), limits=limits(options))
    with ExitStack() as stack:
        failures = stack.enter_context(Failures(options.errors))
        out = stack.enter_context(written(options.output))
        wanted: list[Document] = []
        for each in given:
            if isinstance(each, Failure):
                failures(each)
            elif options.document in (None, each.id):
                wanted.append(each)
        if len(wanted) != 1:
            raise UsageError(f"{len(wanted) or 'no'} documents to explain: choose one with --document ID")
        reading, told = explained(wanted[0], every=options.every_event)
        try:
            events = named_events(reading, options.event)
        except ValueError as error:
            raise UsageError(f"{reading.document.id}: {error}") from None
        width, ansi = screen(out)
        text = write_explanation(reading, events, told, width=width or WIDTH, ansi=ansi)
        write(out, write_json(events, told) if options.to == "json" else text)
    return SOME_FAILED if failures.count else ALL_READ
