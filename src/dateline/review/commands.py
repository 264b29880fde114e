"""The commands of the review: serve, verdicts, gold. Arguments are parsed, the rooms called, results written."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from typing import TYPE_CHECKING

from dateline.core import DatelineError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

DONE, NOT_STARTED = 0, 2
PORT = 8765
NEEDED = ("fastapi", "uvicorn")


class ReviewError(DatelineError):
    """A command of the review cannot start."""


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser], output: argparse.ArgumentParser) -> None:
    """Add the commands and their options; ``output`` knows ``-o``."""
    store = argparse.ArgumentParser(add_help=False)
    store.add_argument("--store", required=True, metavar="FILE", help="the store")

    serve = commands.add_parser("serve", parents=[store], help="review a store in the browser; also an HTTP API")
    serve.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="where to listen (127.0.0.1)")
    serve.add_argument("--port", type=int, default=PORT, metavar="N", help=f"the port ({PORT}; 0: any that is free)")
    about = "what every request must show; needed where --host is not this machine alone (or $DATELINE_TOKEN)"
    serve.add_argument("--token", metavar="TOKEN", help=about)
    about = "a name by which the server may be called, beside localhost and addresses (again for more)"
    serve.add_argument("--name", action="append", default=[], metavar="HOST", help=about)
    serve.set_defaults(run=_serve)

    verdicts = commands.add_parser("verdicts", help="take people's decisions out of a store or into one")
    verbs = verdicts.add_subparsers(dest="verb", metavar="VERB", required=True)
    out = verbs.add_parser("export", parents=[store, output], help="all decisions as JSONL, in their order")
    out.set_defaults(run=_export)
    take = verbs.add_parser("import", parents=[store], help="decisions as JSONL; what is there already is passed over")
    take.add_argument("file", metavar="FILE", help="JSONL of dateline verdicts export, or - for standard input")
    take.set_defaults(run=_import)

    gold = commands.add_parser("gold", parents=[store, output], help="accepted work as gold data (JSONL)")
    gold.set_defaults(run=_gold)


def _serve(options: argparse.Namespace) -> int:
    import importlib.util
    import os

    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise ReviewError(f"{', '.join(missing)} not installed: pip install 'dateline[review]'")
    from dateline.batch import say
    from dateline.review.serving import bound, serve
    from dateline.store import Store

    token = options.token or os.environ.get("DATELINE_TOKEN") or None
    with Store(options.store, create=False) as store:
        socket, local = bound(options.host, options.port, token)
        with socket:
            address = f"http://{options.host}:{socket.getsockname()[1]}/"
            say(f"{options.store} at {address}" + ("" if local else " (with the token)") + "; stop with Ctrl-C")
            serve(store, socket, token=token, hosts=(options.host, *options.name))
    return DONE


def _export(options: argparse.Namespace) -> int:
    from dateline.batch import written
    from dateline.codec import to_json
    from dateline.store import Store

    with ExitStack() as stack:
        store = stack.enter_context(Store(options.store, create=False))
        out = stack.enter_context(written(options.output))
        for verdict in store.verdicts():
            out.write(to_json(verdict) + "\n")
    return DONE


def _import(options: argparse.Namespace) -> int:
    import sys
    from pathlib import Path

    from dateline.batch import say
    from dateline.store import Store
    from dateline.store.verdict_lines import verdicts_of

    held = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
    try:
        given = verdicts_of(held.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ReviewError(f"{options.file}: not UTF-8 (byte {error.start})") from error
    except ValueError as error:
        raise ReviewError(f"{options.file}: {error}") from error
    with Store(options.store, create=False) as store:
        new = store.import_verdicts(given)
        conflicts = len(store.conflicts())
    say(f"{len(given)} verdicts, {new} new; {conflicts} conflicts")
    return DONE


def _gold(options: argparse.Namespace) -> int:
    from dateline.batch import say, written
    from dateline.codec import to_json
    from dateline.review.gold import gold
    from dateline.store import Store

    count = 0
    with ExitStack() as stack:
        store = stack.enter_context(Store(options.store, create=False))
        out = stack.enter_context(written(options.output))
        for line in gold(store):
            out.write(to_json(line) + "\n")
            count += 1
    say(f"{count} documents with accepted work")
    return DONE
