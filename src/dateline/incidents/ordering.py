"""The order in which incidents are listed."""

from __future__ import annotations

from dateline.core import Incident

Place = tuple[int, bool, int, str, str]
_FORCE = ("ASSAULT", "PROTEST")


def incident_order(incident: Incident) -> Place:
    """What incidents are sorted by: those of most documents first, force before words and paper."""
    day = (incident.time.earliest or incident.time.latest or "") if incident.time else ""
    return place_in_list(len(incident.documents), incident.type, len(incident.events), day, incident.id)


def place_in_list(documents: int, type: str, tellings: int, day: str, id: str) -> Place:
    """The same of an incident that is not at hand."""
    return (-documents, type not in _FORCE, -tellings, day, id)
