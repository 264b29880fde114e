"""Incidents with their figures chosen anew by another profile: the claims stay, the chosen values change."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from dateline.core import Claim, Incident, Reading
from dateline.incidents.counting import chosen
from dateline.incidents.merge import summed_up
from dateline.knowledge.profiles import Profile


def profiled(incident: Incident, readings: Mapping[str, Reading], profile: Profile) -> Incident:
    """The incident with each count chosen by a profile; ``readings`` by document id give the words of the claims.

    Where a reading is not at hand its vague words count by their usual intervals.

    >>> import dateline
    >>> from dateline.knowledge.profiles import profile_of
    >>> reading = dateline.read("Dozens of miners were killed in Goma on 3 March 2024.")
    >>> (incident,) = dateline.link([reading])
    >>> profiled(incident, {reading.document.id: reading}, profile_of("acled")).counts["killed"].best
    12
    """
    texts = {name: held.document.text for name in incident.documents if (held := readings.get(name))}

    def words(claim: Claim) -> str:
        return claim.span.of(texts[claim.document]) if claim.document in texts else ""

    counts = chosen({what: count.claims for what, count in incident.counts.items()}, words, profile)
    line = summed_up(incident.type, incident.mode, incident.time, incident.place, counts)
    return dataclasses.replace(incident, counts=counts, summary=line)
