"""Incidents with their figures chosen anew by another profile: the claims stay, the chosen values change."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from dateline.core import Claim, Incident, Reading
from dateline.core.incident import BY_HAND
from dateline.incidents.counting import chosen
from dateline.incidents.merge import summed_up
from dateline.knowledge.ontology import is_made
from dateline.knowledge.profiles import Profile


def profiled(incident: Incident, readings: Mapping[str, Reading], profile: Profile) -> Incident:
    """The incident with each count chosen by a profile; ``readings`` by document id give the words of the claims.

    Where a reading is not at hand its vague words count by their usual intervals. A figure that a person set stays.

    >>> import dateline
    >>> from dateline.knowledge.profiles import profile_of
    >>> reading = dateline.read("Dozens of miners were killed in Goma on 3 March 2024.")
    >>> (incident,) = dateline.link([reading])
    >>> profiled(incident, {reading.document.id: reading}, profile_of("acled")).counts["killed"].best
    12
    """
    texts = {name: held.document.text for name in incident.documents if (held := readings.get(name))}

    def words(claim: Claim) -> str:
        return claim.span.of(texts[claim.document]) if claim.document in texts and not claim.edited else ""

    kept = {what: count for what, count in incident.counts.items() if count.rule == BY_HAND or not count.claims}
    counts = chosen({what: c.claims for what, c in incident.counts.items() if what not in kept}, words, profile) | kept
    line = summed_up(incident.type, incident.mode, incident.time, incident.place, counts)
    return dataclasses.replace(incident, counts=counts, summary=line if is_made(incident.summary) else incident.summary)


def summed_anew(incident: Incident) -> Incident:
    """With the line that its fields make now, where no person wrote one: a decision may have changed them.

    >>> import dateline
    >>> (incident,) = dateline.link([dateline.read("Protesters marched in Lima on 5 March 2024.")])
    >>> summed_anew(dataclasses.replace(incident, place=None)).summary
    'PROTEST/demo, 2024-03-05'
    """
    if not is_made(incident.summary):
        return incident
    line = summed_up(incident.type, incident.mode, incident.time, incident.place, incident.counts)
    return dataclasses.replace(incident, summary=line)
