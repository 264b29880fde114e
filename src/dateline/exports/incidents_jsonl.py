"""Incidents as JSON, one a line. Nothing is left out; the quoted words stay in the readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dateline.codec import to_json
from dateline.core import Incident, Reading


def write_jsonl(incidents: Sequence[Incident], readings: Mapping[str, Reading]) -> Iterator[str]:
    """One incident a line, in the order given."""
    for incident in incidents:
        yield to_json(incident) + "\n"
