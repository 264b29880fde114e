"""Incidents joined and parted by people's decisions: every claim goes where its telling goes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from dateline.core import Anchor, Claim, Disagreement, Incident, IncidentCount, Party, Telling, content_id

Key = tuple[str, str]
"""A telling: the document's id and the event's."""


def keys_of(incident: Incident) -> tuple[Key, ...]:
    """The tellings of an incident."""
    return tuple((telling.document, telling.event) for telling in incident.events)


def joined(left: Incident, right: Incident) -> Incident:
    """One incident of two: the left one's id, type, time and place where it has one, the tellings and claims of both.

    Figures: the bounds of both, the best figure of the one with more origins. Origins: those of the claims' ends,
    at least as many as either has, at most those of both.
    """
    lead, other = (left, right) if left.origins >= right.origins else (right, left)
    tellings = dict.fromkeys((*left.events, *right.events))
    ends = {claim.origin for each in (left, right) for claim in claims_of(each)}
    low, high = max(left.origins, right.origins), left.origins + right.origins
    return dataclasses.replace(
        left,
        documents=tuple(sorted({*left.documents, *right.documents})),
        events=tuple(tellings),
        time=left.time or right.time,
        place=left.place or right.place,
        parties=_parties(left, right),
        counts=_counts(lead, other),
        origins=min(max(low, len(ends)), high),
        disagreements=_disagreements(left, right),
        labels=tuple(dict.fromkeys((*left.labels, *right.labels))),
    )


def claims_of(incident: Incident) -> tuple[Claim, ...]:
    """Every claim of an incident, of its figures and of its parties."""
    counts = [claim for count in incident.counts.values() for claim in count.claims]
    return (*counts, *(claim for party in incident.parties for claim in party.claims))


def without(incident: Incident, gone: frozenset[Key], anchors: Mapping[Key, Anchor]) -> Incident | None:
    """An incident without some of its tellings and their claims; None where no telling is left."""
    return only(incident, frozenset(keys_of(incident)) - gone, anchors)


def only(incident: Incident, kept: frozenset[Key], anchors: Mapping[Key, Anchor]) -> Incident | None:
    """What some of an incident's tellings say; its id stays. None where none of them is there."""
    tellings = tuple(each for each in incident.events if (each.document, each.event) in kept)
    if not tellings:
        return None
    if len(tellings) == len(incident.events):
        return incident
    documents = {telling.document for telling in tellings}

    def stays(claim: Claim) -> bool:
        return claim.document in documents and teller(claim, incident.events, anchors) in kept

    counts = {
        name: _recount(count, tuple(filter(stays, count.claims)))
        for name, count in incident.counts.items()
        if any(map(stays, count.claims))
    }
    parties = tuple(
        dataclasses.replace(party, claims=tuple(filter(stays, party.claims)))
        for party in incident.parties
        if any(map(stays, party.claims))
    )
    held = ((each, tuple(filter(stays, each.values))) for each in incident.disagreements)
    differ = tuple(
        dataclasses.replace(each, values=values) for each, values in held if len({v.value for v in values}) > 1
    )
    made = dataclasses.replace(
        incident,
        documents=tuple(sorted(documents)),
        events=tellings,
        counts=counts,
        parties=parties,
        disagreements=differ,
    )
    ends = {claim.origin for claim in claims_of(made)}
    return dataclasses.replace(made, origins=max(1, min(incident.origins, len(ends) or len(documents))))


def renamed(incident: Incident) -> Incident:
    """With the id that its tellings give it."""
    return dataclasses.replace(incident, id=content_id("i", *sorted(f"{d} {e}" for d, e in keys_of(incident))))


def teller(claim: Claim, tellings: Sequence[Telling], anchors: Mapping[Key, Anchor]) -> Key | None:
    """The telling that a claim belongs to: of its document's the one by the same voices, then the nearest."""
    mine = [
        (telling.voice != claim.voice, abs(anchors[key].span.start - claim.span.start), key)
        for telling in tellings
        if telling.document == claim.document and (key := (telling.document, telling.event)) in anchors
    ]
    return min(mine)[2] if mine else None


def _parties(left: Incident, right: Incident) -> tuple[Party, ...]:
    found: dict[tuple[str, str], Party] = {}
    for party in (*left.parties, *right.parties):
        known = found.get((party.role, party.entity))
        claims = tuple(dict.fromkeys((*known.claims, *party.claims))) if known else party.claims
        found[party.role, party.entity] = dataclasses.replace(known or party, claims=claims)
    return tuple(found.values())


def _counts(lead: Incident, other: Incident) -> Mapping[str, IncidentCount]:
    out = dict(lead.counts)
    for name, count in other.counts.items():
        mine = out.get(name)
        if mine is None:
            out[name] = count
            continue
        high = None if mine.high is None or count.high is None else max(mine.high, count.high)
        claims = tuple(dict.fromkeys((*mine.claims, *count.claims)))
        best = count.best if mine.best is None else mine.best
        out[name] = IncidentCount(min(mine.low, count.low), best, high, "joined by a reviewer", claims)
    return out


def _recount(count: IncidentCount, claims: tuple[Claim, ...]) -> IncidentCount:
    if len(claims) == len(count.claims):
        return count
    pairs = [claim.value for claim in claims if not claim.superseded] or [claim.value for claim in claims]
    lows = [pair[0] for pair in pairs if isinstance(pair[0], int)]
    highs = [pair[-1] for pair in pairs]
    known = [value for value in highs if isinstance(value, int)]
    low, high = min(lows, default=0), max(known, default=None) if len(known) == len(highs) else None
    best = count.best if count.best is not None and low <= count.best <= (high or count.best) else high
    return IncidentCount(low, best, high, "parted by a reviewer", claims)


def _disagreements(left: Incident, right: Incident) -> tuple[Disagreement, ...]:
    found: dict[str, Disagreement] = {}
    for each in (*left.disagreements, *right.disagreements):
        known = found.get(each.field)
        values = tuple(dict.fromkeys((*known.values, *each.values))) if known else each.values
        found[each.field] = dataclasses.replace(known or each, values=values)
    return tuple(found.values())
