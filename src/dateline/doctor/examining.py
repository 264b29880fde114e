"""The whole look, from what everything stands on to what a user asks of it."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.doctor.files import data_findings
from dateline.doctor.finding import Finding
from dateline.doctor.packages import extra_findings, package_findings, program_findings
from dateline.doctor.trial import trial_findings


def examined() -> Iterator[Finding]:
    """What was found, one thing after the other; never raises for a thing that is wrong.

    >>> [finding.name for finding in examined() if finding.state == "wrong"]
    []
    """
    yield from program_findings()
    yield from package_findings()
    yield from extra_findings()
    yield from data_findings()
    yield from trial_findings()
