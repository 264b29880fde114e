"""``dateline schema``: the JSON Schema of what the commands write."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from dateline.commands import ALL_READ
from dateline.commands.options import output

if TYPE_CHECKING:
    from dateline.commands.options import Commands


def add_commands(commands: Commands) -> None:
    """Add the command and its options."""
    schema = commands.add_parser("schema", parents=[output()], help="the JSON Schema of a reading or an incident")
    schema.add_argument("record", nargs="?", default="reading", choices=("reading", "incident"))
    schema.set_defaults(run=_schema)


def _schema(options: argparse.Namespace) -> int:
    from dateline.batch import written
    from dateline.codec import schema

    with written(options.output) as out:
        out.write(json.dumps(schema(options.record), indent=2, ensure_ascii=False) + "\n")
    return ALL_READ
