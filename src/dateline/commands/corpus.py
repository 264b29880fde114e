"""``dateline code -o``, ``status``, ``retry``, ``merge`` and ``store import``: arguments are parsed, the rooms called.

No logic: what a run does stands in ``batch.corpus``.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from dateline.commands import ALL_READ, NOT_STARTED, SOME_FAILED
from dateline.commands.options import UsageError, limits, positive, told

if TYPE_CHECKING:
    from dateline.batch.corpus import Engine, Outcome, Settings
    from dateline.commands.options import Commands
    from dateline.ingest import Known, Limits

ENGINES = ("local", "ray")
_SHOWN, _NAMED = 5, 20


def add_corpus_options(code: argparse.ArgumentParser, where: argparse._MutuallyExclusiveGroup) -> None:
    """The options of ``code`` for a run into a folder; ``where`` takes the folder."""
    about = "a folder (also s3://…, gs://…) for Parquet parts, failures and incidents, in the place of a store"
    where.add_argument("-o", "--output", metavar="OUT", help=about)
    _add_engine(code)
    about = "how many shards (by the inputs' sizes): the unit of work and of resuming"
    code.add_argument("--tasks", type=positive, metavar="N", help=about)
    code.add_argument("--resume", action="store_true", help="go on with the run that is in OUT already")
    code.add_argument("--dry-run", action="store_true", help="tell what would be done, and do nothing")
    about = "the most seconds for one document of a run into a folder (900)"
    code.add_argument("--deadline", type=float, default=900.0, metavar="SECONDS", help=about)


def add_commands(commands: Commands) -> None:
    """The commands for what ``code -o`` wrote."""
    out = argparse.ArgumentParser(add_help=False)
    out.add_argument("out", metavar="OUT", help="the folder of a run")
    far = commands.add_parser("status", parents=[out], help="how far a run is, and what failed")
    far.set_defaults(run=_status)
    again = commands.add_parser("retry", parents=[out], help="go on with a run: failed shards and the rest")
    _add_engine(again)
    again.add_argument("--progress", action="store_true", help="show progress where standard error is no terminal too")
    again.set_defaults(run=_retry)
    one = commands.add_parser("merge", parents=[out], help="put a run's parts into one file each, in OUT/merged")
    one.set_defaults(run=_merge)
    store = commands.add_parser("store", help="fill a store")
    verbs = store.add_subparsers(dest="verb", metavar="VERB", required=True)
    fill = verbs.add_parser("import", parents=[out], help="take a run's readings and incidents into a store")
    fill.add_argument("--store", default="news.db", metavar="FILE", help="the store (news.db)")
    fill.set_defaults(run=_import)


def code_into_folder(options: argparse.Namespace) -> int:
    """``dateline code INPUT… -o OUT``."""
    from dateline.batch.corpus import code_corpus
    from dateline.batch.corpus.telling import Teller

    if options.limit is not None:
        raise UsageError("--limit is for --store: a run into a folder reads all of its inputs")
    settings = _settings(told(options), limits(options), options.deadline)
    if options.dry_run:
        return _dry_run(options, settings)
    outcome = code_corpus(
        options.inputs,
        options.output,
        settings,
        _engine(options),
        _makers(),
        tasks=options.tasks,
        resume=options.resume,
        hear=Teller(options.progress),
    )
    _name_failures(options)
    return _said(options.output, outcome)


def _name_failures(options: argparse.Namespace) -> None:
    """Name the first failures on standard error, and all of them in the file that was asked for."""
    from dateline.batch import say
    from dateline.batch.corpus.addresses import Folder
    from dateline.batch.corpus.shards import error_lines
    from dateline.batch.corpus.status import failures
    from dateline.batch.writing import written

    found = list(failures(Folder(options.output)))
    for failure in found[:_NAMED]:
        say(f"{failure.document}: {failure.stage}: {failure.error}")
    if len(found) > _NAMED:
        say(f"and {len(found) - _NAMED:,} more, in {options.output}/errors")
    if options.errors:
        with written(options.errors) as out:
            out.write(error_lines(found).decode("utf-8", "surrogatepass"))


def _dry_run(options: argparse.Namespace, settings: Settings) -> int:
    from dateline.batch.corpus.run import proposed

    manifest, done = proposed(
        options.inputs, options.output, settings, _makers(), tasks=options.tasks, resume=options.resume
    )
    size = sum(source.size for source in manifest.sources)
    print(f"{len(manifest.sources):,} files of {size:,} bytes in {manifest.shards:,} shards, {done:,} of them done")
    for source in manifest.sources[:_SHOWN]:
        print(f"  {source.uri}")
    if len(manifest.sources) > _SHOWN:
        print(f"  and {len(manifest.sources) - _SHOWN:,} more")
    print(f"would read them with {options.engine}, link them by week and cell, and write to {options.output}")
    return ALL_READ


def _retry(options: argparse.Namespace) -> int:
    from dateline.batch.corpus import code_corpus
    from dateline.batch.corpus.run import as_begun, run_there
    from dateline.batch.corpus.telling import Teller
    from dateline.ingest import Known, Limits

    manifest = run_there(options.out)
    settings = as_begun(manifest, _settings(Known(), Limits(), 1.0))
    hear = Teller(options.progress)
    outcome = code_corpus(manifest.inputs, options.out, settings, _engine(options), _makers(), resume=True, hear=hear)
    return _said(options.out, outcome)


def _status(options: argparse.Namespace) -> int:
    from dateline.batch.corpus import status

    found = status(options.out)
    for line in found.lines():
        print(line)
    return NOT_STARTED if found.faults else SOME_FAILED if found.failed else ALL_READ


def _merge(options: argparse.Namespace) -> int:
    from dateline.batch import say
    from dateline.batch.corpus import merge
    from dateline.exports.parquet import ParquetFormat

    done = merge(options.out, ParquetFormat())
    say(f"{options.out}/merged: {done.readings:,} readings, {done.incidents:,} incidents, {done.failures:,} failures")
    return ALL_READ


def _import(options: argparse.Namespace) -> int:
    from dateline.batch import say
    from dateline.batch.corpus import import_run
    from dateline.exports.parquet import ParquetFormat
    from dateline.store import Store

    with Store(options.store) as store:
        done = import_run(options.out, store, ParquetFormat())
    say(f"{done.read:,} read, {done.skipped:,} already stored, {done.failed:,} failed; {done.incidents:,} incidents")
    return SOME_FAILED if done.failed else ALL_READ


def _said(out: str, outcome: Outcome) -> int:
    """Say how a run ended."""
    from dateline.batch import say

    for fault in outcome.faults:
        say(f"shard {fault.shard}: {fault.error}")
    done = f"{outcome.read:,} read, {outcome.failed:,} failed"
    if outcome.faults:
        reason = "the run stopped" if any(fault.fatal for fault in outcome.faults) else "they were tried three times"
        say(f"{out}: {done}; {len(outcome.faults):,} shards are not done ({reason}): dateline retry {out} goes on")
        return NOT_STARTED
    say(f"{out}: {done}; {outcome.incidents:,} incidents")
    return SOME_FAILED if outcome.failed else ALL_READ


def _settings(known: Known, bounds: Limits, seconds: float) -> Settings:
    from dateline.batch.corpus import Settings
    from dateline.exports.arrow_shapes import arrow
    from dateline.exports.parquet import ParquetFormat

    arrow()
    return Settings(ParquetFormat(), known, bounds, seconds=seconds)


def _makers() -> dict[str, str]:
    """What makes the records, by name: SHA-256 of code, models and tables, versions of libraries."""
    from dateline.release.fingerprints import makers

    made = makers()
    names = {"version": made.version, "source": made.source}
    for kind in ("models", "knowledge", "own", "libraries"):
        names |= {f"{kind}/{name}": value for name, value in getattr(made, kind).items()}
    return names


def _engine(options: argparse.Namespace) -> Callable[[], Engine]:
    """How to start the engine: only when it is sure that there is something to do."""
    from dateline.batch.corpus import Local
    from dateline.knowledge.folder import VARIABLE as KNOWLEDGE
    from dateline.knowledge.user_gazetteer import VARIABLE as GAZETTEER

    os.environ.setdefault("OMP_NUM_THREADS", "1")

    def started() -> Engine:
        workers = options.workers or (options.jobs if getattr(options, "jobs", 1) > 1 else None)
        if options.engine == "local":
            return Local(workers)
        from dateline.batch.corpus.ray_engine import Ray

        names = (KNOWLEDGE, GAZETTEER, "OMP_NUM_THREADS")
        return Ray(workers, {name: os.environ[name] for name in names if name in os.environ})

    return started


def _add_engine(command: argparse.ArgumentParser) -> None:
    about = "who does the work: local (processes of this machine) or ray (pip install 'dateline[ray]')"
    command.add_argument("--engine", choices=ENGINES, default="local", help=about)
    about = "how many tasks at a time (as many as there are cores)"
    command.add_argument("--workers", type=positive, metavar="N", help=about)
