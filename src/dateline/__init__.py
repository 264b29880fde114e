"""Sourced event records from news reports.

>>> import dateline
>>> dateline.__version__.count(".")
2

Four verbs: ``read`` a report, ``read_many`` reports, ``link`` readings to incidents, and keep them in a
``Store``. Everything is imported when it is first used, so that ``import dateline`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.batch import link, read, read_many, to_frame
    from dateline.core import (
        Actor,
        Argument,
        Attribution,
        Claim,
        Clue,
        Count,
        DatelineError,
        Disagreement,
        Document,
        Entity,
        Event,
        EventPlace,
        EventTime,
        Failure,
        Incident,
        IncidentCount,
        IncidentLabel,
        IncidentPlace,
        IngestError,
        KnowledgeError,
        Label,
        Medium,
        Mention,
        ModelError,
        Party,
        Passage,
        Place,
        Reading,
        Span,
        StoreError,
        Telling,
        Timex,
        Toponym,
        Verdict,
        Voice,
    )
    from dateline.core.version import __version__
    from dateline.store import Store

__all__ = [
    "Actor",
    "Argument",
    "Attribution",
    "Claim",
    "Clue",
    "Count",
    "DatelineError",
    "Disagreement",
    "Document",
    "Entity",
    "Event",
    "EventPlace",
    "EventTime",
    "Failure",
    "Incident",
    "IncidentCount",
    "IncidentLabel",
    "IncidentPlace",
    "IngestError",
    "KnowledgeError",
    "Label",
    "Medium",
    "Mention",
    "ModelError",
    "Party",
    "Passage",
    "Place",
    "Reading",
    "Span",
    "Store",
    "StoreError",
    "Telling",
    "Timex",
    "Toponym",
    "Verdict",
    "Voice",
    "__version__",
    "link",
    "read",
    "read_many",
    "to_frame",
]

_BATCH = ("link", "read", "read_many", "to_frame")


def __getattr__(name: str) -> object:
    """Import what is asked for."""
    import importlib

    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room = (
        "batch"
        if name in _BATCH
        else "store"
        if name == "Store"
        else "core.version"
        if name == "__version__"
        else "core"
    )
    return getattr(importlib.import_module(f"{__name__}.{room}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
