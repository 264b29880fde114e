"""The grades of evidence and the rules that give them, in their order."""

from __future__ import annotations

import functools
import typing
from dataclasses import dataclass
from typing import Literal

from dateline.core import GradeName
from dateline.knowledge.tables import read_table

GradeRule = Literal[
    "more-deny-it", "responsibility-disputed", "happening-denied", "actor-admits", "two-origins", "else"
]


@dataclass(frozen=True, slots=True)
class GradeRow:
    """A rule, the grade that it gives, and what that means."""

    rule: GradeRule
    grade: GradeName
    meaning: str


@functools.cache
def evidence_grades() -> tuple[GradeRow, ...]:
    """The rules in their order; the last one always fits.

    >>> evidence_grades()[-1].grade
    'single source'
    """
    found = []
    for row in read_table("ontology/evidence_grades.tsv", ("rule", "grade", "meaning")):
        if row["rule"] not in typing.get_args(GradeRule) or row["grade"] not in typing.get_args(GradeName):
            raise row.error("unknown rule or grade")
        rule, grade = typing.cast("GradeRule", row["rule"]), typing.cast("GradeName", row["grade"])
        found.append(GradeRow(rule, grade, row["meaning"]))
    return tuple(found)
