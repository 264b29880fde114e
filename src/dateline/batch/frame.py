"""Incidents as a data frame: one row each, the figures side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from dateline.core import DatelineError, Incident

if TYPE_CHECKING:
    import pandas

_FIGURES = ("killed", "injured", "missing", "abducted", "detained", "displaced", "participants")


def to_frame(incidents: Iterable[Incident]) -> pandas.DataFrame:
    """One row an incident: what, when, where, who, how many and how well told.

    Dates stay ISO strings (an interval may reach beyond what a data frame's dates can hold); figures
    that nobody tells are missing values. Raises DatelineError where pandas is not installed.

    Columns: ``id``, ``type``, ``mode``, ``earliest``, ``latest``, ``precision``, ``place``, ``country``, ``admin1``,
    ``lat``, ``lon`` (degrees), ``actors``, ``targets``, ``documents``, ``origins`` (numbers), ``disagreements``,
    ``summary``, and for each of killed, injured, missing, abducted, detained, displaced and participants ``_low``,
    ``_best`` and ``_high``.

    >>> import dateline
    >>> frame = dateline.to_frame(dateline.link([dateline.read("Two soldiers were killed in Goma on 3 March 2024.")]))
    >>> int(frame.loc[0, "killed_best"]), frame.loc[0, "earliest"]
    (2, '2024-03-03')
    """
    try:
        import pandas
    except ImportError:
        raise DatelineError("a data frame needs pandas: install dateline[frames]") from None
    frame = pandas.DataFrame([_row(incident) for incident in incidents], columns=_columns())
    figures = [column for column in frame.columns if column.rpartition("_")[0] in _FIGURES]
    return frame.astype(dict.fromkeys(figures, "Int64"))


def _columns() -> list[str]:
    told = ["id", "type", "mode", "earliest", "latest", "precision", "place", "country", "admin1", "lat", "lon"]
    told += ["actors", "targets", "documents", "origins", "disagreements", "summary"]
    return told + [f"{what}_{end}" for what in _FIGURES for end in ("low", "best", "high")]


def _row(incident: Incident) -> dict[str, Any]:
    time, place = incident.time, incident.place
    row: dict[str, Any] = {
        "id": incident.id,
        "type": incident.type,
        "mode": incident.mode,
        "earliest": time.earliest if time else None,
        "latest": time.latest if time else None,
        "precision": time.precision if time else None,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "actors": "; ".join(party.name for party in incident.parties if party.role == "actor"),
        "targets": "; ".join(party.name for party in incident.parties if party.role != "actor"),
        "documents": len(incident.documents),
        "origins": incident.origins,
        "disagreements": "; ".join(each.field for each in incident.disagreements),
        "summary": incident.summary,
    }
    for what in _FIGURES:
        count = incident.counts.get(what)
        for end in ("low", "best", "high"):
            row[f"{what}_{end}"] = getattr(count, end) if count else None
    return row
