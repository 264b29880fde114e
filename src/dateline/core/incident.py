"""Tellings of one happening, with every claim kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dateline.core.actor import MentionKind
from dateline.core.event import ArgumentRole, EventTime
from dateline.core.record import Record
from dateline.core.span import Span
from dateline.core.voice import VoiceKind

INCIDENT_SCHEMA = "dateline.incident/1"
"""The name and version of an incident's JSON."""

ClaimStatus = Literal["asserted", "claimed", "accused", "suspected", "denied"]
"""How a voice lays a deed on a party."""

SideName = Literal["state", "armed", "civilian"]
"""Whose dead and hurt they are."""

BY_HAND = "set by a reviewer"
"""The rule of a figure that a person set; no profile chooses another in its place."""

GradeName = Literal["discounted", "contested", "confirmed by the acting party", "several origins", "single source"]
"""The evidence grades, in the order in which their rules are tried (ontology/evidence_grades.tsv)."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Which event of which document tells the incident, and through which voices (names, outlet first).

    >>> Telling("d7", "x1", ("Cagayan Courier", "Luzon Wire", "police")).voice[-1]
    'police'
    """

    document: str
    event: str
    voice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One voice's figure or value for one field, tied to its words.

    ``value`` is (low, high) for a count (high None: open above) and a one-element tuple for
    other fields. ``origin`` is who the claim comes from at the far end of the chain. ``of``: of a count, the
    noun for whom it counts; ``part``: it counts only some of those whom the same document counts elsewhere;
    ``best``: its likeliest figure. ``kind``: of source its origin is. ``status``: of a claim on who did it, whether the
    voice says so, claims it for itself, accuses, suspects or denies. ``superseded``: its origin gave another later.
    ``edited``: a person set it for the telling; it was not read so.

    >>> told = Claim((9, None), ("Courier", "police"), "police", "d7", Span(10, 23), reported="2026-05-06", best=9)
    >>> low, high = told.value
    >>> (low, high, told.origin)
    (9, None, 'police')
    """

    value: tuple[int | str | None, ...]
    voice: tuple[str, ...]
    origin: str
    document: str
    span: Span
    reported: str | None = None
    superseded: bool = False
    of: str | None = None
    part: bool = False
    best: int | None = None
    kind: VoiceKind | None = None
    status: ClaimStatus | None = None
    edited: bool = False


@dataclass(frozen=True, slots=True)
class IncidentPlace:
    """The chosen place and how exact it is.

    ``by``: "told" by the words of an event, or the "scene": the town that the reports are set in, where no event
    tells one.

    ``lat`` and ``lon`` are WGS 84 degrees, ``radius_km`` how far off they may be; ``precision`` is the kind of place.

    >>> market = IncidentPlace("Ilagan", 17.15, 121.89, "PH", "Isabela", 10.0, "city")
    >>> f"{market.name}, {market.country}, within {market.radius_km:g} km"
    'Ilagan, PH, within 10 km'
    """

    name: str
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    radius_km: float
    precision: str
    by: Literal["told", "scene"] = "told"


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who takes part; ``entity`` is a registry key where there is one, else a hash of the name.

    >>> Party("actor", "front", "Northern Valleys Front", kind="group").role
    'actor'
    """

    role: ArgumentRole
    entity: str
    name: str
    claims: tuple[Claim, ...] = ()
    kind: MentionKind | None = None


@dataclass(frozen=True, slots=True)
class SideCount:
    """How many of one side: forces of a state, other armed actors, civilians. Whose side is not told is in none.

    >>> SideCount("civilian", 3, 3, None).high is None
    True
    """

    side: SideName
    low: int
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class IncidentCount:
    """The chosen low, best and high, the rule that chose them, and every claim.

    ``why``: in words what spoke for ``best``; ``best`` is None where the rule chooses none and keeps the ``words`` of
    the claims that stand. ``sides``: the figures by side, as far as they are told.

    >>> told = Claim((14, 14), ("Courier", "hospital"), "hospital", "d7", Span(0, 2))
    >>> IncidentCount(8, 14, 14, "ucdp", (told,), why="the later report, not 9").best
    14
    """

    low: int
    best: int | None
    high: int | None
    rule: str
    claims: tuple[Claim, ...]
    why: str = ""
    words: tuple[str, ...] = ()
    sides: tuple[SideCount, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field on which voices differ, with the values and who says them; ``about`` tells it in a sentence.

    >>> army = Claim((8, 8), ("Ledger", "army"), "army", "d2", Span(0, 5))
    >>> police = Claim((9, 9), ("Courier", "police"), "police", "d1", Span(0, 4))
    >>> split = Disagreement("killed", (army, police), "8 (army); 9 (police)")
    >>> [claim.origin for claim in split.values]
    ['army', 'police']
    """

    field: str
    values: tuple[Claim, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """How well an incident is borne out, by the first of the stated rules that fits, and what made it fit.

    >>> Grade("single source", "told by one origin").name
    'single source'
    """

    name: GradeName
    why: str


@dataclass(frozen=True, slots=True)
class IncidentLabel:
    """What a voice calls a party of the incident.

    ``entity`` is the party's key as in ``parties``.

    >>> IncidentLabel("front", "terrorists", ("Ledger", "army")).voice
    ('Ledger', 'army')
    """

    entity: str
    text: str
    voice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Incident(Record):
    """Tellings of one happening: all claims per field, the chosen value and the rule that chose it.

    ``counts`` is keyed by what is counted (``killed``, ``injured`` …); ``origins`` is the number of independent
    origins, copies of one wire counted once; ``time`` and ``place`` are None where nobody tells them. ``summary`` is a
    line for people.

    >>> import dateline
    >>> told = ("Gunmen killed three farmers in Kaduna on Monday, police said.",
    ...         "Gunmen killed four farmers in Kaduna on Monday, a hospital said.")
    >>> reports = [{"id": f"d{k}", "text": text, "published": "2024-03-05"} for k, text in enumerate(told)]
    >>> (incident,) = dateline.link(dateline.read_many(reports))
    >>> incident.documents, incident.origins, incident.counts["killed"].low, incident.counts["killed"].high
    (('d0', 'd1'), 2, 3, 4)
    >>> incident.disagreements[0].about
    '3 (police); 4 (hospital)'
    """

    id: str
    type: str
    mode: str | None
    documents: tuple[str, ...]
    events: tuple[Telling, ...]
    time: EventTime | None
    place: IncidentPlace | None
    parties: tuple[Party, ...]
    counts: Mapping[str, IncidentCount] = field(hash=False)
    origins: int
    disagreements: tuple[Disagreement, ...]
    labels: tuple[IncidentLabel, ...]
    summary: str = ""
    grade: Grade | None = None
    schema: str = INCIDENT_SCHEMA
