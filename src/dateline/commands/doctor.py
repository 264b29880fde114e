"""``dateline doctor``: what is installed, whether it is whole, whether it works."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from dateline.commands import ALL_READ, SOME_FAILED

if TYPE_CHECKING:
    from dateline.commands.options import Commands
    from dateline.doctor import Finding

_MARKS = {"well": "✓", "absent": "–", "wrong": "✗"}


def add_commands(commands: Commands) -> None:
    """Add the command and its options."""
    about = "what is installed, whether it is whole, whether it works"
    doctor = commands.add_parser("doctor", help=about, description=f"Tells {about}. Exit status 1: something is wrong.")
    doctor.add_argument("--to", default="text", choices=("text", "json"), help="text (the default) or json")
    doctor.set_defaults(run=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    from dateline.doctor import examined

    found: list[Finding] = []
    for finding in examined():
        if options.to == "text":
            print(_line(finding, found[-1].area if found else None), flush=True)
        found.append(finding)
    wrong = [finding.name for finding in found if finding.state == "wrong"]
    if options.to == "json":
        json.dump([finding.to_dict() for finding in found], sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        print(f"\nWrong: {', '.join(wrong)}." if wrong else "\nAll is well.")
    return SOME_FAILED if wrong else ALL_READ


def _line(finding: Finding, above: str | None) -> str:
    head = "" if finding.area == above else f"{finding.area}\n" if above is None else f"\n{finding.area}\n"
    return f"{head}  {_MARKS[finding.state]} {finding.name:28} {finding.about}"
