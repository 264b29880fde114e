"""One thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.core import Record

State = Literal["well", "absent", "wrong"]
"""How a thing was found; absent is what need not be there."""


@dataclass(frozen=True, slots=True)
class Finding(Record):
    """A thing that was looked at, how it was found, and what there is to say of it.

    ``area``: program, packages, extras, data or trial.

    >>> Finding("extras", "review", "absent", "pip install 'dateline[review]'").to_dict()["state"]
    'absent'
    """

    area: str
    name: str
    state: State
    about: str
