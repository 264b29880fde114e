"""How well an incident is borne out: the first of the stated rules that fits gives its grade."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dateline.core import Disagreement, Grade
from dateline.incidents.blame import Statement
from dateline.knowledge.evidence_grades import GradeRule, evidence_grades


def graded(
    origins: int, deniers: Sequence[str], blame: Sequence[Statement], disagreements: Sequence[Disagreement]
) -> Grade:
    """The grade of an incident; ``origins`` tell it, ``deniers`` say that it did not happen."""
    disputed = next((each.about for each in disagreements if each.field == "responsibility"), "")
    admitted = sorted({str(each.claim.value[0]) for each in blame if each.claim.status == "claimed" and each.named})
    said = f"told by {origins} independent origin{'' if origins == 1 else 's'}"
    denied = f"{', '.join(deniers)}: it did not happen"
    tests: Mapping[GradeRule, Callable[[], str]] = {
        "more-deny-it": lambda: f"{said}; {denied}" if len(deniers) > origins else "",
        "responsibility-disputed": lambda: disputed,
        "happening-denied": lambda: denied if deniers else "",
        "actor-admits": lambda: f"{', '.join(admitted)} claims it" if admitted else "",
        "two-origins": lambda: said if origins > 1 else "",
        "else": lambda: said,
    }
    for row in evidence_grades():
        if why := tests[row.rule]():
            return Grade(row.grade, why)
    raise AssertionError("the last rule always fits")
