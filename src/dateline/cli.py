"""The commands: arguments are parsed, the rooms called, results written. No logic."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence

from dateline import __version__
from dateline.commands import NOT_STARTED, corpus, doctor, incidents, linking, own, reading, schema
from dateline.commands.options import UsageError, output
from dateline.release.commands import add_release_command
from dateline.review.commands import add_commands as add_review_commands
from dateline.watch.commands import add_watch_command

INTERRUPTED, NOBODY_LISTENS = 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status: 0 all read, 1 some documents failed, 2 could not start."""
    options = parser().parse_args(arguments)
    from dateline.core import DatelineError

    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads on: what is left must not be written when Python closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_LISTENS
    except KeyboardInterrupt:
        _say(
            "interrupted" + (f"; {_onward(options)} goes on from here" if options.command in ("code", "retry") else "")
        )
        return INTERRUPTED
    except (UsageError, DatelineError) as error:
        _say(str(error))
        return NOT_STARTED
    except OSError as error:
        _say(f"{error.filename or 'output'}: {error.strerror or error}")
        return NOT_STARTED
    except Exception:  # a defect: its exit status must not look like "some documents failed"
        traceback.print_exc()
        return NOT_STARTED
    return status


def _say(words: str) -> None:
    # Not imported before it is needed: ``doctor`` must run where what the batch stands on is not installed.
    from dateline.batch.writing import say

    say(words)


def _onward(options: argparse.Namespace) -> str:
    into_folder = options.command == "code" and options.output is not None
    return "the same command with --resume" if into_folder else "the same command"


def parser() -> argparse.ArgumentParser:
    """The commands and their options, group by group."""
    top = argparse.ArgumentParser(prog="dateline", description="Reads news reports; gives back sourced event records.")
    top.add_argument("--version", action="version", version=f"dateline {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    reading.add_commands(commands)
    linking.add_commands(commands)
    corpus.add_commands(commands)
    incidents.add_commands(commands)
    own.add_commands(commands)
    add_review_commands(commands, output())
    add_release_command(commands)
    add_watch_command(commands)
    schema.add_commands(commands)
    doctor.add_commands(commands)
    return top
