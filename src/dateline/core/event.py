"""One telling of one happening by one voice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.core.span import Span
from dateline.core.when_where import Precision

ArgumentRole = Literal["actor", "recipient", "victim", "target", "instrument"]
"""What a mention is to an event, by the contract's roles."""

CountOf = Literal[
    "killed",
    "injured",
    "missing",
    "abducted",
    "detained",
    "displaced",
    "evacuated",
    "participants",
    "targets",
    "munitions",
]
"""What is counted."""

Status = Literal["asserted", "negated", "denied", "planned", "threatened", "attempted", "hypothetical", "generic"]
"""Whether it happened, as its voice has it."""

Certainty = Literal["certain", "probable", "possible", "uncommitted"]
"""How far the voice commits itself (after FactBank)."""

Blame = Literal[
    "reported as fact",
    "claimed or admitted",
    "suspected or accused by authorities",
    "suspected or accused",
    "possible",
    "acquitted",
]
Basis = Literal["told", "same happening", "scene"]
"""What gives a place or time: the event's own words, another telling of the happening, or what the report is set in."""

PoliceAct = Literal["KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION"]
UNTYPED = "OTHER"


@dataclass(frozen=True, slots=True)
class Argument:
    """A role and the mention that fills it.

    ``confidence``: of an actor, how sure it is that it was this one (MUC-4's values for perpetrators).

    >>> Argument("victim", "m3").role
    'victim'
    """

    role: ArgumentRole
    mention: str
    confidence: Blame | None = None


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where it happened (a place id, None where the words are not resolved) and the words that say so.

    ``by``: "told" by the sentence or the scene that it opens or continues; else the words stand in another telling
    of the "same happening", or name the town or country that the report is set in ("scene").

    >>> EventPlace("g98182", Span(40, 47)).by
    'told'
    """

    place: str | None
    span: Span | None
    by: Basis = "told"


@dataclass(frozen=True, slots=True)
class EventTime:
    """When it happened: inclusive ISO bounds, None where open; ``timex`` the expression that told it.

    ``by``: as for places. A time without ``timex`` is assumed from the date of the report.

    >>> week = EventTime("2024-03-04", "2024-03-10", "week", timex="t2")
    >>> week.earliest <= "2024-03-05" <= week.latest
    True
    """

    earliest: str | None
    latest: str | None
    precision: Precision
    timex: str | None = None
    by: Basis = "told"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a count: the children of "nine people, including three children". It adds nothing to the count."""

    low: int
    best: int | None
    high: int | None
    span: Span
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many: ``low`` ≤ ``best`` ≤ ``high``, of whom, and the words that say so.

    ``parts``: how many of them were of one sort, as far as the same sentence says so.

    ``high`` None is open above, ``best`` None where no figure is likelier than another. Raises ValueError where the
    bounds are below zero or crossed.

    >>> words = "at least 24 people"
    >>> count = Count("killed", 24, 24, None, Span(0, 11), of="people")
    >>> (count.low, count.best, count.high, count.span.of(words))
    (24, 24, None, 'at least 24')
    """

    what: CountOf
    low: int
    best: int | None
    high: int | None
    span: Span
    of: str | None = None
    mention: str | None = None
    parts: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        if self.low < 0 or (self.high is not None and self.high < self.low):
            raise ValueError(f"not a count: {self.low}..{self.high}")


@dataclass(frozen=True, slots=True)
class Event:
    """One telling of one happening by one voice, with the words that carry it.

    ``type`` and ``mode`` are PLOVER's, ``acled`` the sub-event and ``muc4`` the incident type by the
    crosswalks; ``attribution`` None means the passage's own voice. A happening of no coded type, read
    only where every event is asked for, has the type ``OTHER`` (``UNTYPED``) and takes part in no incident.
    ``status_cue``: the words that decided status and certainty, None where nothing spoke against the
    plain assertion. ``aggregate``: it sums up several happenings over a stretch of time. ``police``: what the
    police did in it, by the classes of IndiaPoliceEvents (FAIL: they stood by).

    ``arguments`` name mentions, ``place`` and ``time`` what the text tells (None: nothing), ``voice`` who tells it,
    ``evidence`` the spans that carry it. ``certainty`` is the voice's own commitment (after FactBank).
    Source of types and modes: PLOVER 2018; of ``acled``: the ACLED codebook 2021; of ``muc4``: the MUC-4 templates.

    >>> import dateline
    >>> reading = dateline.read("Gunmen killed three farmers in Kaduna on Monday.", published="2024-03-05")
    >>> (event,) = reading.events
    >>> (event.type, event.mode, event.status, event.time.earliest, event.counts[0].best)
    ('ASSAULT', 'firearms', 'asserted', '2024-03-04', 3)
    >>> event.trigger.of(reading.document.text)
    'killed'
    """

    id: str
    trigger: Span
    type: str
    mode: str | None
    arguments: tuple[Argument, ...]
    place: EventPlace | None
    time: EventTime | None
    counts: tuple[Count, ...]
    status: Status
    certainty: Certainty
    background: bool
    attribution: str | None
    voice: str
    evidence: tuple[Span, ...]
    acled: str | None = None
    muc4: str | None = None
    status_cue: Span | None = None
    aggregate: bool = False
    police: tuple[PoliceAct, ...] = ()
